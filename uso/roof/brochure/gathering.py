"""The rows that a season's invitation is written of, read with few queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef
from django.db.models.functions import JSONObject

from analysis.statistics.models import Indicator
from events.enums import EventState
from events.models import Event
from seasons.content import TABLES, SeasonContent
from seasons.enums import SeasonPart
from seasons.models import Season
from seasons.queries import content_of
from uso.ground.lib.languages import LANGUAGES

# What is printed of an indicator: definitions and the like are long.
_NAMED = (
    "group",
    *(f"name_{language}" for language in LANGUAGES),
    *(f"source__publisher_{language}" for language in LANGUAGES),
)


@dataclass(frozen=True)
class SeasonRows:
    """A season with all that hangs on it and is printed, each list in its order."""

    content: SeasonContent
    earlier: Sequence[Season]
    events: Sequence[Event]
    indicators: Sequence[Indicator]

    @property
    def season(self) -> Season:
        """The season itself."""
        return self.content.season


def season_rows(season: Season, every: Sequence[Season]) -> SeasonRows:
    """Read what a season's invitation is written of (five queries).

    Parameters
    ----------
    every
        All seasons, of which those that were open before it are named as the network's earlier ones.
    """
    return SeasonRows(
        content=_content(season),
        earlier=sorted(
            (each for each in every if _came_before(each, season)), key=lambda each: each.first_year
        ),
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


def _content(season: Season) -> SeasonContent:
    """Read every part: those of texts and small numbers, which JSON carries as they are, in one query."""
    dated = (SeasonPart.PHASES, SeasonPart.FEES)
    tables = {part: model for part, model in TABLES.items() if part not in dated}
    wanted: dict[str, Any] = {f"rows_of_{part}": _as_json(tables[part]) for part in tables}
    found: dict[str, Any] = dict(Season.objects.filter(pk=season.pk).values(**wanted).get())
    rows = {part: [tables[part](**row) for row in found[f"rows_of_{part}"]] for part in tables}
    return SeasonContent(season, {**content_of(season, dated).rows, **rows})


def _as_json(model: type[Model]) -> ArraySubquery:
    fields = {field.attname: field.attname for field in model._meta.concrete_fields}
    rows = model._default_manager.filter(season=OuterRef("pk")).order_by("position", "pk")
    return ArraySubquery(rows.values(row=JSONObject(**fields)))
