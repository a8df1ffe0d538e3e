"""The outbox: written with the change, sent once, in the recipient's language."""

from datetime import timedelta

import pytest
from anymail.exceptions import AnymailError
from django.core import mail
from django.db import DatabaseError
from django.utils import timezone

from municipalities.models import Municipality
from uso.ground.mail.actions import MOST_ATTEMPTS, queue_message
from uso.ground.mail.models import Message, MessageState
from uso.ground.mail.tasks import send_due_messages, send_message
from uso.ground.tenancy.crossing import across_municipalities, scope_of
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

TEMPLATES = {
    "mail/greeting.subject.txt": "{% load i18n %}{% translate 'Monday' %}\n {{ name }}",
    "mail/greeting.txt": "{{ name }} {{ base_url }}",
    "mail/greeting.html": "<p>{{ name }}</p>",
    "mail/plain.subject.txt": "Plain",
    "mail/plain.txt": "Plain",
}
LOCMEM = [("django.template.loaders.locmem.Loader", TEMPLATES)]


@pytest.fixture(autouse=True)
def own_templates(settings):
    """Two messages of the tests' own."""
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": LOCMEM},
        }
    ]


def greet(municipality: Municipality | None = None, **fields):
    given = {
        "key": "greeting:1",
        "template": "greeting",
        "language": "fi",
        "to_email": "aino@example.fi",
        "to_name": "Aino Esimerkki",
        "context": {"name": "Aino <b>"},
        "municipality_id": municipality.pk if municipality else None,
    }
    with scope_of(given["municipality_id"], reason="the test writes to anybody"):
        return queue_message(**(given | fields))


def stored(message: Message) -> Message:
    with across_municipalities(reason="the test looks at the outbox"):
        return Message.objects.get(pk=message.pk)


def test_message_is_sent_after_commit_and_logged(sent, kannus, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        message = greet(kannus)
        assert mail.outbox == []

    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["aino@example.fi"], "maanantai Aino <b>")
    assert letter.body == "Aino <b> http://localhost:8000\n"
    assert letter.alternatives[0].content == "<p>Aino &lt;b&gt;</p>"
    assert stored(message).state == MessageState.SENT
    assert stored(message).sent_at is not None


@pytest.mark.parametrize(("language", "subject"), [("sv", "måndag"), ("en", "Monday")])
def test_message_speaks_the_recipients_language(kannus, language, subject):
    assert greet(kannus, language=language).subject == f"{subject} Aino <b>"


def test_subject_too_long_is_cut(kannus):
    message = greet(kannus, context={"name": "a" * 300})

    assert len(message.subject) == 200
    assert message.subject.endswith("…")


def test_same_key_is_queued_once(kannus, jamsa):
    assert greet(kannus) is not None
    assert greet(kannus) is None
    assert greet(jamsa) is None


def test_task_run_twice_sends_once(kannus):
    message = greet(kannus)

    send_message(message_id=message.pk, municipality_id=kannus.pk)
    send_message(message_id=message.pk, municipality_id=kannus.pk)

    assert len(mail.outbox) == 1


def test_message_of_the_network_needs_no_municipality():
    message = greet(None)

    send_message(message_id=message.pk, municipality_id=None)

    assert len(mail.outbox) == 1


def test_message_of_another_municipality_is_out_of_sight(kannus, jamsa):
    greet(kannus)
    with scope(jamsa.pk):
        assert not Message.objects.exists()

    with pytest.raises(DatabaseError, match="row-level security"), scope(jamsa.pk):
        Message(key="x", municipality=kannus, to_email="a@example.fi").save()


def test_planned_message_waits_for_its_time(sent, kannus):
    tomorrow = timezone.now() + timedelta(days=1)
    message = greet(kannus, planned_at=tomorrow)

    send_due_messages()
    send_message(message_id=message.pk, municipality_id=kannus.pk)

    assert mail.outbox == []
    assert stored(message).state == MessageState.PLANNED


def test_due_message_is_sent_by_the_schedule(sent, kannus):
    greet(kannus, planned_at=timezone.now() - timedelta(minutes=1))

    send_due_messages()

    assert len(mail.outbox) == 1


@pytest.mark.parametrize("failure", [ConnectionRefusedError, AnymailError])
def test_server_that_refuses_is_tried_again_and_then_given_up(sent, kannus, monkeypatch, failure):
    def refuse(self):
        raise failure("no mail server")

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    message = greet(kannus)

    send_message(message_id=message.pk, municipality_id=kannus.pk)
    waiting = stored(message)
    assert (waiting.state, waiting.attempts, waiting.error) == (
        MessageState.PLANNED,
        1,
        "no mail server",
    )
    assert waiting.planned_at > timezone.now()

    for _ in range(MOST_ATTEMPTS):
        with scope(kannus.pk):
            Message.objects.update(planned_at=timezone.now())
        send_message(message_id=message.pk, municipality_id=kannus.pk)
    assert stored(message).state == MessageState.FAILED
    assert stored(message).attempts == MOST_ATTEMPTS


def test_attachment_travels_with_its_type(kannus):
    calendar = {"name": "uso.ics", "content": "BEGIN:VCALENDAR", "type": "text/calendar"}
    message = greet(kannus, template="plain", attachments=[calendar])

    send_message(message_id=message.pk, municipality_id=kannus.pk)

    assert mail.outbox[0].attachments[0] == ("uso.ics", "BEGIN:VCALENDAR", "text/calendar")
