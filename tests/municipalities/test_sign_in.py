"""Sign-in by code, password and directory; what it refuses and what it tells."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from municipalities.actions import create_account
from municipalities.models import User
from uso.ground.mail.models import Message

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
ASK_CODE = "/accounts/login/code/"
RESET = "/accounts/password/reset/"
GIVE_CODE = "/accounts/login/code/confirm/"
PASSWORD = "pitkä ja oma salasana"


@pytest.fixture
def aino() -> User:
    user = create_account(
        email="aino@kannus.example", first_name="Aino", last_name="Malli", language="sv", by=None
    )
    user.set_password(PASSWORD)
    user.save()
    return user


def code_of(letter) -> str:
    return re.search(r"\b\d{4}-\d{4}\b", letter.body).group()


def ask_code(client: Client, email: str) -> str:
    client.post(ASK_CODE, {"email": email})
    return code_of(mail.outbox[-1])


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_code_by_mail_signs_in_and_leads_to_the_start(client, aino):
    code = ask_code(client, "Aino@Kannus.example")

    response = client.post(GIVE_CODE, {"code": code})

    assert response.status_code == 302
    assert response.url == reverse("home_network:start")
    assert signed_in_as(client) == str(aino.pk)


def test_code_is_mailed_in_the_recipients_language_whatever_the_page_speaks(client, aino):
    with translation.override("sv"):
        subject = translation.gettext("Your sign-in code to USO")

    ask_code(client, aino.email)

    assert mail.outbox[0].subject == subject
    assert mail.outbox[0].to == [aino.email]


def test_code_leaves_no_copy_in_the_outbox(client, aino, network):
    ask_code(client, aino.email)

    assert not Message.objects.exists()


def test_code_works_once(client, aino):
    code = ask_code(client, aino.email)
    client.post(GIVE_CODE, {"code": code})
    other = Client()

    response = other.post(GIVE_CODE, {"code": code})

    assert response.url == ASK_CODE
    assert signed_in_as(other) is None


def test_wrong_code_says_what_to_do_and_its_field_takes_digits(client, aino):
    client.post(ASK_CODE, {"email": aino.email})

    page = client.post(GIVE_CODE, {"code": "0000-0000"})

    assert page.context["verify_form"].errors["code"] == [
        "Koodi ei kelpaa. Tarkista koodi tai pyydä uusi."
    ]
    assert "<h2>Et ole vielä kirjautunut:</h2>" in page.text
    assert 'autocomplete="one-time-code"' in page.text
    assert 'inputmode="numeric" autofocus' in page.text


def test_three_wrong_codes_end_the_try(client, aino):
    code = ask_code(client, aino.email)
    for _ in range(3):
        client.post(GIVE_CODE, {"code": "0000-0000"})

    client.post(GIVE_CODE, {"code": code})

    assert signed_in_as(client) is None


def test_code_expires(client, aino, time_machine):
    time_machine.move_to("2026-11-22 09:00 +0200", tick=False)
    code = ask_code(client, aino.email)
    time_machine.shift(15 * 60 + 1)

    client.post(GIVE_CODE, {"code": code})

    assert signed_in_as(client) is None


def test_unknown_address_is_answered_as_a_known_one(client, aino):
    known = client.post(ASK_CODE, {"email": aino.email})
    unknown = Client().post(ASK_CODE, {"email": "kukalie@kannus.example"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [letter.to for letter in mail.outbox] == [[aino.email]]


@pytest.mark.parametrize("form", [ASK_CODE, RESET])
@pytest.mark.parametrize("email", ["aino@kannus.example", "kukalie@kannus.example"])
def test_page_of_the_code_promises_mail_to_those_with_an_account_alone(client, aino, form, email):
    page = client.post(form, {"email": email}, follow=True)

    assert f"Jos osoitteella on tili, lähetimme koodin osoitteeseen <b>{email}</b>" in page.text


def test_new_password_is_offered_to_those_with_an_account_alone(client, aino):
    known = client.post(RESET, {"email": aino.email})
    unknown = Client().post(RESET, {"email": "kukalie@kannus.example"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [letter.to for letter in mail.outbox] == [[aino.email]]


def test_wrong_password_and_unknown_address_read_the_same(client, aino):
    wrong = client.post(LOGIN, {"login": aino.email, "password": "väärä"})
    unknown = client.post(LOGIN, {"login": "kukalie@kannus.example", "password": "väärä"})

    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert wrong.context["form"].errors


def test_password_signs_in(client, aino):
    response = client.post(LOGIN, {"login": aino.email, "password": PASSWORD})

    assert response.url == reverse("home_network:start")
    assert signed_in_as(client) == str(aino.pk)


def test_account_made_by_an_operator_signs_in_without_proving_its_address_twice(client):
    user = User.objects.create_user("operaattori@uso.example", PASSWORD, first_name="O")

    client.post(LOGIN, {"login": user.email, "password": PASSWORD})

    assert signed_in_as(client) == str(user.pk)
    assert EmailAddress.objects.get(user=user).verified


def test_closed_account_does_not_open(client, aino):
    User.objects.update(is_active=False)

    client.post(LOGIN, {"login": aino.email, "password": PASSWORD})

    assert signed_in_as(client) is None


def test_nobody_signs_up(client):
    response = client.post(
        "/accounts/signup/", {"email": "uusi@kannus.example", "password1": PASSWORD}
    )

    assert response.status_code == 200
    assert not User.objects.exists()


def test_session_key_changes_at_sign_in(client, aino):
    ask_code(client, aino.email)
    fixed = client.cookies["uso_session"].value

    client.post(GIVE_CODE, {"code": code_of(mail.outbox[-1])})

    assert client.cookies["uso_session"].value != fixed


def test_next_leads_to_our_own_pages_alone(client, aino):
    query = "?next=https://example.org/"
    response = client.post(LOGIN + query, {"login": aino.email, "password": PASSWORD})

    assert response.url == reverse("home_network:start")


def test_form_without_the_csrf_token_is_refused(aino):
    client = Client(enforce_csrf_checks=True)

    response = client.post(LOGIN, {"login": aino.email, "password": PASSWORD})

    assert response.status_code == 403


def test_sign_out_needs_a_press(client_for, aino):
    client = client_for(aino)

    client.get("/accounts/logout/")
    assert signed_in_as(client) == str(aino.pk)
    client.post("/accounts/logout/")

    assert signed_in_as(client) is None


def test_fifth_wrong_password_ends_the_tries_even_of_the_right_one(client, aino):
    for _ in range(5):
        client.post(LOGIN, {"login": aino.email, "password": "väärä"})

    client.post(LOGIN, {"login": aino.email, "password": PASSWORD})

    assert signed_in_as(client) is None


def test_many_sign_ins_from_one_address_are_answered_429(client):
    answers = [client.post(LOGIN, {"login": "", "password": ""}).status_code for _ in range(31)]

    assert answers == [200] * 30 + [429]


def test_many_codes_asked_from_one_place_are_not_sent():
    answers = [
        Client().post(ASK_CODE, {"email": f"a{n}@kannus.example"}).status_code for n in range(21)
    ]

    assert answers == [302] * 20 + [429]


@pytest.mark.parametrize("email", ["aino@kannus.example", "kukalie@kannus.example"])
def test_fourth_code_to_one_address_within_a_minute_is_not_sent(aino, email):
    """Known or not, the answer is the same."""
    for _ in range(3):
        Client().post(ASK_CODE, {"email": email})

    refused = Client().post(ASK_CODE, {"email": email})

    assert refused.status_code == 429
    assert "429.html" in [template.name for template in refused.templates]
    assert len(mail.outbox) == (3 if email == aino.email else 0)


def test_limits_stand_in_the_database_where_no_queue_is_asked(settings):
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


@pytest.mark.parametrize("email", ["aino@kannus.example", "kukalie@kannus.example"])
@pytest.mark.parametrize("page", [ASK_CODE, RESET])
def test_mail_that_cannot_leave_is_told(client, aino, settings, page, email):
    settings.EMAIL_BACKEND = "tests.municipalities.broken_mail.Backend"

    response = client.post(page, {"email": email}, follow=True)

    assert response.redirect_chain[-1][0] == reverse("account_login")
    assert len(list(response.context["messages"])) == 1


def test_changed_password_is_told_by_mail(client_for, aino):
    client = client_for(aino)

    client.post(
        "/accounts/password/change/",
        {
            "oldpassword": PASSWORD,
            "password1": "aivan toinen sana",
            "password2": "aivan toinen sana",
        },
    )

    aino.refresh_from_db()
    assert aino.check_password("aivan toinen sana")
    assert [letter.to for letter in mail.outbox] == [[aino.email]]


def test_name_with_template_and_header_syntax_stays_text(client, aino):
    aino.first_name, aino.last_name = "{{ code }}", "<b>\nBcc: x@example.org"
    aino.save()

    ask_code(client, aino.email)

    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].recipients() == [aino.email]
