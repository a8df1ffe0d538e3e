"""The demonstration's post box shows what was sent, as it was sent."""

import pytest
from django.core.mail import EmailMessage
from django.urls import NoReverseMatch, reverse

from uso.roof.home.mailbox import mailbox


@pytest.fixture
def caught(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def page(rf) -> str:
    request = rf.get("/demo/mail/")
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


def test_empty_box_says_what_comes_there(rf, caught):
    assert "No mail yet" in page(rf) or "Ei vielä postia" in page(rf)


def test_post_box_is_no_address_outside_the_demonstration():
    with pytest.raises(NoReverseMatch):
        reverse("demo_mail")
