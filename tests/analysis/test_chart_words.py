"""Words around figures: when the latest is from, and which figures carry a sign."""

import msgspec
import pytest

from analysis.render.chart_words import (
    bare_position_writer,
    moment,
    position_writer,
    writer,
)
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


@pytest.mark.parametrize(
    ("is_change", "written"),
    [(True, ("+1,2", "+1,2 %", "+1,2")), (False, ("1,2", "1,2 %", "1,2"))],
)
def test_figure_that_is_a_change_carries_its_sign(is_change, written):
    share = measure(content(), "over-64")
    changed = msgspec.structs.replace(share, is_change=is_change, decimals=1)
    position = msgspec.structs.replace(share.position, decimals=1)

    found = (
        writer(changed, "fi")(1.2),
        position_writer(changed, position, "fi")(1.2),
        bare_position_writer(changed, position, "fi")(1.2),
    )

    assert tuple(each.replace("\xa0", " ") for each in found) == written
