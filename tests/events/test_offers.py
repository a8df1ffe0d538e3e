"""What a municipality reads of an event: how long it is open, the seats, who of it is going."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from events.enums import EventState, Mode
from events.models import Seats
from events.queries import find_offer
from events.templatetags.uso_offers import deadline, going, seats_left
from tests.events.conftest import person_of
from tests.events.factories import published_event
from uso.ground.lib.dates import moment
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def offer_of(kannus):
    def found(event):
        with scope(kannus.pk):
            return find_offer(kannus, event.pk, at=timezone.now())

    return found


def test_open_event_says_until_when_and_how_soon_that_is(season8, offer_of):
    offer = offer_of(published_event(season=season8))

    assert deadline(offer).startswith("<span>Register by ")
    assert deadline(offer).endswith(" (in 28 days).</span>")


def test_deadline_that_is_near_is_amber(season8, offer_of):
    offer = offer_of(published_event(season=season8, days=4))

    assert deadline(offer).startswith('<span class="amber">Register by ')


def test_event_whose_registration_is_over_says_since_when(season8, offer_of):
    ended = timezone.now() - timedelta(days=1)

    offer = offer_of(published_event(season=season8, deadline_at=ended))

    assert deadline(offer) == f"Registration ended {moment(ended)}."


def test_cancelled_event_names_no_deadline(season8, offer_of, coordinator):
    event = published_event(
        season=season8, state=EventState.CANCELLED, cancelled_at=timezone.now(),
        cancelled_by=coordinator,
    )  # fmt: skip

    words = deadline(offer_of(event))

    assert words.startswith('<span class="tag bad">')
    assert words.endswith("Cancelled</span>")


@pytest.mark.parametrize(
    ("mode", "capacity", "words"),
    [
        (Mode.IN_PERSON, None, "On site there is room for everybody. "),
        (Mode.IN_PERSON, 0, '<span class="amber">Full on site.</span> '),
        (Mode.IN_PERSON, 1, "1 seat left on site. "),
        (Mode.IN_PERSON, 2, "2 seats left on site. "),
        (Mode.REMOTE, None, " Remotely there is room for everybody."),
        (Mode.REMOTE, 0, ' <span class="amber">Full remotely.</span>'),
        (Mode.REMOTE, 1, " 1 seat left remotely."),
        (Mode.REMOTE, 2, " 2 seats left remotely."),
    ],
)
def test_seats_are_counted_by_way_of_attending(season8, offer_of, mode, capacity, words):
    event = published_event(season=season8)
    Seats.objects.filter(event=event).exclude(mode=mode).delete()
    Seats.objects.filter(event=event).update(capacity=capacity)

    assert seats_left(offer_of(event)) == words


def test_both_ways_stand_beside_each_other(season8, offer_of):
    event = published_event(season=season8, in_person=3, remote=None)

    assert (
        seats_left(offer_of(event)) == "3 seats left on site. Remotely there is room for everybody."
    )


def test_nobody_is_going_yet(season8, offer_of, kannus):
    offer = offer_of(published_event(season=season8))

    assert going(offer, kannus, names=True) == '<p class="quiet">Kannus: nobody yet</p>'


def test_those_going_are_counted_by_way_and_named(season8, offer_of, kannus, save):
    event = published_event(season=season8)
    people = [person_of(kannus, first_name="A", last_name=name) for name in ("<b>", "Virta")]
    save({(people[0], event): Mode.IN_PERSON, (people[1], event): Mode.REMOTE})

    count = '<p>Kannus: 2 participants <span class="small quiet">(1 on site, 1 remotely)</span></p>'
    assert going(offer_of(event), kannus, names=False) == count
    names = '<p class="small quiet">A &lt;b&gt;, A Virta</p>'
    assert going(offer_of(event), kannus, names=True) == count + names


def test_one_way_is_not_counted_apart(season8, offer_of, kannus, save):
    event = published_event(season=season8)
    Seats.objects.filter(event=event, mode=Mode.REMOTE).delete()
    save({(person_of(kannus), event): Mode.IN_PERSON})

    assert going(offer_of(event), kannus, names=False) == "<p>Kannus: 1 participant</p>"
