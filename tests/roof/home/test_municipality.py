"""A municipality's start page: what is next, what waits, what the fee has given."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.enums import EventKind, Mode
from municipalities.enums import Role
from seasons.enums import EntitlementKind, ParticipationState
from seasons.models import Entitlement
from tests.events.factories import RegistrationFactory, published_event
from tests.municipalities.factories import PersonFactory
from tests.seasons.factories import ParticipationFactory
from uso.ground.tenancy.scope import scope
from uso.roof.home.queries.municipality import municipality_home
from workshops.enums import WorkshopState
from workshops.models import Workshop

CONTACT = frozenset({Role.CONTACT})


@pytest.fixture
def season(season8, in_kannus):
    for position, (kind, quantity) in enumerate(
        [
            (EntitlementKind.SEMINAR, 4),
            (EntitlementKind.WORKSHOP, 5),
            (EntitlementKind.ANALYSIS, None),
            (EntitlementKind.REVIEWS, None),
        ]
    ):
        Entitlement.objects.create(season=season8, kind=kind, quantity=quantity, position=position)
    ParticipationFactory(municipality=in_kannus, season=season8, state=ParticipationState.DECIDED)
    return season8


def home(kannus, season, roles=CONTACT):
    return municipality_home(kannus, season, roles, at=timezone.now())


def test_next_event_is_the_soonest_one_published(season, kannus):
    published_event(season=season, days=20, title_fi="Myöhempi")
    published_event(season=season, days=5, title_fi="Seuraava")
    published_event(season=season, days=-5, title_fi="Mennyt")

    assert home(kannus, season).following.event.title_fi == "Seuraava"


def test_open_event_nobody_goes_to_waits_with_its_deadline(season, kannus):
    PersonFactory(municipality=kannus)
    event = published_event(season=season, days=6, title_fi="Teemaseminaari IV")

    [todo] = home(kannus, season).todo

    assert "Teemaseminaari IV" in todo.sentence
    assert (todo.until, todo.late) == (event.deadline_at, True)


@pytest.mark.parametrize("roles", [frozenset({Role.LEADER}), frozenset({Role.BILLING})])
def test_nothing_waits_for_who_may_not_do_it(season, kannus, roles):
    published_event(season=season, days=6)

    assert home(kannus, season, roles).todo == ()


def test_event_with_somebody_going_does_not_wait(season, kannus):
    event = published_event(season=season, days=6)
    RegistrationFactory(event=event, person=PersonFactory(municipality=kannus))

    assert home(kannus, season).todo == ()


def test_empty_roster_is_the_first_thing_to_do(season, kannus):
    published_event(season=season, days=6)

    assert home(kannus, season).todo[0].href == "/k/kannus/people/"


def test_ledger_counts_events_taken_part_in_once_and_held_workshops(season, kannus, kannus_contact):
    past = published_event(season=season, days=-5, kind=EventKind.SEMINAR)
    for mode in (Mode.IN_PERSON, Mode.REMOTE):
        RegistrationFactory(event=past, person=PersonFactory(municipality=kannus), mode=mode)
    ahead = published_event(season=season, days=5, kind=EventKind.SEMINAR)
    RegistrationFactory(event=ahead, person=PersonFactory(municipality=kannus))
    Workshop.objects.create(
        municipality=kannus,
        season=season,
        slot=1,
        topic="Strategia",
        wish="Kaikille",
        asked_at=timezone.now(),
        asked_by=kannus_contact,
        state=WorkshopState.HELD,
        held_on=timezone.localdate() - timedelta(days=3),
    )

    ledger = home(kannus, season).ledger

    assert [(line.used, line.total) for line in ledger[:2]] == [(1, 4), (1, 5)]
    assert len(ledger) == 3


def test_another_municipalitys_registrations_do_not_show(season, kannus, jamsa):
    event = published_event(season=season, days=6)
    with scope(jamsa.pk):
        RegistrationFactory(event=event, person=PersonFactory(municipality=jamsa))

    assert home(kannus, season).following.going == ()


def test_page_shows_the_next_event_and_its_button(season, kannus, kannus_contact, client_for):
    published_event(season=season, days=6, title_fi="Teemaseminaari IV")

    page = client_for(kannus_contact).get("/k/kannus/").content.decode()

    assert "Teemaseminaari IV" in page
    assert "/k/kannus/registrations/" in page


def test_page_without_a_season_says_that_nothing_is_ahead(kannus, kannus_contact, client_for):
    page = client_for(kannus_contact).get("/k/kannus/").content.decode()

    assert "Ei tulevia tapahtumia" in page


def test_billing_contact_sees_neither_who_goes_nor_the_analysis(season, kannus):
    person = PersonFactory(municipality=kannus)
    RegistrationFactory(person=person, event=published_event(season=season, days=5))

    page = home(kannus, season, frozenset({Role.BILLING}))

    assert (page.sees_events, page.following, page.analysis) == (False, None, None)
