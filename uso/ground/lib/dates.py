"""Dates and times as people write them: ``ti 24.3.2026 klo 9.00``.

A datetime is shown in Helsinki time whatever zone it carries. The spaces inside a time are
no-break, so that a line never ends in "klo".
"""

from __future__ import annotations

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

from uso.ground.lib.languages import current_language

HELSINKI: Final = ZoneInfo("Europe/Helsinki")
NO_BREAK: Final = "\N{NO-BREAK SPACE}"
DASH: Final = "\N{EN DASH}"

# Short weekdays from Monday. Finnish and Swedish as the authorities write them, without a full stop.
WEEKDAYS: Final = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS_EN: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "June",
    "July",
    "Aug",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
)
AT: Final = {"fi": "klo", "sv": "kl.", "en": "at"}

Day = dt.date | dt.datetime


def local(value: Day) -> Day:
    """Return a datetime in Helsinki time, a plain date as it is.

    Examples
    --------
    >>> local(dt.datetime(2026, 3, 24, 7, tzinfo=dt.UTC)).hour
    9
    """
    return value.astimezone(HELSINKI) if isinstance(value, dt.datetime) and value.tzinfo else value


def day(value: Day, *, weekday: bool = True, year: bool = True, language: str | None = None) -> str:
    r"""Return a date.

    Parameters
    ----------
    value
        Date or datetime; an aware datetime is first turned to Helsinki time.
    weekday
        Whether the short weekday stands before it.
    year
        Whether the year stands after it.
    language
        ``fi``, ``sv`` or ``en``; the current language when missing.

    Returns
    -------
    str
        ``ti 24.3.2026``, ``tis 24.3.2026`` or ``Tue 24 Mar 2026``.

    Examples
    --------
    >>> day(dt.date(2026, 3, 24), language="fi")
    'ti 24.3.2026'
    >>> day(dt.date(2026, 3, 24), weekday=False, year=False, language="sv")
    '24.3.'
    >>> day(dt.date(2026, 3, 24), language="en")
    'Tue 24\xa0Mar 2026'
    """
    language, value = language or current_language(), local(value)
    if language == "en":
        text = f"{value.day}{NO_BREAK}{MONTHS_EN[value.month - 1]}" + (
            f" {value.year}" if year else ""
        )
    else:
        text = f"{value.day}.{value.month}." + (str(value.year) if year else "")
    return f"{WEEKDAYS[language][value.weekday()]} {text}" if weekday else text


def clock(value: dt.datetime | dt.time, *, language: str | None = None) -> str:
    """Return a time of day: ``9.00``, in English ``9:00``.

    Examples
    --------
    >>> clock(dt.time(9, 5), language="fi")
    '9.05'
    """
    shown = local(value) if isinstance(value, dt.datetime) else value
    point = ":" if (language or current_language()) == "en" else "."
    return f"{shown.hour}{point}{shown.minute:02}"  # type: ignore[union-attr]


def moment(value: dt.datetime, *, weekday: bool = True, language: str | None = None) -> str:
    r"""Return a date with its time of day.

    Parameters
    ----------
    value
        Aware datetime; shown in Helsinki time.
    weekday
        Whether the short weekday stands before it.
    language
        ``fi``, ``sv`` or ``en``; the current language when missing.

    Returns
    -------
    str
        ``ti 24.3.2026 klo 9.00``, ``tis 24.3.2026 kl. 9.00``, ``Tue 24 Mar 2026 at 9:00``.

    Examples
    --------
    >>> moment(dt.datetime(2026, 3, 24, 7, tzinfo=dt.UTC), language="fi")
    'ti 24.3.2026 klo\xa09.00'
    """
    language = language or current_language()
    return f"{day(value, weekday=weekday, language=language)} {at(value, language=language)}"


def at(value: dt.datetime | dt.time, *, language: str | None = None) -> str:
    r"""Return a time of day with its preposition: ``klo 9.00``.

    Examples
    --------
    >>> at(dt.time(15, 30), language="sv")
    'kl.\xa015.30'
    """
    language = language or current_language()
    return f"{AT[language]}{NO_BREAK}{clock(value, language=language)}"


def span(start: Day, end: Day | None, *, weekday: bool = True, language: str | None = None) -> str:
    r"""Return the time something takes, without repeating what both ends share.

    Parameters
    ----------
    start, end
        Two datetimes or two dates; ``end`` may be missing. ``end`` of a date is the last day.
    weekday
        Whether the short weekdays stand before two dates.
    language
        ``fi``, ``sv`` or ``en``; the current language when missing.

    Returns
    -------
    str
        ``to 3.12.2026 klo 9.00–15.30`` on one day, ``to 3.12. klo 9.00 – pe 4.12.2026 klo 15.00``
        over days, ``to 3.12. – pe 4.12.2026`` for dates.

    Examples
    --------
    >>> nine = dt.datetime(2026, 12, 3, 7, tzinfo=dt.UTC)
    >>> span(nine, nine + dt.timedelta(hours=6, minutes=30), language="fi")
    'to 3.12.2026 klo\xa09.00–15.30'
    >>> span(dt.date(2026, 12, 3), dt.date(2026, 12, 4), language="fi")
    'to 3.12. – pe 4.12.2026'
    >>> span(dt.date(2025, 1, 1), dt.date(2025, 6, 30), weekday=False, language="fi")
    '1.1.–30.6.2025'
    """
    language = language or current_language()
    if end is None or start == end:
        return (
            _one(start, True, language) if weekday else day(start, weekday=False, language=language)
        )
    first, last = local(start), local(end)
    if not isinstance(first, dt.datetime) or not isinstance(last, dt.datetime):
        return _two(first, last, language) if weekday else _two_bare(first, last, language)
    if first.date() == last.date():
        return f"{moment(first, language=language)}{DASH}{clock(last, language=language)}"
    return _two(first, last, language)


def _two(first: Day, last: Day, language: str) -> str:
    return f"{_one(first, first.year != last.year, language)} {DASH} {_one(last, True, language)}"


def _two_bare(first: Day, last: Day, language: str) -> str:
    shown = day(first, weekday=False, year=first.year != last.year, language=language)
    dash = f" {DASH} " if language == "en" else DASH
    return f"{shown}{dash}{day(last, weekday=False, language=language)}"


def _one(value: Day, year: bool, language: str) -> str:
    text = day(value, year=year, language=language)
    return f"{text} {at(value, language=language)}" if isinstance(value, dt.datetime) else text


def days_between(earlier: Day, later: Day) -> int:
    """Return whole calendar days in Helsinki from one to the other, negative when turned round.

    Examples
    --------
    >>> days_between(dt.date(2026, 11, 22), dt.date(2026, 12, 3))
    11
    """
    first, last = (
        v.date() if isinstance(v, dt.datetime) else v for v in (local(earlier), local(later))
    )
    return (last - first).days
