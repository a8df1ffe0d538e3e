"""A new season made from an earlier one: its own tables, all of it a draft."""

from typing import Any, TypeVar

from django.db import models

from municipalities.models import User
from seasons.actions.numbering import take_years
from seasons.content import TABLES
from seasons.enums import SeasonState
from seasons.models import Phase, Season
from seasons.moving import moved_day, moved_words
from uso.ground.actions import action
from uso.ground.lib.languages import LANGUAGES

Row = TypeVar("Row", bound=models.Model)


@action()
def copy_season(*, source: Season, number: int, first_year: int, by: User) -> Season:
    """Make a draft of a season from an earlier one: its words and numbers, its days moved by years.

    A year that a phase is named after moves along. Who takes part, the amendments and the files stay
    with the earlier season: nobody is on its list and nothing is published.
    """
    years = first_year - source.first_year
    season = _moved(source, number, years)
    take_years(season)
    season.save()
    for table in TABLES.values():
        _copy_rows(table, source, season, years)
    return season


def _moved(source: Season, number: int, years: int) -> Season:
    season = copied(source)
    season.number, season.state = number, SeasonState.DRAFT
    season.first_year, season.last_year = source.first_year + years, source.last_year + years
    if season.population_year is not None:
        season.population_year += years
    # The span of a season whose tiers are not known: no form edits it, and a draft gets tiers.
    season.fee_low_eur = season.fee_high_eur = None
    return season


def _copy_rows(model: type[models.Model], source: Season, season: Season, years: int) -> None:
    rows = [copied(row, season=season) for row in model._default_manager.filter(season=source)]
    for row in rows:
        if isinstance(row, Phase):
            _move_phase(row, source, years)
    model._default_manager.bulk_create(rows)


def copied(row: Row, **fields: Any) -> Row:
    """Return a row like another that is not stored yet."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    values.pop("id")
    copy = type(row)(**values)
    for name, value in fields.items():
        setattr(copy, name, value)
    return copy


def _move_phase(phase: Phase, source: Season, years: int) -> None:
    phase.starts_on = moved_day(phase.starts_on, years=years)
    phase.ends_on = moved_day(phase.ends_on, years=years)
    for name in (f"name_{language}" for language in LANGUAGES):
        text = getattr(phase, name)
        setattr(phase, name, moved_words(text, years=years, of=source.each_year))
