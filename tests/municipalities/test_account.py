"""One's own account: the language spoken, the name."""

import pytest
from allauth.utils import get_form_class
from django.conf import settings
from django.core import mail
from django.urls import reverse

from municipalities.access import HistoryMiddleware
from tests.municipalities.factories import UserFactory
from tests.pressing import carried

pytestmark = pytest.mark.django_db

ACCOUNT = reverse("people_network:account")
COOKIE = settings.LANGUAGE_COOKIE_NAME


@pytest.fixture
def sven(client_for):
    """A browser of somebody who reads Swedish."""
    user = UserFactory(language="sv")
    client = client_for(user)
    client.user = user
    return client


def test_pages_speak_the_language_of_whoever_signed_in(sven):
    sven.cookies[COOKIE] = "en"

    page = sven.get(ACCOUNT)

    assert 'lang="sv"' in page.text
    assert page.cookies[COOKIE].value == "sv"


def test_language_that_is_known_already_is_not_sent_again(sven):
    sven.get(ACCOUNT)

    assert COOKIE not in sven.get(ACCOUNT).cookies


def test_language_chosen_in_the_menu_is_kept_for_the_next_sign_in(sven):
    sven.post(reverse("set_language"), {"language": "en"})

    sven.user.refresh_from_db()
    assert sven.user.language == "en"
    assert 'lang="en"' in sven.get(ACCOUNT).text


def test_language_of_a_visitor_is_the_cookies(client):
    client.cookies[COOKIE] = "sv"

    page = client.get(reverse("account_login"))

    assert 'lang="sv"' in page.text
    assert COOKIE not in page.cookies


def test_second_tab_replaces_no_name_it_has_not_shown(sven):
    typed = {"first_name": "Sven", "last_name": "Svensson", "language": "sv"}
    late = carried(sven.get(ACCOUNT))
    sven.post(ACCOUNT, {**typed, **late})

    refused = sven.post(ACCOUNT, {**typed, **late, "last_name": "Sundqvist"})

    assert refused.status_code == 422
    assert "→ Svensson" in refused.text
    assert 'value="Sundqvist"' in refused.text
    sven.user.refresh_from_db()
    assert sven.user.last_name == "Svensson"


def test_name_and_language_are_changed_at_once(sven):
    response = sven.post(
        ACCOUNT, {"first_name": "Sven", "last_name": "Svensson", "language": "en"}, follow=True
    )

    sven.user.refresh_from_db()
    assert (sven.user.name, sven.user.language) == ("Sven Svensson", "en")
    assert [str(message) for message in response.context["messages"]] == ["Changes saved."]


def test_name_is_put_on_one_line_in_composed_letters(sven):
    sven.post(ACCOUNT, {"first_name": "Svea\u030a\n X", "last_name": "Svensson", "language": "sv"})

    sven.user.refresh_from_db()
    assert sven.user.first_name == "Sveå X"


@pytest.mark.parametrize("name", ["", "\u200b\u202e", "x" * 200])
def test_name_that_is_none_keeps_what_was_typed(sven, name):
    typed = {"first_name": name, "last_name": "Svensson", "language": "sv"}

    response = sven.post(ACCOUNT, typed)

    assert response.status_code == 422
    assert response.context["form"]["last_name"].value() == "Svensson"
    sven.user.refresh_from_db()
    assert sven.user.last_name != "Svensson"


@pytest.mark.parametrize(
    "page",
    [
        "/account/",
        "/accounts/email/",
        "/accounts/2fa/",
        "/k/kannus/",
        "/k/kannus/people/",
        "/k/kannus/people/add/",
        "/k/kannus/people/?format=csv",
        "/k/kannus/contacts/",
    ],
)
def test_page_about_people_is_stored_by_no_browser(client_for, kannus_contact, page):
    answer = client_for(kannus_contact).get(page)

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_board_of_the_day_is_stored_by_no_browser(client_for, coordinator, season8):
    answer = client_for(coordinator).get("/seasons/8/today/")

    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True)


def test_address_in_the_history_holds_no_token(rf):
    request = rf.post("/invitation/oDx8-k_Zq2/")

    assert HistoryMiddleware(None).get_context(request)["url"] == "/invitation/…/"


def test_address_nobody_can_mail_to_is_no_new_address(sven):
    address = f"sven@{'å' * 60}.example"  # too long once it is written in ASCII
    refused = sven.post("/accounts/email/", {"action_add": "", "email": address})

    assert list(refused.context["form"].errors) == ["email"]
    assert not mail.outbox


def test_new_address_is_kept_in_its_one_form(sven):
    form = get_form_class(settings.ACCOUNT_FORMS, "add_email", None)(
        sven.user, {"email": " Sven@Xn--krkl-load8j.fi "}
    )

    assert form.is_valid()
    assert form.cleaned_data["email"] == "sven@kärkölä.fi"
