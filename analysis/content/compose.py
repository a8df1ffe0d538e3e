"""From figures to the content of an edition: pure, no database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.content.edition import (
    SCHEMA,
    Area,
    Chart,
    Edition,
    EditionContent,
    EditionFinding,
    EditionGroup,
    EditionMeasure,
    Latest,
    PeersFigure,
    Series,
)
from analysis.content.highlights import highlights
from analysis.content.peer_choice import Choice, edition_peers
from analysis.engine.ages import age_structure
from analysis.engine.arithmetic import Number, Values, change_pct
from analysis.engine.compare import Comparison, Material, Origin, Position, Trend, compare
from analysis.engine.group_figures import MOST_KEPT, Five, five_figures
from analysis.engine.measure_list import MEASURES
from analysis.engine.measures import FLOW_YEARS, GROUPS, Group, Measure
from analysis.engine.recency import is_old
from analysis.engine.several_years import MEAN_YEARS, SeveralYears, several_years
from analysis.wording.caveats import limits
from analysis.wording.definitions import definition
from analysis.wording.findings import Story, findings, peers_label
from analysis.wording.names import Name
from analysis.wording.year_phrases import of_change, of_mean, of_month, of_outlook, of_year
from uso.ground.lib.texts import Text


@dataclass(frozen=True, slots=True)
class _Inputs:
    """What each measure of an edition is made from."""

    area: Area
    peers: Sequence[Area]
    edition: Edition
    material: Material


def compose(
    *,
    area: Area,
    peers: Sequence[Area],
    reason: str,
    edition: Edition,
    material: Material,
    measures: Sequence[Measure] = MEASURES,
    choice: Choice | None = None,
) -> EditionContent:
    """Make the content of one analysis; figures are unrounded.

    Parameters
    ----------
    area
        The municipality.
    peers
        The municipalities it is compared with, in the order to print; may be empty.
    reason
        Why it chose them, in its own words; may be empty.
    edition
        Season, number and date.
    material
        Published figures of the municipality, the peers and the country.
    measures
        What the analysis has, in order; by default the measures of the catalogue.
    choice
        How the peers came about; an own choice without its likeness by default.
    """
    inputs = _Inputs(area, peers, edition, material)
    groups = tuple(_group(each, measures, inputs) for each in GROUPS)
    return EditionContent(
        schema=SCHEMA,
        municipality=area,
        edition=edition,
        peers=edition_peers(area.code, peers, choice or Choice(), reason),
        versions=dict(material.versions),
        highlights=highlights(groups, year=edition.made_on.year, people=area.population),
        groups=groups,
    )


def _group(group: Group, measures: Sequence[Measure], inputs: _Inputs) -> EditionGroup:
    is_population = group.key == "population"
    return EditionGroup(
        key=group.key,
        name=group.name,
        measures=_old_last(
            [_measure(each, inputs) for each in measures if each.group == group.key],
            inputs.edition.made_on.year,
        ),
        ages=age_structure(inputs.area.code, inputs.material) if is_population else None,
    )


def _old_last(measures: Sequence[EditionMeasure], made_in: int) -> tuple[EditionMeasure, ...]:
    """Put figures older than five years after the others, and what has none last of all."""
    return tuple(
        sorted(
            measures,
            key=lambda each: 2 if each.latest is None else is_old(each.latest.last, made_in),
        )
    )


def _measure(measure: Measure, inputs: _Inputs) -> EditionMeasure:
    area, material = inputs.area, inputs.material
    comparison = compare(
        code=area.code,
        peers=[peer.code for peer in inputs.peers] if measure.compared else [],
        needs=measure.needs,
        derive=measure.derive,
        steady=measure.steady,
        relative=measure.relative,
        material=material,
        weight=measure.weight,
    )
    members = tuple(peer.name for peer in inputs.peers if peer.code in comparison.members)
    counts = material.of(area.code, [measure.counted])[measure.counted] if measure.counted else {}
    mean = several_years(measure, comparison, area.population)
    place = position(measure, comparison, mean)
    story = Story(measure, comparison, area.name, members, counts, place, area.population, mean)
    return EditionMeasure(
        key=measure.key,
        kind=measure.kind,
        decimals=measure.decimals,
        direction=str(measure.direction),
        name=measure.name,
        unit=measure.unit,
        axis=measure.axis,
        definition=definition(measure),
        influence=measure.influence,
        outlook=measure.outlook,
        is_change=measure.is_change,
        moment=_latest_moment(measure, comparison, mean),
        latest=_latest(measure, comparison, mean),
        peers_figure=_peers_figure(measure, comparison, members),
        series=_series(comparison),
        members=_members(comparison),
        chart=_chart(measure, comparison),
        counts=_by_year(counts),
        trend=_trend(measure, comparison),
        position=place,
        findings=tuple(
            EditionFinding(each.rule, each.text, each.figures) for each in findings(story)
        ),
        limits=_limits(measure, comparison, inputs),
        origins=_origins(measure.reads, material),
    )


def _peers_figure(
    measure: Measure, comparison: Comparison, members: tuple[Name, ...]
) -> PeersFigure | None:
    """Say what the figure of the peers is and what it is called; None where they have none."""
    if not members:
        return None
    weighted = comparison.mean is not None
    return PeersFigure(
        kind="one" if len(members) == 1 else "weighted" if weighted else "median",
        label=peers_label(members, weighted),
        weight=measure.weight_name if weighted else None,
    )


def _limits(measure: Measure, comparison: Comparison, inputs: _Inputs) -> tuple[Text, ...]:
    """Say what the figures do not carry: small numbers, missing years, peers left out."""
    code = inputs.area.code
    return tuple(
        limits(
            measure,
            comparison,
            names={peer.code: peer.name for peer in inputs.peers},
            made_in=inputs.edition.made_on.year,
            people=inputs.area.population,
            reasons=inputs.material.reasons(code, measure.needs),
        )
    )


def _trend(measure: Measure, comparison: Comparison) -> Trend | None:
    """Give the direction of what has happened; a projection has none, nor what is a change itself."""
    return None if measure.outlook or measure.is_change else comparison.trend


def _latest_moment(
    measure: Measure, comparison: Comparison, mean: SeveralYears | None
) -> Text | None:
    """Say when the latest figure of a general measure is from; None where its kind says it."""
    last = comparison.latest
    if mean:
        return of_mean(mean.last, MEAN_YEARS)
    return _moment(measure, last) if measure.general and last is not None else None


def _latest(measure: Measure, comparison: Comparison, mean: SeveralYears | None) -> Latest | None:
    """Give the latest figure, or the mean in its place, with the first and last year it covers."""
    last = comparison.latest
    if last is None:
        return None
    if mean:
        return Latest(mean.own, mean.first, mean.last)
    first = last - FLOW_YEARS + 1 if measure.kind == "rate" else last
    return Latest(comparison.own[last], first, last)


def position(
    measure: Measure, comparison: Comparison, mean: SeveralYears | None
) -> Position | None:
    """Choose what the strip compares: the change of a count, a mean, otherwise the latest figure."""
    first, last = comparison.first, comparison.latest
    if first is None or last is None:
        return None
    if mean:
        return _position_of_mean(measure, mean)
    if measure.kind == "count":
        return _position_of_change(measure, comparison, first, last)
    peers = comparison.peers_in(last)
    return Position(
        own=comparison.own[last],
        peers=peers,
        group=comparison.group_in(last),
        country=0.0 if measure.country_is_zero else comparison.country.get(last),
        decimals=measure.decimals,
        what=_moment(measure, last),
        five=_five(peers),
    )


def _position_of_mean(measure: Measure, mean: SeveralYears) -> Position:
    return Position(
        own=mean.own,
        peers=mean.members,
        group=mean.group,
        country=mean.country,
        decimals=measure.decimals,
        what=of_mean(mean.last, MEAN_YEARS),
        five=_five(mean.members),
    )


def _moment(measure: Measure, last: int) -> Text:
    if measure.kind == "rate":
        return of_mean(last)
    if measure.month:
        return of_month(last, measure.month)
    return of_outlook(last) if measure.outlook else of_year(last)


def _position_of_change(
    measure: Measure, comparison: Comparison, first: int, last: int
) -> Position | None:
    own = change_pct(comparison.own, first, last)
    if own is None or first == last:
        return None
    changes = {code: change_pct(values, first, last) for code, values in comparison.members.items()}
    peers = {code: change for code, change in changes.items() if change is not None}
    return Position(
        own=own,
        peers=peers,
        group=comparison.group_change(change_pct, first, last),
        country=change_pct(comparison.country, first, last),
        decimals=1,
        what=of_change(first, last),
        five=_five(peers),
    )


def _five(peers: Mapping[str, Number]) -> Five | None:
    """Give the five figures of peers too many to be shown one by one."""
    return five_figures(list(peers.values())) if len(peers) > MOST_KEPT else None


def _by_year(values: Values) -> Values:
    return dict(sorted(values.items()))


def _series(comparison: Comparison) -> Series:
    """Give figures by year: ours, the country's, those of the members together."""
    low, lower, median, upper, high = (
        {year: five[at] for year, five in sorted(comparison.distribution.items())}
        for at in range(5)
    )
    is_large = _is_large(comparison)
    return Series(
        own=_by_year(comparison.own),
        country=_by_year(comparison.country),
        low=low,
        median=median,
        high=high,
        mean=None if comparison.mean is None else _by_year(comparison.mean),
        lower=lower if is_large else None,
        upper=upper if is_large else None,
    )


def _is_large(comparison: Comparison) -> bool:
    return len(comparison.members) > MOST_KEPT


def _members(comparison: Comparison) -> dict[str, Values]:
    """Give each peer's series; of a whole country they would be nine tenths of the content."""
    if _is_large(comparison):
        return {}
    return {code: _by_year(values) for code, values in comparison.members.items()}


def _chart(measure: Measure, comparison: Comparison) -> Chart:
    """Give what the large chart draws: an index for a count, the figures themselves otherwise."""
    first = comparison.first
    if measure.kind != "count" or first is None:
        return Chart(_series(comparison), base=0 if measure.kind == "rate" else None)
    return Chart(_series(comparison.indexed(first)), base=100, index_year=first)


def _origins(needs: Sequence[str], material: Material) -> tuple[Origin, ...]:
    """List where the figures come from, each source once."""
    found: list[Origin] = []
    for origin in (one for key in needs for one in material.origins.get(key, ())):
        if origin not in found:
            found.append(origin)
    return tuple(found)
