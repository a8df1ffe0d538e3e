"""Dates, moments and words moved by whole years, for a season made from an earlier one. Pure."""

import re
from datetime import date, datetime

from uso.ground.lib.dates import HELSINKI


def moved_day(on: date, *, years: int) -> date:
    """Return the same day of the year some years later; 29 February is the 28th where there is none.

    Examples
    --------
    >>> moved_day(date(2028, 2, 29), years=2), moved_day(date(2028, 2, 29), years=4)
    (datetime.date(2030, 2, 28), datetime.date(2032, 2, 29))
    """
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return on.replace(year=on.year + years, day=28)


def moved_moment(at: datetime, *, years: int) -> datetime:
    """Return the same Finnish time of the moved day, in whichever of summer and winter time it is.

    Examples
    --------
    >>> from datetime import UTC
    >>> clocks_are_turned = datetime(2026, 3, 28, 7, tzinfo=UTC)
    >>> moved_moment(clocks_are_turned, years=1).isoformat()
    '2027-03-28T09:00:00+03:00'
    """
    local = at.astimezone(HELSINKI)
    day = moved_day(local.date(), years=years)
    return datetime.combine(day, local.time().replace(fold=local.fold), HELSINKI)


def moved_words(text: str, *, years: int, of: range) -> str:
    """Move the years of a season that are named in a text: `Kevät 2025` becomes `Kevät 2027`.

    Examples
    --------
    >>> moved_words("Kevät 2025, vuoden 2024 jälkeen", years=2, of=range(2025, 2027))
    'Kevät 2027, vuoden 2024 jälkeen'
    """

    def moved(found: re.Match[str]) -> str:
        year = int(found[0])
        return str(year + years) if year in of else found[0]

    return re.sub(r"\b[0-9]{4}\b", moved, text)
