"""Somebody registers or brings people while two of the roster are merged."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction
from django.utils import timezone

from events.actions.registering import SaveResult, save_registrations
from events.enums import Mode
from events.models import Registration, Seats
from municipalities.models import Person
from municipalities.roster.importing import import_people
from municipalities.roster.reading import read_people
from tests.events.conftest import confirmed_rows, join, person_of, taken
from tests.events.factories import published_event
from tests.racing import at_once, until_it_waits
from uso.ground.tenancy.scope import scope
from uso.roof.home.actions import MergedPeople, merge_people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

TURNS = pytest.mark.parametrize("turn", range(4))
SAVES = 16


@pytest.fixture
def pair(kannus, season8) -> tuple[Person, Person]:
    join(kannus, season8)
    return person_of(kannus, email=""), person_of(kannus, email="")


@TURNS
@pytest.mark.parametrize("kept", [0, 1])
def test_no_registration_is_lost_or_doubled_while_two_people_are_merged(
    kannus, season8, kannus_contact, pair, turn, kept
):
    """Sixteen saves at once, each of one of them to an event of its own and to one that all share."""
    shared, *events = [published_event(season=season8, in_person=2) for _ in range(SAVES + 1)]
    person, double = pair[kept], pair[1 - kept]

    def registering(n):
        def save() -> SaveResult:
            who, others = pair[n % 2], (events[n], shared)
            return save_registrations(
                municipality=kannus,
                choices={(who.pk, each.pk): Mode.IN_PERSON for each in others},
                by=kannus_contact,
                at=timezone.now(),
            )

        return save

    def merge() -> MergedPeople:
        return merge_people(person=person, double=double, by=kannus_contact, at=timezone.now())

    saves = [registering(n) for n in range(SAVES)]
    results = at_once(*saves[:8], merge, *saves[8:])

    assert [each for each in results if isinstance(each, Exception)] == []
    with scope(kannus.pk):
        rows = list(Registration.objects.confirmed().values_list("event_id", "person_id"))
        assert sorted(rows) == sorted((event.pk, person.pk) for event in [shared, *events])
        assert list(Person.objects.all()) == [person]
    for event in [shared, *events]:
        assert taken(event) == confirmed_rows(event) == {"in_person": 1, "remote": 0}


def test_last_seat_that_a_merger_frees_is_had_by_who_waited_for_it(
    kannus, season8, kannus_contact, pair
):
    event = published_event(season=season8, in_person=2, remote=None)
    third = person_of(kannus, email="")

    def save(who) -> SaveResult:
        return save_registrations(
            municipality=kannus,
            choices={(who.pk, event.pk): Mode.IN_PERSON},
            by=kannus_contact,
            at=timezone.now(),
        )

    for who in pair:
        save(who)
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            merge_people(person=pair[0], double=pair[1], by=kannus_contact, at=timezone.now())
            saving = threads.submit(at_once, lambda: save(third))
            until_it_waits(saving)
        [saved] = saving.result(timeout=60)

    assert saved.refused == ()
    assert taken(event) == confirmed_rows(event) == {"in_person": 2, "remote": 0}


def test_seats_are_given_back_by_event_in_whichever_order_they_are_stored(
    kannus, season8, kannus_contact, pair
):
    """A merger and a save that lock the same events in two orders would wait for each other for ever."""
    last, first = published_event(season=season8, id=10**9), published_event(season=season8)
    for who in pair:
        for event in (last, first):
            save_registrations(
                municipality=kannus,
                choices={(who.pk, event.pk): Mode.IN_PERSON},
                by=kannus_contact,
                at=timezone.now(),
            )

    def merge() -> MergedPeople:
        return merge_people(person=pair[0], double=pair[1], by=kannus_contact, at=timezone.now())

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            list(last.seats.select_for_update(of=("self",)))
            merging = threads.submit(at_once, merge)
            until_it_waits(merging)
            free = Seats.objects.select_for_update(of=("self",), skip_locked=True)
            assert list(free.filter(event=first, mode=Mode.IN_PERSON)) == []
        assert merging.result(timeout=60)[0].freed == 2


@TURNS
def test_two_who_are_merged_both_ways_at_once_are_one(kannus, kannus_contact, pair, turn):
    def merging(person, double):
        return lambda: merge_people(
            person=person, double=double, by=kannus_contact, at=timezone.now()
        )

    results = at_once(merging(*pair), merging(*reversed(pair)))

    assert sum(isinstance(each, MergedPeople) for each in results) == 1
    with scope(kannus.pk):
        assert Person.objects.count() == 1


@TURNS
def test_the_same_table_brought_by_two_at_once_adds_everybody_once(kannus, kannus_contact, turn):
    table = read_people("\n".join(f"Etu{chr(97 + n)}\tSuku" for n in range(20)), group="office")

    def bring() -> object:
        return import_people(
            municipality=kannus,
            table=table,
            accepted=frozenset(),
            accepts_all=False,
            answers={},
            by=kannus_contact,
        )

    at_once(*[bring] * 4)

    with scope(kannus.pk):
        assert Person.objects.count() == 20
