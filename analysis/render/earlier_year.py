"""An edition as its figures were in an earlier year: pure, from the stored content alone.

Sentences are written of the newest figures, so an earlier year has none.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from analysis.content.edition import (
    EditionContent,
    EditionGroup,
    EditionMeasure,
    Latest,
    Series,
)
from analysis.engine.arithmetic import Number, Values, change_pct
from analysis.engine.compare import Position
from analysis.engine.group_figures import Five
from analysis.engine.measures import FLOW_YEARS
from analysis.wording.year_phrases import of_change, of_mean, of_year
from uso.ground.lib.texts import Text, text

#: A change in per cent is an index less the figure of its first year.
INDEX_BASE = 100


def years(content: EditionContent) -> list[int]:
    """List the years an edition can be looked at in, the latest first; projections are left out."""
    found = {year for each in content.measures if not each.outlook for year in each.series.own}
    return sorted(found, reverse=True)


def as_of(content: EditionContent, year: int) -> EditionContent:
    """Show each measure by its latest figure of the year or before; projections stay as they are."""
    groups = tuple(_group(each, year) for each in content.groups)
    return replace(content, highlights=(), groups=groups)


def _group(group: EditionGroup, year: int) -> EditionGroup:
    measures = tuple(_measure(each, year) for each in group.measures)
    return replace(group, measures=measures, ages=None)


def _measure(measure: EditionMeasure, year: int) -> EditionMeasure:
    if measure.outlook or measure.latest is None:
        return measure
    own = {each: value for each, value in measure.series.own.items() if each <= year}
    earlier = replace(measure, series=replace(measure.series, own=own), findings=(), trend=None)
    if not own:
        return replace(earlier, latest=None, position=None, limits=(_nothing_yet(year),))
    last = max(own)
    first = last - FLOW_YEARS + 1 if measure.kind == "rate" else last
    return replace(
        earlier,
        latest=Latest(own[last], first, last),
        moment=of_year(last) if measure.moment else None,
        position=_position(measure, last),
    )


def _nothing_yet(year: int) -> Text:
    return text(
        fi=f"Lukua ei ole vuodelta {year} eikä sitä ennen.",
        sv=f"Det finns ingen siffra för {year} eller tidigare.",
        en=f"There is no figure for {year} or before.",
    )


def _position(measure: EditionMeasure, last: int) -> Position | None:
    position, series = measure.position, measure.series
    if position is None:
        return None
    if measure.kind == "count":
        return _position_of_change(measure, position, last)
    peers = {code: values[last] for code, values in measure.members.items() if last in values}
    is_zero = position.country == 0 and measure.kind == "rate"  # moves inside a country are zero
    return replace(
        position,
        own=series.own[last],
        peers=peers,
        what=of_mean(last) if measure.kind == "rate" else of_year(last),
        group=series.peers.get(last),
        five=_five(series, last),
        country=position.country if is_zero else series.country.get(last),
    )


def _position_of_change(measure: EditionMeasure, position: Position, last: int) -> Position | None:
    own, drawn = measure.series.own, measure.chart.series
    first = min(own)
    change = change_pct(own, first, last)
    if change is None or first == last:
        return None
    group = drawn.peers.get(last)
    return replace(
        position,
        own=change,
        peers=_changes(measure.members, first, last),
        group=None if group is None else group - INDEX_BASE,
        five=_five(drawn, last, less=INDEX_BASE),
        country=change_pct(measure.series.country, first, last),
        what=of_change(first, last),
    )


def _changes(members: Mapping[str, Values], first: int, last: int) -> dict[str, Number]:
    found = {code: change_pct(values, first, last) for code, values in members.items()}
    return {code: change for code, change in found.items() if change is not None}


def _five(series: Series, year: int, *, less: int = 0) -> Five | None:
    """Give the five figures of a large group; None where each peer's own series is stored."""
    if series.lower is None or series.upper is None or year not in series.low:
        return None
    return (
        series.low[year] - less,
        series.lower[year] - less,
        series.median[year] - less,
        series.upper[year] - less,
        series.high[year] - less,
    )
