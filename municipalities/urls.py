"""Addresses of the roster, of roles and of one's account."""

from django.urls import path

from municipalities import (
    account_views,
    doubles_views,
    import_views,
    mailbox_views,
    role_views,
    views,
)

municipality_urlpatterns = [
    path("people/", views.people, name="list"),
    path("people/add/", views.add_person, name="add"),
    path("people/import/", import_views.import_table, name="import"),
    path("people/doubles/", doubles_views.doubles, name="doubles"),
    path(
        "people/<int:person_id>/apart/<int:double_id>/",
        doubles_views.mark_pair_distinct,
        name="mark_distinct",
    ),
    path("people/<int:person_id>/", views.edit_person, name="edit"),
    path("people/<int:person_id>/back/", views.put_person_back, name="put_back"),
    path("contacts/", role_views.contacts, name="contacts"),
    path("contacts/invite/", role_views.invite, name="invite"),
    path(
        "contacts/invitations/<int:invitation_id>/",
        role_views.answer_invitation,
        name="answer_invitation",
    ),
    path("contacts/mailboxes/add/", mailbox_views.add_mailbox, name="add_mailbox"),
    path("contacts/mailboxes/<int:address_id>/", mailbox_views.edit_mailbox, name="edit_mailbox"),
    path(
        "contacts/mailboxes/<int:address_id>/remove/",
        mailbox_views.remove_mailbox,
        name="remove_mailbox",
    ),
]
network_urlpatterns = [
    path("account/", account_views.account, name="account"),
    path("account/second-factor/", account_views.second_factor, name="second_factor"),
    path("invitation/<str:token>/", account_views.accept, name="accept"),
    path("roles/", role_views.network_roles, name="roles"),
    path("roles/invite/", role_views.invite_to_network, name="invite"),
    path(
        "roles/invitations/<int:invitation_id>/",
        role_views.answer_network_invitation,
        name="answer_invitation",
    ),
]
