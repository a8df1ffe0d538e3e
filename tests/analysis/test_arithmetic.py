"""Derived measures, reckoned by hand and by property."""

from fractions import Fraction
from statistics import median, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.engine import arithmetic, group_figures
from tests.analysis.figures import BIRTHS, POPULATION
from uso.ground.lib import numerals

amounts = st.floats(min_value=0.1, max_value=1e7)


def test_change_is_told_of_the_first_year():
    # (5 264 - 5 464) / 5 464 = -200 / 5 464 = -3.6603 %
    change = arithmetic.change_pct(POPULATION["217"], 2019, 2024)

    assert change == pytest.approx(-3.660322, abs=1e-6)


@pytest.mark.parametrize(
    ("values", "why"),
    [({2024: 5}, "first missing"), ({2019: 5}, "last missing"), ({2019: 0, 2024: 5}, "from zero")],
)
def test_change_without_a_base_is_none(values, why):
    assert arithmetic.change_pct(values, 2019, 2024) is None, why


def test_change_down_to_zero_is_minus_a_hundred():
    assert arithmetic.change_pct({2019: 5, 2024: 0}, 2019, 2024) == -100


def test_rate_divides_by_the_mean_population():
    # 2020: -11 / ((5 464 + 5 426) / 2) = -11 / 5 445 = -2.0202 per thousand
    rates = arithmetic.rolling_per_thousand(BIRTHS["217"], POPULATION["217"], 1)

    assert rates[2020] == pytest.approx(-2.0202, abs=1e-4)
    assert 2015 not in rates, "the population of 2014 is missing"


def test_rate_of_five_years_adds_before_it_divides():
    # 4 + 12 + 14 - 5 - 11 = 14; mean populations 5 584, 5 549, 5 511, 5 483, 5 445: 27 572
    rates = arithmetic.rolling_per_thousand(BIRTHS["217"], POPULATION["217"])

    assert rates[2020] == pytest.approx(14 / 27_572 * 1000)


@pytest.mark.parametrize("lost", [2016, 2018, 2020])
def test_rate_of_five_years_needs_each_of_them(lost):
    births = {year: count for year, count in BIRTHS["217"].items() if year != lost}

    assert 2020 not in arithmetic.rolling_per_thousand(births, POPULATION["217"])


@pytest.mark.parametrize(
    ("ages", "ratio"), [((20, 60, 20), 200 / 3), ((None, 60, 20), None), ((20, 0, 20), None)]
)
def test_dependency_ratio(ages, ratio):
    found = arithmetic.dependency_ratio(*ages)

    assert found == (None if ratio is None else pytest.approx(ratio))


@given(st.dictionaries(st.integers(2000, 2030), amounts, min_size=1))
def test_index_is_a_hundred_in_its_base_year(values):
    base = min(values)

    assert arithmetic.index_series(values, base)[base] == pytest.approx(100)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8))
def test_mean_lies_between_the_least_and_the_most(values):
    years = {2024 - at: value for at, value in enumerate(values)}

    mean = arithmetic.mean_over(years, 2024, len(values))

    assert min(values) - 1e-6 <= mean <= max(values) + 1e-6


@pytest.mark.parametrize("lost", [2020, 2022, 2024])
def test_mean_of_years_needs_each_of_them(lost):
    values = {year: 5.0 for year in range(2020, 2025) if year != lost}

    assert arithmetic.mean_over(values, 2024) is None


@given(st.lists(amounts, min_size=1))
def test_median_has_half_on_either_side(values):
    middle = group_figures.median(values)

    assert sum(value < middle for value in values) <= len(values) / 2
    assert sum(value > middle for value in values) <= len(values) / 2


def test_distribution_keeps_to_years_everybody_has():
    found = group_figures.distribution_by_year(
        [{2000: 1.0, 2001: 5.0}, {2000: 3.0, 2001: 7.0, 2002: 9.0}, {2000: 5.0, 2002: 9.0}]
    )

    assert found == {2000: (1.0, 2.0, 3.0, 4.0, 5.0)}


def test_weighted_mean_keeps_to_years_with_every_figure_and_weight():
    figures = [{2019: 10.0, 2020: 10.0, 2021: 10.0}, {2019: 4.0, 2020: 4.0, 2022: 4.0}]
    weights = [{2019: 1.0, 2020: 3.0, 2021: 1.0, 2022: 1.0}, {2019: 0.0, 2020: 9.0, 2021: 1.0}]

    found = group_figures.weighted_mean_by_year(figures, weights)

    assert found == {2019: 10.0, 2020: (3 * 10 + 9 * 4) / 12}
    assert group_figures.weighted_mean_by_year([{2020: 1.0}], [{2020: 0.0}]) == {}
    assert group_figures.weighted_mean_by_year([], []) == {}


def test_weight_below_zero_gives_no_mean():
    figures = [{2020: 10.0, 2021: 10.0}, {2020: 4.0, 2021: 4.0}]

    found = group_figures.weighted_mean_by_year(figures, [{2020: 5, 2021: 1}, {2020: -4, 2021: 1}])

    assert found == {2021: 7.0}


@pytest.mark.parametrize(
    ("values", "expected", "printed"),
    [
        ([13.1, 13.2], 13.15, "13,2"),  # in binary 13.149999999999999
        ([1.1, 1.4, 1.5, 9.9], 1.45, "1,5"),
        ([-13.2, -13.1], -13.15, "−13,2"),
        ([0.1, 0.2], 0.15, "0,2"),
        ([5, 7], 6.0, "6,0"),
        ([2.5, 3.5, 1.5], 2.5, "2,5"),
    ],
)
def test_median_of_an_even_group_rounds_as_its_figures_are_printed(values, expected, printed):
    found = group_figures.median(values)

    assert found == expected
    assert group_figures.five_figures(values)[2] == expected
    assert numerals.number(found, 1) == printed


@given(st.lists(st.integers(-(10**5), 10**5), min_size=1, max_size=9))
def test_median_and_quartiles_are_those_of_exact_fractions(tenths):
    five = group_figures.five_figures([one / 10 for one in tenths])

    exact = [Fraction(one, 10) for one in tenths]
    quarters = quantiles(exact, n=4, method="inclusive") if exact[1:] else exact * 3
    assert [round(Fraction(repr(float(one))), 9) for one in five] == [
        round(one, 9) for one in (min(exact), *quarters, max(exact))
    ]
    assert Fraction(repr(float(group_figures.median([one / 10 for one in tenths])))) == median(
        exact
    )


@given(
    st.decimals(-1000, 1000, places=3),
    st.decimals(-1000, 1000, places=3),
    st.sampled_from([0, 1, 2]),
)
def test_change_in_points_is_that_of_the_printed_ends(start, end, decimals):
    change = arithmetic.change_points(
        {2019: float(start), 2024: float(end)}, 2019, 2024, decimals=decimals
    )

    ends = [numerals.rounded(float(one), decimals) for one in (start, end)]
    assert numerals.rounded(change, decimals) == ends[1] - ends[0]


def test_mean_and_weighted_mean_are_formed_in_decimal():
    assert arithmetic.mean_over({2023: 13.1, 2024: 13.2}, 2024, 2) == 13.15
    assert group_figures.weighted_mean_by_year([{2024: 13.1}, {2024: 13.2}], [{2024: 1}] * 2) == {
        2024: 13.15
    }
    assert arithmetic.index_series({2000: 3.0, 2024: 4.11}, 2000)[2024] == 137
    assert arithmetic.dependency_ratio(0.1, 0.3, 0.2) == 100
