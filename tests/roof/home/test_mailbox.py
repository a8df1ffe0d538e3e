"""The demonstration's post box shows what was sent, as it was sent."""

import re

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.urls import NoReverseMatch, reverse

from uso.roof.home.mailbox import mailbox


@pytest.fixture
def caught(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def page(rf, number: str = "") -> str:
    request = rf.get("/demo/mail/", {"page": number} if number else {})
    request.htmx = False
    return mailbox(request).content.decode()


def test_latest_message_stands_first(rf, caught):
    EmailMessage("Koodi", "Koodisi on 123456 ÅÄÖ", to=["johtaja@kannus.example"]).send()
    letter = EmailMessage("Vahvistus <b>", "Tervetuloa", to=["eero@kannus.example"])
    letter.attach("uso.ics", "BEGIN:VCALENDAR", "text/calendar")
    letter.send()

    html = page(rf)

    assert "Koodisi on 123456 ÅÄÖ" in html
    assert "johtaja@kannus.example" in html
    assert "Vahvistus &lt;b&gt;" in html
    assert "uso.ics" in html


def test_letter_with_a_calendar_entry_shows_its_text_and_the_file(rf, caught):
    letter = EmailMultiAlternatives("Vahvistus", "Tervetuloa", to=["eero@kannus.example"])
    letter.attach_alternative("BEGIN:VCALENDAR", "text/calendar; method=REQUEST")
    letter.attach("uso.ics", b"BEGIN:VCALENDAR", "application/ics; method=REQUEST")
    letter.send()

    html = page(rf)

    assert ("Tervetuloa" in html, "BEGIN:VCALENDAR" in html) == (True, False)
    assert re.search(r"(Attached:|Liitteet:|Liitteenä:) uso\.ics<", html)


def test_addresses_in_a_letter_are_links(rf, caught):
    text = "Lue: http://localhost:8123/k/kannus/ <script>"
    EmailMessage("Vahvistus", text, to=["eero@kannus.example"]).send()

    html = page(rf)

    assert '<a href="http://localhost:8123/k/kannus/" rel="nofollow">' in html
    assert "&lt;script&gt;" in html


def test_mail_goes_over_pages(rf, caught):
    with get_connection() as connection:
        for number in range(1, 42):
            EmailMessage(f"Viesti {number}.", "x", to=["a@b.fi"], connection=connection).send()

    pages = [page(rf, number) for number in ("", "2", "3", "99", "x")]

    shown = [[n for n in range(1, 42) if f"Viesti {n}." in html] for html in pages]
    assert shown == [[*range(22, 42)], [*range(2, 22)], [1], [1], [*range(22, 42)]]
    older = ['<a href="?page=2" rel="next">', '<a href="?page=3" rel="next">', "", "", ""]
    newer = ["", '<a href="?page=1" rel="prev">', '<a href="?page=2" rel="prev">', "", ""]
    assert all(link in html for html, link in zip(pages * 2, older + newer, strict=True))
    assert ['rel="next"' in html for html in pages] == [True, True, False, False, True]


def test_one_page_of_mail_leads_nowhere(rf, caught):
    EmailMessage("Vahvistus", "Tervetuloa", to=["eero@kannus.example"]).send()

    assert "?page=" not in page(rf)


def test_empty_box_says_what_comes_there(rf, caught):
    assert "No mail yet" in page(rf) or "Ei vielä postia" in page(rf)


def test_post_box_is_no_address_outside_the_demonstration():
    with pytest.raises(NoReverseMatch):
        reverse("demo_mail")
