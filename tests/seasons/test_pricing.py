"""Tier of a population, and populations that no tier holds."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seasons.pricing import first_gap, tier_for


@dataclass(frozen=True)
class Tier:
    lower: int
    upper: int | None


SMALL, MIDDLE, LARGE = Tier(0, 9_000), Tier(9_000, 45_001), Tier(45_001, None)
TIERS = [LARGE, SMALL, MIDDLE]  # the order does not matter

populations = st.integers(min_value=0, max_value=2_000_000)


@st.composite
def partitions(draw) -> list[Tier]:
    """Tiers that cover every population once, in any order."""
    edges = draw(st.lists(st.integers(1, 700_000), unique=True, max_size=6))
    lowers = [0, *sorted(edges)]
    return draw(st.permutations([*map(Tier, lowers, [*lowers[1:], None])]))


@pytest.mark.parametrize(
    ("population", "tier"),
    [
        (0, SMALL),
        (8_999, SMALL),
        (9_000, MIDDLE),
        (45_000, MIDDLE),
        (45_001, LARGE),
        (675_747, LARGE),
    ],
)
def test_tier_at_the_limits_as_printed(population, tier):
    assert tier_for(population, TIERS) == tier


def test_tier_of_a_population_in_a_gap_is_none():
    assert tier_for(9_000, [SMALL, LARGE]) is None


@given(populations, partitions())
def test_exactly_one_tier_holds_each_population(population, tiers):
    holding = [
        t for t in tiers if t.lower <= population and (t.upper or population + 1) > population
    ]

    assert [tier_for(population, tiers)] == holding


@given(partitions())
def test_tiers_that_cover_all_have_no_gap(tiers):
    assert first_gap(tiers) is None


@given(partitions(), st.data())
def test_gap_is_the_tier_that_was_taken_out(tiers, data):
    lost = data.draw(st.sampled_from(tiers))

    gap = first_gap([tier for tier in tiers if tier != lost])

    assert gap == (lost.lower, None if lost.upper is None else lost.upper - 1)


@given(populations, partitions(), st.data())
def test_population_without_a_tier_lies_in_the_gap(population, tiers, data):
    lost = data.draw(st.sampled_from(tiers))
    left = [tier for tier in tiers if tier != lost]

    first, last = first_gap(left)

    in_gap = first <= population and (last is None or population <= last)
    assert in_gap == (tier_for(population, left) is None)


def test_no_tiers_leave_everything_open():
    assert first_gap([]) == (0, None)
