"""The rule on figures that go up and down in a small municipality: the mean of the last years."""

from collections.abc import Callable
from itertools import pairwise

from analysis.engine.arithmetic import Values, mean_over
from analysis.engine.group_figures import median
from analysis.engine.measures import Measure
from analysis.wording.findings.phrases import beside
from analysis.wording.findings.story import Finding, Story
from uso.ground.lib.numerals import number, percent, span
from uso.ground.lib.texts import LANGUAGES, Text, text

#: A municipality with fewer residents is small here: single events show in its yearly figures.
SMALL_PEOPLE = 10_000
#: Years of the mean, and the years from which it is judged whether the figure goes up and down.
MEAN_YEARS, JUDGED_YEARS = 3, 6
#: Of the way a figure goes from year to year, at most this part may lead anywhere …
MOST_PROGRESS = 0.5
#: … and its usual step must be at least this part of its mean.
LEAST_STEP = 0.05


def mean_of_years(story: Story) -> Finding | None:
    """Tell the mean of the last three years where a small municipality's figure goes up and down."""
    last, own = story.comparison.latest, story.comparison.own
    if last is None or not _is_small(story) or not goes_up_and_down(own, last):
        return None
    mean = mean_over(own, last, MEAN_YEARS)
    if mean is None:
        return None
    group = _of_group(story, last)
    country = mean_over(story.comparison.country, last, MEAN_YEARS)
    write = _writer(story.measure)
    brackets = beside(story, group, country, write)
    years, much = span(last - MEAN_YEARS + 1, last), {key: write(mean, key) for key in LANGUAGES}
    figures = {"last": last, "own": mean, "peers": group, "country": country}
    return Finding("mean_of_years", _sentence(years, much, brackets), figures)


def _is_small(story: Story) -> bool:
    return story.people is not None and story.people < SMALL_PEOPLE


def _of_group(story: Story, last: int) -> float | None:
    """Give the median of the peers' own means; of a weighted mean its own mean."""
    comparison = story.comparison
    if comparison.mean is not None:
        return mean_over(comparison.mean, last, MEAN_YEARS)
    means = [mean_over(values, last, MEAN_YEARS) for values in comparison.members.values()]
    return median([each for each in means if each is not None])


def goes_up_and_down(values: Values, last: int) -> bool:
    """Tell whether a figure moves much from year to year without getting anywhere.

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


def _sentence(years: str, much: Text, brackets: Text) -> Text:
    return text(
        fi=f"Luku vaihtelee vuodesta toiseen: vuosien {years} keskiarvo on"
        f" {much['fi']}{brackets['fi']}.",
        sv=f"Siffran varierar från år till år: medeltalet för {years} är"
        f" {much['sv']}{brackets['sv']}.",
        en=f"The figure goes up and down from year to year: the mean of {years} is"
        f" {much['en']}{brackets['en']}.",
    )


def _writer(measure: Measure) -> Callable[[float, str], str]:
    if measure.unit["en"] == "%":
        return lambda value, language: percent(value, measure.decimals, language)
    return lambda value, language: number(value, measure.decimals, language)
