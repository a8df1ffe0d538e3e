"""The programme of USO8 as its invitation has it, and the demonstration's dates."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.enums import EventState
from events.facts import load_programme
from events.models import Event, Seats
from seasons.facts import load_seasons
from seasons.models import Season
from tests.events.conftest import confirmed_rows, person_of, taken
from tests.seasons.factories import SeasonFactory
from uso.ground.lib.days import unusual
from uso.roof.demo.people import load_contacts
from uso.roof.demo.programme import load_events

pytestmark = pytest.mark.django_db


@pytest.fixture
def uso8(members) -> Season:
    """The season of the facts, with the member municipalities of these tests."""
    Season.objects.update(state="draft")  # a published one keeps its years
    Season.objects.update(number=80, first_year=2060, last_year=2061)
    load_seasons()
    return Season.objects.get(number=8)


def test_programme_of_the_invitation_stands_as_drafts_without_dates(uso8):
    added = load_programme(uso8)

    kinds = [event.kind for event in added]
    assert (kinds.count("seminar"), kinds.count("sparring")) == (4, 6)
    assert kinds.count("live_contact_meeting") == 2
    assert {(e.state, e.starts_at, e.deadline_at, e.place_fi) for e in added} == {
        (EventState.DRAFT, None, None, "")
    }
    assert not Seats.objects.exists()


def test_events_stand_in_the_phases_of_the_invitation(uso8):
    load_programme(uso8)

    by_phase = {
        phase.position: sorted(
            f"{event.kind} {event.position}"
            for event in phase.events.all()
            if event.kind in {"seminar", "sparring"}
        )
        for phase in uso8.phases.all()
    }
    assert by_phase == {
        1: ["seminar 1", "sparring 1"],
        2: ["seminar 2", "sparring 2", "sparring 3"],
        3: ["seminar 3", "sparring 4", "sparring 5"],
        4: ["seminar 4", "sparring 6"],
    }


def test_sparrings_have_their_exact_names(uso8):
    load_programme(uso8)

    sparrings = Event.objects.filter(kind="sparring").order_by("position")
    assert list(sparrings.values_list("title_fi", flat=True)) == [
        "Valtuustokauden opit hyvään ja toimivaan päätöksentekoon ja luottamushenkilötyöhön",
        "Luottamushenkilön rooli, oikeudet ja vastuut",
        "Päätöksentekoprosessi ja kokouksen askeleet",
        "Eettisyys, esteellisyys ja julkisuus – mitä luottamushenkilön on hyvä tietää",
        "Kunnan talouden ABC ja talousprosessi tutuksi",
        "Luottamushenkilö sosiaalisen median pyörteissä",
    ]


def test_every_event_has_its_title_in_three_languages(uso8):
    titles = [(each.title_fi, each.title_sv, each.title_en) for each in load_programme(uso8)]

    assert len(titles) == 16
    assert [each for each in titles if not all(each)] == []


def test_loading_again_changes_nothing(uso8):
    load_programme(uso8)
    Event.objects.filter(position=1).update(title_fi="Muutettu")

    assert load_programme(uso8) == []
    assert Event.objects.filter(title_fi="Muutettu").count() == 4


def test_season_whose_programme_is_not_known_gets_none():
    assert load_programme(SeasonFactory(number=3)) == []


def test_demonstration_has_something_past_and_seminar_four_ahead(
    uso8, kannus, jamsa, coordinator, kannus_contact
):
    for municipality in (kannus, jamsa):
        for group in ("elected", "office"):
            person_of(municipality, group=group)

    load_programme(uso8)
    load_events(uso8, [kannus, jamsa], load_contacts([kannus, jamsa]), by=coordinator)

    now = timezone.now()
    seminars = Event.objects.filter(kind="seminar").order_by("position")
    assert [event.starts_at > now for event in seminars] == [False, False, False, True]
    assert timedelta(2) < seminars[3].deadline_at - now < timedelta(10)
    assert {event.state for event in Event.objects.all()} == {EventState.PUBLISHED}
    days = [timezone.localdate(event.starts_at) for event in Event.objects.all()]
    assert [unusual(day) for day in days] == [""] * 16
    assert {day.year for day in days} == {2025, 2026}


def test_demonstration_counts_its_seats_and_leaves_kannus_to_register(
    uso8, kannus, jamsa, coordinator
):
    for municipality in (kannus, jamsa):
        person_of(municipality, group="office")

    load_programme(uso8)
    load_events(uso8, [kannus, jamsa], load_contacts([kannus, jamsa]), by=coordinator)

    first, *_, fourth = Event.objects.filter(kind="seminar").order_by("position")
    assert sum(taken(first).values()) == sum(confirmed_rows(first).values()) == 2
    assert sum(taken(fourth).values()) == 1
