"""The mean of several years, of a figure that goes up and down in a small municipality: pure."""

from dataclasses import dataclass
from itertools import pairwise

from analysis.engine.arithmetic import Number, Values, mean_over
from analysis.engine.compare import Comparison
from analysis.engine.group_figures import median
from analysis.engine.measures import Measure

#: A municipality with fewer residents is small here: single events show in its yearly figures.
SMALL_PEOPLE = 10_000
#: Years of the mean, and the years from which it is judged whether the figure goes up and down.
MEAN_YEARS, JUDGED_YEARS = 3, 6
#: Of the way a figure goes from year to year, at most this part may lead anywhere …
MOST_PROGRESS = 0.5
#: … and its usual step must be at least this part of its mean.
LEAST_STEP = 0.05


@dataclass(frozen=True, slots=True)
class SeveralYears:
    """Means of the same years: ours, each peer's, the peers' together and the country's."""

    first: int
    last: int
    own: Number
    members: dict[str, Number]
    group: Number | None
    country: Number | None


def several_years(
    measure: Measure, comparison: Comparison, people: float | None
) -> SeveralYears | None:
    """Compute the means that are read in place of the latest figure; `None` where that serves.

    Parameters
    ----------
    measure, comparison
        A measure shown as it is published, and its figures.
    people
        Our population; `None` where it is not known.

    Notes
    -----
    Of a municipality of fewer than 10 000 residents, where the figure is a change of one year or has gone up and
    down in six. The figure of the peers is the median of their own means; of a weighted mean its own mean.
    """
    last, own = comparison.latest, comparison.own
    is_small = people is not None and people < SMALL_PEOPLE
    if last is None or not is_small or measure.kind != "level" or measure.outlook:
        return None
    mean = mean_over(own, last, MEAN_YEARS)
    if mean is None or not (measure.is_change or goes_up_and_down(own, last)):
        return None
    means = {code: mean_over(each, last, MEAN_YEARS) for code, each in comparison.members.items()}
    return SeveralYears(
        first=last - MEAN_YEARS + 1,
        last=last,
        own=mean,
        members={code: each for code, each in means.items() if each is not None},
        group=_of_group(comparison, last),
        country=mean_over(comparison.country, last, MEAN_YEARS),
    )


def _of_group(comparison: Comparison, last: int) -> float | None:
    if comparison.mean is not None:
        return mean_over(comparison.mean, last, MEAN_YEARS)
    means = [mean_over(values, last, MEAN_YEARS) for values in comparison.members.values()]
    return median([each for each in means if each is not None])


def goes_up_and_down(values: Values, last: int) -> bool:
    """Say whether a figure moves much from year to year without getting anywhere.

    Parameters
    ----------
    values
        Year to value.
    last
        Last of the years looked at; all of the six must have a figure.

    Notes
    -----
    The way gone is the sum of the yearly steps without their signs, progress is the distance from the first
    year to the last. Up and down means that progress is at most half of the way, and the mean step at least a
    twentieth of the mean figure.

    Examples
    --------
    >>> years = range(2015, 2021)
    >>> goes_up_and_down(dict(zip(years, [4, 7, 3, 6, 4, 5])), 2020)
    True
    >>> goes_up_and_down(dict(zip(years, [1, 2, 3, 4, 5, 6])), 2020)
    False
    >>> goes_up_and_down(dict(zip(years, [70, 71, 70, 71, 70, 71])), 2020)
    False
    """
    years = range(last - JUDGED_YEARS + 1, last + 1)
    if any(year not in values for year in years):
        return False
    shown = [values[year] for year in years]
    way = sum(abs(after - before) for before, after in pairwise(shown))
    progress, level = abs(shown[-1] - shown[0]), abs(sum(shown)) / len(shown)
    return (
        way > 0 and progress <= MOST_PROGRESS * way and way / (len(shown) - 1) >= LEAST_STEP * level
    )
