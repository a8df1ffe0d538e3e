"""Which days a date in a season may have: of an event, a decision, a workshop."""

from datetime import date

from django.utils.translation import gettext as _

from seasons.enums import CHARGED_AT_ONCE, SeasonPart
from seasons.models import Season
from uso.ground.lib.dates import day
from uso.ground.lib.days import Days

# Boards decide in the autumn before; nobody has decided earlier than two years before a season.
YEARS_BEFORE = 2


def season_days(season: Season) -> Days:
    """Return the days of the season itself."""
    outside = _("The day is outside the season %(years)s.") % {"years": season.years}
    return Days(season.first_day, season.last_day, outside, outside)


def deadline_days(season: Season) -> Days:
    """Return the days on which a registration may end: from the year before to the season's end."""
    within = season_days(season)
    first = date(season.first_year - 1, 1, 1)
    return Days(first, within.last, _no_earlier_than(first), within.too_late)


def decision_days(season: Season, *, today: date) -> Days:
    """Return the days on which a municipality may have taken a step of joining."""
    first = date(season.first_year - YEARS_BEFORE, 1, 1)
    ahead = _("The day is in the future: give the day on which it happened.")
    last = min(today, season.last_day)
    too_late = ahead if last == today else season_days(season).too_late
    return Days(first, last, _no_earlier_than(first), too_late)


def amendment_days(season: Season, part: SeasonPart, *, today: date) -> Days:
    """Return the days from which a change of a part of a published season may hold.

    By fees and their terms the next confirmation is priced: none of them waits for a later day.
    """
    first = date(season.first_year - YEARS_BEFORE, 1, 1)
    last, too_late = season.last_day, season_days(season).too_late
    if part in CHARGED_AT_ONCE and today < last:
        last, too_late = (
            today,
            _(
                "Fees and their terms change at once: give today or an earlier day, or make the change on the day from which it holds."
            ),
        )
    return Days(first, last, _no_earlier_than(first), too_late)


def days_ahead(season: Season, *, today: date) -> Days:
    """Return the days of the season that are still to come, today among them."""
    within = season_days(season)
    passed = _("The day has passed: choose a day ahead.")
    if season.first_day > today:
        return within
    return Days(today, season.last_day, passed, within.too_late)


def step_days(season: Season, *, today: date) -> Days:
    """Return the days by which a next step towards joining may be planned."""
    passed = _("The day has passed: choose a day ahead.")
    return Days(today, season.last_day, passed, season_days(season).too_late)


def days_behind(season: Season, *, today: date) -> Days:
    """Return the days of the season that have been, today among them."""
    within = season_days(season)
    ahead = _("The day is still ahead: note it when it was held.")
    if season.last_day < today:
        return within
    return Days(season.first_day, today, within.too_early, ahead)


def _no_earlier_than(first: date) -> str:
    return _("The day is too long ago: give one no earlier than %(first)s.") % {
        "first": day(first, weekday=False)
    }
