"""Figures in a named language, whatever the page speaks."""

import pytest

from uso.ground.lib.numerals import number, percent, points, rounded, signed, signed_percent, span


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0.5, 0, "1"),
        (2.25, 1, "2.3"),
        (-2.25, 1, "-2.3"),
        (-0.04, 1, "0.0"),
        (2.675, 2, "2.68"),
        (1e6, 0, "1000000"),
    ],
)
def test_rounding_is_half_away_from_zero_without_a_negative_zero(value, decimals, written):
    assert str(rounded(value, decimals)) == written


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (number(1234567.5, 1, "fi"), "1\xa0234\xa0567,5"),
        (number(1234567.5), "1\xa0234\xa0568"),
        (number(-0.04, 1, "sv"), "0,0"),
        (number(-1234.5, 1, "en"), "−1,234.5"),
        (signed(0.04, 1, "fi"), "0,0"),
        (signed(2.04), "+2,0"),
        (signed(-2.04), "−2,0"),
        (percent(27.94), "27,9\xa0%"),
        (percent(27.94, 0, "sv"), "28\xa0%"),
        (percent(27.94, 1, "en"), "27.9%"),
        (signed_percent(-9.05, 1, "sv"), "−9,1\xa0%"),
        (signed_percent(9.05, 1, "en"), "+9.1%"),
        (signed_percent(9.05), "+9,1\xa0%"),
        (points(-0.35, 1, "en"), "−0.4\xa0percentage points"),
        (points(2.14), "2,1\xa0prosenttiyksikköä"),
        (points(2.14, 1, "sv"), "2,1\xa0procentenheter"),
        (span(2016, 2020), "2016–2020"),
        (span(2024, 2024), "2024"),
    ],
)
def test_figures_are_written_as_the_language_does(written, expected):
    assert written == expected
