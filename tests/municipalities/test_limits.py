"""Limits of signing in: guessing ends, and no stranger keeps a holder out."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from municipalities.tasks import delete_expired
from tests.municipalities.test_sign_in import (  # noqa: F401 -- aino is a fixture
    ASK_CODE,
    LOGIN,
    PASSWORD,
    RESET,
    aino,
    signed_in_as,
)

pytestmark = pytest.mark.django_db

HOME, OFFICE = "198.51.100.7", "203.0.113.9"
STRANGERS = [f"192.0.2.{n}" for n in range(1, 7)]


def browser(place: str) -> Client:
    return Client(REMOTE_ADDR=place)


def give_password(client: Client, user, password: str) -> bool:
    client.post(LOGIN, {"login": user.email, "password": password})
    return signed_in_as(client) == str(user.pk)


@pytest.mark.parametrize("page", [ASK_CODE, RESET])
def test_codes_asked_for_by_a_stranger_do_not_stop_the_holder(aino, page):  # noqa: F811
    stranger = [browser(STRANGERS[0]).post(page, {"email": aino.email}) for _ in range(4)]

    holder = browser(HOME).post(page, {"email": aino.email})

    assert [answer.status_code for answer in stranger] == [302, 302, 302, 429]
    assert (holder.status_code, len(mail.outbox)) == (302, 4)


def test_wrong_passwords_of_a_stranger_do_not_stop_the_holder(aino):  # noqa: F811
    for _ in range(20):
        give_password(browser(STRANGERS[0]), aino, "väärä")

    assert not give_password(browser(STRANGERS[0]), aino, PASSWORD)
    assert give_password(browser(HOME), aino, PASSWORD)


def test_ipv4_addresses_written_as_ipv6_are_no_neighbours(aino):  # noqa: F811
    for _ in range(20):
        give_password(browser(f"::ffff:{STRANGERS[0]}"), aino, "väärä")

    assert not give_password(browser(STRANGERS[0]), aino, PASSWORD)
    assert give_password(browser(f"::ffff:{HOME}"), aino, PASSWORD)


def test_neighbours_of_one_ipv6_network_share_its_tries(aino):  # noqa: F811
    for n in range(5):
        give_password(browser(f"2001:db8:7:{n}::1"), aino, "väärä")

    assert not give_password(browser("2001:db8:7:ff::1"), aino, PASSWORD)
    assert give_password(browser("2001:db8:8::1"), aino, PASSWORD)


@pytest.fixture
def few_in_all(settings) -> None:
    """All unknown places together may try but six times."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "login_failed_anywhere": "6/d/key",
        "mailed_code_anywhere": "6/h/key",
    }


def test_guessing_from_many_networks_ends(aino, few_in_all):  # noqa: F811
    for place in STRANGERS:
        give_password(browser(place), aino, "väärä")

    assert not give_password(browser(OFFICE), aino, PASSWORD)


def test_right_passwords_are_no_guesses(aino, few_in_all):  # noqa: F811
    for place in (*STRANGERS, *STRANGERS):
        assert give_password(browser(place), aino, PASSWORD)

    for place in STRANGERS:  # wrong ones still count, beside the right ones
        give_password(browser(place), aino, "väärä")
    assert not give_password(browser(OFFICE), aino, PASSWORD)


def test_browser_that_has_signed_in_before_is_not_stopped_by_all_strangers_together(
    aino,  # noqa: F811
    few_in_all,
):
    own = browser(HOME)
    assert give_password(own, aino, PASSWORD)
    own.post("/accounts/logout/")
    for place in STRANGERS:
        give_password(browser(place), aino, "väärä")
        browser(place).post(ASK_CODE, {"email": aino.email})

    own.defaults["REMOTE_ADDR"] = OFFICE  # a portable one, elsewhere
    assert give_password(own, aino, PASSWORD)
    own.post("/accounts/logout/")
    assert own.post(ASK_CODE, {"email": aino.email}).status_code == 302
    assert browser(OFFICE).post(ASK_CODE, {"email": aino.email}).status_code == 429


def test_known_browser_has_its_own_limit(aino):  # noqa: F811
    own = browser(HOME)
    give_password(own, aino, PASSWORD)
    own.post("/accounts/logout/")
    for _ in range(5):
        give_password(own, aino, "väärä")

    assert not give_password(own, aino, PASSWORD)
    assert give_password(browser(HOME), aino, PASSWORD)


def test_browser_known_to_another_account_or_by_a_forged_cookie_is_a_strangers(
    aino,  # noqa: F811
    kannus_contact,
    few_in_all,
    settings,
):
    kannus_contact.set_password(PASSWORD)
    kannus_contact.save()
    of_another = browser(STRANGERS[0])
    assert give_password(of_another, kannus_contact, PASSWORD)
    of_another.post("/accounts/logout/")
    forged = browser(STRANGERS[1])
    forged.cookies[settings.DEVICE_COOKIE_NAME] = of_another.cookies[
        settings.DEVICE_COOKIE_NAME
    ].value.replace(":", "x:", 1)
    for client in (of_another, forged):
        for _ in range(5):
            give_password(client, aino, "väärä")

    assert not give_password(of_another, aino, PASSWORD)
    assert not give_password(forged, aino, PASSWORD)


def test_what_has_expired_is_deleted_at_night(client_for, kannus_contact):
    client_for(kannus_contact)
    client_for(kannus_contact)
    ended = Session.objects.first()
    Session.objects.filter(pk=ended.pk).update(expire_date=timezone.now() - timedelta(seconds=1))
    cache.set("counted", 1, timeout=60)
    cache.set("over", 1, timeout=60)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE uso_cache SET expires = '2020-01-01' WHERE cache_key LIKE '%over'")

    delete_expired()

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM uso_cache")
        assert cursor.fetchall() == [(":1:counted",)]
    assert Session.objects.count() == 1
    assert not Session.objects.filter(pk=ended.pk).exists()
