"""A session that ends in the middle of work, and requests the framework refuses."""

from urllib.parse import quote

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

PERSON = {"first_name": "Uuno", "last_name": "Uusi", "group": "office", "language": "fi"}
ASK = "/k/kannus/people/add/"


def test_after_the_sign_in_a_press_leads_back_to_its_page(client):
    page = "http://testserver/k/kannus/people/?q=uuno"

    answer = client.post("/k/kannus/people/1/take-off/", headers={"Referer": page})

    assert answer.url == "/accounts/login/?next=/k/kannus/people/%3Fq%3Duuno"


def test_page_itself_is_led_back_to(client):
    assert client.get(ASK).url == f"/accounts/login/?next={ASK}"


@pytest.mark.parametrize("came_from", [None, "https://elsewhere.example/k/kannus/", "nonsense"])
def test_press_from_nowhere_leads_to_the_start(client, came_from):
    headers = {"Referer": came_from} if came_from else {}

    assert client.post(ASK, headers=headers).url == "/accounts/login/?next=/"


def test_part_of_a_page_sends_the_whole_page_to_the_sign_in(client):
    answer = client.get(
        "/jobs/00000000-0000-4000-8000-000000000000/",
        headers={
            "HX-Request": "true",
            "HX-Current-URL": "http://testserver/seasons/8/analyses/",
        },
    )

    assert answer["HX-Redirect"] == "/accounts/login/?next=/seasons/8/analyses/"
    assert answer.content == b""


def test_second_factor_is_asked_of_the_whole_page_too(client, coordinator, client_for, settings):
    client_for(coordinator)  # gives the factor
    settings.REQUIRE_SECOND_FACTOR = True
    client.force_login(coordinator)

    answer = client.post("/seasons/8/open/", headers={"Referer": "http://testserver/seasons/8/"})

    assert answer.url == "/accounts/2fa/reauthenticate/?next=%2Fseasons%2F8%2F"
    assert "uso_saved" not in answer.cookies


def test_good_press_is_noted_for_the_page_that_keeps_what_was_typed(client_for, kannus_contact):
    client = client_for(kannus_contact)

    faulty = client.post(ASK, {**PERSON, "last_name": ""})
    done = client.post(ASK, PERSON)

    assert (faulty.status_code, "uso_saved" in faulty.cookies) == (422, False)
    assert (done.status_code, done.cookies["uso_saved"].value) == (302, quote(ASK, safe=""))


def test_press_of_an_ended_session_is_not_noted(client):
    assert "uso_saved" not in client.post(ASK, PERSON).cookies


def test_page_says_whose_typing_it_keeps(client_for, client, kannus_contact):
    assert f'data-user="{kannus_contact.pk}"' in client_for(kannus_contact).get(ASK).text
    assert "data-user" not in client.get("/accounts/login/").text


def test_address_of_a_press_says_that_it_is_no_page(client_for, kannus_contact):
    client = client_for(kannus_contact)

    answer = client.get("/k/kannus/workshops/1/cancel/")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Tämä ei ole sivu" in answer.text
    assert 'href="/k/kannus/workshops/1/"' in answer.text


@pytest.mark.parametrize("checks", [True, False])
def test_letters_in_another_encoding_are_refused_in_words(checks):
    sent = {"content_type": "application/x-www-form-urlencoded; charset=latin-1"}
    client = Client(enforce_csrf_checks=checks)
    client.get("/accounts/login/")

    answer = client.post("/accounts/login/", "login=Aino", **sent)

    assert answer.status_code == 400
    assert "Palvelu ei ymmärtänyt pyyntöä" in answer.text


def test_too_much_at_once_is_said_in_words(client_for, kannus_contact, settings):
    client = client_for(kannus_contact)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = client.post(ASK, {**PERSON, "title": "x" * 200})

    assert answer.status_code == 413
    assert "Kerralla lähetettiin liikaa" in answer.text
