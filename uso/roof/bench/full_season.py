"""A full season for the benchmarks: 93 members with people, events, workshops; the rest on their way."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Min, Model
from django.utils import timezone

from analysis.actions.building import build_analysis
from analysis.actions.peer_sets import choose_peers
from analysis.actions.publishing import approve_analysis, publish_analysis
from analysis.models import Analysis
from analysis.statistics.actions.imports import import_bundled
from billing.actions import make_fee_drafts
from events.enums import EventKind, EventState, Mode
from events.models import Event, Registration, Seats
from municipalities.enums import Role
from municipalities.facts import load_municipalities, load_populations
from municipalities.models import Membership, Municipality, Person, User
from seasons.actions.joining import confirm_participation, invite_municipality, record_decision
from seasons.enums import BEFORE_THE_DECISION
from seasons.facts import load_seasons
from seasons.models import Entitlement, FeeTier, Participation, Season
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope
from uso.roof.demo.people import load_roster
from workshops.actions import ask_workshop
from workshops.models import Workshop

Row = TypeVar("Row", bound=Model)

NUMBER = 8
SLUG = "kannus"
KANNUS = "217"
MEMBERS = 93
EVENTS = 14
SEATS = 1_000
PEERS = 8


@dataclass(frozen=True)
class People:
    """Who opens the pages."""

    coordinator: User
    contact: User


@transaction.atomic
def _season_with_terms() -> Season:
    """Load the seasons; of a published one only what is made in one transaction needs no amendment."""
    load_seasons()
    Season.objects.filter(number=NUMBER).update(population_year=2024, vat_on_top=True)
    return Season.objects.get(number=NUMBER)


def full_season() -> People:
    """Fill a fresh database with the facts and one season: 93 members, the rest on their way."""
    load_municipalities()
    load_populations()
    season = _season_with_terms()
    kannus = Municipality.objects.get(code=KANNUS)
    coordinator = _user("coordinator@bench.example", Role.COORDINATOR, None)
    contact = _user("contact@bench.example", Role.CONTACT, kannus)
    members = [kannus, *Municipality.objects.exclude(pk=kannus.pk).order_by("code")[: MEMBERS - 1]]
    events = [_event(season, number, coordinator) for number in range(1, EVENTS + 1)]
    import_bundled(by=coordinator)
    for place, municipality in enumerate(members):
        peers = [members[(place + step) % len(members)] for step in range(1, PEERS + 1)]
        _join(season, municipality, events, coordinator)
        _analyse(season, municipality, peers, coordinator)
    _invite_the_rest(season, coordinator)
    make_fee_drafts(season=season, year=season.last_year, by=coordinator, at=timezone.now())
    return People(coordinator, contact)


def _user(email: str, role: Role, municipality: Municipality | None) -> User:
    user = User.objects.create_user(email, first_name="Bench", last_name="Mark")
    Membership.objects.create(
        user=user, role=role, municipality=municipality, starts_on=date(2025, 1, 1)
    )
    return user


def _event(season: Season, number: int, by: User) -> Event:
    starts_at = timezone.now() + timedelta(days=number)
    event = Event.objects.create(
        season=season,
        kind=EventKind.OTHER,
        position=number,
        title_fi=f"Tapahtuma {number}",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=6),
        deadline_at=starts_at - timedelta(hours=12),
        state=EventState.PUBLISHED,
        published_at=timezone.now(),
        published_by=by,
    )
    Seats.objects.bulk_create(Seats(event=event, mode=mode, capacity=SEATS) for mode in Mode)
    return event


def _join(season: Season, municipality: Municipality, events: list[Event], by: User) -> None:
    with scope(municipality.pk):
        at = datetime(2024, 12, 16, tzinfo=UTC)
        participation = invite_municipality(
            season=season, municipality=municipality, by=by, on=date(2024, 9, 2)
        )
        record_decision(
            participation=participation,
            decided_by_fi="Kunnanhallitus",
            decided_on=date(2024, 10, 22),
            decision_section="1",
            diary_number="",
            by=by,
            at=at,
        )
        confirm_participation(participation=participation, by=by, at=at)
        people = load_roster(municipality, size=8)
        _register(municipality, people, events, by)
        ask_workshop(
            participation=participation,
            topic="Strategia",
            theme=None,
            wish="Valtuustolle",
            wished_time="",
            by=by,
            at=timezone.now(),
        )


def _invite_the_rest(season: Season, by: User) -> None:
    """Put the rest of the country on the season's list, each with a next step, every other late."""
    with across_municipalities(reason="the benchmark fills the list of a whole season"):
        left = Municipality.objects.exclude(participations__season=season).order_by("code")
        today, stages = timezone.localdate(), sorted(BEFORE_THE_DECISION)
        Participation.objects.bulk_create(
            Participation(
                municipality=municipality,
                season=season,
                state=stages[place % len(stages)],
                state_on=today,
                next_step="Soita ja sovi, milloin hallitus päättää",
                next_step_on=today + timedelta(days=place % 20 - 10),
                owner=by,
            )
            for place, municipality in enumerate(left)
        )


def _analyse(
    season: Season, municipality: Municipality, peers: list[Municipality], by: User
) -> None:
    with scope(municipality.pk):
        choose_peers(municipality=municipality, season=season, peers=peers, reason="Koko", by=by)
        today = timezone.localdate()
        analysis = build_analysis(municipality=municipality, season=season, by=by, on=today)
        analysis = approve_analysis(analysis=analysis, seen=analysis.sha256, by=by)
        publish_analysis(analysis=analysis, by=by)


def _register(
    municipality: Municipality, people: list[Person], events: list[Event], by: User
) -> None:
    Registration.objects.bulk_create(
        Registration(
            municipality=municipality,
            event=event,
            person=person,
            mode=Mode.IN_PERSON if place % 2 else Mode.REMOTE,
            registered_by=by,
        )
        for event in events
        for place, person in enumerate(people[:4])
    )


# -- Seasons that have been ------------------------------------------------------------------------


def nine_seasons_more() -> None:
    """Put nine seasons before the known ones: copies of the full one, two years apart."""
    season = Season.objects.get(number=NUMBER)
    with across_municipalities(reason="the benchmark copies a whole season"):
        first = Season.objects.aggregate(first=Min("first_year"))["first"]
        for back in range(1, 10):
            years = season.first_year - first + 2 * back
            _copy_season(season, timedelta(days=365 * years), years=years)


def _copy_season(season: Season, ago: timedelta, *, years: int) -> None:
    old = Season.objects.create(
        number=season.number + 90 - years,  # no season has had it
        first_year=season.first_year - years,
        last_year=season.last_year - years,
        population_year=season.population_year,
    )
    tiers = _copies(FeeTier.objects.filter(season=season), season=old)
    _copies(Entitlement.objects.filter(season=season), season=old)
    rows = list(Participation.objects.filter(season=season))
    for row in rows:
        row.fee_tier = tiers[row.fee_tier_id] if row.fee_tier_id else None
    _copies(rows, season=old)
    _copies(Workshop.objects.filter(season=season), season=old)
    _copies(Analysis.objects.filter(season=season), season=old)
    for event in season.events.all():
        _copy_event(event, old, ago)


def _copy_event(event: Event, season: Season, ago: timedelta) -> None:
    was = event.pk
    assert event.starts_at  # noqa: S101 -- it is published
    assert event.ends_at  # noqa: S101 -- as above
    assert event.deadline_at  # noqa: S101 -- as above
    event.starts_at, event.ends_at = event.starts_at - ago, event.ends_at - ago
    event.deadline_at -= ago
    [copy] = _copies([event], season=season, uid=uuid.uuid4()).values()
    Seats.objects.bulk_create(Seats(event=copy, mode=mode, capacity=SEATS) for mode in Mode)
    _copies(Registration.objects.filter(event=was), event=copy)


def _copies(rows: Iterable[Row], **changes: object) -> dict[int, Row]:
    """Add a changed copy of each row; return them by the key of what they were copied from."""
    copied = {}
    for row in rows:
        copied[row.pk] = row
        row.pk = None
        row._state.adding = True
        for name, value in changes.items():
            setattr(row, name, value)
    if copied:
        [model] = {type(row) for row in copied.values()}
        model._default_manager.bulk_create(copied.values(), batch_size=500)
    return copied
