"""The outbox: written with the change, sent once, in the recipient's language."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from anymail.exceptions import AnymailError
from django.core import mail
from django.db import DatabaseError
from django.utils import timezone

from municipalities.models import Municipality
from tests.municipalities.factories import PersonFactory, UserFactory
from uso.ground.actions import mailbox_of, notify
from uso.ground.mail.actions import MOST_ATTEMPTS, due_messages, queue_message
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
SIGNATURE = "\n\n-- \nUSO, kuntien verkoston palvelu\nhttp://localhost:8000\n"
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
        "reply_to": "",
        "context": {"name": "Aino <b>"},
        "municipality_id": municipality.pk if municipality else None,
    }
    with scope_of(given["municipality_id"], reason="the test writes to anybody"):
        return queue_message(**(given | fields))


def refuse_mail(monkeypatch, error: Exception) -> None:
    """Let the mail server take nothing."""

    def refuse(letter):
        raise error

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)


def stored(message: Message) -> Message:
    with across_municipalities(reason="the test looks at the outbox"):
        return Message.objects.get(pk=message.pk)


def test_message_is_sent_after_commit_and_logged(sent, kannus, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        message = greet(kannus)
        assert mail.outbox == []

    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["aino@example.fi"], "maanantai Aino <b>")
    assert letter.body == "Aino <b> http://localhost:8000" + SIGNATURE
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


def test_due_message_is_sent_by_the_schedule(sent, kannus, django_capture_on_commit_callbacks):
    greet(kannus, planned_at=timezone.now() - timedelta(minutes=1))

    with django_capture_on_commit_callbacks(execute=True):
        send_due_messages()

    assert len(mail.outbox) == 1


@pytest.mark.parametrize("failure", [ConnectionRefusedError, AnymailError, UnicodeError])
def test_server_that_refuses_is_tried_again_and_then_given_up(sent, kannus, monkeypatch, failure):
    refuse_mail(monkeypatch, failure("no mail server"))
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


@pytest.mark.parametrize(
    ("failure", "told"), [("x" * 400, "x" * 300), ("", "ConnectionRefusedError")]
)
def test_reason_of_a_failure_is_stored_as_it_fits(kannus, monkeypatch, failure, told):
    refuse_mail(monkeypatch, ConnectionRefusedError(failure))
    message = greet(kannus)

    send_message(message_id=message.pk, municipality_id=kannus.pk)

    assert stored(message).error == told


def test_each_try_waits_twice_as_long_as_the_one_before(kannus, monkeypatch, time_machine):
    refuse_mail(monkeypatch, ConnectionRefusedError())
    time_machine.move_to(timezone.now(), tick=False)
    message, waits = greet(kannus), []

    for _ in range(MOST_ATTEMPTS - 1):
        send_message(message_id=message.pk, municipality_id=kannus.pk)
        waits.append(stored(message).planned_at - timezone.now())
        time_machine.shift(waits[-1])

    assert waits == [timedelta(minutes=n) for n in (2, 4, 8, 16)]


def test_secret_goes_when_it_is_sent_or_given_up_and_stays_while_it_is_tried(kannus, monkeypatch):
    sent, waiting, given_up = (
        greet(kannus, key=f"greeting:{n}", secret=True, template="greeting") for n in range(3)
    )
    send_message(message_id=sent.pk, municipality_id=kannus.pk)
    refuse_mail(monkeypatch, ConnectionRefusedError())
    with scope(kannus.pk):
        Message.objects.filter(pk=given_up.pk).update(attempts=MOST_ATTEMPTS - 1)

    for message in (waiting, given_up):
        send_message(message_id=message.pk, municipality_id=kannus.pk)

    rows = [stored(message) for message in (sent, waiting, given_up)]
    assert [(row.state, row.body_text, row.body_html) for row in rows] == [
        (MessageState.SENT, "", ""),
        (MessageState.PLANNED, waiting.body_text, waiting.body_html),
        (MessageState.FAILED, "", ""),
    ]


def test_due_messages_are_those_whose_time_has_come_the_oldest_first(kannus, jamsa):
    now = timezone.now()
    later, sooner = (
        greet(place, key=place.slug, planned_at=now - timedelta(minutes=minutes))
        for place, minutes in ((kannus, 1), (jamsa, 2))
    )
    greet(kannus, key="ahead", planned_at=now + timedelta(minutes=1))

    with across_municipalities(reason="the test looks at the outbox"):
        due = due_messages(at=now)

    assert due == [(sooner.pk, jamsa.pk), (later.pk, kannus.pk)]


def test_letter_names_its_message_and_that_no_person_wrote_it(kannus):
    message = greet(kannus, template="plain")

    send_message(message_id=message.pk, municipality_id=kannus.pk)

    (letter,) = mail.outbox
    assert (letter.alternatives, letter.extra_headers) == (
        [],
        {"X-USO-Message": str(message.pk), "Auto-Submitted": "auto-generated"},
    )
    assert (stored(message).attempts, stored(message).claimed_at is not None) == (1, True)


def parts_of(letter) -> list[tuple[str, str | None]]:
    """List the parts of a letter as it goes over the wire: type and name of the file."""
    parsed = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
    return [(part.get_content_type(), part.get_filename()) for part in parsed.walk()]


def send_with(municipality, **attachment):
    message = greet(municipality, attachments=[{"name": "uso.ics", "content": "ä", **attachment}])
    send_message(message_id=message.pk, municipality_id=municipality.pk)
    (letter,) = mail.outbox
    return letter


def test_calendar_entry_is_the_last_alternative_and_a_file_too(kannus):
    letter = send_with(kannus, type="text/calendar; method=REQUEST")

    assert parts_of(letter) == [
        ("multipart/mixed", None),
        ("multipart/alternative", None),
        ("text/plain", None),
        ("text/html", None),
        ("text/calendar", None),
        ("application/ics", "uso.ics"),
    ]
    parsed = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
    entry, file = (part for part in parsed.walk() if "method" in part["Content-Type"].params)
    assert {part["Content-Type"].params["method"] for part in (entry, file)} == {"REQUEST"}
    assert (entry.get_content().strip(), file.get_content().decode()) == ("ä", "ä")


def test_other_file_is_attached_alone(kannus):
    letter = send_with(kannus, name="lista.csv", type="text/csv")

    assert (letter.alternatives[1:], letter.attachments) == ([], [("lista.csv", "ä", "text/csv")])


@pytest.mark.parametrize(
    ("reply_to", "readers"),
    [('"Ääri, Aino" <aino@example.fi>', [("Ääri, Aino", "aino@example.fi")]), ("", [])],
)
def test_reply_goes_to_whom_the_message_names(kannus, reply_to, readers):
    message = greet(kannus, reply_to=reply_to)

    send_message(message_id=message.pk, municipality_id=kannus.pk)

    (letter,) = mail.outbox
    sent = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
    named = [each for header in sent.get_all("Reply-To", []) for each in header.addresses]
    assert [(each.display_name, each.addr_spec) for each in named] == readers


def test_mailbox_of_somebody_is_one_address_whatever_the_name():
    somebody = UserFactory.build(
        first_name='Ville "Väl', last_name="kky\\, x", email="v@example.fi"
    )

    assert mailbox_of(somebody) == '"Ville \'Väl kky, x" <v@example.fi>'


def test_notify_writes_once_for_an_occasion_in_the_readers_language(in_kannus, kannus_contact):
    person = PersonFactory(municipality=in_kannus)
    kannus_contact.language = "sv"
    words = {"template": "greeting", "name": "Aino", "reply_to": person}

    first = notify(kannus_contact, about=person, occasion="a", **words)
    again = notify(kannus_contact, about=person, occasion="a", **words)
    other = notify(kannus_contact, about=person, occasion="b", **words)

    assert (first.language, first.to_email, first.municipality_id) == (
        "sv", kannus_contact.email, in_kannus.pk,
    )  # fmt: skip
    assert first.reply_to == mailbox_of(person)
    assert again is None
    assert Message.objects.count() == 2
    assert other.key == f"greeting:{person.pk}:b:{kannus_contact.pk}"
