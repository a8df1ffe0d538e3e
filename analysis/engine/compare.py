"""One measure of one municipality beside its peers and the whole country: pure, no database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from analysis.engine.arithmetic import Number, Values, exact, index_series
from analysis.engine.group_figures import Five, distribution_by_year, median, weighted_mean_by_year
from analysis.engine.record import Record
from uso.ground.lib.texts import Text

COUNTRY = "SSS"
TREND_YEARS = 5

Derive = Callable[[Mapping[str, Values]], dict[int, float]]
#: `change_pct` or `change_points` of `analysis.engine.arithmetic`.
Change = Callable[[Values, int, int], float | None]


class Origin(Record):
    """Where figures of an indicator come from, as printed under its chart.

    `file` is the name of the file they were read from; empty where they came over the network.
    """

    publisher: Text
    table: str
    licence: str
    version: int
    retrieved_on: date
    file: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """Published figures an analysis is made of.

    `values` and `missing` go from indicator to area code to year; `missing` holds the reason;
    `origins` has of each indicator the data versions its figures are of, that of the newest year
    first; `versions` goes from indicator to the key of the newest data version among its figures.
    """

    values: Mapping[str, Mapping[str, Values]]
    missing: Mapping[str, Mapping[str, Mapping[int, str]]] = field(default_factory=dict)
    origins: Mapping[str, Sequence[Origin]] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)

    def reasons(self, code: str, indicators: Sequence[str]) -> dict[int, str]:
        """Collect why an area lacks figures: year to the reason of the first indicator."""
        found: dict[int, str] = {}
        for key in indicators:
            for year, reason in self.missing.get(key, {}).get(code, {}).items():
                found.setdefault(year, reason)
        return found

    def of(self, code: str, indicators: Sequence[str]) -> dict[str, Values]:
        """Take one area's figures of the indicators; an absent one is empty."""
        return {key: self.values.get(key, {}).get(code, {}) for key in indicators}


class Trend(Record):
    """Direction of our own figure between two years; `levelled` is stable after a longer change."""

    word: Literal["rising", "falling", "stable", "levelled"]
    first: int
    last: int
    change: Number


class Position(Record):
    """What the position strip shows: one figure of each, in one year or over one span.

    `group` is the figure of the peers together, `None` where none is formed of them; `five` are the
    five figures of peers too many to be shown one by one.
    """

    own: Number
    peers: Mapping[str, Number]
    group: Number | None
    country: Number | None
    decimals: int
    what: Text
    five: Five | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A measure of a municipality beside its peers and the country, in its own unit.

    `members` are the peers whose series is complete, so that their median and range do not move
    because the group changes; `left_out` are the rest. `distribution` is year to their five
    figures, from the lowest to the highest. `mean` is year to their weighted mean; `None` where
    their median is the figure of the group, which of an only member is its own.
    """

    own: Values
    country: Values
    members: Mapping[str, Values]
    left_out: tuple[str, ...]
    distribution: Mapping[int, Five]
    trend: Trend | None
    mean: Values | None = None

    @property
    def group(self) -> Values:
        """The figure of the members together by year: their median or their weighted mean."""
        if self.mean is not None:
            return self.mean
        return {year: five[2] for year, five in self.distribution.items()}

    def indexed(self, base: int) -> "Comparison":
        """Give the same as indices where the base year is 100; whoever lacks it has none."""
        members = {code: index_series(values, base) for code, values in self.members.items()}
        return replace(
            self,
            own=index_series(self.own, base),
            country=index_series(self.country, base),
            members=members,
            distribution=distribution_by_year(list(members.values())),
            mean=None if self.mean is None else index_series(self.mean, base),
        )

    def group_change(self, change: Change, first: int, last: int) -> float | None:
        """Find how much the group has changed.

        The median of the members' own changes, which is not the change of their median; of a
        weighted mean its own change.
        """
        if self.mean is not None:
            return change(self.mean, first, last)
        changes = [change(values, first, last) for values in self.members.values()]
        known = [found for found in changes if found is not None]
        return median(known) if len(known) == len(changes) else None

    @property
    def latest(self) -> int | None:
        """Find the last year we have a figure for."""
        return max(self.own, default=None)

    @property
    def first(self) -> int | None:
        """Find the first year we have a figure for."""
        return min(self.own, default=None)

    def peers_in(self, year: int) -> dict[str, float]:
        """Collect each member's figure of a year."""
        return {code: values[year] for code, values in self.members.items() if year in values}

    def group_in(self, year: int) -> float | None:
        """Find the group's figure of a year; `None` where a member lacks its figure or weight."""
        return self.group.get(year)


def compare(
    *,
    code: str,
    peers: Sequence[str],
    needs: Sequence[str],
    derive: Derive,
    steady: float,
    relative: bool,
    material: Material,
    weight: str = "",
) -> Comparison:
    """Derive a measure for a municipality, its peers and the country, and set them side by side.

    Parameters
    ----------
    code, peers
        Three-digit codes of the municipality and of its peers.
    needs
        Indicators the measure is derived from.
    derive
        Makes the measure of an area from its indicators.
    steady
        A change smaller than this over the trend's years counts as stable; in per cent when
        `relative`, otherwise in the measure's unit.
    relative
        Whether change is given in per cent (counts) or in the unit (shares, rates).
    material
        The figures.
    weight
        Indicator by which the mean of the peers is weighted; empty where their median is the figure.
    """
    series = {peer: derive(material.of(peer, needs)) for peer in peers}
    members = complete_members(series)
    own = derive(material.of(code, needs))
    return Comparison(
        own=own,
        country=derive(material.of(COUNTRY, needs)),
        members=members,
        left_out=tuple(peer for peer in peers if peer not in members),
        distribution=distribution_by_year(list(members.values())),
        trend=trend(own, steady=steady, relative=relative),
        mean=_weighted_mean(members, material.values.get(weight, {})) if weight else None,
    )


def _weighted_mean(
    members: Mapping[str, Values], weights: Mapping[str, Values]
) -> dict[int, float] | None:
    """Weigh the members by their own figures of the weight; one alone needs no weight."""
    if len(members) < 2:
        return None
    return weighted_mean_by_year(
        list(members.values()), [weights.get(code, {}) for code in members]
    )


def complete_members(series: Mapping[str, Values]) -> dict[str, Values]:
    """Keep the peers that have a figure for each year most of the peers have.

    Parameters
    ----------
    series
        Peer to year-to-value.

    Returns
    -------
    dict
        The peers kept, in order, with their series; empty when no peer has a figure.

    Examples
    --------
    >>> sorted(complete_members({"a": {1: 5, 2: 6}, "b": {1: 7, 2: 8}, "c": {2: 9}}))
    ['a', 'b']
    """
    counts: dict[int, int] = {}
    for values in series.values():
        for year in values:
            counts[year] = counts.get(year, 0) + 1
    wanted = {year for year, count in counts.items() if count * 2 > len(series)}
    return {peer: values for peer, values in series.items() if wanted and wanted <= set(values)}


def trend(values: Values, *, steady: float, relative: bool) -> Trend | None:
    """Return the direction over about five years.

    Parameters
    ----------
    values
        Year to value.
    steady, relative
        As in :func:`compare`.

    Returns
    -------
    Trend or None
        `None` when no year lies three to seven years before the last.

    Notes
    -----
    The base is the year nearest to five years before the last one; of two equally near, the
    earlier.

    Examples
    --------
    >>> trend({2018: 22.9, 2021: 25.1, 2024: 26.8}, steady=0.5, relative=False)
    Trend(word='rising', first=2018, last=2024, change=3.9)
    """
    last = max(values, default=None)
    base = None if last is None else base_year(values, last)
    if last is None or base is None:
        return None
    change = _change(values, base, last, relative=relative)
    before = _change(values, min(values), last, relative=relative)
    return Trend(_word(change, before, steady), base, last, round(change, 10))


def _change(values: Values, first: int, last: int, *, relative: bool) -> float:
    start, change = exact(values[first]), exact(values[last]) - exact(values[first])
    if relative:
        return float(change / start * 100) if start else 0.0
    return float(change)


def _word(
    change: float, since_first: float, steady: float
) -> Literal["rising", "falling", "stable", "levelled"]:
    """Choose the word; what has changed over all the years is never called stable beside that."""
    if abs(change) < steady:
        return "stable" if abs(since_first) < steady else "levelled"
    return "rising" if change > 0 else "falling"


def base_year(values: Values, last: int, years: int = TREND_YEARS) -> int | None:
    """Find the year nearest to some years before the last, two years' leeway.

    Examples
    --------
    >>> base_year({2016: 1, 2018: 1, 2021: 1, 2024: 1}, 2024), base_year({2024: 1}, 2024)
    (2018, None)
    """
    aim = last - years
    near = [year for year in values if abs(year - aim) <= 2 and year < last]
    return min(near, key=lambda year: (abs(year - aim), year), default=None)
