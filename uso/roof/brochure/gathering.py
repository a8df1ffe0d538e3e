"""The rows that a season's invitation is written of, read with few queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.statistics.models import Indicator
from events.enums import EventState
from events.models import Event
from seasons.content import TABLES, SeasonContent
from seasons.enums import SeasonPart
from seasons.models import Season
from seasons.queries import content_at_once, content_of
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
    """Read every part: those that have no dates or ranges in one query."""
    dated = (SeasonPart.PHASES, SeasonPart.FEES)
    others = content_at_once(season, (part for part in TABLES if part not in dated))
    return SeasonContent(season, {**content_of(season, dated).rows, **others.rows})
