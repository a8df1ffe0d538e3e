"""Mail to participants and to whoever registers them."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from events.actions.programme import cancel_event, save_event
from events.enums import Mode
from events.models import Event, Seats
from events.tasks import notify_all, notify_municipality
from municipalities.models import Membership, Person
from tests.events.conftest import person_of
from tests.events.factories import published_event
from uso.ground.actions import mailbox_of
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
    """Read the calendar entry out of the letter as it goes over the wire: the last alternative."""
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
    page = f"http://localhost:8000/k/kannus/events/{event.pk}/"
    assert [each["LOCATION"] for each in (first, remote, second)] == [
        "Helsinki", "Etänä", "https://example.fi/linkki",
    ]  # fmt: skip
    assert (first["URL"], remote["SUMMARY"]) == (page, f"USO: {event.title_fi}")
    assert remote["DESCRIPTION"] == f"Ohjelma\n\nMiten: Etänä\n{page}"
    assert second["DESCRIPTION"].startswith("Miten: Etänä\nhttp://localhost:8000/k/kannus/")
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
    assert ("Helsinki" in here.body, "Saat linkin" in here.body) == (True, False)
    assert ("Helsinki" in there.body, "Saat linkin" in there.body) == (False, True)


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
    assert entry_in(letter)[1]["LOCATION"] == "Etänä"


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


@pytest.fixture
def change(committed, coordinator):
    """Change fields of an event as a coordinator does, and clear the mails there were."""

    def changed(event, **fields):
        mail.outbox.clear()
        stored = Event.objects.get(pk=event.pk)
        for name, value in fields.items():
            setattr(stored, name, value)
        seats = {Mode(row.mode): row.capacity for row in event.seats.all()}
        committed(save_event, event=stored, capacities=seats, by=coordinator)

    return changed


@pytest.fixture
def going(committed, seminar, eero, maija, save):
    """Eero comes on site and Maija remotely, both know it."""
    committed(save, {(eero, seminar): Mode.IN_PERSON, (maija, seminar): Mode.REMOTE})
    mail.outbox.clear()
    return seminar


def written() -> dict[str, tuple[str, str]]:
    """Return the subject and the first line of what each address got."""
    return {letter.to[0]: (letter.subject, letter.body.splitlines()[0]) for letter in mail.outbox}


EERO, MAIJA = "eero@kannus.example", "maija@kannus.example"


def test_new_place_is_told_in_words_to_those_on_site_alone(going, change):
    change(going, place_fi="Oulu")

    assert written() == {EERO: ("Teemaseminaari IV: uusi paikka", "Paikka: Helsinki → Oulu")}


def test_link_is_told_to_those_who_take_part_remotely_alone(going, change):
    """Three pages promise it."""
    change(going, remote_url="https://example.fi/linkki")

    assert written() == {
        MAIJA: (
            "Teemaseminaari IV: etäosallistujien linkki",
            "Linkki: ei vielä tiedossa → https://example.fi/linkki",
        )
    }


def test_new_time_is_told_to_everybody_and_moves_the_entry(going, change, eero):
    change(
        going,
        starts_at=going.starts_at + timedelta(days=1),
        ends_at=going.ends_at + timedelta(days=1),
    )

    (letter,) = letters(EERO)
    _method, event = entry_in(letter)
    assert written()[EERO] == written()[MAIJA] == (
        "Teemaseminaari IV: uusi aika",
        "Aika: to 24.12.2026 klo\xa010.00–16.00 → pe 25.12.2026 klo\xa010.00–16.00",
    )  # fmt: skip
    assert event["SEQUENCE"] == 2
    assert event["DTSTART"].dt - going.starts_at.replace(microsecond=0) == timedelta(days=1)


def test_several_changes_are_one_message(going, change):
    change(going, place_fi="Oulu", title_fi="Teemaseminaari neljä")

    (letter,) = mail.outbox[:1]
    assert letter.subject == "Teemaseminaari neljä: uusi paikka, uusi nimi"
    assert letter.body.startswith(
        "Paikka: Helsinki → Oulu\nNimi: Teemaseminaari IV → Teemaseminaari neljä\n"
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"title_sv": "Temaseminarium IV"},
        {"description_fi": "Ohjelma tarkentuu."},
        {"title_fi": "Teemaseminaari  IV "},
        {"position": 4},
        {"place_fi": "Helsinki "},
        {"place_sv": "Helsingfors"},  # who reads Finnish knows it by its Finnish name
    ],
)
def test_what_concerns_nobody_is_told_to_nobody(going, change, fields):
    change(going, **fields)

    assert mail.outbox == []


def test_title_is_told_in_the_language_of_each(committed, seminar, kannus, eero, save, change):
    sven = person_of(kannus, language="sv", email="sven@kannus.example")
    committed(save, {(eero, seminar): Mode.IN_PERSON, (sven, seminar): Mode.IN_PERSON})

    change(seminar, title_sv="Temaseminarium IV")

    assert written() == {
        "sven@kannus.example": (
            "Temaseminarium IV: nytt namn",
            "Namn: Teemaseminaari IV → Temaseminarium IV",
        )
    }


def test_place_is_told_and_stands_in_the_calendar_in_the_language_of_each(
    committed, seminar, kannus, eero, save, change
):
    sven = person_of(kannus, language="sv", email="sven@kannus.example")
    jill = person_of(kannus, language="en", email="jill@kannus.example")
    committed(save, {(each, seminar): Mode.IN_PERSON for each in (eero, sven)})
    mail.outbox.clear()
    Seats.objects.filter(event=seminar, mode=Mode.IN_PERSON).update(capacity=9)

    change(seminar, place_fi="Oulu", place_sv="Uleåborg")
    committed(save, {(jill, seminar): Mode.IN_PERSON})

    entries = {
        letter.to[0]: entry_in(letter)[1]
        for letter in mail.outbox
        if letter.to[0] in (EERO, "sven@kannus.example", "jill@kannus.example")
    }
    assert {address: str(entry["LOCATION"]) for address, entry in entries.items()} == {
        EERO: "Oulu", "sven@kannus.example": "Uleåborg", "jill@kannus.example": "Oulu",
    }  # fmt: skip
    assert written()[EERO][1] == "Paikka: Helsinki → Oulu"
    assert written()["sven@kannus.example"][1] == "Plats: Helsinki → Uleåborg"


def test_language_alone_is_no_news_and_the_next_message_is_in_it(
    committed, going, kannus, eero, change
):
    change(going, title_sv="Temaseminarium IV")
    with scope(kannus.pk):
        Person.objects.filter(pk=eero.pk).update(language="sv")
    committed(notify_all)
    assert mail.outbox == []

    change(going, place_fi="Uleåborg")

    assert written()[EERO] == ("Temaseminarium IV: ny plats", "Plats: Helsinki → Uleåborg")


def test_changed_and_changed_back_before_the_task_is_no_news(going, coordinator, committed, kannus):
    for place in ("Oulu", "Helsinki"):
        going = Event.objects.get(pk=going.pk)
        going.place_fi = place
        save_event(event=going, capacities={Mode.IN_PERSON: 2, Mode.REMOTE: None}, by=coordinator)

    committed(notify_municipality, municipality_id=kannus.pk)

    assert mail.outbox == []


def test_other_way_of_attending_is_told_in_words(committed, going, eero, save):
    committed(save, {(eero, going): Mode.REMOTE})

    assert written()[EERO] == (
        "Teemaseminaari IV: osallistut etänä",
        "Osallistumistapa: Paikan päällä → Etänä",
    )


def test_no_subject_begins_with_a_change(going, change):
    change(
        going, place_fi="Oulu", title_fi="Toinen", starts_at=going.starts_at - timedelta(hours=1)
    )

    assert [letter.subject.split(":")[0] for letter in mail.outbox] == ["Toinen", "Toinen"]


def test_cancelled_event_reaches_every_municipality(
    committed, going, jamsa, jukka, save, jamsa_contact, coordinator
):
    committed(save, {(jukka, going): Mode.REMOTE}, municipality=jamsa, by=jamsa_contact)
    mail.outbox.clear()

    committed(cancel_event, event=going, by=coordinator, at=timezone.now())

    entries = {letter.to[0]: entry_in(letter)[0] for letter in mail.outbox if letter.attachments}
    assert entries == dict.fromkeys((EERO, MAIJA, "j@jamsa.example"), "CANCEL")
    assert letters(EERO)[0].subject == "Peruttu: Teemaseminaari IV"


def test_withdrawn_person_is_told_nothing_more(committed, going, maija, save, change, coordinator):
    committed(save, {(maija, going): None})
    assert [letter.subject for letter in letters(MAIJA)] == [
        "Ilmoittautumisesi on peruttu: Teemaseminaari IV"
    ]

    change(going, remote_url="https://example.fi/linkki", title_fi="Uusi nimi")
    assert letters(MAIJA) == []
    committed(cancel_event, event=Event.objects.get(), by=coordinator, at=timezone.now())

    assert letters(MAIJA) == []


def test_withdrawn_and_registered_again_is_told_as_new(committed, going, maija, save):
    committed(save, {(maija, going): None})
    committed(save, {(maija, going): Mode.REMOTE})

    gone, again = letters(MAIJA)
    assert again.subject == "Olet ilmoittautunut: Teemaseminaari IV"
    assert entry_in(again)[1]["UID"] == entry_in(gone)[1]["UID"]
    assert entry_in(again)[1]["SEQUENCE"] == 3


@pytest.mark.parametrize("before", ["eero@kannus.example", ""])
def test_new_address_gets_the_entry_as_new(committed, seminar, kannus, eero, save, before):
    with scope(kannus.pk):
        Person.objects.filter(pk=eero.pk).update(email=before)
    committed(save, {(eero, seminar): Mode.IN_PERSON})
    mail.outbox.clear()
    with scope(kannus.pk):
        Person.objects.filter(pk=eero.pk).update(email="uusi@kannus.example")

    committed(notify_all)

    (letter,) = mail.outbox
    assert letter.to == ["uusi@kannus.example"]
    assert letter.subject == "Olet ilmoittautunut: Teemaseminaari IV"
    assert entry_in(letter)[0] == "REQUEST"


def test_other_case_of_an_address_is_no_new_address(committed, going, kannus, eero):
    with scope(kannus.pk):
        Person.objects.filter(pk=eero.pk).update(email="Eero@Kannus.example")

    committed(notify_all)

    assert mail.outbox == []


def test_address_that_never_had_the_entry_gets_no_cancellation(
    committed, going, kannus, eero, coordinator
):
    with scope(kannus.pk):
        Person.objects.filter(pk=eero.pk).update(email="uusi@kannus.example")

    committed(cancel_event, event=going, by=coordinator, at=timezone.now())

    assert set(written()) == {MAIJA, "yhdyshenkilo@kannus.example"}  # her contact person


def test_reply_goes_to_the_coordinator_who_published(going, change, coordinator):
    publisher = going.published_by
    change(going, place_fi="Oulu")
    Membership.objects.filter(user=publisher).delete()
    (first,) = mail.outbox

    change(going, place_fi="Vaasa")

    assert first.reply_to == [mailbox_of(publisher)]
    assert mail.outbox[0].reply_to == [mailbox_of(coordinator)]


def test_registrar_of_people_without_addresses_alone_is_promised_no_message(
    committed, seminar, sulo, eero, save
):
    committed(save, {(sulo, seminar): Mode.REMOTE})
    committed(save, {(eero, seminar): Mode.REMOTE})

    promised = [
        "saavat viestin" in letter.body for letter in mail.outbox if "Kannus:" in letter.subject
    ]
    assert promised == [False, True]


def test_mails_of_one_municipality_stay_out_of_anothers_sight(
    committed, seminar, kannus, jamsa, eero, save
):
    committed(save, {(eero, seminar): Mode.IN_PERSON})

    with scope(jamsa.pk):
        assert list(Message.objects.all()) == []
        assert list(Person.objects.all()) == []
    with scope(kannus.pk):
        assert Message.objects.count() == 2
