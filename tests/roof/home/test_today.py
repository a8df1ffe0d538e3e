"""The coordinator's board: what waits, who, how many left; the same few queries for any number."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from analysis.statistics.actions.loading import load_catalogue
from analysis.statistics.enums import ImportState
from analysis.statistics.models import ImportRun, Source
from events.enums import Mode
from municipalities.enums import Role
from municipalities.models import User
from seasons.enums import EntitlementKind, ParticipationSource, ParticipationState, SeasonState
from seasons.models import Entitlement, Interest, Season
from tests.analysis.editions import ready_made
from tests.billing.factories import InvoiceFactory
from tests.events.factories import EventFactory, RegistrationFactory, published_event
from tests.municipalities.factories import MunicipalityFactory, PersonFactory, user_with_role
from tests.seasons.factories import ParticipationFactory, SeasonFactory, opened_season
from uso.ground.jobs.models import Job, JobState
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope
from uso.roof.home.queries import late_steps, today
from workshops.enums import WorkshopState
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


def board(season, *, at, reader=None):
    return today.board(season, at=at, reader=reader or User())


@pytest.fixture
def package(season8):
    Entitlement.objects.create(season=season8, kind=EntitlementKind.WORKSHOP, quantity=5)
    return season8


def member(season, coordinator, municipality, state=ParticipationState.CONFIRMED):
    confirmed = state == ParticipationState.CONFIRMED
    with scope(municipality.pk):
        return ParticipationFactory(
            municipality=municipality,
            season=season,
            state=state,
            confirmed_at=timezone.now() if confirmed else None,
            confirmed_by=coordinator if confirmed else None,
        )


def wish(season, municipality, user, slot=1, **fields):
    with scope(municipality.pk):
        return Workshop.objects.create(
            municipality=municipality,
            season=season,
            slot=slot,
            topic="Kuntastrategian väliarviointi",
            wish="Valtuustolle",
            asked_at=timezone.now() - timedelta(days=2),
            asked_by=user,
            **fields,
        )


def test_workshop_wish_waits_for_an_answer(package, kannus, coordinator, kannus_contact):
    member(package, coordinator, kannus)
    asked = wish(package, kannus, kannus_contact, slot=1)

    [todo] = board(package, at=timezone.now()).todo

    assert todo.subject == "Kannus"
    assert "Kuntastrategian väliarviointi" in todo.sentence
    assert todo.href == reverse("workshops_network:detail", args=[8, asked.pk])


def test_answered_wish_waits_no_more(package, kannus, coordinator, kannus_contact):
    member(package, coordinator, kannus)
    wish(
        package,
        kannus,
        kannus_contact,
        state=WorkshopState.PLANNED,
        planned_on=timezone.localdate(),
    )

    assert board(package, at=timezone.now()).todo == ()


def test_deadline_tells_how_many_municipalities_are_missing(package, kannus, jamsa, coordinator):
    member(package, coordinator, kannus)
    member(package, coordinator, jamsa)
    event = published_event(season=package, days=4, title_fi="Teemaseminaari IV")
    with scope(kannus.pk):
        person = PersonFactory(municipality=kannus)
        RegistrationFactory(event=event, person=person, mode=Mode.IN_PERSON)

    [todo] = board(package, at=timezone.now()).todo

    assert todo.subject == "Teemaseminaari IV:"
    assert "1" in todo.sentence
    assert todo.late


def test_deadline_everybody_has_met_does_not_wait(package, kannus, coordinator):
    member(package, coordinator, kannus)
    event = published_event(season=package, days=4)
    with scope(kannus.pk):
        RegistrationFactory(event=event, person=PersonFactory(municipality=kannus))

    assert board(package, at=timezone.now()).todo == ()


def test_failed_task_of_the_network_comes_first(package, kannus, coordinator, kannus_contact):
    member(package, coordinator, kannus)
    wish(package, kannus, kannus_contact)
    with across_municipalities(reason="the test makes a failed job"):
        Job.objects.create(
            kind="import",
            title="Import",
            task_name="x",
            state=JobState.FAILED,
            finished_at=timezone.now(),
        )

    first, second = board(package, at=timezone.now()).todo

    assert (first.subject, first.late) == ("Import", True)
    assert second.subject == "Kannus"


def stepping(season, municipality, *, days: int, owner=None, step="Soita"):
    """Plan a step of a municipality that was to be done so many days ago."""
    with scope(municipality.pk):
        return ParticipationFactory(
            municipality=municipality,
            season=season,
            next_step=step,
            next_step_on=timezone.localdate() - timedelta(days=days),
            owner=owner,
        )


def test_late_steps_stand_first_and_the_readers_own_before_others(
    package, kannus, jamsa, coordinator
):
    other = user_with_role(Role.COORDINATOR, first_name="Maija", last_name="Toinen")
    stepping(package, kannus, days=9, owner=other, step="Kysy päätöstä")
    stepping(package, jamsa, days=2, owner=coordinator)
    stepping(package, MunicipalityFactory(), days=0, owner=coordinator)
    interested(package, MunicipalityFactory())

    mine, others, interest = board(package, reader=coordinator, at=timezone.now()).todo

    assert (mine.subject, mine.sentence) == ("Jämsä:", "Soita – piti tehdä viimeistään 22.11.2026")
    assert (others.subject, others.sentence) == (
        "Kannus:",
        "Kysy päätöstä – piti tehdä viimeistään 15.11.2026 (Maija Toinen)",
    )
    assert [each.late for each in (mine, others, interest)] == [True, True, False]
    assert mine.href == reverse("seasons_network:member", args=[8, "jamsa"])


def test_more_late_steps_than_are_shown_lead_to_their_list(package, coordinator, monkeypatch):
    monkeypatch.setattr(late_steps, "STEPS_SHOWN", 1)
    for days in (1, 2, 3):
        stepping(package, MunicipalityFactory(), days=days)

    shown, rest = board(package, reader=coordinator, at=timezone.now()).todo

    assert shown.since == timezone.localdate() - timedelta(days=3)
    assert rest.sentence == "vielä 2 myöhässä olevaa seuraavaa askelta"
    assert rest.href == "/seasons/8/members/?step=late"


def test_decision_waits_for_confirmation(package, kannus, coordinator):
    member(package, coordinator, kannus, state=ParticipationState.DECIDED)

    [todo] = board(package, at=timezone.now()).todo

    assert todo.href == reverse("seasons_network:member", args=[8, "kannus"])


def interested(season, municipality, *, moved_on=None):
    """Let a municipality express interest on the public page two days ago."""
    at = timezone.now() - timedelta(days=2)
    with scope(municipality.pk):
        row = ParticipationFactory(
            municipality=municipality,
            season=season,
            state=ParticipationState.INTERESTED,
            state_on=moved_on or timezone.localdate(at),
            source=ParticipationSource.PUBLIC_PAGE,
        )
        Interest.objects.create(
            municipality=municipality, season=season, name="Aino", email="a@b.example", at=at,
            language="fi",
        )  # fmt: skip
    return row


def test_interest_waits_until_its_stage_is_noted(package, kannus, jamsa, coordinator):
    interested(package, kannus)
    interested(package, jamsa, moved_on=timezone.localdate())

    [todo] = board(package, at=timezone.now()).todo

    assert (todo.subject, todo.sentence) == ("Kannus", "ilmaisi kiinnostuksensa julkisella sivulla")
    assert todo.since.date() == timezone.localdate() - timedelta(days=2)
    assert todo.href == reverse("seasons_network:member", args=[8, "kannus"])


def test_interest_stands_above_the_decision_and_names_its_source_in_the_list(
    package, kannus, coordinator, client_for
):
    interested(package, kannus)
    browser = client_for(coordinator)

    page = browser.get("/seasons/8/members/kannus/").content.decode()
    listed = browser.get("/seasons/8/members/").content.decode()

    assert page.index("a@b.example") < page.index("decided_by_fi")
    assert page.count("a@b.example") == 2  # its address and its words
    assert "julkinen sivu" in listed


def test_bands_count_members_seats_and_workshops(
    package, kannus, jamsa, coordinator, kannus_contact
):
    member(package, coordinator, kannus)
    member(package, coordinator, jamsa, state=ParticipationState.INVITED)
    event = published_event(season=package, in_person=100, remote=200, days=60)
    with scope(kannus.pk):
        RegistrationFactory(event=event, person=PersonFactory(municipality=kannus))
    wish(package, kannus, kannus_contact, state=WorkshopState.HELD, held_on=timezone.localdate())

    page = board(package, at=timezone.now())

    assert [step.count for step in page.funnel] == [1, 0, 0, 0, 1]
    assert [(c.confirmed, c.capacity, c.remote) for c in page.coming] == [(1, 100, 0)]
    assert [(row.name, row.ledger.dots, row.ledger.left) for row in page.workshops] == [
        ("Kannus", ["done", "free", "free", "free", "free"], 4)
    ]
    totals = page.workshop_totals
    assert (totals.held, totals.promised, page.members) == (1, 5, 1)


def test_draft_season_says_when_it_begins_and_what_to_do(client_for, coordinator):
    draft = SeasonFactory(number=9, first_year=2027, last_year=2028, state=SeasonState.DRAFT)
    EventFactory.create_batch(2, season=draft)

    today = client_for(coordinator).get("/seasons/9/today/").content.decode()

    assert "kausi alkaa 38 päivän kuluttua" in today
    assert "kauden loppuun" not in today
    assert "ennen julkaisua" in today
    assert "Ohjelmassa on 2 luonnosta." in today
    assert "Kehittämispajat</h2>" not in today
    assert "0 / 0" not in today


def test_analysis_is_counted_once_by_its_newest_edition(package, kannus, coordinator):
    member(package, coordinator, kannus)
    with scope(kannus.pk):
        ready_made(kannus, package, coordinator)
        ready_made(kannus, package, coordinator, edition=2)

    page = board(package, at=timezone.now())

    assert (page.analyses_published, page.analyses_draft, page.members) == (1, 0, 1)

    with scope(kannus.pk):
        ready_made(kannus, package, coordinator, is_published=False, edition=3)

    page = board(package, at=timezone.now())

    assert (page.analyses_published, page.analyses_draft, page.members) == (0, 1, 1)


def test_expert_reads_the_board_without_the_coordinators_action(package, expert, client_for):
    page = client_for(expert).get("/seasons/8/today/").content.decode()

    assert reverse("events_network:new", args=[8]) not in page
    assert reverse("billing_network:season", args=[8]) not in page


def test_expert_is_led_to_look_at_what_only_coordinators_answer(
    package, kannus, coordinator, expert, kannus_contact, client_for
):
    member(package, coordinator, kannus)
    wish(package, kannus, kannus_contact)
    with across_municipalities(reason="the test makes a failed job"):
        Job.objects.create(title="Import", state=JobState.FAILED, finished_at=timezone.now())

    shown = {
        user: [
            todo.action for todo in client_for(user).get("/seasons/8/today/").context["board"].todo
        ]
        for user in (coordinator, expert)
    }

    assert shown == {coordinator: ["Tarkista", "Vastaa"], expert: ["Katso"]}


def test_imports_that_wait_are_told_the_oldest_first(package):
    held = waiting_import("vm", ImportState.HELD, hours=5)
    offered = waiting_import("fcg", ImportState.PREVIEWED, hours=2)
    waiting_import("syke", ImportState.STORED, hours=1)

    page = board(package, at=timezone.now())

    assert [(todo.subject, todo.since, todo.late) for todo in page.todo] == [
        (held.source.name, held.finished_at, True),
        (offered.source.name, offered.finished_at, False),
    ]


def waiting_import(code: str, state: ImportState, *, hours: int) -> ImportRun:
    load_catalogue()
    source = Source.objects.get(code=code)
    ended = timezone.now() - timedelta(hours=hours)
    return ImportRun.objects.create(source=source, state=state, finished_at=ended)


# -- A season that has ended -------------------------------------------------------------------------


@pytest.fixture
def left_open(package, kannus, coordinator, kannus_contact):
    """In season 8: a wish, a held and a cancelled workshop, a draft of an invoice, an unread analysis."""
    participation = member(package, coordinator, kannus)
    wish(package, kannus, kannus_contact, slot=1)
    wish(
        package,
        kannus,
        kannus_contact,
        slot=2,
        state=WorkshopState.HELD,
        held_on=timezone.localdate(),
    )
    with scope(kannus.pk):
        InvoiceFactory(participation=participation)
    load_catalogue()
    with across_municipalities(reason="a test makes an edition"):
        ready_made(kannus, package, coordinator, is_published=False)
    return package


def said(client, number=8):
    page = client.get(f"/seasons/{number}/today/")
    return [
        (each.season.number, [thing.words for thing in each.open])
        for each in page.context["board"].ended
    ]


EVERYTHING = [
    "1 kehittämispaja pitämättä ja perumatta",
    "1 tilannekuva-analyysi julkaisematta",
    "1 laskuluonnos",
]


def end(season):
    season.first_year, season.last_year = 2024, 2025
    season.save()


def test_board_says_that_its_season_has_ended_and_what_is_open(left_open, client_for, coordinator):
    browser = client_for(coordinator)
    running = said(browser)
    end(left_open)

    assert running == []
    assert said(browser) == [(8, EVERYTHING)]
    page = browser.get("/seasons/8/today/").text
    assert "USO8 (2024–2025) on päättynyt" in page
    assert 'href="/seasons/8/workshops/"' in page.split("päättynyt", 1)[1]


def test_board_of_the_next_season_says_what_is_open_in_the_last_one(
    left_open, client_for, coordinator
):
    end(left_open)
    SeasonFactory(number=9, first_year=2026, last_year=2027)
    SeasonFactory(number=7, first_year=2022, last_year=2023)  # nothing is open in it

    assert said(client_for(coordinator), 9) == [(8, EVERYTHING)]


def test_board_says_that_its_season_has_ended_where_nothing_is_open(
    season8, client_for, coordinator
):
    end(season8)

    assert said(client_for(coordinator)) == [(8, [])]


def test_expert_reads_nothing_of_invoices(left_open, client_for, expert):
    end(left_open)

    assert said(client_for(expert)) == [(8, EVERYTHING[:2])]


def test_interest_in_the_next_season_is_counted_on_the_board_of_this_one(
    package, kannus, jamsa, coordinator, client_for
):
    coming = opened_season(number=9)
    interested(coming, kannus)
    interested(coming, jamsa, moved_on=timezone.localdate())
    browser = client_for(coordinator)

    page = browser.get("/seasons/8/today/")

    [todo] = page.context["board"].todo
    assert (todo.subject, todo.href) == ("USO9", "/seasons/9/today/")
    assert todo.sentence == "1 kunnan kiinnostus odottaa vastausta"
    assert todo.since.date() == timezone.localdate() - timedelta(days=2)
    [own] = browser.get("/seasons/9/today/").context["board"].todo
    assert own.subject == "Kannus"


def test_interest_in_a_season_before_is_not_counted_on_the_board(package, kannus, coordinator):
    interested(package, kannus)
    coming = opened_season(number=9)

    assert board(coming, reader=coordinator, at=timezone.now()).todo == ()


@pytest.mark.parametrize("state", [SeasonState.DRAFT, SeasonState.OPEN])
def test_only_a_published_season_adds_to_the_board_of_one_that_runs(
    package, kannus, coordinator, client_for, time_machine, state
):
    made = opened_season if state == SeasonState.OPEN else SeasonFactory
    interested(made(number=9, first_year=2027, last_year=2028), kannus)
    browser = client_for(coordinator)

    subjects = [each.subject for each in browser.get("/seasons/8/today/").context["board"].todo]

    assert subjects == (["USO9"] if state == SeasonState.OPEN else [])
    Season.objects.filter(pk=package.pk).update(state=SeasonState.CLOSED)
    assert browser.get("/seasons/8/today/").context["board"].todo == ()
