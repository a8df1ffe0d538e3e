"""The demonstration on another day: its seasons move on, and its dates are days on which people work."""

from datetime import date, datetime, time
from itertools import chain

import pytest
from django.core.management import call_command
from django.utils import timezone

from analysis.models import Analysis
from events.enums import EventState
from events.models import Event
from municipalities.models import Municipality
from seasons.enums import ParticipationState, SeasonState
from seasons.facts import season_is_made_up
from seasons.models import Participation, Phase, Season, SeasonContact
from uso.ground.lib.dates import HELSINKI
from uso.ground.lib.days import unusual
from uso.ground.mail.models import Message
from uso.ground.tenancy.crossing import across_municipalities
from uso.roof.demo import people, season
from workshops.models import Workshop

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.long]

FEW = "217 182 075 178"
# Day, number of the season that runs, those that have ended, and the draft of the next.
DAYS = [
    (date(2025, 3, 1), 8, [], 9),
    (date(2026, 11, 30), 8, [], 9),
    (date(2026, 12, 31), 8, [], 9),
    (date(2027, 1, 1), 9, [8], 10),
    (date(2027, 3, 1), 9, [8], 10),
    (date(2028, 2, 29), 9, [8], 10),
    (date(2031, 6, 1), 11, [8, 10], 12),
]


@pytest.fixture
def load(monkeypatch, settings, time_machine):
    """Load the demonstration of a day with a few members, and analyses where they are looked at."""
    settings.DEMO = True
    monkeypatch.setattr(people, "CODES_OF_MEMBERS", FEW)

    def loaded(day: date, *, analyses: bool = False) -> None:
        time_machine.move_to(datetime.combine(day, time(10), HELSINKI), tick=False)
        if not analyses:
            monkeypatch.setattr(season, "load_analyses", lambda *season, by: None)
        call_command("load_demo")

    return loaded


@pytest.mark.parametrize(("day", "running", "ended", "coming"), DAYS, ids=str)
def test_demonstration_has_past_and_future_on_working_days(load, day, running, ended, coming):
    load(day)

    with across_municipalities(reason="the test looks at the whole demonstration"):
        check_seasons(day, running, ended, coming)
        check_past_and_future(day)
        check_days()
        check_people(running, coming)
        assert not Message.objects.exists()


def check_seasons(day: date, running: int, ended: list[int], coming: int) -> None:
    stages = {each.number: each.stage(on=day) for each in Season.objects.all()}
    assert stages == {
        **dict.fromkeys([4, 6, 7, *ended], SeasonState.CLOSED),
        running: SeasonState.OPEN,
        coming: SeasonState.DRAFT,
    }
    now, draft = Season.objects.get(number=running), Season.objects.get(number=coming)
    assert Season.objects.current(on=day) == now
    assert (now.first_year <= day.year <= now.last_year, draft.first_year) == (
        True,
        now.last_year + 1,
    )
    assert season_is_made_up(now) == (running != 8)
    assert (season_is_made_up(draft), draft.theme_fi, draft.background_fi) == (True, "", [])
    own_words = Phase.objects.filter(season__number__gt=8).exclude(focus_fi="")
    assert not own_words.exists()
    shown = SeasonContact.objects.order_by("season__number")
    asked = {(each.season.number, each.email) for each in shown.select_related("season")}
    numbers = {8, *ended, running, coming}
    assert asked == {(number, "koordinaattori@uso.example") for number in numbers}
    assert now.theme_fi == ("Siiloista silloille" if running == 8 else "Teema päätetään")


def check_past_and_future(day: date) -> None:
    now = timezone.now()
    published = Event.objects.filter(state=EventState.PUBLISHED)
    assert published.filter(starts_at__lt=now).exists()
    assert Event.objects.filter(starts_at__gt=now).exists()
    if (day.month, day.day) != (12, 31):  # on the last day of a season, only the next has anything
        assert published.filter(starts_at__gt=now).exists()


def check_days() -> None:
    """Every made-up day is a working day within its season; sparrings are in the evening.

    Events are in the middle of the week, each on a day of its own.
    """
    days_of = Event.objects.values_list("season", "starts_at__date")
    assert len(set(days_of)) == len(days_of)
    for event in Event.objects.select_related("season", "phase"):
        begins, ends = map(timezone.localtime, (event.starts_at, event.ends_at))
        assert begins.isoweekday() in {2, 3, 4}
        assert event.season.first_day <= begins.date() == ends.date() <= event.season.last_day
        assert event.phase.starts_on <= begins.date() <= event.phase.ends_on
        assert unusual(begins.date()) == unusual(timezone.localdate(event.deadline_at)) == ""
        assert (begins.hour == 17) == (event.kind == "sparring")
    for workshop in Workshop.objects.select_related("season"):
        days = [day for day in (workshop.planned_on, workshop.held_on) if day]
        for on in days:
            assert workshop.season.first_day <= on <= workshop.season.last_day
        assert [unusual(on) for on in (*days, timezone.localdate(workshop.asked_at))] == [
            "" for _day in (*days, 0)
        ]
    for row in Participation.objects.filter(season__number__gte=8):
        days = filter(None, (row.state_on, row.decided_on))
        assert [unusual(on) for on in days if row.diary_number == ""] in ([""], ["", ""], [])


def check_people(running: int, coming: int) -> None:
    rows = Participation.objects.filter(season__number=running, state=ParticipationState.CONFIRMED)
    assert rows.count() == len(FEW.split())
    assert all(row.annual_fee_eur for row in rows)
    held = Workshop.objects.filter(state="held")
    ahead = Workshop.objects.filter(state="planned")
    today = timezone.localdate()
    assert not held.filter(held_on__gte=today).exists()
    assert held.exists() or today.timetuple().tm_yday == 1  # nothing was held on New Year's Day
    assert {row.season.number for row in chain(held, ahead)} == {running}
    assert today >= date(today.year, 12, 1) or not ahead.filter(planned_on__lte=today).exists()
    states = {row.state for row in Participation.objects.filter(season__number=coming)}
    # Nobody speaks on New Year's Day of a season that begins in two years.
    begun = {
        ParticipationState.INVITED,
        ParticipationState.INTERESTED,
        ParticipationState.DECLINED,
    }
    assert states == (begun if today.timetuple().tm_yday > 1 else set())
    assert Municipality.objects.count() == 308


@pytest.mark.parametrize("day", [date(2025, 3, 1), date(2031, 6, 1)], ids=str)
def test_analyses_are_built_and_published_on_any_day(load, monkeypatch, day):
    monkeypatch.setattr(people, "CODES_OF_MEMBERS", "217 075")
    load(day, analyses=True)

    with across_municipalities(reason="the test looks at the whole demonstration"):
        assert Analysis.objects.published().filter(municipality__code="217").exists()
        assert not Analysis.objects.published().filter(municipality__code="075").exists()
