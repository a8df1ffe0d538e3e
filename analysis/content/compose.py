"""From figures to the frozen content of an analysis: pure, no database, no clock.

The content is plain JSON and the only thing page, PDF and data annex read, so they cannot differ.
Its shape stands in docs/analysis-content.md; `SCHEMA` rises when it changes.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from analysis.content.highlights import highlights
from analysis.content.peer_choice import Choice, choice_content
from analysis.engine.ages import age_structure
from analysis.engine.arithmetic import change_pct
from analysis.engine.compare import Comparison, Material, Origin, Place, compare
from analysis.engine.group_figures import MOST_KEPT
from analysis.engine.measure_list import MEASURES
from analysis.engine.measures import FLOW_YEARS, GROUPS, Group, Measure
from analysis.wording.caveats import limits
from analysis.wording.definitions import definition
from analysis.wording.findings import Story, findings, peers_label
from analysis.wording.moments import of_change, of_mean, of_outlook, of_year
from analysis.wording.names import Name
from uso.ground.lib.texts import Text

SCHEMA = 4

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality as the analysis knows it."""

    code: str
    name: Name
    population: int | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """Which analysis this is."""

    season: int
    years: str
    number: int
    made_on: str


def compose(
    *,
    area: Area,
    peers: Sequence[Area],
    reason: str,
    edition: Edition,
    material: Material,
    measures: Sequence[Measure] = MEASURES,
    choice: Choice | None = None,
) -> Json:
    """Make the content of one analysis.

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
        What is told, in order; those of the catalogue where nothing else is given.
    choice
        How the peers came about; an own choice without its likeness by default.

    Returns
    -------
    dict
        JSON of strings, numbers, lists and objects alone; figures unrounded.
    """
    groups = [_group(each, measures, area, peers, edition, material) for each in GROUPS]
    return {
        "schema": SCHEMA,
        "municipality": _area(area),
        "season": {"number": edition.season, "years": edition.years},
        "edition": edition.number,
        "made_on": edition.made_on,
        "peers": {
            "reason": reason,
            **choice_content(area.code, [_area(peer) for peer in peers], choice or Choice()),
        },
        "versions": dict(material.versions),
        "highlights": highlights(groups, year=int(edition.made_on[:4])),
        "groups": groups,
    }


def digest(content: Mapping[str, Any]) -> str:
    """Compute the SHA-256 of a content in its canonical form: sorted keys, no blanks, UTF-8."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _area(area: Area) -> Json:
    return {"code": area.code, "population": area.population, **asdict(area.name)}


def _group(
    group: Group,
    measures: Sequence[Measure],
    area: Area,
    peers: Sequence[Area],
    edition: Edition,
    material: Material,
) -> Json:
    chosen = [each for each in measures if each.group == group.key]
    return {
        "key": group.key,
        "name": dict(group.name),
        "measures": [_measure(each, area, peers, edition, material) for each in chosen],
        "ages": age_structure(area.code, material) if group.key == "population" else None,
    }


def _measure(
    measure: Measure, area: Area, peers: Sequence[Area], edition: Edition, material: Material
) -> Json:
    comparison = compare(
        code=area.code,
        peers=[peer.code for peer in peers] if measure.compared else [],
        needs=measure.needs,
        derive=measure.derive,
        steady=measure.steady,
        relative=measure.relative,
        material=material,
        weight=measure.weight,
    )
    members = tuple(peer.name for peer in peers if peer.code in comparison.members)
    counts = material.of(area.code, [measure.counted])[measure.counted] if measure.counted else {}
    place = position(measure, comparison)
    story = Story(measure, comparison, area.name, members, counts, place, area.population)
    return {
        "key": measure.key,
        "kind": measure.kind,
        "decimals": measure.decimals,
        "direction": str(measure.direction),
        "name": dict(measure.name),
        "unit": dict(measure.unit),
        "axis": dict(measure.axis),
        "definition": dict(definition(measure)),
        "influence": dict(measure.influence),
        "outlook": measure.outlook,
        "moment": _year_told(measure, comparison),
        "latest": _latest(measure, comparison),
        "group": _group_told(measure, comparison, members),
        "series": _series(comparison),
        "members": _members(comparison),
        "chart": _chart(measure, comparison),
        "counts": _pairs(counts),
        "trend": _trend(measure, comparison),
        "position": asdict(place) if place else None,
        "findings": [asdict(finding) for finding in findings(story)],
        "limits": _limits(measure, comparison, area, peers, edition, material),
        "origins": _origins(measure.reads, material),
    }


def _group_told(measure: Measure, comparison: Comparison, members: tuple[Name, ...]) -> Json | None:
    """Say what the figure of the peers is and what it is called; None where they have none."""
    if not members:
        return None
    weighted = comparison.mean is not None
    return {
        "figure": "one" if len(members) == 1 else "weighted" if weighted else "median",
        "label": dict(peers_label(members, weighted)),
        "weight": dict(measure.weight_name) if weighted else None,
    }


def _limits(
    measure: Measure,
    comparison: Comparison,
    area: Area,
    peers: Sequence[Area],
    edition: Edition,
    material: Material,
) -> list[Json]:
    """Say what the figures do not carry: small numbers, missing years, peers left out."""
    notes = limits(
        measure,
        comparison,
        left_out=[peer.name for peer in peers if peer.code in comparison.left_out],
        made_on=edition.made_on,
        people=area.population,
        reasons=material.reasons(area.code, measure.needs),
    )
    return [dict(note) for note in notes]


def _trend(measure: Measure, comparison: Comparison) -> Json | None:
    """Give the direction of what has happened; a projection is told by its own figures."""
    return asdict(comparison.trend) if comparison.trend and not measure.outlook else None


def _year_told(measure: Measure, comparison: Comparison) -> Json | None:
    """Say when the latest figure of a general measure is from; None where its kind tells it."""
    last = comparison.latest
    if not measure.general or last is None:
        return None
    return dict(_moment(measure, last))


def _latest(measure: Measure, comparison: Comparison) -> Json | None:
    """Give the latest figure with the first and last year it covers."""
    last = comparison.latest
    if last is None:
        return None
    first = last - FLOW_YEARS + 1 if measure.kind == "rate" else last
    return {"value": comparison.own[last], "first": first, "last": last}


def position(measure: Measure, comparison: Comparison) -> Place | None:
    """Choose what the strip compares: the change of a count, otherwise the latest figure."""
    first, last = comparison.first, comparison.latest
    if first is None or last is None:
        return None
    if measure.kind == "count":
        return _place_of_change(measure, comparison, first, last)
    return Place(
        own=comparison.own[last],
        peers=comparison.peers_in(last),
        group=comparison.group_in(last),
        country=0.0 if measure.country_is_zero else comparison.country.get(last),
        decimals=measure.decimals,
        what=_moment(measure, last),
    )


def _moment(measure: Measure, last: int) -> Text:
    if measure.kind == "rate":
        return of_mean(last)
    return of_outlook(last) if measure.outlook else of_year(last)


def _place_of_change(
    measure: Measure, comparison: Comparison, first: int, last: int
) -> Place | None:
    own = change_pct(comparison.own, first, last)
    if own is None or first == last:
        return None
    changes = {code: change_pct(values, first, last) for code, values in comparison.members.items()}
    return Place(
        own=own,
        peers={code: change for code, change in changes.items() if change is not None},
        group=comparison.group_change(change_pct, first, last),
        country=change_pct(comparison.country, first, last),
        decimals=1,
        what=of_change(first, last),
    )


def _pairs(values: Mapping[int, float]) -> list[list[float]]:
    return [[year, values[year]] for year in sorted(values)]


def _series(comparison: Comparison) -> Json:
    """Give figures by year: ours, the country's, those of the members together.

    The mean stands where it is the figure of the members, the quartiles where each member's own
    series is not kept.
    """
    low, lower, median, upper, high = (
        _pairs({year: five[at] for year, five in comparison.distribution.items()})
        for at in range(5)
    )
    told = {
        "own": _pairs(comparison.own),
        "country": _pairs(comparison.country),
        "low": low,
        "median": median,
        "high": high,
    }
    mean = {} if comparison.mean is None else {"mean": _pairs(comparison.mean)}
    quartiles = {"lower": lower, "upper": upper} if _is_large(comparison) else {}
    return told | mean | quartiles


def _is_large(comparison: Comparison) -> bool:
    return len(comparison.members) > MOST_KEPT


def _members(comparison: Comparison) -> Json:
    """Give each peer's series; of a whole country they would be nine tenths of the content."""
    if _is_large(comparison):
        return {}
    return {code: _pairs(values) for code, values in comparison.members.items()}


def _chart(measure: Measure, comparison: Comparison) -> Json:
    """Give what the large chart draws: an index for a count, the figures themselves otherwise."""
    first = comparison.first
    if measure.kind != "count" or first is None:
        return {**_series(comparison), "base": 0 if measure.kind == "rate" else None}
    return {**_series(comparison.indexed(first)), "base": 100, "index_year": first}


def _origins(needs: Sequence[str], material: Material) -> list[Json]:
    found: dict[Origin, None] = {}
    for key in needs:
        if key in material.origins:
            found[material.origins[key]] = None
    return [asdict(origin) for origin in found]
