"""The programme of a season made from an earlier one."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from events.actions.copying import copy_events
from events.enums import EventState, Mode
from events.models import Event, Registration, Seats
from seasons.models import Phase, Season
from tests.events.factories import EventFactory, RegistrationFactory, published_event
from tests.municipalities.factories import PersonFactory, UserFactory
from tests.seasons.factories import SeasonFactory
from uso.ground.lib.dates import HELSINKI
from uso.ground.mail.models import Message
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def uso9(db) -> Season:
    return SeasonFactory(number=9, first_year=2027, last_year=2028)


def local(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y %H.%M}" if moment else ""


def dates(event: Event) -> list[str]:
    return [local(event.starts_at), local(event.ends_at), local(event.deadline_at)]


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=HELSINKI)


def test_planned_events_move_by_the_seasons_length(season8, uso9, coordinator):
    for season, year in ((season8, 2025), (uso9, 2027)):
        Phase.objects.create(
            season=season, position=1, name_fi="Kevät", starts_on=date(year, 1, 1),
            ends_on=date(year, 6, 30),
        )  # fmt: skip
    EventFactory(
        season=season8, phase=season8.phases.get(), kind="sparring", position=3,
        title_fi="Sparraus 2025", title_sv="Sparrning", description_fi="Sanat", place_fi="Oulu",
        starts_at=at(2025, 3, 28, 17), ends_at=at(2025, 3, 28, 18, 30),
        deadline_at=at(2025, 3, 24, 16),
    )  # fmt: skip
    EventFactory(season=season8, kind="seminar", position=1, title_fi="Päivätön")

    copy_events(source=season8, season=uso9, by=coordinator)

    undated, moved = uso9.events.order_by("kind")
    assert (undated.title_fi, dates(undated), undated.phase) == ("Päivätön", ["", "", ""], None)
    # On 28 March 2027 clocks are turned: the times of day stay.
    assert dates(moved) == ["28.03.2027 17.00", "28.03.2027 18.30", "24.03.2027 16.00"]
    assert (moved.kind, moved.position, moved.phase) == ("sparring", 3, uso9.phases.get())
    assert (moved.title_fi, moved.title_sv) == ("Sparraus 2027", "Sparrning")
    assert (moved.description_fi, moved.place) == ("Sanat", "Oulu")


def test_copies_are_drafts_with_free_seats_and_nothing_is_fired(season8, uso9, kannus, coordinator):
    event = published_event(
        season=season8, announced_at=timezone.now(), remote_url="https://teams.example/1"
    )
    with scope(kannus.pk):
        RegistrationFactory(event=event, person=PersonFactory(municipality=kannus))

    copy_events(source=season8, season=uso9, by=coordinator)

    made = uso9.events.get()
    assert (made.state, made.published_at, made.published_by, made.announced_at) == (
        EventState.DRAFT, None, None, None,
    )  # fmt: skip
    assert (made.remote_url, made.uid == event.uid) == ("", False)
    assert {(row.mode, row.capacity, row.taken) for row in made.seats.all()} == {
        (Mode.IN_PERSON, 100, 0),
        (Mode.REMOTE, None, 0),
    }
    with scope(kannus.pk):
        assert not Registration.objects.filter(event=made).exists()
        assert not Message.objects.exists()
    assert Seats.objects.get(event=event, mode=Mode.IN_PERSON).taken == 1


def test_cancelled_events_are_left_out(season8, uso9, coordinator):
    published_event(
        season=season8, state=EventState.CANCELLED, cancelled_at=timezone.now(),
        cancelled_by=UserFactory(),
    )  # fmt: skip

    assert copy_events(source=season8, season=uso9, by=coordinator) == []


def test_event_over_the_29th_of_february_still_ends_after_it_starts(coordinator):
    source = SeasonFactory(number=9, first_year=2027, last_year=2028)
    season = SeasonFactory(number=10, first_year=2029, last_year=2030)
    EventFactory(
        season=source, starts_at=at(2028, 2, 28, 18), ends_at=at(2028, 2, 29, 12),
        deadline_at=at(2028, 2, 28, 18),
    )  # fmt: skip
    EventFactory(
        season=source, starts_at=at(2028, 2, 29, 9), ends_at=at(2028, 2, 29, 15),
        deadline_at=at(2028, 2, 28, 16),
    )  # fmt: skip

    first, second = copy_events(source=source, season=season, by=coordinator)

    assert first.ends_at - first.starts_at == timedelta(hours=18)
    assert dates(first) == ["28.02.2030 18.00", "01.03.2030 12.00", "28.02.2030 18.00"]
    assert dates(second) == ["28.02.2030 09.00", "28.02.2030 15.00", "28.02.2030 09.00"]
