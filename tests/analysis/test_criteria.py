"""The Act's criteria at their limits, and what is unknown stays unknown."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.engine import criteria
from analysis.engine.criteria import LIMITS, Accounts

[LIMIT] = LIMITS
#: A year in which each key figure is just beyond its limit.
BEYOND = Accounts(
    deficit_eur=1000.0,
    margin_pct=79.9,
    tax_pct=9.53,
    mean_tax_pct=7.53,
    debt_eur=12_000.0,
    mean_debt_eur=8_000.0,
    debt_service=0.79,
)
answers = st.sampled_from([True, False, None])


def beyond(**changes):
    return dataclasses.replace(BEYOND, **changes)


@pytest.mark.parametrize(
    ("name", "figures", "told"),
    [
        ("margin", {"margin_pct": 79.99}, True),
        ("margin", {"margin_pct": 80.0}, False),
        ("margin", {"margin_pct": -20.0}, True),
        ("margin", {"margin_pct": None}, None),
        ("tax", {"tax_pct": 9.53}, True),
        ("tax", {"tax_pct": 9.52}, False),
        ("tax", {"tax_pct": None}, None),
        ("tax", {"mean_tax_pct": None}, None),
        ("debt", {"debt_eur": 12_000.0}, True),
        ("debt", {"debt_eur": 11_999.99}, False),
        ("debt", {"mean_debt_eur": None}, None),
        ("debt_service", {"debt_service": 0.8}, False),
        ("debt_service", {"debt_service": 0.7999}, True),
        ("debt_service", {"debt_service": None}, None),
    ],
)
def test_key_figure_at_its_limit(name, figures, told):
    found = criteria.key_figures(beyond(**figures), LIMIT)

    assert getattr(found, name) is told
    assert found.all_four is told, "the other three are beyond"


@pytest.mark.parametrize(
    ("latest", "before", "told"),
    [
        (1000.0, 500.0, True),
        (999.99, 500.0, False),
        (1000.0, 499.99, False),
        (-300.0, None, False),
        (1000.0, None, None),
        (None, 500.0, None),
    ],
)
def test_deficit_needs_both_years(latest, before, told):
    found = criteria.deficit(Accounts(latest), Accounts(before), LIMIT)

    assert found is told


@pytest.mark.parametrize(
    ("latest", "before", "told"),
    [
        (BEYOND, BEYOND, True),
        (BEYOND, beyond(margin_pct=90.0), False),
        (BEYOND, beyond(margin_pct=None), None),
        (BEYOND, Accounts(margin_pct=90.0), False),
        (BEYOND, Accounts(), None),
    ],
)
def test_four_figures_need_two_years_running(latest, before, told):
    assert criteria.four_figures(latest, before, LIMIT) is told


@pytest.mark.parametrize(
    ("uncovered", "latest", "told"),
    [
        (True, Accounts(), True),
        (False, BEYOND, True),
        (False, Accounts(deficit_eur=0.0, margin_pct=100.0), False),
        (None, Accounts(deficit_eur=0.0, margin_pct=100.0), None),
        (False, Accounts(deficit_eur=0.0), None),
    ],
)
def test_procedure_can_start_on_any_ground(uncovered, latest, told):
    found = criteria.grounds(uncovered=uncovered, latest=latest, before=latest, limits=LIMIT)

    assert found is told


@pytest.mark.parametrize(("last", "found"), [(2020, None), (2021, LIMIT), (2030, LIMIT)])
def test_limits_are_dated(last, found):
    assert criteria.limits_of(last) is found


@given(st.lists(answers, min_size=1))
def test_every_and_some_mirror_each_other(told):
    turned = [None if one is None else not one for one in told]
    found = criteria.every(told)

    assert criteria.some(turned) is (None if found is None else not found)


@given(st.lists(answers, min_size=1), st.lists(st.booleans(), min_size=50, max_size=50))
def test_what_is_certain_stays_when_the_unknown_is_learnt(told, learnt):
    later = [learnt[at % 50] if one is None else one for at, one in enumerate(told)]

    for rule in (criteria.every, criteria.some):
        assert rule(told) in (None, rule(later))
