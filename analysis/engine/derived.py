"""Derived indicators beside those of `analysis.engine.arithmetic`: pure arithmetic, no database, no clock.

There are already: change in per cent and in percentage points, shares, the index to a base year, the
demographic dependency ratio and events per 1 000 residents, of one year and of several. A missing figure is
`None` or absent, and whatever needs it is missing too.
"""

from analysis.engine.arithmetic import Values


def change(values: Values, first: int, last: int) -> float | None:
    """Compute the change between two years in the unit of the figure.

    Parameters
    ----------
    values
        Year to value.
    first, last
        Years compared.

    Returns
    -------
    float or None
        ``last - first``, unrounded; `None` when either year is missing.

    Examples
    --------
    Kannus, population at 31 December 2019 and 2024 (Statistics Finland):

    >>> change({2019: 5464, 2024: 5264}, 2019, 2024)
    -200
    >>> change({2024: 5264}, 2019, 2024) is None
    True
    """
    if first not in values or last not in values:
        return None
    return values[last] - values[first]


def economic_dependency_ratio(population: float | None, employed: float | None) -> float | None:
    """Compute the economic dependency ratio.

    Parameters
    ----------
    population
        All residents, persons, at 31 December.
    employed
        Employed residents, persons, of the same day; not the jobs in the municipality.

    Returns
    -------
    float or None
        Unemployed people and people outside the labour force, children and pensioners among them, per 100
        employed; `None` when either is missing or nobody is employed.

    Raises
    ------
    ValueError
        When more people are employed than live there: the figures are of different days or areas.

    Notes
    -----
    ``(population - employed) / employed * 100``, taloudellinen huoltosuhde of Statistics Finland.

    References
    ----------
    Statistics Finland, stat.fi/meta/kas/tal_huoltosuhde.html; both counts from the employment statistics, whose
    employed are of certain ages only.

    Examples
    --------
    1 000 residents, 400 of them employed: 600 others for 400.

    >>> economic_dependency_ratio(1000, 400)
    150.0
    >>> economic_dependency_ratio(1000, None) is None
    True
    """
    if population is None or not employed:
        return None
    if employed > population:
        raise ValueError("more employed than residents")
    return (population - employed) / employed * 100


def mean_over(values: Values, last: int, length: int = 5) -> float | None:
    """Compute the mean of several years, for a figure that jumps in a small municipality.

    Parameters
    ----------
    values
        Year to value: an amount or an index. For a share or a rate with its counts at hand
        :func:`share_over` and `indicators.per_thousand_over` weigh the years rightly.
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
    return sum(values[year] for year in years) / length


def share_over(part: Values, whole: Values, last: int, length: int = 5) -> float | None:
    """Compute a share over several years together.

    Parameters
    ----------
    part, whole
        Year to counts of the same unit, such as young people without studies and all of their age.
    last, length
        As in :func:`mean_over`.

    Returns
    -------
    float or None
        Per cent, 0–100 for true parts; `None` when any year lacks either count or the wholes are zero.

    Notes
    -----
    ``sum of the parts / sum of the wholes * 100``: a year with more people weighs more.

    Examples
    --------
    3 of 20 and 1 of 30 are 4 of 50:

    >>> share_over({2023: 3, 2024: 1}, {2023: 20, 2024: 30}, 2024, 2)
    8.0
    """
    years = range(last - length + 1, last + 1)
    if any(year not in part or year not in whole for year in years):
        return None
    everyone = sum(whole[year] for year in years)
    return sum(part[year] for year in years) / everyone * 100 if everyone else None
