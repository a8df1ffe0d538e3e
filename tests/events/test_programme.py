"""Writing, publishing and cancelling events."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from events.actions.programme import cancel_event, publish_event, save_event
from events.enums import EventKind, EventState, Mode
from events.models import Event
from tests.events.conftest import taken
from tests.events.factories import EventFactory, SeatsFactory
from uso.ground.lib.errors import RuleViolation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def ready(season8):
    """A draft that lacks nothing."""
    starts_at = timezone.now() + timedelta(days=30)
    event = EventFactory(
        season=season8,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=6),
        deadline_at=starts_at - timedelta(days=7),
        place_fi="Tampere",
    )
    SeatsFactory(event=event)
    return event


def stored(event: Event) -> Event:
    return Event.objects.get(pk=event.pk)


def test_published_event_keeps_who_and_when(ready, coordinator):
    at = timezone.now()

    publish_event(event=ready, by=coordinator, at=at)

    event = stored(ready)
    assert (event.state, event.published_by, event.published_at) == (
        EventState.PUBLISHED,
        coordinator,
        at,
    )


def test_draft_that_lacks_things_names_them(season8, coordinator):
    draft = EventFactory(season=season8)

    with pytest.raises(RuleViolation) as refused:
        publish_event(event=draft, by=coordinator, at=timezone.now())

    assert refused.value.message == (
        "Not published. Add first: date and time, end, deadline of registration,"
        " seats, or remote participation."
    )
    assert stored(draft).state == EventState.DRAFT


def test_event_on_site_needs_a_place(ready, coordinator):
    Event.objects.update(place_fi="")

    with pytest.raises(RuleViolation, match=r"^Not published\. Add first: place\.$"):
        publish_event(event=ready, by=coordinator, at=timezone.now())


def test_remote_event_needs_no_place(ready, coordinator):
    Event.objects.update(place_fi="")
    ready.seats.update(mode=Mode.IN_PERSON)
    ready.seats.all().delete()
    SeatsFactory(event=ready, mode=Mode.REMOTE, capacity=None)

    assert publish_event(event=ready, by=coordinator, at=timezone.now()).published_at


def test_change_begun_before_the_publishing_keeps_it(ready, coordinator):
    at = timezone.now()
    typed = stored(ready)
    publish_event(event=ready, by=coordinator, at=at)

    typed.title_en = "Another title"
    save_event(event=typed, capacities={Mode.IN_PERSON: 5}, by=coordinator)

    event = stored(ready)
    assert (event.title_en, event.state) == ("Another title", EventState.PUBLISHED)
    assert (event.published_by, event.published_at) == (coordinator, at)


def test_event_of_the_past_is_not_published(ready, coordinator):
    with pytest.raises(RuleViolation, match="begins in the past"):
        publish_event(event=ready, by=coordinator, at=ready.starts_at)


def test_event_is_published_once(seminar, coordinator):
    with pytest.raises(RuleViolation, match="published already"):
        publish_event(event=seminar, by=coordinator, at=timezone.now())


def test_cancelled_event_keeps_who_and_when(seminar, coordinator):
    at = timezone.now()

    cancel_event(event=seminar, by=coordinator, at=at)

    event = stored(seminar)
    assert (event.state, event.cancelled_by, event.cancelled_at) == (
        EventState.CANCELLED,
        coordinator,
        at,
    )


def test_draft_or_cancelled_event_cannot_be_cancelled(ready, coordinator):
    with pytest.raises(RuleViolation, match="Only a published event"):
        cancel_event(event=ready, by=coordinator, at=timezone.now())


def test_event_that_has_begun_cannot_be_cancelled(seminar, coordinator):
    with pytest.raises(RuleViolation, match="has begun"):
        cancel_event(event=seminar, by=coordinator, at=seminar.starts_at)


def test_new_event_is_saved_with_its_seats(season8, coordinator):
    event = Event(season=season8, kind=EventKind.SPARRING, title_fi="Sparraus")

    save_event(event=event, capacities={Mode.IN_PERSON: 20, Mode.REMOTE: None}, by=coordinator)

    assert dict(event.seats.values_list("mode", "capacity")) == {"in_person": 20, "remote": None}


def test_way_of_attending_can_be_taken_away_while_nobody_uses_it(seminar, coordinator):
    save_event(event=seminar, capacities={Mode.REMOTE: 5}, by=coordinator)

    assert dict(seminar.seats.values_list("mode", "capacity")) == {"remote": 5}


@pytest.mark.parametrize("capacities", [{Mode.IN_PERSON: 0}, {Mode.REMOTE: None}])
def test_seats_in_use_cannot_be_taken_away(seminar, eero, save, coordinator, capacities):
    save({(eero, seminar): Mode.IN_PERSON})

    with pytest.raises(RuleViolation, match="1 person is registered already") as refused:
        save_event(event=seminar, capacities=capacities, by=coordinator)

    assert refused.value.field == "in_person_seats"
    assert taken(seminar) == {"in_person": 1, "remote": 0}


def test_published_event_keeps_a_way_of_attending(seminar, coordinator):
    with pytest.raises(RuleViolation, match="needs seats or remote participation"):
        save_event(event=seminar, capacities={}, by=coordinator)


def test_event_without_an_end_is_not_published(ready, coordinator):
    Event.objects.update(ends_at=None)

    with pytest.raises(RuleViolation, match=r"^Not published\. Add first: end\.$"):
        publish_event(event=ready, by=coordinator, at=timezone.now())


def test_cancelled_event_stays_as_it_is(seminar, coordinator):
    cancel_event(event=seminar, by=coordinator, at=timezone.now())

    with pytest.raises(RuleViolation, match="stays as it is"):
        save_event(event=seminar, capacities={}, by=coordinator)
