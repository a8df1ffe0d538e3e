"""The rows that a season's invitation is written of, read with few queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef
from django.db.models.functions import JSONObject

from analysis.statistics.models import Indicator
from events.enums import EventState
from events.models import Event
from seasons.models import (
    Entitlement,
    FeeTier,
    Phase,
    Season,
    SeasonContact,
    Theme,
    WorkshopTheme,
)
from uso.ground.lib.languages import LANGUAGES

# What is printed of an indicator: definitions and the like are long.
_NAMED = (
    "group",
    *(f"name_{language}" for language in LANGUAGES),
    *(f"source__publisher_{language}" for language in LANGUAGES),
)
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class SeasonRows:
    """A season with all that hangs on it and is printed, each list in its order."""

    season: Season
    earlier: Sequence[Season]
    themes: Sequence[Theme]
    workshop_themes: Sequence[WorkshopTheme]
    contacts: Sequence[SeasonContact]
    entitlements: Sequence[Entitlement]
    phases: Sequence[Phase]
    tiers: Sequence[FeeTier]
    events: Sequence[Event]
    indicators: Sequence[Indicator]


def season_rows(season: Season, every: Sequence[Season]) -> SeasonRows:
    """Read what a season's invitation is written of (five queries).

    Parameters
    ----------
    every
        All seasons, of which those that were open before it are named as the network's earlier ones.
    """
    lists = _Lists(season, Theme, WorkshopTheme, SeasonContact, Entitlement)
    return SeasonRows(
        season=season,
        earlier=sorted(
            (each for each in every if _came_before(each, season)), key=lambda each: each.first_year
        ),
        themes=lists.of(Theme),
        workshop_themes=lists.of(WorkshopTheme),
        contacts=lists.of(SeasonContact),
        entitlements=lists.of(Entitlement),
        phases=list(Phase.objects.filter(season=season).order_by("position")),
        tiers=list(FeeTier.objects.filter(season=season).order_by("population")),
        events=list(
            Event.objects.filter(season=season)
            .exclude(state=EventState.CANCELLED)
            .order_by("starts_at", "kind", "position", "pk")
        ),
        indicators=list(
            Indicator.objects.active()
            .exclude(display_mode="")
            .select_related("source")
            .only(*_NAMED)
        ),
    )


def _came_before(other: Season, season: Season) -> bool:
    return not other.is_draft and other.last_year < season.first_year


class _Lists:
    """Rows of several tables that hang on a season, in order of their positions: one query.

    For tables of texts and small numbers, which JSON carries as they are.
    """

    def __init__(self, season: Season, *models: type[Model]) -> None:
        wanted: dict[str, Any] = {_key(model): _as_json(model) for model in models}
        rows = Season.objects.filter(pk=season.pk).values(**wanted)
        self.found: dict[str, Any] = dict(rows.get())

    def of(self, model: type[Row]) -> list[Row]:
        """Return the rows of one of the tables."""
        return [model(**row) for row in self.found[_key(model)]]


def _key(model: type[Model]) -> str:
    return f"rows_of_{model._meta.model_name}"


def _as_json(model: type[Model]) -> ArraySubquery:
    fields = {field.attname: field.attname for field in model._meta.concrete_fields}
    rows = model._default_manager.filter(season=OuterRef("pk")).order_by("position", "pk")
    return ArraySubquery(rows.values(row=JSONObject(**fields)))
