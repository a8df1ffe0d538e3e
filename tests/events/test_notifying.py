"""Mail to participants and to whoever registers them."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from events.actions.programme import cancel_event, save_event
from events.enums import Mode
from events.tasks import notify_all, notify_municipality
from municipalities.models import Person
from tests.events.conftest import person_of
from tests.events.factories import published_event
from uso.ground.mail.models import Message
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(sent, django_capture_on_commit_callbacks):
    """Run a change and then the tasks it sends after commit."""

    def run(change, *arguments, **keywords):
        with django_capture_on_commit_callbacks(execute=True):
            return change(*arguments, **keywords)

    return run


def letters(to: str) -> list:
    return [letter for letter in mail.outbox if letter.to == [to]]


def entry_in(letter):
    """Read the calendar entry out of the letter as it goes over the wire."""
    parsed = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
    (part,) = [part for part in parsed.walk() if part.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_content())
    assert part["Content-Type"].params["method"] == calendar["METHOD"]
    (event,) = calendar.walk("VEVENT")
    return calendar["METHOD"], event


def outbox_keys() -> list[str]:
    with across_municipalities(reason="the test looks at the outbox"):
        return list(Message.objects.order_by("pk").values_list("key", flat=True))


def test_participant_gets_a_confirmation_with_a_calendar_entry(committed, seminar, eero, save):
    committed(save, {(eero, seminar): Mode.IN_PERSON})

    (letter,) = letters("eero@kannus.example")
    method, event = entry_in(letter)
    assert letter.subject == "Olet ilmoittautunut: Teemaseminaari IV"
    assert "Helsinki" in letter.body
    assert method == "REQUEST"
    assert event["SEQUENCE"] == 1
    assert event["DTSTART"].dt == seminar.starts_at.replace(microsecond=0)
    assert event["LOCATION"] == "Helsinki"


def test_message_is_in_the_language_of_the_recipient(committed, seminar, kannus, save):
    person = person_of(kannus, language="sv", email="sven@kannus.example")

    committed(save, {(person, seminar): Mode.REMOTE})

    assert letters("sven@kannus.example")[0].subject == "Du är anmäld: Teemaseminaari IV"


def test_change_keeps_the_entry_and_raises_its_sequence(committed, season8, eero, save):
    event = published_event(season=season8, remote_url="https://example.fi/linkki")
    committed(save, {(eero, event): Mode.IN_PERSON})
    committed(save, {(eero, event): Mode.REMOTE})

    first, second = (entry_in(letter)[1] for letter in letters("eero@kannus.example"))
    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (1, 2)
    assert second["LOCATION"] == "https://example.fi/linkki"


def test_entry_says_where_and_by_which_link(committed, season8, eero, maija, save):
    event = published_event(season=season8, remote_url="", description_fi="Ohjelma")
    committed(save, {(eero, event): Mode.IN_PERSON, (maija, event): Mode.REMOTE})
    event.refresh_from_db()
    linked = published_event(season=season8, remote_url="https://example.fi/linkki")
    committed(save, {(eero, linked): Mode.REMOTE})

    first, second = (entry_in(letter)[1] for letter in letters("eero@kannus.example"))
    (remote,) = (entry_in(letter)[1] for letter in letters("maija@kannus.example"))
    assert (first["LOCATION"], first.get("URL")) == ("Helsinki", None)
    assert (remote["LOCATION"], remote.get("URL")) == ("Etänä", None)
    assert second["LOCATION"] == second["URL"] == "https://example.fi/linkki"
    assert (remote["DESCRIPTION"], remote["SUMMARY"]) == ("Ohjelma", event.title_fi)
    assert (remote["ATTENDEE"], remote["ATTENDEE"].params["CN"]) == (
        "mailto:maija@kannus.example",
        "Maija Malli",
    )


def test_message_names_who_registered_and_then_who_withdrew(
    committed, seminar, eero, save, coordinator
):
    committed(save, {(eero, seminar): Mode.IN_PERSON})
    coordinator.first_name, coordinator.last_name = "Kaisa", "Koordinaattori"
    coordinator.save()
    committed(save, {(eero, seminar): None}, by=coordinator)

    first, second = letters("eero@kannus.example")
    assert "Kaisa Koordinaattori" not in first.body
    assert "Kaisa Koordinaattori" in second.body


def test_remote_participant_reads_of_the_link_and_not_of_the_place(
    committed, seminar, eero, maija, save
):
    committed(save, {(eero, seminar): Mode.IN_PERSON, (maija, seminar): Mode.REMOTE})

    (here,), (there,) = letters("eero@kannus.example"), letters("maija@kannus.example")
    assert ("Helsinki" in here.body, "linkin ennen" in here.body) == (True, False)
    assert ("Helsinki" in there.body, "linkin ennen" in there.body) == (False, True)


def test_withdrawal_cancels_the_entry(committed, seminar, eero, save):
    committed(save, {(eero, seminar): Mode.IN_PERSON})
    committed(save, {(eero, seminar): None})

    first, second = letters("eero@kannus.example")
    method, event = entry_in(second)
    assert (method, event["SEQUENCE"], event["STATUS"]) == ("CANCEL", 2, "CANCELLED")
    assert event["UID"] == entry_in(first)[1]["UID"]


def test_person_without_an_address_is_registered_and_the_registrar_is_reminded(
    committed, seminar, sulo, save, kannus_contact
):
    committed(save, {(sulo, seminar): Mode.REMOTE})

    (summary,) = mail.outbox
    assert summary.to == [kannus_contact.email]
    assert "Sulo Sähkötön: Etänä (ei sähköpostiosoitetta" in summary.body


def test_registrar_gets_one_summary_of_a_save(
    committed, seminar, eero, maija, save, kannus_contact
):
    committed(save, {(eero, seminar): Mode.IN_PERSON, (maija, seminar): Mode.REMOTE})

    (summary,) = letters(kannus_contact.email)
    assert summary.subject == "Kannus: 2 ilmoittautumista tallennettu"
    assert "- Eero Esimerkki: Paikan päällä\n- Maija Malli: Etänä\n" in summary.body


def test_summary_goes_by_event_in_order_of_time(committed, season8, seminar, eero, maija, save):
    sooner = published_event(season=season8, days=5, title_fi="Aiempi")
    committed(
        save,
        {
            (eero, seminar): Mode.REMOTE,
            (eero, sooner): Mode.REMOTE,
            (maija, seminar): Mode.IN_PERSON,
        },
    )

    (summary,) = (letter for letter in mail.outbox if "3 ilmoittautumista" in letter.subject)
    listed = [line for line in summary.body.splitlines() if line[:2] == "- " or "202" in line]
    assert [line.split(",")[0] for line in listed] == [
        "Aiempi",
        "- Eero Esimerkki: Etänä",
        "Teemaseminaari IV",
        "- Eero Esimerkki: Etänä",
        "- Maija Malli: Paikan päällä",
    ]
    assert "/k/kannus/registrations/" in summary.body


def test_message_is_sent_once_however_often_the_task_runs(committed, seminar, kannus, eero, save):
    committed(save, {(eero, seminar): Mode.IN_PERSON})
    before = outbox_keys()

    committed(notify_municipality, municipality_id=kannus.pk)
    committed(notify_all)

    assert outbox_keys() == before
    assert len(letters("eero@kannus.example")) == 1


def test_two_changes_before_the_task_make_one_message(committed, seminar, kannus, eero, save):
    save({(eero, seminar): Mode.IN_PERSON})
    save({(eero, seminar): Mode.REMOTE})

    committed(notify_municipality, municipality_id=kannus.pk)

    (letter,) = letters("eero@kannus.example")
    assert letter.subject == "Olet ilmoittautunut: Teemaseminaari IV"
    assert entry_in(letter)[1]["SEQUENCE"] == 2


def test_registered_and_withdrawn_before_the_task_tells_nothing(
    committed, seminar, kannus, eero, save
):
    save({(eero, seminar): Mode.IN_PERSON})
    save({(eero, seminar): None})

    committed(notify_municipality, municipality_id=kannus.pk)

    assert letters("eero@kannus.example") == []


def test_round_makes_good_a_task_that_was_lost(committed, seminar, eero, save):
    save({(eero, seminar): Mode.IN_PERSON})

    committed(notify_all)

    assert len(letters("eero@kannus.example")) == 1


def test_event_that_has_begun_is_not_told_of(committed, seminar, kannus, eero, save, time_machine):
    save({(eero, seminar): Mode.IN_PERSON})
    time_machine.move_to(seminar.starts_at + timedelta(minutes=1))

    committed(notify_municipality, municipality_id=kannus.pk)

    assert mail.outbox == []


def test_cancelled_event_reaches_every_municipality(
    committed, seminar, jamsa, eero, jukka, maija, save, jamsa_contact, coordinator
):
    committed(save, {(eero, seminar): Mode.IN_PERSON})
    committed(save, {(maija, seminar): Mode.REMOTE})
    committed(save, {(maija, seminar): None})
    committed(save, {(jukka, seminar): Mode.REMOTE}, municipality=jamsa, by=jamsa_contact)
    mail.outbox.clear()

    committed(cancel_event, event=seminar, by=coordinator, at=timezone.now())

    told = {letter.to[0]: entry_in(letter)[0] for letter in mail.outbox}
    assert told["eero@kannus.example"] == told["j@jamsa.example"] == "CANCEL"
    assert letters("eero@kannus.example")[0].subject == "Peruttu: Teemaseminaari IV"


def test_moved_event_updates_the_entries(committed, seminar, eero, save, coordinator):
    committed(save, {(eero, seminar): Mode.IN_PERSON})
    seminar.refresh_from_db()
    seminar.starts_at += timedelta(days=1)

    committed(
        save_event, event=seminar, capacities={Mode.IN_PERSON: 2, Mode.REMOTE: None}, by=coordinator
    )

    first, second = (entry_in(letter)[1] for letter in letters("eero@kannus.example"))
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] == 2
    assert second["DTSTART"].dt - first["DTSTART"].dt == timedelta(days=1)


def test_mails_of_one_municipality_stay_out_of_anothers_sight(
    committed, seminar, kannus, jamsa, eero, save
):
    committed(save, {(eero, seminar): Mode.IN_PERSON})

    with scope(jamsa.pk):
        assert list(Message.objects.all()) == []
        assert list(Person.objects.all()) == []
    with scope(kannus.pk):
        assert Message.objects.count() == 2
