"""What ends with a person of the roster and with a municipality's place in a season."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from billing.models import Invoice
from events.actions.notifying import notify_participants
from events.enums import Mode, RegistrationState
from events.models import Event, Registration
from municipalities.enums import Role
from municipalities.models import Person
from seasons.actions.joining import restore_participation
from seasons.enums import ParticipationState
from seasons.models import Participation
from tests.billing.factories import InvoiceFactory
from tests.events.conftest import person_of, taken
from tests.events.factories import RegistrationFactory, published_event
from tests.municipalities.factories import MembershipFactory
from tests.pressing import carried, press
from tests.seasons.factories import (
    EXIT,
    EntitlementFactory,
    ParticipationFactory,
    SeasonFactory,
    member_of,
)
from tests.workshops.factories import WorkshopFactory
from uso.ground.lib.errors import RuleViolation
from uso.ground.mail.models import Message
from uso.ground.tenancy.scope import scope
from uso.roof.home import actions
from workshops.actions import ask_workshop, plan_workshop
from workshops.enums import WorkshopState
from workshops.models import Workshop

pytestmark = pytest.mark.django_db

WITHDRAW = "/seasons/8/members/kannus/withdraw/"


@pytest.fixture
def member(kannus, season8) -> Participation:
    EntitlementFactory(season=season8, quantity=5)
    with scope(kannus.pk):
        return member_of(season8, kannus)


@pytest.fixture
def seminar(season8) -> Event:
    return published_event(season=season8, title_fi="Teemaseminaari IV", in_person=2, remote=None)


@pytest.fixture
def eero(kannus) -> Person:
    return person_of(kannus, first_name="Eero", last_name="Esimerkki", email="eero@kannus.example")


def register(person: Person, event: Event, mode: Mode = Mode.IN_PERSON) -> Registration:
    with scope(person.municipality_id):
        return RegistrationFactory(person=person, event=event, mode=mode)


def states(municipality) -> dict[tuple[int, int], str]:
    with scope(municipality.pk):
        return {
            (row.person_id, row.event_id): row.state for row in Registration.objects.order_by("pk")
        }


def written(municipality) -> list[tuple[str, str]]:
    with scope(municipality.pk):
        return sorted(Message.objects.values_list("template", "to_email"))


# -- A person --------------------------------------------------------------------------------------


def test_person_off_the_list_gives_back_the_seats_ahead(
    client_for, kannus_contact, member, kannus, season8, eero, seminar
):
    past = published_event(season=season8, days=-30)
    register(eero, seminar)
    register(eero, past)
    maija = person_of(kannus)
    register(maija, seminar)

    page = press(client_for(kannus_contact), f"/k/kannus/people/{eero.pk}/take-off/", follow=True)

    assert str(*page.context["messages"]) == (
        "Eero Esimerkki poistettiin luettelosta, ja 1 ilmoittautuminen peruttiin."
    )
    assert states(kannus) == {
        (eero.pk, seminar.pk): RegistrationState.CANCELLED,
        (eero.pk, past.pk): RegistrationState.CONFIRMED,
        (maija.pk, seminar.pk): RegistrationState.CONFIRMED,
    }
    assert taken(seminar)["in_person"] == 1


def test_person_off_the_list_loses_the_event_in_the_calendar(
    client_for,
    kannus_contact,
    member,
    kannus,
    eero,
    seminar,
    sent,
    django_capture_on_commit_callbacks,
):
    register(eero, seminar)
    notify_participants(municipality=kannus, by=None, at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        press(client_for(kannus_contact), f"/k/kannus/people/{eero.pk}/take-off/")

    with scope(kannus.pk):
        message = Message.objects.get(template="registration_withdrawn")
    assert message.to_email == "eero@kannus.example"
    assert Calendar.from_ical(message.attachments[0]["content"])["METHOD"] == "CANCEL"


def test_taking_somebody_off_asks_first_and_names_what_ends(
    client_for, kannus_contact, member, eero, seminar
):
    register(eero, seminar)
    MembershipFactory(
        municipality=eero.municipality, role=Role.LEADER, user__email="Eero@kannus.example"
    )

    page = client_for(kannus_contact).get(f"/k/kannus/people/{eero.pk}/take-off/")

    assert [each.event for each in page.context["registrations"]] == [seminar]
    for words in (
        "Yksi tuleva ilmoittautuminen perutaan",
        "Teemaseminaari IV",
        "saa kustakin viestin",
        "rooli Kunnan johto, ja se säilyy",
    ):
        assert words in page.text
    with scope(eero.municipality_id):
        assert not Person.objects.get(pk=eero.pk).has_left


def test_person_without_an_address_is_told_by_whoever_takes_them_off(
    client_for, kannus_contact, member, kannus, seminar
):
    sulo = person_of(kannus, email="")
    client = client_for(kannus_contact)
    page = f"/k/kannus/people/{sulo.pk}/take-off/"

    alone = client.get(page)
    register(sulo, seminar)
    registered = client.get(page)

    said = [
        [words in each.text for words in ("ei ole ilmoitettu tuleviin", "kerro hänelle itse")]
        for each in (alone, registered)
    ]
    assert said == [[True, False], [False, True]]


# -- A participation -------------------------------------------------------------------------------


def test_municipality_that_leaves_gives_back_seats_and_workshops(
    client_for, coordinator, member, kannus, jamsa, season8, eero, seminar
):
    with scope(jamsa.pk):
        ParticipationFactory(municipality=jamsa, season=season8, state=ParticipationState.DECIDED)
    jukka = person_of(jamsa)
    past = published_event(season=season8, days=-30)
    for each, event in ((eero, seminar), (eero, past), (jukka, seminar)):
        register(each, event)
    with scope(kannus.pk):
        for slot, state in enumerate(("wished", "planned", "held"), start=1):
            WorkshopFactory(
                municipality=kannus, season=season8, slot=slot, state=state,
                planned_on=date(2026, 12, 10) if state == "planned" else None,
                held_on=date(2026, 3, 10) if state == "held" else None,
            )  # fmt: skip

    page = press(client_for(coordinator), WITHDRAW, EXIT, follow=True)

    assert str(*page.context["messages"]) == (
        "Merkittiin, ettei kunta osallistu. Peruttuja ilmoittautumisia: 1, peruttuja kehittämispajoja: 2."
    )
    assert states(kannus) == {
        (eero.pk, seminar.pk): RegistrationState.CANCELLED,
        (eero.pk, past.pk): RegistrationState.CONFIRMED,
    }
    assert states(jamsa) == {(jukka.pk, seminar.pk): RegistrationState.CONFIRMED}
    assert taken(seminar)["in_person"] == 1
    with scope(kannus.pk):
        assert Participation.objects.get().state == ParticipationState.WITHDRAWN
        assert list(Workshop.objects.order_by("slot").values_list("state", flat=True)) == [
            WorkshopState.CANCELLED, WorkshopState.CANCELLED, WorkshopState.HELD,
        ]  # fmt: skip


def test_seats_of_another_season_stay(client_for, coordinator, member, kannus, season8, eero):
    nine = SeasonFactory(number=9, first_year=2027, last_year=2028)
    with scope(kannus.pk):
        member_of(nine, kannus)
    later = published_event(season=nine, days=200)
    register(eero, later)

    press(client_for(coordinator), WITHDRAW, EXIT)

    assert states(kannus) == {(eero.pk, later.pk): RegistrationState.CONFIRMED}


def test_contact_persons_read_what_ended_and_the_day_leaves_the_calendar(
    member, kannus, kannus_contact, coordinator, season8, eero, seminar
):
    sulo = person_of(kannus, first_name="Sulo", last_name="Sähkötön", email="")
    at = timezone.now()
    register(eero, seminar)
    register(sulo, seminar)
    with scope(kannus.pk):
        agreed, wish = (
            WorkshopFactory(
                municipality=kannus, season=season8, slot=slot, topic=topic,
                asked_by=kannus_contact,
            )
            for slot, topic in ((1, "Strategia"), (2, "Talous"))
        )  # fmt: skip
        plan_workshop(
            workshop=agreed, planned_on=timezone.localdate() + timedelta(7), by=coordinator, at=at
        )
        Message.objects.all().delete()

    actions.withdraw_municipality(participation=member, by=coordinator, at=at, **EXIT)

    assert written(kannus) == [
        ("participation_withdrawn", kannus_contact.email),
        ("workshop_withdrawn", kannus_contact.email),
    ]
    with scope(kannus.pk):
        told, day = Message.objects.order_by("template")
    assert told.subject == "Kunta ei ole enää mukana: Kannus, USO8"
    for words in (
        "- Eero Esimerkki\n",
        "- Sulo Sähkötön (ei sähköpostiosoitetta",
        "- Strategia, ",
        "- Talous",
    ):
        assert words in told.body_text
    assert Calendar.from_ical(day.attachments[0]["content"])["METHOD"] == "CANCEL"
    assert wish.pk


def test_withdrawal_asks_first_and_names_what_ends_and_stays(
    client_for, coordinator, member, kannus, kannus_contact, season8, eero, seminar
):
    register(eero, seminar)
    register(eero, published_event(season=season8, days=-30))
    with scope(kannus.pk):
        WorkshopFactory(municipality=kannus, season=season8, topic="Strategia")
        WorkshopFactory(
            municipality=kannus,
            season=season8,
            slot=2,
            state=WorkshopState.HELD,
            held_on=date(2025, 3, 3),
        )
        Participation.objects.update(decided_on=date(2024, 10, 22))
        InvoiceFactory(participation=member)

    page = client_for(coordinator).get(WITHDRAW)

    hanging = page.context["hanging"]
    assert (hanging.people, hanging.events, hanging.readers) == ([eero], 1, [kannus_contact])
    assert page.context["stays"] == [
        "Vaiheiden historia päivineen.",
        "Liittymispäätös.",
        "Vahvistettu maksu.",
        "Menneet tapahtumat.",
        "Pidetyt kehittämispajat.",
        "Osallistujalista.",
        "Roolit kunnassa.",
    ]
    for words in (
        "Yksi tuleva ilmoittautuminen perutaan",
        "Ehdotus kehittämispajasta ”Strategia” perutaan.",
        "Vuoden 2026 laskuluonnos",
        "Eero Esimerkki: tapahtumat poistuvat kalenterista",
        f"{kannus_contact.name}, yhdyshenkilö",
    ):
        assert words in page.text
    with scope(kannus.pk):
        assert Participation.objects.get().state == ParticipationState.CONFIRMED


def test_withdrawal_keeps_the_draft_of_an_invoice(member, kannus, coordinator):
    with scope(kannus.pk):
        InvoiceFactory(participation=member)

    actions.withdraw_municipality(participation=member, by=coordinator, at=timezone.now(), **EXIT)

    with scope(kannus.pk):
        assert Invoice.objects.count() == 1


def test_municipality_that_never_joined_leaves_without_a_word(
    client_for, coordinator, kannus, kannus_contact, season8
):
    with scope(kannus.pk):
        ParticipationFactory(municipality=kannus, season=season8)
    client = client_for(coordinator)

    asked = client.get(WITHDRAW)
    press(client, WITHDRAW, EXIT)

    assert "Ei kukaan." in asked.text
    assert asked.context["stays"] == [
        "Vaiheiden historia päivineen.",
        "Roolit kunnassa.",
    ]
    assert "Vahvistettu maksu" not in asked.text
    assert written(kannus) == []


def test_second_withdrawal_changes_nothing_and_leads_back(client_for, coordinator, member, kannus):
    client = client_for(coordinator)
    asked = {**carried(client.get(WITHDRAW)), **EXIT}
    client.post(WITHDRAW, asked)

    again = client.post(WITHDRAW, asked)

    assert again.status_code == 422
    assert again.context["form"].non_field_errors() == [
        "Tämä on jo tehty, tai kunnan tila on muuttunut: tarkista tiedot."
    ]
    assert client.get(WITHDRAW).url == "/seasons/8/members/kannus/"


def test_nobody_wishes_for_a_workshop_of_a_season_that_was_left(
    member, kannus, kannus_contact, coordinator
):
    actions.withdraw_municipality(participation=member, by=coordinator, at=timezone.now(), **EXIT)

    with scope(kannus.pk), pytest.raises(RuleViolation):
        ask_workshop(  # the page was drawn before
            participation=member, topic="Strategia", theme=None, wish="Valtuustolle",
            wished_time="", by=kannus_contact, at=timezone.now(),
        )  # fmt: skip


def test_contact_persons_read_that_the_withdrawal_was_undone(
    member, kannus, kannus_contact, coordinator, eero, seminar
):
    register(eero, seminar)
    actions.withdraw_municipality(participation=member, by=coordinator, at=timezone.now(), **EXIT)
    with scope(kannus.pk):
        Message.objects.all().delete()
        left = Participation.objects.get()

    restore_participation(participation=left, by=coordinator, at=timezone.now())

    assert written(kannus) == [("participation_restored", kannus_contact.email)]
    assert states(kannus) == {(eero.pk, seminar.pk): RegistrationState.CANCELLED}


# -- What was added since the page was drawn -------------------------------------------------------


def test_withdrawal_that_would_end_more_than_it_said_is_asked_anew(
    client_for, coordinator, member, kannus, eero, seminar
):
    client = client_for(coordinator)
    asked = {**carried(client.get(WITHDRAW)), **EXIT}
    register(eero, seminar)

    pressed = client.post(WITHDRAW, asked)

    assert pressed.status_code == 422
    assert "Eero Esimerkki" in str(pressed.context["form"].non_field_errors())
    assert states(kannus) == {(eero.pk, seminar.pk): RegistrationState.CONFIRMED}


def test_person_registered_meanwhile_is_asked_about_anew(
    client_for, kannus_contact, member, kannus, eero, seminar
):
    page = f"/k/kannus/people/{eero.pk}/take-off/"
    client = client_for(kannus_contact)
    asked = carried(client.get(page))
    register(eero, seminar)

    pressed = client.post(page, asked)

    assert pressed.status_code == 422
    assert "Teemaseminaari IV" in pressed.context["refused"]
    assert states(kannus) == {(eero.pk, seminar.pk): RegistrationState.CONFIRMED}


# -- What a municipality that has left still reads ---------------------------------------------------


@pytest.fixture
def behind(member, kannus, season8, eero, kannus_contact, coordinator) -> dict[str, object]:
    """What Kannus took part in, and an event it did not, before it left the season."""
    attended, missed = (published_event(season=season8, days=-30) for _each in range(2))
    ahead = published_event(season=season8, days=30)
    register(eero, attended)
    register(eero, ahead)
    with scope(kannus.pk):
        held = WorkshopFactory(
            municipality=kannus,
            season=season8,
            state=WorkshopState.HELD,
            held_on=date(2026, 3, 2),
            topic="Pidetty paja",
        )
    actions.withdraw_municipality(participation=member, by=coordinator, at=timezone.now(), **EXIT)
    return {"attended": attended, "missed": missed, "ahead": ahead, "held": held}


def test_municipality_that_has_left_reads_the_events_it_took_part_in(
    client_for, kannus_contact, behind
):
    browser = client_for(kannus_contact)

    page = browser.get("/k/kannus/events/")

    assert [offer.event for offer in page.context["past"]] == [behind["attended"]]
    assert page.context["coming"] == []
    assert page.context["may_register"] is False
    statuses = {
        name: browser.get(f"/k/kannus/events/{behind[name].pk}/").status_code
        for name in ("attended", "missed", "ahead")
    }
    assert statuses == {"attended": 200, "missed": 404, "ahead": 404}
    grid = browser.get("/k/kannus/registrations/")
    assert grid.context["grid"].offers == ()


def test_municipality_that_has_left_reads_its_workshops_and_wishes_for_none(
    client_for, kannus_contact, behind
):
    browser = client_for(kannus_contact)

    page = browser.get("/k/kannus/workshops/")

    (season,) = page.context["behind"]
    assert [each.workshop for each in season.listed] == [behind["held"]]
    assert "Pidetty paja" in page.text
    assert "/k/kannus/workshops/ask/" not in page.text
    assert (
        "<form"
        not in browser.get(f"/k/kannus/workshops/{behind['held'].pk}/").text.split("<main", 1)[1]
    )


def test_workshops_of_earlier_seasons_stand_below_those_of_today(
    client_for, kannus_contact, member, kannus
):
    earlier = SeasonFactory(number=7, first_year=2023, last_year=2024)
    EntitlementFactory(season=earlier, quantity=5)
    with scope(kannus.pk):
        member_of(earlier, kannus)
        old = WorkshopFactory(municipality=kannus, season=earlier)
        WorkshopFactory(municipality=kannus, season=member.season)

    context = client_for(kannus_contact).get("/k/kannus/workshops/").context

    assert context["season"] == member.season
    assert [(each.season, [row.workshop for row in each.listed]) for each in context["behind"]] == [
        (earlier, [old])
    ]


# -- A role ------------------------------------------------------------------------------------------


@pytest.fixture
def two_days(member, kannus, kannus_contact, coordinator) -> list[Workshop]:
    """A day ahead and one behind, both in the calendar of the contact person."""
    days = [timezone.localdate() + timedelta(days=days) for days in (7, -7)]
    with scope(kannus.pk):
        return [
            WorkshopFactory(
                municipality=kannus,
                season=member.season,
                slot=slot,
                state=WorkshopState.PLANNED,
                planned_on=day,
                asked_by=kannus_contact,
                notified_days={str(kannus_contact.pk): day.isoformat()},
                sequence=1,
            )
            for slot, day in enumerate(days, 1)
        ]


def test_day_ahead_leaves_the_calendar_of_whose_role_has_ended(
    two_days, kannus, kannus_contact, coordinator, client_for
):
    ahead, behind = two_days
    role = kannus_contact.memberships.get()
    MembershipFactory(municipality=kannus, role=Role.CONTACT)
    page = client_for(coordinator).get(f"/k/kannus/contacts/{role.pk}/end/")

    actions.end_role(membership=role, by=coordinator, on=timezone.localdate())

    with scope(kannus.pk):
        (message,) = Message.objects.filter(template="workshop_released")
        ahead.refresh_from_db()
        behind.refresh_from_db()
    calendar = Calendar.from_ical(message.attachments[0]["content"])
    (entry,) = calendar.walk("VEVENT")
    assert message.to_email == kannus_contact.email
    assert calendar["METHOD"] == "CANCEL"
    assert (entry["UID"], entry["SEQUENCE"]) == (f"workshop-{ahead.pk}-{kannus_contact.pk}@uso", 2)
    assert (ahead.state, ahead.notified_days) == (WorkshopState.PLANNED, {})
    assert list(behind.notified_days) == [str(kannus_contact.pk)]
    assert page.context["days"] == [ahead]
    assert "Yhden kehittämispajan päivä poistuu" in page.text


@pytest.mark.parametrize("other", [Role.CONTACT, Role.COORDINATOR])
def test_day_stays_with_whom_it_concerns_by_another_role(
    two_days, kannus, kannus_contact, coordinator, other
):
    MembershipFactory(municipality=kannus, role=Role.CONTACT)
    contact = kannus_contact.memberships.get()
    network = MembershipFactory(user=kannus_contact, municipality=None, role=Role.COORDINATOR)
    ended = network if other == Role.CONTACT else contact

    actions.end_role(membership=ended, by=coordinator, on=timezone.localdate())

    with scope(kannus.pk):
        assert not Message.objects.filter(template="workshop_released").exists()


def test_day_leaves_the_calendar_of_a_coordinator_who_had_wished(
    two_days, kannus, coordinator, client_for
):
    wisher = MembershipFactory(municipality=None, role=Role.COORDINATOR)
    with scope(kannus.pk):
        Workshop.objects.filter(pk=two_days[0].pk).update(
            notified_days={str(wisher.user_id): two_days[0].planned_on.isoformat()}
        )

    actions.end_role(membership=wisher, by=coordinator, on=timezone.localdate())

    with scope(kannus.pk):
        (message,) = Message.objects.filter(template="workshop_released")
    assert message.to_email == wisher.user.email
