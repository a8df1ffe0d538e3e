"""Registration while many press at once, held against one bare INSERT of it a transaction."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from statistics import median
from threading import Barrier

import pghistory
from celery import current_app
from django.db import connection
from django.utils import timezone

from events.actions.programme import save_event
from events.actions.registering import save_registrations
from events.enums import EventKind, EventState, Mode
from events.models import Event
from municipalities.enums import Group
from municipalities.models import Municipality, Person, User
from seasons.enums import ParticipationState
from seasons.models import Participation, Season
from uso.ground.tenancy.scope import scope
from uso.roof.bench.registry import Budget, Measured, benchmark
from uso.roof.bench.timing import timed

CLIENTS = 32
EACH = 5  # registrations a client makes, one after another
SEATS = 100
ROUNDS = 7
BARE_INSERT = """
    INSERT INTO events_registration (municipality_id, event_id, person_id, mode, state,
        registered_at, registered_by_id, sequence)
    VALUES (%s, %s, %s, 'in_person', 'confirmed', now(), %s, 0)
"""
# A place of its own in the broker: no worker of the demonstration takes these messages.
OWN_BROKER = "?virtual_host=15"


@benchmark("registration")
def registration() -> Iterator[Measured]:
    """Hold registrations a second by 32 clients, 100 seats, to their bare INSERTs by as many."""
    current_app.conf.broker_url = current_app.conf.broker_url.partition("?")[0] + OWN_BROKER
    place, people, season, by = _world()
    figures, floors, seated = [], [], []
    _register(
        place, people, _event(season, ROUNDS, by, seats=SEATS), by, 0
    )  # what is imported late is there
    for number in range(ROUNDS):
        event = _event(season, number, by, seats=SEATS)
        figures.append(_rate(partial(_register, place, people, event, by), by))
        roomy = _event(season, ROUNDS + 1 + number, by, seats=None)
        floors.append(_rate(partial(_bare_insert, place, people, roomy, by), by))
        seated.append(event.seats.get(mode=Mode.IN_PERSON).taken)
    current_app.control.purge()
    yield Measured(
        what=f"registration, {CLIENTS} clients, {SEATS} seats",
        figure=median(figures),
        floor=median(floors),
        unit="a second",
        budget=Budget(at_least=0.25),
        limits={f"exactly {SEATS} seated": set(seated) == {SEATS}},
    )


def _rate(work: Callable[[int], object], by: User) -> float:
    """Return how many times a second all clients together do the work.

    Each time in the history's context, as in every request that posts something.
    """
    gate = Barrier(CLIENTS)

    def client(number: int) -> None:
        gate.wait(timeout=30)
        for n in range(EACH):
            with pghistory.context(user=by.pk):
                work(number * EACH + n)
            connection.close()  # back to the pool, as at the end of a request

    with ThreadPoolExecutor(CLIENTS) as clients:
        seconds = timed(lambda: list(clients.map(client, range(CLIENTS))))
    return CLIENTS * EACH / seconds


def _register(place: Municipality, people: list[int], event: Event, by: User, n: int) -> None:
    choices = {(people[n], event.pk): Mode.IN_PERSON}
    with scope(place.pk):
        save_registrations(municipality=place, choices=choices, by=by, at=timezone.now())


def _bare_insert(place: Municipality, people: list[int], event: Event, by: User, n: int) -> None:
    """Insert a registration as it comes, the seat counted by the trigger: nothing read, nobody notified."""
    with scope(place.pk), connection.cursor() as cursor:
        cursor.execute(BARE_INSERT, [place.pk, event.pk, people[n], by.pk])


def _world() -> tuple[Municipality, list[int], Season, User]:
    place = Municipality.objects.create(
        code="999",
        slug="mittala",
        name_fi="Mittala",
        name_sv="Mittala",
        genitive_fi="Mittalan",
        region_code="16",
        language_status=Municipality.Status.FINNISH,
    )
    season = Season.objects.create(number=99, first_year=2025, last_year=2026)
    by = User.objects.create_user("mittaaja@uso.example", first_name="Mitta", last_name="Aaja")
    with scope(place.pk):
        Participation.objects.create(
            municipality=place,
            season=season,
            state=ParticipationState.DECIDED,
            state_on=season.first_day,
        )
        people = Person.objects.bulk_create(
            Person(municipality=place, first_name="N", last_name=str(n), group=Group.OFFICE)
            for n in range(CLIENTS * EACH)
        )
    return place, [person.pk for person in people], season, by


def _event(season: Season, number: int, by: User, *, seats: int | None) -> Event:
    now = timezone.now()
    event = Event(
        season=season,
        kind=EventKind.SEMINAR,
        position=number,
        title_fi=f"Seminaari {number}",
        starts_at=now + timedelta(days=30),
        ends_at=now + timedelta(days=30, hours=6),
        deadline_at=now + timedelta(days=20),
        state=EventState.PUBLISHED,
        published_at=now,
        published_by=by,
    )
    return save_event(event=event, capacities={Mode.IN_PERSON: seats}, by=by)
