"""Days, moments and words moved by whole years."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seasons.moving import moved_day, moved_moment, moved_words
from uso.ground.lib.dates import HELSINKI

days = st.dates(date(2000, 1, 1), date(2090, 12, 31))
years = st.integers(-10, 10)


@given(on=days, by=years)
def test_day_stays_the_same_but_for_the_29th_of_february(on, by):
    moved = moved_day(on, years=by)

    assert (moved.year, moved.month) == (on.year + by, on.month)
    assert moved.day == on.day or (on.month, on.day, moved.day) == (2, 29, 28)


@given(first=days, second=days, by=years)
def test_order_of_days_stays(first, second, by):
    earlier, later = sorted((first, second))

    assert moved_day(earlier, years=by) <= moved_day(later, years=by)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (datetime(2026, 3, 28, 7, 30, tzinfo=UTC), "2027-03-28T09:30:00+03:00"),  # into summer time
        (datetime(2025, 10, 26, 15, tzinfo=UTC), "2027-10-26T17:00:00+03:00"),  # out of winter time
        (datetime(2028, 2, 29, 7, tzinfo=UTC), "2029-02-28T09:00:00+02:00"),
        (datetime(2026, 12, 31, 22, 30, tzinfo=UTC), "2028-01-01T00:30:00+02:00"),  # Helsinki's day
    ],
)
def test_moment_keeps_its_time_of_day_in_finland(before, after):
    year = before.astimezone(HELSINKI).year
    assert moved_moment(before, years=int(after[:4]) - year).isoformat() == after


def test_words_move_the_years_of_their_season_alone():
    words = "Syksy 2026 (ks. 2024), huone 20250, 2025–2026"

    assert moved_words(words, years=2, of=range(2025, 2027)) == (
        "Syksy 2028 (ks. 2024), huone 20250, 2027–2028"
    )
