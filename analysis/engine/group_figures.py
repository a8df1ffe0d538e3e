"""Figures of a group of municipalities: median, weighted mean, five figures. Pure arithmetic.

A missing figure is absent; nothing here turns it into zero or averages it in. What lies between two
figures is formed in decimal, as they are printed.
"""

from collections.abc import Sequence

from analysis.engine.arithmetic import Number, Values, exact

#: Lowest, lower quartile, median, upper quartile, highest.
Five = tuple[Number, Number, Number, Number, Number]

#: An own choice has no more, so that it is shown municipality by municipality everywhere; a larger
#: group, a ready one, is shown by how many, its range and its quarters.
MOST_PEERS = 15
#: Of a larger group an edition keeps no series of each municipality, and paper prints no names.
MOST_KEPT = 100


def median(values: Sequence[float]) -> float | None:
    """Find the median of a group; `None` for an empty one.

    Examples
    --------
    >>> median([3.0, 1.0, 10.0]), median([13.1, 13.2]), median([])
    (3.0, 13.15, None)
    """
    return _between(sorted(values), 1, 2) if values else None


def _between(ordered: Sequence[Number], parts: int, of: int) -> Number:
    """Return the figure at a part of the way from the lowest to the highest place, such as 1 of 2."""
    place, rest = divmod((len(ordered) - 1) * parts, of)
    if not rest:
        return ordered[place]
    lower, upper = exact(ordered[place]), exact(ordered[place + 1])
    return float(lower + (upper - lower) * rest / of)


def five_figures(values: Sequence[float]) -> Five | None:
    """Summarise a group in five figures: lowest, lower quartile, median, upper quartile, highest.

    Notes
    -----
    The quartiles are at a quarter and three quarters of the way from the lowest to the highest
    place, between two figures in proportion (as `statistics.quantiles`, inclusive, has it). None for
    an empty group.

    Examples
    --------
    >>> five_figures([4.0, 1.0, 2.0, 3.0]), five_figures([])
    ((1.0, 1.75, 2.5, 3.25, 4.0), None)
    """
    if not values:
        return None
    if len(values) == 1:
        return (values[0],) * 5
    ordered = sorted(values)
    lower, middle, upper = (_between(ordered, quarter, 4) for quarter in (1, 2, 3))
    return ordered[0], lower, middle, upper, ordered[-1]


def distribution_by_year(series: Sequence[Values]) -> dict[int, Five]:
    """Summarise a group in five figures for each year.

    Parameters
    ----------
    series
        One year-to-value mapping for each member.

    Returns
    -------
    dict
        Year to :func:`five_figures`, only for years in which *every* member has a value: a median
        of a changing group would move without anything having happened.

    Examples
    --------
    >>> distribution_by_year([{2000: 1, 2001: 2}, {2000: 5}, {2000: 3, 2001: 9}])
    {2000: (1, 2.0, 3, 4.0, 5)}
    """
    if not series:
        return {}
    years = set(series[0]).intersection(*series[1:])
    found = {year: five_figures([member[year] for member in series]) for year in sorted(years)}
    return {year: five for year, five in found.items() if five}


def weighted_mean_by_year(series: Sequence[Values], weights: Sequence[Values]) -> dict[int, float]:
    """Compute the weighted mean of a group for each year.

    Parameters
    ----------
    series
        One year-to-value mapping for each member, such as the unemployment rate in per cent.
    weights
        The denominator of each member in the same order, such as its labour force; zero or above.

    Returns
    -------
    dict
        Year to the mean in the unit of the figures, unrounded; only years in which *every* member
        has a value and a weight: a mean of those that happen to have one would be another group's.
        A year whose weights are all zero is left out as well, and so is one with a weight below
        zero: what it gives is no mean and may lie far outside the figures.

    Notes
    -----
    ``Σ w·x / Σ w``. For a figure that is a part of a whole, and weights that are the wholes, this is
    the figure of the members' areas taken together.

    Examples
    --------
    Unemployment rate and labour force of Toholampi, Kaustinen and Halsua in 2022 (Statistics
    Finland, 12r5): (1190 · 6.2 + 1957 · 6.4 + 451 · 7.3) / 3598 = 23195.1 / 3598.

    >>> rates = [{2022: 6.2}, {2022: 6.4}, {2022: 7.3}]
    >>> people = [{2022: 1190}, {2022: 1957}, {2022: 451}]
    >>> round(weighted_mean_by_year(rates, people)[2022], 3)
    6.447
    >>> weighted_mean_by_year(rates, [{2022: 1190}, {2022: 1957}, {}])
    {}
    """
    if not series:
        return {}
    years = set(series[0]).intersection(*series[1:], *weights)
    years = {year for year in years if min(weight[year] for weight in weights) >= 0}
    sums = {year: sum(exact(weight[year]) for weight in weights) for year in sorted(years)}
    return {
        year: float(
            sum(exact(w[year]) * exact(x[year]) for w, x in zip(weights, series, strict=True))
            / total
        )
        for year, total in sums.items()
        if total
    }
