"""Who gets what: signing in, accounts, people, contacts and roles (see tests/access.py)."""

from django.utils import timezone

from municipalities.actions import INVITATION_LASTS, hash_token
from municipalities.enums import Group, Role
from municipalities.models import Invitation, Municipality
from tests.access import PUBLIC, Arguments, World
from tests.municipalities.factories import ContactAddressFactory, MembershipFactory, PersonFactory

OPENS = "200 ->  ->  ->  ->  ->  -> "  # pages of signing in lead away whoever has
OWN = "in  200 200 200 200 200 200"  # pages of one's own account
NOBODYS = "in  404 404 404 404 404 404"  # an object of one's own account that is not there
FACTOR = "in  200 200 404 404 404 404"  # pages of a second factor, for those who have one
STEP = "->  ->  ->  ->  ->  ->  -> "  # a step of a sign-in that has not begun

#                                      nobody coord expert contact leader billing jämsä
TABLE = {
    "account_login":                       OPENS,
    "account_logout":                      "->  200 200 200 200 200 200",
    "account_inactive":                    PUBLIC,
    "account_signup":                      OPENS,
    "account_request_login_code":          OPENS,
    "account_confirm_login_code":          STEP,
    "account_email_verification_sent":     STEP,
    "account_reset_password":              PUBLIC,
    "account_confirm_password_reset_code": STEP,
    "account_complete_password_reset":     STEP,
    "account_password_reset_completed":    PUBLIC,
    "mfa_authenticate":                    STEP,
    "mfa_login_webauthn":                  STEP,
    "account_reauthenticate":              "in  ->  ->  403 403 403 403",
    "account_email":                       OWN,
    "account_change_password":             "in  ->  ->  ->  ->  ->  -> ",  # to setting the first
    "account_set_password":                OWN,
    "mfa_index":                           OWN,
    "mfa_list_webauthn":                   OWN,
    "mfa_add_webauthn":                    OWN,
    "mfa_edit_webauthn":                   NOBODYS,
    "mfa_remove_webauthn":                 NOBODYS,
    "mfa_activate_totp":                   "in  ->  ->  200 200 200 200",
    "mfa_deactivate_totp":                 FACTOR,
    "mfa_view_recovery_codes":             FACTOR,
    "mfa_download_recovery_codes":         FACTOR,
    "mfa_generate_recovery_codes":         OWN,
    "mfa_reauthenticate":                  "in  200 200 403 403 403 403",
    "mfa_reauthenticate_webauthn":         "in  ->  ->  403 403 403 403",
    "socialaccount_connections":           OWN,
    "socialaccount_signup":                STEP,
    "socialaccount_login_cancelled":       PUBLIC,
    "socialaccount_login_error":           "in  401 401 401 401 401 401",
    "openid_connect_login":                "404 404 404 404 404 404 404",  # no such directory
    "openid_connect_callback":             "404 404 404 404 404 404 404",
    "people_network:account":              OWN,
    "people_network:second_factor":        OWN,
    "people_network:accept":               "200 403 403 403 403 403 403",
    "people_network:roles":                "in  200 403 403 403 403 403",
    "people_network:invite":               "in  200 403 403 403 403 403",
    "people_network:answer_invitation":    "POST in -> 403 403 403 403 403",
    "people_network:end_role":             "in  200 403 403 403 403 403",
    "people_network:hand_over":            "in  200 403 403 403 403 403",
    "people_network:role_end":             "in  200 403 403 403 403 403",
    "people_network:municipalities":       "in  200 200 403 403 403 403",
    "people_network:municipality":         "in  200 200 403 403 403 403",
    "people:municipality":                 "in  200 200 200 200 200 404",
    "people:list":                         "in  200 403 200 200 403 404",
    "people:add":                          "in  200 403 200 403 403 404",
    "people:import":                       "in  200 403 200 403 403 404",
    "people:doubles":                      "in  200 403 200 403 403 404",
    "people:after_elections":              "in  200 403 200 403 403 404",
    "people:mark_distinct":                   "POST in -> 403 -> 403 403 404",
    "people:merge":                        "in  200 403 200 403 403 404",
    "people:edit":                         "in  200 403 200 403 403 404",
    "people:take_off":                     "in  200 403 200 403 403 404",
    "people:put_back":                     "POST in -> 403 -> 403 403 404",
    "people:contacts":                     "in  200 403 200 200 403 404",
    "people:invite":                       "in  200 403 200 200 403 404",
    "people:answer_invitation":            "POST in -> 403 -> 403 403 404",
    "people:end_role":                     "in  200 403 200 403 403 404",
    "people:hand_over":                    "in  200 403 200 403 403 404",
    "people:role_end":                     "in  200 403 200 403 403 404",
    "people:add_mailbox":                  "in  200 403 200 403 403 404",
    "people:edit_mailbox":                 "in  200 403 200 403 403 404",
    "people:remove_mailbox":               "POST in -> 403 -> 403 403 404",
}  # fmt: skip


# Addresses that carry their own guard instead of `@requires`: allauth's, and these of ours.
OWN_GUARD = {
    "people_network:accept": "the token is the right; a signed-in stranger is refused",
}


def of_municipality(world: World) -> Arguments:
    here = world.municipality
    return {
        "slug": here.slug,
        "person_id": PersonFactory(municipality=here).pk,
        "double_id": PersonFactory(municipality=here).pk,
        "address_id": ContactAddressFactory(municipality=here, added_by=world.coordinator).pk,
        "membership_id": MembershipFactory(municipality=here, role=Role.CONTACT).pk,
        "invitation_id": _invite(world, here.slug, here).pk,
    }


def of_network(world: World) -> Arguments:
    return {
        "token": world.municipality.slug,
        "people_network:answer_invitation.invitation_id": _invite(world, "verkosto").pk,
        **{
            f"people_network:{name}.membership_id": MembershipFactory(role=Role.EXPERT).pk
            for name in ("end_role", "hand_over", "role_end")
        },
        "provider_id": "nobody",
        "pk": 0,  # of a passkey: nobody's
    }


def add_row(world: World, n: int) -> None:
    here = world.municipality
    PersonFactory(municipality=here)
    PersonFactory(municipality=here, group=Group.ELECTED)
    ContactAddressFactory(municipality=here)
    MembershipFactory(municipality=here, role=Role.LEADER)
    for place, role in ((here, Role.CONTACT), (None, Role.EXPERT)):
        MembershipFactory(municipality=place, role=role)
        _invite(world, f"{role}-{n}", place)


def _invite(world: World, token: str, municipality: Municipality | None = None) -> Invitation:
    now = timezone.now()
    return Invitation.objects.create(
        email=f"{token}@example.fi",
        role=Role.CONTACT if municipality else Role.EXPERT,
        municipality=municipality,
        token_hash=hash_token(token),
        invited_by=world.coordinator,
        invited_at=now,
        expires_at=now + INVITATION_LASTS,
    )
