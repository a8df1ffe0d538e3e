"""When the latest figure is from, in words: a day, or the years of a mean."""

import msgspec
import pytest

from analysis.render.chart_words import moment
from tests.analysis.figures import content, measure


@pytest.mark.parametrize(
    ("key", "language", "words"),
    [
        ("over-64", "fi", "31.12.2024"),
        ("over-64", "en", "31 Dec 2024"),
        ("natural-increase", "fi", "keskiarvo 2016–2020"),
        ("natural-increase", "sv", "medeltal 2016–2020"),
    ],
)
def test_moment_of_the_latest_figure_is_a_day_or_the_years_of_a_mean(key, language, words):
    assert moment(measure(content(), key), language) == words


def test_measure_without_a_figure_has_no_moment():
    bare = msgspec.structs.replace(measure(content(), "over-64"), latest=None)

    assert moment(bare, "fi") == ""
