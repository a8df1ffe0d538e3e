"""Many at once, each with a database connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.utils import timezone

from events.actions.announcing import SITTING, announce_events
from events.actions.notifying import notify_participants
from events.actions.programme import cancel_event
from events.actions.registering import SaveResult, save_registrations
from events.enums import Mode
from events.models import Event, Seats
from municipalities.models import Person
from tests.events.conftest import confirmed_rows, person_of, taken
from tests.events.factories import published_event
from tests.racing import until_it_waits
from uso.ground.mail.models import Message
from uso.ground.tenancy.scope import scope

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

THREADS = 32


def at_once(*jobs):
    """Run every job in a thread of its own, all let go at the same moment."""
    gate = Barrier(len(jobs))

    def run(job):
        try:
            gate.wait(timeout=30)
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as threads:
        return [future.result(timeout=60) for future in [threads.submit(run, j) for j in jobs]]


def saver(municipality, by, choices):
    def job() -> SaveResult:
        return save_registrations(
            municipality=municipality, choices=choices, by=by, at=timezone.now()
        )

    return job


@pytest.fixture
def crowd(kannus, jamsa, kannus_contact, jamsa_contact):
    """People of two municipalities, each with whoever registers them."""
    places = [(kannus, kannus_contact), (jamsa, jamsa_contact)]
    return [(*places[n % 2], person_of(places[n % 2][0], email="")) for n in range(THREADS)]


def test_last_seats_go_to_as_many_as_there_are(season8, crowd):
    event = published_event(season=season8, in_person=5)

    saved = at_once(
        *(saver(place, by, {(who.pk, event.pk): Mode.IN_PERSON}) for place, by, who in crowd)
    )

    assert sum(len(result.done) for result in saved) == 5
    assert sum(len(result.refused) for result in saved) == THREADS - 5
    assert taken(event) == confirmed_rows(event) == {"in_person": 5, "remote": 0}


def test_same_person_registered_by_many_at_once_is_registered_once(season8, crowd):
    event = published_event(season=season8, in_person=5)
    place, by, who = crowd[0]

    saved = at_once(*[saver(place, by, {(who.pk, event.pk): Mode.IN_PERSON})] * THREADS)

    assert sum(len(result.done) for result in saved) == 1
    assert taken(event) == confirmed_rows(event) == {"in_person": 1, "remote": 0}


def test_changes_across_events_and_ways_never_wait_for_each_other(season8, crowd):
    """Half go one way round the events, half the other: no deadlock, and the counts are right."""
    one, two = (
        published_event(season=season8, in_person=THREADS, remote=THREADS) for _ in range(2)
    )
    for place, by, who in crowd[::2]:
        saver(place, by, {(who.pk, one.pk): Mode.IN_PERSON, (who.pk, two.pk): Mode.REMOTE})()

    forth = [((one, Mode.REMOTE), (two, Mode.IN_PERSON))] * (THREADS // 2)
    back = [((two, Mode.REMOTE), (one, Mode.IN_PERSON))] * (THREADS // 2)
    wishes = [*zip(crowd[::2], forth, strict=True), *zip(crowd[1::2], back, strict=True)]
    saved = at_once(
        *(
            saver(place, by, {(who.pk, event.pk): mode for event, mode in wish})
            for (place, by, who), wish in wishes
        )
    )

    assert [result.refused for result in saved] == [()] * THREADS
    assert taken(one) == confirmed_rows(one) == {"in_person": 16, "remote": 16}
    assert taken(two) == confirmed_rows(two) == {"in_person": 16, "remote": 16}


def test_seats_are_locked_by_event_in_whichever_order_they_are_stored(season8, crowd):
    """Two saves that lock the same events in two orders would wait for each other for ever."""
    last, first = published_event(season=season8, id=10**9), published_event(season=season8)
    place, by, who = crowd[0]
    both = saver(place, by, {(who.pk, last.pk): Mode.REMOTE, (who.pk, first.pk): Mode.REMOTE})

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            list(last.seats.select_for_update(of=("self",)))
            saving = threads.submit(at_once, both)
            until_it_waits(saving)
            free = Seats.objects.select_for_update(of=("self",), skip_locked=True)
            assert list(free.filter(event=first)) == []
        assert saving.result(timeout=60)[0].refused == ()


def test_people_are_locked_by_number_in_whichever_order_they_are_stored(
    season8, kannus, kannus_contact
):
    event = published_event(season=season8)
    last, first = person_of(kannus, id=10**9), person_of(kannus)
    both = saver(kannus, kannus_contact, {(who.pk, event.pk): Mode.REMOTE for who in (last, first)})

    with ThreadPoolExecutor(1) as threads:
        with scope(kannus.pk):
            people = Person.objects.select_for_update(of=("self",), no_key=True)
            list(people.filter(pk=last.pk))
            saving = threads.submit(at_once, both)
            until_it_waits(saving)
            free = Person.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
            assert list(free.filter(pk=first.pk)) == []
        assert saving.result(timeout=60)[0].refused == ()


def test_second_save_of_a_person_sees_what_the_first_one_did(kannus, kannus_contact, seminar, eero):
    def wish(mode):
        return saver(kannus, kannus_contact, {(eero.pk, seminar.pk): mode})

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            wish(Mode.IN_PERSON)()
            second = threads.submit(at_once, wish(Mode.REMOTE))
            until_it_waits(second)
        (saved,) = second.result(timeout=60)

    assert [row.choice for row in saved.done] == [Mode.REMOTE]
    assert taken(seminar) == confirmed_rows(seminar) == {"in_person": 0, "remote": 1}


def test_nobody_gets_into_an_event_while_it_is_cancelled(season8, crowd, coordinator):
    event = published_event(season=season8, in_person=THREADS)

    results = at_once(
        *(saver(place, by, {(who.pk, event.pk): Mode.IN_PERSON}) for place, by, who in crowd),
        lambda: cancel_event(event=event, by=coordinator, at=timezone.now()),
    )

    late = [refusal for saved in results[:-1] for refusal in saved.refused]
    assert all(" on peruttu" in refusal.message for refusal in late)
    assert taken(event) == confirmed_rows(event)
    assert taken(event)["in_person"] == THREADS - len(late)
    assert Event.objects.get(pk=event.pk).state == "cancelled"


def test_who_is_withdrawn_while_being_told_is_told_that_too(kannus, kannus_contact, eero, seminar):
    cell = (eero.pk, seminar.pk)
    saver(kannus, kannus_contact, {cell: Mode.IN_PERSON})()

    with ThreadPoolExecutor(1) as threads:
        with scope(kannus.pk):
            notify_participants(municipality=kannus, by=None, at=timezone.now())
            withdrawn = threads.submit(at_once, saver(kannus, kannus_contact, {cell: None}))
            until_it_waits(withdrawn)
        assert withdrawn.result(timeout=60)[0].refused == ()

    with scope(kannus.pk):
        assert notify_participants(municipality=kannus, by=None, at=timezone.now()) == 1
        told = list(Message.objects.order_by("pk").values_list("template", flat=True))
    assert told == ["registration", "registration_withdrawn"]


def test_two_tasks_at_once_notify_a_participant_once(kannus, kannus_contact, eero, seminar):
    saver(kannus, kannus_contact, {(eero.pk, seminar.pk): Mode.IN_PERSON})()

    def notify() -> int:
        return notify_participants(municipality=kannus, by=None, at=timezone.now())

    with ThreadPoolExecutor(1) as threads:
        with scope(kannus.pk):
            assert notify() == 1
            second = threads.submit(at_once, notify)
            until_it_waits(second)
        assert second.result(timeout=60) == [0]

    with scope(kannus.pk):
        assert Message.objects.filter(to_email=eero.email).count() == 1


def test_two_rounds_at_once_announce_an_event_once(kannus, kannus_contact, seminar):
    def announce() -> int:
        return announce_events(by=None, at=timezone.now() + SITTING)

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            assert announce() == 1
            second = threads.submit(at_once, announce)
            until_it_waits(second)
        assert second.result(timeout=60) == [0]

    with scope(kannus.pk):
        assert Message.objects.filter(to_email=kannus_contact.email).count() == 1
