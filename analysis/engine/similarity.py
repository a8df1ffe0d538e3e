"""How alike municipalities are: factors, their standardised differences and a weighted distance.

Pure: no database, no clock. The words are in analysis/wording/likeness.py, the figures come from
analysis/queries/landscape.py, and docs/adr/0012 tells why it is measured so.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from analysis.engine.arithmetic import change_pct

#: Scales the median absolute deviation to the standard deviation of a normal distribution.
TO_SPREAD = 1.4826
#: Suggestions: never fewer than eight where so many can be compared; the ninth and the tenth only
#: if they are at most one spread away (issue: "eight to ten").
FEWEST, MOST = 8, 10
ONE_SPREAD = 1.0
#: Of the weight counted, the part that must be known before a municipality is suggested.
KNOWN_PART = 0.5
#: What a reader may choose for a factor: not counted, as others, twice.
WEIGHTS = (0, 1, 2)
REGION = "region"

Weights = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Factor:
    """A side of a municipality, measured by one figure or by the mean of several.

    `figures` are keys of the landscape; the region has none, for it is the same or another one.
    `weight` is the one that counts where nobody has chosen.
    """

    key: str
    figures: tuple[str, ...]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class FactorFigure:
    """A figure of the landscape: which indicator, over how many years, on which scale.

    `years` is 0 for the figure itself and otherwise the span of a change in per cent. `log` is
    for sizes, where twice as large is as far at each end.
    """

    indicator: str
    years: int = 0
    log: bool = False


#: Each has a figure of at least 305 of the 308 municipalities in the figures of the service.
FIGURES: Mapping[str, FactorFigure] = {
    "population": FactorFigure("population", log=True),
    "share_under_15": FactorFigure("share_under_15"),
    "share_65_plus": FactorFigure("share_65_plus"),
    "population_change": FactorFigure("population", years=5),
    "job_self_sufficiency": FactorFigure("job_self_sufficiency"),
    "share_working_in_home_municipality": FactorFigure("share_working_in_home_municipality"),
    "employment_rate": FactorFigure("employment_rate"),
    "education_tertiary_share": FactorFigure("education_tertiary_share"),
    "loans_per_capita": FactorFigure("loans_per_capita"),
}
FACTORS = (
    Factor("size", ("population",)),
    Factor("ages", ("share_under_15", "share_65_plus")),
    Factor("growth", ("population_change",)),
    Factor("commuting", ("job_self_sufficiency", "share_working_in_home_municipality")),
    Factor("employment", ("employment_rate",)),
    Factor("education", ("education_tertiary_share",)),
    Factor("loans", ("loans_per_capita",)),
    Factor(REGION, (), weight=0),
)
NORMAL: Weights = {factor.key: factor.weight for factor in FACTORS}


@dataclass(frozen=True, slots=True)
class Landscape:
    """Every municipality's figures of the factors.

    `figures` goes from the figure's key to area code to value, in the indicator's unit (a change
    in per cent); an area without a figure has no entry. `years` tells of each figure its first
    and last year, the same for all areas. `regions` goes from area code to region code and tells
    which areas there are.
    """

    figures: Mapping[str, Mapping[str, float]]
    years: Mapping[str, tuple[int, int]]
    regions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far one municipality is from ours.

    `differences` goes from each factor that we have to its difference in spreads, `None` where the
    other lacks a figure; `distance` is their weighted mean, `None` where nothing counted is known. `known` is the
    part of the counted weight that is known, 0 to 1; a factor that we ourselves lack is not in it.
    """

    code: str
    differences: Mapping[str, float | None]
    distance: float | None
    known: float

    @property
    def comparable(self) -> bool:
        """Enough is known to suggest it."""
        return self.distance is not None and self.known >= KNOWN_PART


def standardised(values: Mapping[str, float], *, log: bool = False) -> dict[str, float]:
    """Write figures as spreads from the median.

    Parameters
    ----------
    values
        Area to figure, each finite; above zero when `log`.
    log
        Take the common logarithm first.

    Returns
    -------
    dict
        Area to (x - median) / (1.4826 · MAD), where MAD is the median of the absolute deviations
        from the median; empty where half or more of the areas have the same figure (MAD 0), for
        then there is no spread to measure by.

    Notes
    -----
    The median and the MAD stay where they are however far away a few figures lie. With a mean and
    a standard deviation Helsinki would decide what is a small difference between two villages.

    References
    ----------
    F. R. Hampel, "The influence curve and its role in robust estimation", Journal of the American
    Statistical Association 69 (1974) 383–393. P. J. Rousseeuw and C. Croux, "Alternatives to the
    median absolute deviation", Journal of the American Statistical Association 88 (1993) 1273–1283
    (the factor 1.4826).

    Examples
    --------
    >>> figures = {"a": 10.0, "b": 11.0, "c": 12.0, "d": 14.0, "e": 40.0}
    >>> round(standardised(figures)["d"], 3)  # median 12, MAD 2: (14 - 12) / 2.9652
    0.674
    """
    scaled = {area: math.log10(value) if log else value for area, value in values.items()}
    if not scaled:
        return {}
    middle = median(scaled.values())
    spread = TO_SPREAD * median(abs(value - middle) for value in scaled.values())
    if not spread:
        return {}
    return {area: (value - middle) / spread for area, value in scaled.items()}


def likenesses(us: str, landscape: Landscape, weights: Weights = NORMAL) -> list[Likeness]:
    """Measure every other municipality, the nearest first.

    Parameters
    ----------
    us
        Code of our municipality.
    landscape
        Figures of all.
    weights
        Factor to weight, 0 or above, at least one above 0; a factor left out counts as 0.

    Returns
    -------
    list of Likeness
        Each area of the landscape but ours, by distance, then by code; those about which nothing
        counted is known come last.

    Raises
    ------
    ValueError
        No weight is above 0.

    Notes
    -----
    A factor's difference is |z(us) - z(other)|, the mean of them where the factor has several
    figures; a region differs by 0 when it is the same and by one spread when it is not. The
    distance is Σ w·d / Σ w over the factors known of both: a missing one is left out and said,
    it is neither a likeness nor a difference.

    References
    ----------
    J. C. Gower, "A general coefficient of similarity and some of its properties", Biometrics 27
    (1971) 857–871: weighted mean over the variables that both have.
    """
    if not any(weights.values()):
        raise ValueError("At least one factor must count.")
    scales = {
        key: standardised(values, log=FIGURES[key].log) for key, values in landscape.figures.items()
    }
    lacking = unknown_of(us, landscape)
    factors = [factor for factor in FACTORS if factor.key not in lacking]
    by_factor = {
        factor.key: _differences(factor, us, scales, landscape.regions) for factor in factors
    }
    measured = [
        _likeness(other, {key: found.get(other) for key, found in by_factor.items()}, weights)
        for other in landscape.regions
        if other != us
    ]
    return sorted(measured, key=_order)


def _order(likeness: Likeness) -> tuple[bool, float, str]:
    distance = likeness.distance
    return distance is None, 0.0 if distance is None else round(distance, 9), likeness.code


def _likeness(other: str, differences: Mapping[str, float | None], weights: Weights) -> Likeness:
    counted, known, total = 0, 0, 0.0
    for key, difference in differences.items():
        weight = weights.get(key, 0)
        counted += weight
        if difference is not None:
            known += weight
            total += weight * difference
    distance = total / known if known else None
    return Likeness(other, differences, distance, known / counted if counted else 0.0)


def _differences(
    factor: Factor,
    us: str,
    scales: Mapping[str, Mapping[str, float]],
    regions: Mapping[str, str],
) -> dict[str, float]:
    """Give each area's difference from us in one factor; an area that lacks a figure has none."""
    if factor.key == REGION:
        own = regions.get(us)
        return {area: 0.0 if region == own else ONE_SPREAD for area, region in regions.items()}
    parts = [scales.get(key, {}) for key in factor.figures]
    if any(us not in scale for scale in parts):
        return {}
    return {
        area: sum(abs(scale[us] - scale[area]) for scale in parts) / len(parts)
        for area in parts[0]
        if all(area in scale for scale in parts)
    }


def suggested(measured: Sequence[Likeness]) -> list[Likeness]:
    """Choose the eight nearest, and the ninth and tenth where they are within one spread.

    Parameters
    ----------
    measured
        The nearest first, as :func:`likenesses` gives them.
    """
    fit = [each for each in measured if each.comparable][:MOST]
    return [
        each
        for place, each in enumerate(fit)
        if place < FEWEST or (each.distance is not None and each.distance <= ONE_SPREAD)
    ]


def unknown_of(us: str, landscape: Landscape) -> list[str]:
    """List the factors that cannot be compared with anybody: our municipality lacks a figure."""
    return [
        factor.key
        for factor in FACTORS
        if any(us not in landscape.figures.get(key, {}) for key in factor.figures)
    ]


def chosen_year(counts: Mapping[int, int], every: int) -> int | None:
    """Find the newest year in which at least nine areas of ten have a figure.

    Parameters
    ----------
    counts
        Year to the number of areas with a figure.
    every
        How many areas there are.

    Examples
    --------
    >>> chosen_year({2019: 308, 2020: 305, 2022: 12}, 308), chosen_year({2022: 12}, 308)
    (2020, None)
    """
    return max((year for year, count in counts.items() if count * 10 >= every * 9), default=None)


def changes(
    first: Mapping[str, float], last: Mapping[str, float], areas: Collection[str]
) -> dict[str, float]:
    """Compute the change in per cent of each area that has both figures.

    Examples
    --------
    >>> changes({"a": 200.0, "b": 0.0}, {"a": 190.0, "b": 5.0}, {"a", "b", "c"})
    {'a': -5.0}
    """
    found = {
        area: change_pct({0: first[area], 1: last[area]}, 0, 1)
        for area in sorted(areas)
        if area in first and area in last
    }
    return {area: change for area, change in found.items() if change is not None}
