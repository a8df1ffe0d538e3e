"""Derived indicators, reckoned by hand and by property."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.engine import arithmetic, derived

people = st.integers(1, 700_000)
spans = st.dictionaries(st.integers(2015, 2024), st.floats(-1e6, 1e6), max_size=10)
whole_span = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("values", "told"),
    [({2019: 5, 2024: 0}, -5), ({2019: 0, 2024: 5}, 5), ({2019: 5}, None), ({2024: 5}, None)],
)
def test_change_is_the_difference_of_two_years(values, told):
    assert derived.change(values, 2019, 2024) == told


@given(spans)
def test_changes_both_ways_cancel_and_agree_with_per_cent(values):
    forth = derived.change(values, 2019, 2024)
    back = derived.change(values, 2024, 2019)
    per_cent = arithmetic.change_pct(values, 2019, 2024)

    assert (forth is None) == (back is None)
    if per_cent is not None and abs(values[2019]) > 1e-3:
        assert forth == -back
        assert values[2019] * per_cent / 100 == pytest.approx(forth, abs=1e-3)


@pytest.mark.parametrize(
    ("population", "employed", "told"),
    [(5264, 2200, 3064 / 22), (500, 500, 0), (None, 5, None), (5, None, None), (5, 0, None)],
)
def test_economic_dependency_ratio(population, employed, told):
    found = derived.economic_dependency_ratio(population, employed)

    assert found == (None if told is None else pytest.approx(told))


def test_economic_dependency_ratio_of_impossible_figures_is_refused():
    with pytest.raises(ValueError, match="more employed than residents"):
        derived.economic_dependency_ratio(100, 101)


@given(people, people)
def test_economic_dependency_ratio_falls_with_each_job_found(one, other):
    few, many = sorted((one, other))
    population = many + 1

    assert derived.economic_dependency_ratio(population, few) >= derived.economic_dependency_ratio(
        population, many
    )


@given(whole_span)
def test_mean_lies_between_the_least_and_the_most(values):
    years = {2024 - at: value for at, value in enumerate(values)}

    mean = derived.mean_over(years, 2024, len(values))

    assert min(values) - 1e-6 <= mean <= max(values) + 1e-6


@pytest.mark.parametrize("lost", [2020, 2022, 2024])
def test_mean_and_share_of_years_need_each_of_them(lost):
    values = {year: 5.0 for year in range(2020, 2025) if year != lost}
    whole = dict.fromkeys(range(2020, 2025), 50.0)

    assert derived.mean_over(values, 2024) is None
    assert derived.share_over(values, whole, 2024) is None
    assert derived.share_over(whole, values, 2024) is None


def test_share_of_empty_wholes_is_none():
    assert derived.share_over({2024: 0}, {2024: 0}, 2024, 1) is None


@given(st.lists(st.tuples(people, st.floats(0, 1)), min_size=1, max_size=8))
def test_share_of_years_lies_between_those_of_each_year(rows):
    whole = {2024 - at: count for at, (count, _part) in enumerate(rows)}
    part = {2024 - at: count * rate for at, (count, rate) in enumerate(rows)}
    each = [arithmetic.share_pct(part[year], whole[year]) for year in whole]

    together = derived.share_over(part, whole, 2024, len(rows))

    assert min(each) - 1e-6 <= together <= max(each) + 1e-6


def test_share_of_one_year_is_the_plain_share():
    assert derived.share_over({2024: 7}, {2024: 20}, 2024, 1) == arithmetic.share_pct(7, 20)
