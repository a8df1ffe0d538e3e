"""The days that made-up dates of the demonstration are counted from."""

from collections.abc import Collection
from datetime import date, timedelta

from seasons.models import Season
from uso.ground.lib.days import unusual

# So long before its end the season stands still: what is ahead stays inside its years.
BEFORE_THE_END = timedelta(days=30)
MIDWEEK = range(2, 5)


def counted_from(season: Season, *, today: date) -> date:
    """Return today, or the day of the season that is nearest to it and leaves room for what is ahead."""
    return max(season.first_day, min(today, season.last_day - BEFORE_THE_END))


def midweek_day(on: date, *, taken: Collection[date]) -> date:
    """Move an event's day back to a free Tuesday, Wednesday or Thursday on which people work."""
    while unusual(on) or on in taken or on.isoweekday() not in MIDWEEK:
        on -= timedelta(days=1)
    return on


def working_day(on: date) -> date:
    """Move a day back to one on which people work."""
    while unusual(on):
        on -= timedelta(days=1)
    return on
