"""Measures derived from published figures: pure arithmetic, no database, no clock.

Years are the calendar years of the figures. A missing figure is `None` or simply absent; nothing
here turns it into zero or averages it in. Sums, differences and quotients are formed in decimal, as
the figures are printed: in binary the mean of 13.1 and 13.2 is less than 13.15 and rounds down.
"""

from collections.abc import Mapping
from decimal import Decimal

from uso.ground.lib.numerals import rounded

#: A whole figure stays whole, so that what is stored is read and written again as the same text.
Number = int | float
#: Year to figure.
Values = Mapping[int, Number]


def exact(value: Number) -> Decimal:
    """Return a figure as it is printed: a float is taken by its shortest digits.

    >>> exact(13.1) + exact(13.2)
    Decimal('26.3')
    """
    return Decimal(repr(value))


def change_pct(values: Values, first: int, last: int) -> float | None:
    """Compute the change between two years in per cent of the first.

    Parameters
    ----------
    values
        Year to value; unit of a count or an amount, not a share.
    first, last
        Years compared; both must have a value.

    Returns
    -------
    float or None
        Per cent, unrounded. `None` when either year is missing or the first is zero.

    Notes
    -----
    ``(last - first) / first * 100``

    Examples
    --------
    Kannus, population at 31 December 2019 and 2024 (Statistics Finland):

    >>> round(change_pct({2019: 5464, 2024: 5264}, 2019, 2024), 2)
    -3.66
    >>> change_pct({2024: 5264}, 2019, 2024) is None
    True
    """
    start, end = values.get(first), values.get(last)
    if not start or end is None:
        return None
    return float((exact(end) - exact(start)) / exact(start) * 100)


def change_points(
    values: Values, first: int, last: int, *, decimals: int | None = None
) -> float | None:
    """Compute the change of a share or a rate between two years in its own unit.

    Parameters
    ----------
    values
        Year to share, 0–100, or to a rate in its unit.
    first, last
        Years compared.
    decimals
        Digits with which both ends are printed beside the change; None where they are not.

    Returns
    -------
    float or None
        Percentage points, or the unit of the rate; `None` when either year is missing.

    Notes
    -----
    Ends that are printed are rounded first, half away from zero: whoever subtracts the printed figures
    gets the printed change. That of the unrounded ends may differ from it by one in the last digit.

    Examples
    --------
    >>> change_points({2006: 16.8, 2021: 25.1}, 2006, 2021, decimals=1)
    8.3
    >>> ends = {2006: 16.84, 2021: 25.16}
    >>> change_points(ends, 2006, 2021), change_points(ends, 2006, 2021, decimals=1)
    (8.32, 8.4)
    """
    if first not in values or last not in values:
        return None
    start, end = (
        exact(values[year]) if decimals is None else rounded(values[year], decimals)
        for year in (first, last)
    )
    return float(end - start)


def index_series(values: Values, base: int) -> dict[int, float]:
    """Express a series as an index where the base year is 100.

    Parameters
    ----------
    values
        Year to value.
    base
        Base year.

    Returns
    -------
    dict
        The same years; empty when the base year is missing or zero.

    Examples
    --------
    >>> index_series({2000: 6106.0, 2024: 5264.0}, 2000)[2024].__round__(1)
    86.2
    """
    start = values.get(base)
    if not start:
        return {}
    return {year: float(exact(value) / exact(start) * 100) for year, value in values.items()}


def rolling_per_thousand(events: Values, population: Values, length: int = 5) -> dict[int, float]:
    """Compute events per 1 000 of the mean population and year, over several years together.

    Parameters
    ----------
    events
        Year to the number of events, net or gross; may be negative.
    population
        Year to the population at 31 December.
    length
        Number of years of a span, counted back from its last.

    Returns
    -------
    dict
        By the last year of each span; a span with a year that lacks its events or the population
        at either end is left out.

    Notes
    -----
    Sum of the events divided by the sum of the mean populations, times 1 000; a year's mean
    population is ``(at the end of last year + at the end of this year) / 2``, as Statistics Finland
    uses for vital statistics. In a small municipality one year says little: births and moves of a
    few families show as a jump.

    Examples
    --------
    Kannus 2020: natural increase -11, population 5 464 and 5 426:

    >>> round(rolling_per_thousand({2020: -11}, {2019: 5464, 2020: 5426}, 1)[2020], 2)
    -2.02
    >>> people = dict.fromkeys(range(2015, 2021), 1000)
    >>> rolling_per_thousand({2016: 4, 2017: -9, 2018: 0, 2019: 1, 2020: -6}, people)
    {2020: -2.0}
    """
    means = _mean_population(population)
    rates = {year: _rate_over(events, means, year, length) for year in events}
    return {year: rate for year, rate in sorted(rates.items()) if rate is not None}


def _rate_over(events: Values, means: Values, last: int, length: int) -> float | None:
    years = range(last - length + 1, last + 1)
    if any(year not in events or not means.get(year) for year in years):
        return None
    happened = sum(exact(events[year]) for year in years)
    return float(happened / sum(exact(means[year]) for year in years) * 1000)


def _mean_population(population: Values) -> dict[int, float]:
    return {
        year: (population[year - 1] + population[year]) / 2
        for year in population
        if year - 1 in population
    }


def mean_over(values: Values, last: int, length: int = 5) -> float | None:
    """Compute the mean of several years, for a figure that jumps in a small municipality.

    Parameters
    ----------
    values
        Year to value: an amount or an index. For events with their counts at hand
        :func:`rolling_per_thousand` weighs the years rightly.
    last
        Last year of the span.
    length
        Number of years, counted back from the last.

    Returns
    -------
    float or None
        The plain mean; `None` when any year of the span is missing.

    Examples
    --------
    >>> mean_over({2022: 4.0, 2023: 7.0, 2024: 1.0}, 2024, 3)
    4.0
    >>> mean_over({2022: 4.0, 2024: 1.0}, 2024, 3) is None
    True
    """
    years = range(last - length + 1, last + 1)
    if any(year not in values for year in years):
        return None
    return float(sum(exact(values[year]) for year in years) / length)


def dependency_ratio(young: float | None, working: float | None, old: float | None) -> float | None:
    """Compute the demographic dependency ratio.

    Parameters
    ----------
    young, working, old
        People aged 0–14, 15–64 and 65 or over: counts, or shares of one population.

    Returns
    -------
    float or None
        Children and the elderly per 100 people aged 15–64; `None` when any group is missing or
        nobody is of working age.

    Notes
    -----
    ``(young + old) / working * 100``, väestöllinen huoltosuhde of Statistics Finland.

    Examples
    --------
    Alajärvi 2024: 1 435, 4 778 and 2 865 people:

    >>> round(dependency_ratio(1435, 4778, 2865), 1)
    90.0
    """
    if young is None or old is None or not working:
        return None
    return float((exact(young) + exact(old)) / exact(working) * 100)
