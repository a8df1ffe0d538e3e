"""Days that dates of a season may have."""

from datetime import date

import pytest

from seasons.days import days_ahead, days_behind, deadline_days, decision_days, season_days
from seasons.enums import SeasonState
from seasons.models import Season

USO8 = Season(number=8, first_year=2025, last_year=2026, state=SeasonState.OPEN)
NEW_YEAR, LAST_DAY = date(2025, 1, 1), date(2026, 12, 31)
BEFORE, DURING, AFTER = date(2024, 11, 1), date(2026, 3, 2), date(2027, 1, 2)


def ends(days):
    return days.first, days.last


def test_season_is_its_years():
    assert ends(season_days(USO8)) == (NEW_YEAR, LAST_DAY)


def test_registration_may_end_the_year_before():
    assert ends(deadline_days(USO8)) == (date(2024, 1, 1), LAST_DAY)


@pytest.mark.parametrize(("today", "last"), [(BEFORE, BEFORE), (DURING, DURING), (AFTER, LAST_DAY)])
def test_decisions_are_from_two_years_before_to_today(today, last):
    assert ends(decision_days(USO8, today=today)) == (date(2023, 1, 1), last)


@pytest.mark.parametrize(("today", "first"), [(BEFORE, NEW_YEAR), (DURING, DURING)])
def test_what_is_agreed_on_is_ahead(today, first):
    assert ends(days_ahead(USO8, today=today)) == (first, LAST_DAY)


@pytest.mark.parametrize(("today", "last"), [(DURING, DURING), (AFTER, LAST_DAY)])
def test_what_was_held_has_been(today, last):
    assert ends(days_behind(USO8, today=today)) == (NEW_YEAR, last)


def test_reason_says_which_end_was_passed():
    outside = "Päivä ei ole kaudella 2025–2026."
    decided, agreed, held = (
        days(USO8, today=DURING) for days in (decision_days, days_ahead, days_behind)
    )

    assert decided.too_early == "Päivästä on liian kauan: anna aikaisintaan 1.1.2023."
    assert decided.too_late == "Päivä on tulevaisuudessa: anna päivä, jona se tapahtui."
    assert (agreed.too_early, agreed.too_late) == (
        "Päivä on mennyt: valitse tuleva päivä.",
        outside,
    )
    assert (held.too_early, held.too_late) == (
        outside,
        "Päivä on vasta edessä: kirjaa paja, kun se on pidetty.",
    )
    assert decision_days(USO8, today=AFTER).too_late == outside


@pytest.mark.parametrize(
    ("state", "on", "shown"),
    [
        (SeasonState.OPEN, LAST_DAY, SeasonState.OPEN),
        (SeasonState.OPEN, AFTER, SeasonState.CLOSED),
        (SeasonState.DRAFT, BEFORE, SeasonState.DRAFT),
        (SeasonState.CLOSED, DURING, SeasonState.CLOSED),
    ],
)
def test_season_has_ended_when_it_was_closed_or_its_years_have_passed(state, on, shown):
    season = Season(number=8, first_year=2025, last_year=2026, state=state)

    assert season.stage(on=on) == shown
