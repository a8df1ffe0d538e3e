"""Invitations: bound to one address, usable once, and refused with the reason."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone, translation

from municipalities import actions
from municipalities.enums import Role
from municipalities.models import Invitation, Membership, User
from tests.clock import NOW
from tests.municipalities.factories import MembershipFactory, UserFactory
from uso.ground.lib.errors import RuleViolation
from uso.ground.mail.models import Message
from uso.ground.tenancy.crossing import across_municipalities

pytestmark = pytest.mark.django_db

ADDRESS = "uusi@kannus.example"
NAMES = {"first_name": "Uuno", "last_name": "Uusi", "language": "fi"}


def invite(by: User, municipality=None, role=Role.CONTACT, email=ADDRESS, language="fi"):
    return actions.invite(
        email=email, role=role, municipality=municipality, language=language, by=by,
        at=timezone.now(),
    )  # fmt: skip


def outbox() -> list[Message]:
    with across_municipalities(reason="the test reads the outbox"):
        return list(Message.objects.order_by("pk"))


def link() -> str:
    """Return the path of the latest invitation's link, read from its message."""
    return re.search(r"http://localhost:8000(/invitation/\S+)", outbox()[-1].body_text).group(1)


@pytest.fixture
def invited(kannus, kannus_contact) -> str:
    invite(kannus_contact, kannus)
    return link()


def test_invitation_is_written_in_the_invited_ones_language(kannus, kannus_contact):
    invite(kannus_contact, kannus, language="sv")

    (message,) = outbox()
    assert (message.to_email, message.language) == (ADDRESS, "sv")
    assert kannus_contact.name in message.body_text
    assert message.municipality_id == kannus.pk


def test_token_is_stored_hashed_alone(kannus, invited):
    token = invited.split("/")[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM municipalities_invitation")
        row = str(cursor.fetchone())

    assert token not in row
    assert actions.hash_token(token) in row


@pytest.mark.django_db(transaction=True)
def test_outbox_forgets_the_link_once_it_is_sent(kannus, kannus_contact, sent):
    invite(kannus_contact, kannus)

    (message,) = outbox()
    assert "/invitation/" in mail.outbox[0].body
    assert (message.state, message.body_text) == ("sent", "")


def test_accepting_makes_the_account_gives_the_role_and_signs_in(client, kannus, invited):
    response = client.post(invited, NAMES)

    user = User.objects.get(email=ADDRESS)
    assert response.url == "/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.name == "Uuno Uusi"
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified
    membership = Membership.objects.get(user=user)
    assert (membership.role, membership.municipality) == (Role.CONTACT, kannus)
    assert Invitation.objects.get().used_by == user


def test_acceptance_says_so(client, invited):
    page = client.post(invited, NAMES, follow=True)

    assert [str(message) for message in page.context["messages"]][:1] == ["Kutsu on hyväksytty."]


def test_looking_at_the_link_changes_nothing(client, invited):
    assert client.get(invited).status_code == 200
    assert client.head(invited).status_code == 200

    assert not User.objects.filter(email=ADDRESS).exists()
    assert Invitation.objects.unanswered().count() == 1


@pytest.mark.django_db(transaction=True)
def test_button_pressed_twice_makes_one_account(kannus, kannus_contact):
    invite(kannus_contact, kannus)
    path = link()

    def press(_n: int) -> int:
        try:
            return Client(raise_request_exception=False).post(path, NAMES).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = sorted(threads.map(press, range(4)))

    assert answers[0] == 302
    assert set(answers[1:]) <= {302, 410, 422}  # sign in first, used already, or refused
    assert User.objects.filter(email=ADDRESS).count() == 1
    assert Membership.objects.filter(user__email=ADDRESS).count() == 1


@pytest.mark.django_db(transaction=True)
def test_invitation_sent_by_many_presses_at_once_stands_once(kannus, kannus_contact):
    gate = Barrier(6)

    def press(_n: int) -> Invitation:
        try:
            gate.wait(timeout=30)
            return invite(kannus_contact, kannus)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        assert len(list(threads.map(press, range(6)))) == 6

    assert Invitation.objects.unanswered().count() == 1


def test_page_of_the_link_is_kept_by_no_cache(client, invited):
    response = client.get(invited)

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_accepting_without_a_name_keeps_what_was_typed(client, invited):
    response = client.post(invited, {**NAMES, "last_name": ""})

    assert response.status_code == 422
    assert response.context["form"]["first_name"].value() == "Uuno"
    assert Invitation.objects.unanswered().count() == 1


def test_name_with_a_line_break_is_put_on_one_line(client, invited):
    response = client.post(invited, {**NAMES, "last_name": "Uusi\x0bBcc: x@example.org"})

    assert response.status_code == 302
    assert User.objects.filter(last_name="Uusi Bcc: x@example.org").exists()


@pytest.mark.parametrize(
    ("spoil", "status"),
    [
        ({"used_at": NOW}, 410),
        ({"withdrawn_at": NOW}, 410),
        ({"expires_at": NOW - timedelta(seconds=1)}, 410),
    ],
    ids=["used", "withdrawn", "expired"],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_spoilt_link_is_refused(client, invited, kannus_contact, spoil, status, method):
    by = {key.replace("_at", "_by"): kannus_contact for key in spoil if key != "expires_at"}
    Invitation.objects.update(**spoil, **by)

    response = getattr(client, method)(invited, NAMES)

    assert response.status_code == status
    assert not User.objects.filter(email=ADDRESS).exists()


def test_link_works_to_its_last_second(client, invited, time_machine):
    expires_at = Invitation.objects.get().expires_at
    time_machine.move_to(expires_at - timedelta(seconds=1), tick=False)
    assert client.get(invited).status_code == 200
    time_machine.move_to(expires_at, tick=False)

    assert client.get(invited).status_code == 410


def test_forged_link_is_not_found(client, invited):
    assert client.get(invited[:-2] + "x/").status_code == 404
    assert client.post("/invitation/" + "a" * 43 + "/", NAMES).status_code == 404


def test_link_works_once(client, invited):
    client.post(invited, NAMES)

    response = Client().post(invited, {**NAMES, "first_name": "Toinen"})

    assert response.status_code == 410
    assert User.objects.get(email=ADDRESS).first_name == "Uuno"


def test_signed_in_with_another_address_is_refused_by_name(client_for, invited, jamsa_contact):
    client = client_for(jamsa_contact)
    for response in (client.get(invited), client.post(invited, NAMES)):
        assert response.status_code == 403
        assert ADDRESS in response.content.decode()
        assert jamsa_contact.email in response.content.decode()

    assert Invitation.objects.unanswered().count() == 1
    assert Membership.objects.filter(user=jamsa_contact).count() == 1


def test_known_user_signs_in_first_and_comes_back(client, kannus, jamsa_contact):
    invite(UserFactory(), kannus, email=jamsa_contact.email)
    there = link()
    for answer in (client.get(there), client.post(there, NAMES)):
        assert answer.url == f"/accounts/login/?next={there}"
    assert "_auth_user_id" not in client.session
    with translation.override("fi"):
        assert actions.sign_in_first() in client.get(answer.url).content.decode()

    client.post("/accounts/login/code/", {"email": jamsa_contact.email, "next": there})
    code = re.search(r"\d{4}-\d{4}", mail.outbox[-1].body).group()
    back = client.post("/accounts/login/code/confirm/", {"code": code, "next": there})

    assert back.url == there
    assert Membership.objects.filter(user=jamsa_contact).count() == 1
    assert client.post(there).url == "/"
    assert Membership.objects.filter(user=jamsa_contact).count() == 2


def test_link_alone_gives_no_role_to_an_account_there_is(kannus, jamsa_contact):
    """Whoever holds a forwarded link may not even start a role for somebody else."""
    invitation = invite(UserFactory(), kannus, email=jamsa_contact.email)

    for by in (None, UserFactory()):
        with pytest.raises(RuleViolation):
            actions.accept_invitation(invitation=invitation, by=by, at=timezone.now())

    assert Membership.objects.filter(user=jamsa_contact).count() == 1


def test_account_made_meanwhile_is_not_opened_by_its_second_link(client, kannus, invited):
    invite(UserFactory(), kannus, role=Role.LEADER)
    second = link()
    client.post(invited, NAMES)

    other = Client()
    answer = other.post(second, NAMES)

    assert answer.url == f"/accounts/login/?next={second}"
    assert "_auth_user_id" not in other.session


def test_signed_in_user_accepts_for_the_own_address(client_for, kannus, jamsa_contact):
    invite(UserFactory(), kannus, email=jamsa_contact.email)
    client = client_for(jamsa_contact)

    client.post(link())

    assert Membership.objects.filter(user=jamsa_contact, municipality=kannus).exists()


def test_address_written_in_capitals_is_the_same_address(client_for, kannus):
    user = UserFactory(email="Aino@Kannus.example")
    invite(UserFactory(), kannus, email="aino@kannus.example")

    client_for(user).post(link())

    assert Membership.objects.filter(user=user, municipality=kannus).exists()


def test_closed_account_is_not_opened_by_an_invitation(client, kannus, jamsa_contact):
    User.objects.filter(pk=jamsa_contact.pk).update(is_active=False)
    invite(UserFactory(), kannus, email=jamsa_contact.email)

    response = client.post(link())

    assert response.status_code == 422
    (refusal,) = response.context["form"].non_field_errors()
    assert refusal in response.text
    assert Membership.objects.filter(user=jamsa_contact).count() == 1
    assert Invitation.objects.unanswered().count() == 1


def test_ended_role_starts_again_and_history_keeps_the_earlier_dates(client_for, kannus):
    user = UserFactory(email=ADDRESS)
    MembershipFactory(
        user=user, municipality=kannus, role=Role.CONTACT,
        starts_on="2024-01-01", ends_on="2025-01-01",
    )  # fmt: skip
    invite(UserFactory(), kannus)

    client_for(user).post(link())

    membership = Membership.objects.get(user=user)
    assert (membership.starts_on, membership.ends_on) == (timezone.localdate(), None)
    events = Membership.pgh_event_model.objects.filter(pgh_obj_id=membership.pk)
    assert [str(e.ends_on) for e in events.order_by("pgh_id")] == ["2025-01-01", "None"]


def test_second_acceptance_at_the_same_moment_is_refused(kannus, invited):
    """Both saw the invitation open; the second one's claim finds it used."""
    seen = Invitation.objects.get()
    user = actions.accept_invitation(invitation=seen, **NAMES, by=None, at=timezone.now())

    with pytest.raises(RuleViolation):
        actions.accept_invitation(invitation=seen, by=user, at=timezone.now())

    assert Membership.objects.filter(user__email=ADDRESS).count() == 1


def test_again_sends_a_new_link_and_spoils_the_earlier(client, kannus, kannus_contact, invited):
    actions.send_invitation_again(
        invitation=Invitation.objects.get(), by=kannus_contact, at=timezone.now()
    )

    assert client.get(invited).status_code == 410
    assert client.get(link()).status_code == 200


def test_holder_of_the_role_is_not_invited_again(kannus, kannus_contact, in_english):
    with pytest.raises(RuleViolation, match=f"{kannus_contact.name} has this role already"):
        invite(kannus_contact, kannus, email=kannus_contact.email.upper())


@pytest.fixture
def flooding(kannus, kannus_contact) -> User:
    """The contact person has sent as many invitations within the hour as one may."""
    now = timezone.now()
    Invitation.objects.bulk_create(
        Invitation(
            email=f"a{n}@x.example", role=Role.LEADER, municipality=kannus, token_hash=str(n),
            invited_by=kannus_contact, invited_at=now - timedelta(minutes=n % 50),
            expires_at=now + actions.INVITATION_LASTS,
        )
        for n in range(actions.INVITATIONS_AN_HOUR)
    )  # fmt: skip
    return kannus_contact


def test_too_many_invitations_within_an_hour_wait_and_nothing_typed_is_lost(client_for, flooding):
    typed = {"email": ADDRESS, "role": "leader", "language": "sv"}

    response = client_for(flooding).post("/k/kannus/contacts/invite/", typed)

    assert response.status_code == 422
    assert str(actions.INVITATIONS_AN_HOUR) in response.context["form"].non_field_errors()[0]
    assert response.context["form"]["email"].value() == ADDRESS
    assert outbox() == []


def test_too_many_invitations_stop_sending_again_too(client_for, flooding):
    earlier = Invitation.objects.latest("pk")
    page = f"/k/kannus/contacts/invitations/{earlier.pk}/"

    response = client_for(flooding).post(page, {"do": "again"}, follow=True)

    assert str(actions.INVITATIONS_AN_HOUR) in str(*response.context["messages"])
    assert outbox() == []
    earlier.refresh_from_db()
    assert earlier.withdrawn_at is None


def test_invitations_of_others_and_of_earlier_hours_do_not_count(kannus, flooding, time_machine):
    invite(UserFactory(), kannus)
    time_machine.move_to(timezone.now() + timedelta(hours=1))
    invite(flooding, kannus, role=Role.LEADER)

    assert len(outbox()) == 2


def test_list_shows_the_latest_invitation_first_and_whether_its_link_works(
    client_for, kannus, kannus_contact, time_machine
):
    invite(kannus_contact, kannus, email="vanha@x.example")
    time_machine.move_to(timezone.now() + actions.INVITATION_LASTS)
    invite(kannus_contact, kannus, email="uusi@x.example")

    page = client_for(kannus_contact).get("/k/kannus/contacts/")

    shown = [invitation.email for invitation in page.context["invitations"]]
    assert shown == ["uusi@x.example", "vanha@x.example"]
    rows = page.text.split('<th scope="row">')[-2:]
    assert ["Vanhentunut" in row for row in rows] == [False, True]


def test_contact_invites_to_the_own_municipalitys_roles_alone(client_for, kannus, kannus_contact):
    page = "/k/kannus/contacts/invite/"
    client = client_for(kannus_contact)
    answers = {
        role: client.post(page, {"email": f"{role}@x.example", "role": role, "language": "fi"})
        for role in Role.values
    }

    assert {role: answer.status_code for role, answer in answers.items()} == {
        "coordinator": 422, "expert": 422, "contact": 302, "leader": 302, "billing": 302,
    }  # fmt: skip
    assert set(Invitation.objects.values_list("municipality", flat=True)) == {kannus.pk}


def test_coordinator_invites_coordinators_and_experts(client_for, coordinator):
    client = client_for(coordinator)
    for role in ("coordinator", "expert"):
        client.post(
            "/roles/invite/", {"email": f"{role}@x.example", "role": role, "language": "fi"}
        )
    refused = client.post(
        "/roles/invite/", {"email": "y@x.example", "role": "contact", "language": "fi"}
    )

    assert refused.status_code == 422
    assert [m.to_email for m in outbox()] == ["coordinator@x.example", "expert@x.example"]
    assert [m.municipality_id for m in outbox()] == [None, None]


def test_coordinator_who_accepts_must_add_a_second_factor(client, coordinator):
    invite(coordinator, None, Role.COORDINATOR)
    client.post(link(), NAMES)

    assert client.get("/roles/").url == "/account/second-factor/"


@pytest.mark.parametrize(
    ("pages", "inviter", "role"),
    [("/k/kannus/contacts/", "kannus_contact", "contact"), ("/roles/", "coordinator", "expert")],
)
def test_each_step_leads_back_to_the_list_and_says_what_was_done(
    request, client_for, kannus, pages, inviter, role
):
    client = client_for(request.getfixturevalue(inviter))
    typed = {"email": ADDRESS, "role": role, "language": "fi"}
    answers = [client.post(f"{pages}invite/", typed, follow=True)]
    for step in ("again", "withdraw"):
        waiting = Invitation.objects.unanswered().get()
        page = f"{pages}invitations/{waiting.pk}/"
        answers.append(client.post(page, {"do": step}, follow=True))

    assert [answer.redirect_chain for answer in answers] == [[(pages, 302)]] * 3
    assert [str(*answer.context["messages"]) for answer in answers] == [
        f"Kutsu lähetettiin osoitteeseen {ADDRESS}.",
        f"Kutsu lähetettiin osoitteeseen {ADDRESS}.",
        f"Osoitteeseen {ADDRESS} lähetetty kutsu peruttiin.",
    ]


def test_inviter_withdraws(client_for, client, kannus_contact, invited):
    page = f"/k/kannus/contacts/invitations/{Invitation.objects.get().pk}/"

    client_for(kannus_contact).post(page, {"do": "withdraw"})

    assert client.get(invited).status_code == 410
    assert Invitation.objects.get().withdrawn_by == kannus_contact


def test_names_with_template_and_html_syntax_stay_text_in_mail_and_page(client, kannus):
    inviter = UserFactory(first_name="{{ invitation }}", last_name="<script>alert(1)</script> & Co")
    invite(inviter, kannus)

    (message,) = outbox()
    assert "{{ invitation }} <script>alert(1)</script> & Co" in message.body_text
    page = client.get(link()).content.decode()
    assert "<script>alert(1)" not in page
    assert "{{ invitation }} &lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in page


def test_subject_is_one_line_whatever_the_municipality_is_called(kannus, kannus_contact):
    kannus.name_fi = "Kannus\r\nBcc: x@example.org"

    invite(kannus_contact, kannus)

    assert "\n" not in outbox()[0].subject
    assert "\r" not in outbox()[0].subject
