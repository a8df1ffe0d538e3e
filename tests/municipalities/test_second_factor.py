"""Coordinators and experts get in after a second factor in this session, and not before."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from django.urls import reverse

from municipalities.models import User
from tests.conftest import use_second_factor

pytestmark = pytest.mark.django_db

PASSWORD = "pitkä ja oma salasana"
SECRET = "JBSWY3DPEHPK3PXP"
ACTIVATION = "/account/second-factor/"


def app_code(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def sign_in(user: User) -> Client:
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize("role", ["coordinator", "expert"])
@pytest.mark.parametrize(
    "page", ["/", "/roles/", "/jobs/", "/account/", "/accounts/email/", "/k/kannus/people/"]
)
def test_every_page_leads_to_activation_without_a_factor(role, page, request, kannus):
    client = sign_in(request.getfixturevalue(role))

    response = client.get(page)

    assert (response.status_code, response.headers.get("Location")) == (302, ACTIVATION)


@pytest.mark.parametrize("page", ["/healthz", ACTIVATION, "/accounts/2fa/", "/accounts/logout/"])
def test_pages_of_activation_stay_open(coordinator, page):
    assert sign_in(coordinator).get(page).status_code == 200


def test_a_post_waits_too(coordinator):
    response = sign_in(coordinator).post("/roles/invite/", {"email": "x@example.fi"})

    assert response.url == ACTIVATION


def test_municipality_people_need_none(kannus_contact):
    assert sign_in(kannus_contact).get("/k/kannus/people/").status_code == 200


def test_demonstration_waives_it(coordinator, settings):
    settings.REQUIRE_SECOND_FACTOR = False

    assert sign_in(coordinator).get("/roles/").status_code == 200


@pytest.mark.django_db(transaction=True)  # allauth tells of the activation after commit
def test_activated_app_opens_at_once(coordinator):
    client = sign_in(coordinator)
    client.get("/accounts/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]

    client.post("/accounts/2fa/totp/activate/", {"code": app_code(secret)})

    assert client.get("/roles/").status_code == 200


def test_app_is_asked_at_the_next_sign_in(coordinator):
    TOTP.activate(coordinator, SECRET)
    client = sign_in(coordinator)

    assert client.get("/roles/").status_code == 302
    assert "_auth_user_id" not in client.session
    client.post("/accounts/2fa/authenticate/", {"code": app_code()})

    assert client.get("/roles/").status_code == 200


def test_factor_that_this_session_has_not_seen_is_asked(coordinator):
    client = sign_in(coordinator)
    TOTP.activate(coordinator, SECRET)

    response = client.get("/roles/")

    assert response.url == reverse("mfa_reauthenticate") + "?next=%2Froles%2F"
    client.post(response.url, {"code": app_code()})
    assert client.get("/roles/").status_code == 200


def test_added_factor_does_not_stand_for_the_one_there_was(coordinator, rf):
    from municipalities.signin import count_first_factor_as_used

    TOTP.activate(coordinator, SECRET)
    key = Authenticator.objects.create(user=coordinator, type="webauthn", data={})
    request = rf.get("/")
    request.session = {}

    count_first_factor_as_used(request=request, user=coordinator, authenticator=key)

    assert request.session == {}


def test_removed_factor_closes_again(client, coordinator):
    client.force_login(coordinator)
    use_second_factor(client, coordinator)
    Authenticator.objects.all().delete()

    assert client.get("/roles/").url == ACTIVATION


def test_secrets_of_factors_are_stored_encrypted(coordinator):
    authenticator = TOTP.activate(coordinator, SECRET).instance

    assert SECRET not in str(authenticator.data)
    assert TOTP(authenticator).validate_code(app_code())


def test_secrets_are_read_with_an_earlier_key(coordinator, settings):
    authenticator = TOTP.activate(coordinator, SECRET).instance
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]

    assert TOTP(authenticator).validate_code(app_code())


def test_code_only_user_signs_in_again_before_changing_factors(client, kannus_contact):
    client.force_login(kannus_contact)  # a session without a fresh sign-in

    response = client.get("/accounts/2fa/totp/activate/")

    assert response.url == "/accounts/login/?next=%2Faccounts%2F2fa%2Ftotp%2Factivate%2F"
    assert "_auth_user_id" not in client.session


def test_fresh_sign_in_is_enough_to_change_factors(kannus_contact):
    assert sign_in(kannus_contact).get("/accounts/2fa/totp/activate/").status_code == 200


def test_old_sign_in_with_a_password_asks_it_again(kannus_contact, time_machine):
    time_machine.move_to("2026-11-22 09:00 +0200", tick=False)
    client = sign_in(kannus_contact)
    time_machine.shift(6 * 60)

    response = client.get("/accounts/2fa/totp/activate/")

    assert response.url.startswith("/accounts/reauthenticate/")


@pytest.mark.parametrize("page", ["/accounts/password/set/", "/accounts/email/"])
def test_open_session_alone_changes_neither_password_nor_address(client, kannus_contact, page):
    client.force_login(kannus_contact)

    response = client.post(page, {"email": "varas@example.org", "action_add": "", "password1": "x"})

    assert response.url.startswith("/accounts/login/?next=%2F")
    assert mail.outbox == []
    assert "_auth_user_id" not in client.session
