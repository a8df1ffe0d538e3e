"""Filters that write dates, numbers and counts as people do."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from django import template
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from uso.ground.lib import dates, money
from uso.ground.lib.languages import current_language

register = template.Library()
NOT_GIVEN: Final = object()


def _unless_empty(formatter: Any) -> Any:
    """Make a filter show nothing for a missing value instead of failing the page."""

    # Django counts the named arguments of a filter: *arguments would allow none.
    def shown(value: Any, argument: Any = NOT_GIVEN) -> str:
        if value in (None, ""):
            return ""
        return str(formatter(value) if argument is NOT_GIVEN else formatter(value, argument))

    return shown


def _day(value: dates.Day, form: str = "") -> str:
    return dates.day(value, weekday=form != "short", year=form != "no-year")


def _span(start: dates.Day, end: dates.Day | None = None) -> str:
    return dates.span(start, end)


def _days(start: dates.Day, end: dates.Day | None = None) -> str:
    return dates.span(start, end, weekday=False)


# The filter day writes ti 24.3.2026, with the argument "short" 24.3.2026, "no-year" ti 24.3.
register.filter("day", _unless_empty(_day))
# The filter moment writes ti 24.3.2026 klo 9.00, clock 9.00.
register.filter("moment", _unless_empty(dates.moment))
register.filter("clock", _unless_empty(dates.clock))
# The filter span takes the end as its argument: to 3.12.2026 klo 9.00–15.30.
register.filter("span", _unless_empty(_span))
# The filter days too, without weekdays: 1.1.–30.6.2025.
register.filter("days", _unless_empty(_days))
# Arguments are decimals: euros:0 writes 12 000 €, number:1 5 264,0; percent makes 27,9 % of 27.9.
register.filter("euros", _unless_empty(money.euros))
register.filter("euros_between", _unless_empty(money.euros_between))
register.filter("number", _unless_empty(money.number))
register.filter("percent", _unless_empty(money.percent))


@register.filter
def one_line(text: str) -> str:
    """Return the lines of a text beside each other."""
    return " · ".join(text.splitlines())


@register.filter
def days_left(until: dates.Day | None, today: dt.date | None = None) -> str:
    """Return "today", "tomorrow", "in 11 days" or "passed" for a coming day."""
    if until is None:
        return ""
    days = dates.days_between(today or timezone.now(), until)
    if days < 0:
        return gettext("passed")
    if days < 2:
        return gettext("tomorrow") if days else gettext("today")
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}


@register.filter
def age(since: dates.Day | None, today: dt.date | None = None) -> str:
    """Return "today", "yesterday" or "6 d" for something that has waited."""
    if since is None:
        return ""
    days = dates.days_between(since, today or timezone.now())
    if days < 2:
        return gettext("yesterday") if days == 1 else gettext("today")
    return gettext("%(days)d d") % {"days": days}


@register.filter
def duration(seconds: float | None) -> str:
    """Return "40 s" or "3 min" for time left; nothing when it is not known."""
    if seconds is None:
        return ""
    if seconds < 60:
        return gettext("%(count)d s") % {"count": max(1, round(seconds))}
    return gettext("%(count)d min") % {"count": round(seconds / 60)}


@register.filter
def share_of_seats(confirmed: int, capacity: int) -> str:
    """Return confirmed as a percentage of the seats for the bar, at most 100."""
    return f"{min(100, 100 * confirmed / capacity):.1f}" if capacity else "0"


@register.filter
def waiting_from(capacity: int, waiting: int) -> str:
    """Return where the amber end of a full bar starts, in percent: at most a third is amber."""
    return f"{100 - min(33.0, max(4.0, 100 * waiting / capacity)):.1f}" if capacity else "100"


@register.filter
def dots_in_words(states: Iterable[str]) -> str:
    """Return what a row of dots says: "3 held, 1 agreed, 1 unused"."""
    return _dots_in_words(tuple(states), current_language())


@lru_cache(maxsize=1_024)  # ninety rows have the same few
def _dots_in_words(states: tuple[str, ...], _language: str) -> str:
    words = {
        "done": gettext("%(count)d held"),
        "agreed": gettext("%(count)d agreed"),
        "asked": gettext("%(count)d waiting for an answer"),
        "free": gettext("%(count)d unused"),
    }
    counts = Counter(states)
    return ", ".join(words[state] % {"count": counts[state]} for state in words if counts[state])
