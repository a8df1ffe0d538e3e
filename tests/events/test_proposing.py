"""Which events a package makes, and days for them."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.proposing import Proposal, Span, propose
from uso.ground.lib.days import unusual

HALVES = [
    Span(date(2027, 1, 1), date(2027, 6, 30)),
    Span(date(2027, 7, 1), date(2027, 12, 31)),
    Span(date(2028, 1, 1), date(2028, 6, 30)),
    Span(date(2028, 7, 1), date(2028, 12, 31)),
]


@st.composite
def seasons(draw: st.DrawFn) -> list[Span]:
    """Phases one after the other, of three weeks to a year."""
    first = draw(st.dates(date(2024, 1, 1), date(2032, 12, 31)))
    phases = []
    for days in draw(st.lists(st.integers(20, 365), min_size=1, max_size=6)):
        last = first + timedelta(days=days)
        phases.append(Span(first, last))
        first = last + timedelta(days=1)
    return phases


@given(phases=seasons(), data=st.data())
def test_as_many_as_asked_on_working_days_of_their_phase_in_order(phases, data):
    count = data.draw(st.integers(0, 12))
    planned = data.draw(st.lists(st.integers(-1, len(phases) - 1), max_size=count))
    numbers = data.draw(st.sets(st.integers(1, 14), max_size=len(planned)))
    taken = data.draw(st.sets(st.dates(phases[0].first, phases[-1].last), max_size=5))

    found = propose(count, phases, numbers=numbers, planned=planned, taken=taken)

    assert len(found) == count - len(planned)
    days = [each.on for each in found]
    assert days == sorted(days)
    for each in found:
        assert phases[each.phase].first <= each.on <= phases[each.phase].last
        assert unusual(each.on) == ""
    new = [each.number for each in found]
    assert new == sorted(set(new))
    assert not numbers & set(new)


@given(phases=seasons(), count=st.integers(1, 12))
def test_events_are_spread_as_evenly_as_can_be(phases, count):
    found = Counter(each.phase for each in propose(count, phases))

    each_phase = [found[place] for place in range(len(phases))]
    assert max(each_phase) - min(each_phase) <= 1


def test_four_seminars_are_one_in_each_half_year():
    assert [(each.number, each.phase, each.on) for each in propose(4, HALVES)] == [
        (1, 0, date(2027, 4, 1)),
        (2, 1, date(2027, 9, 30)),
        (3, 2, date(2028, 3, 31)),
        (4, 3, date(2028, 9, 29)),  # the 30th is a Saturday
    ]


def test_what_is_planned_already_is_counted_where_it_is():
    found = propose(4, HALVES, numbers=[1, 3], planned=[1, 2])

    assert [(each.number, each.phase) for each in found] == [(2, 0), (4, 3)]


def test_event_outside_the_phases_counts_without_a_place():
    assert [each.phase for each in propose(2, HALVES, numbers=[1], planned=[-1])] == [0]


@pytest.mark.parametrize("planned", [4, 5])
def test_nothing_is_missing_where_there_are_enough(planned):
    assert propose(4, HALVES, numbers=range(1, planned + 1), planned=[0] * planned) == []


@pytest.mark.parametrize(
    ("first", "last", "on"),
    [
        ("2027-12-23", "2027-12-25", "2027-12-23"),  # Christmas Eve is no working day
        ("2027-06-24", "2027-06-27", "2027-06-24"),  # nor is Midsummer Eve
        ("2027-12-05", "2027-12-07", "2027-12-07"),  # Independence Day
    ],
)
def test_eves_and_holidays_are_passed_over(first, last, on):
    phase = Span(date.fromisoformat(first), date.fromisoformat(last))

    assert [each.on for each in propose(1, [phase])] == [date.fromisoformat(on)]


def test_phase_without_a_working_day_gets_no_day():
    weekend = Span(date(2027, 5, 1), date(2027, 5, 2))

    assert propose(1, [weekend]) == [Proposal(number=1, phase=0, on=None)]


def test_day_that_is_taken_is_proposed_only_where_no_other_is_left():
    thursday = date(2027, 4, 1)

    assert propose(1, [HALVES[0]], taken=[thursday])[0].on == date(2027, 4, 2)
    assert propose(1, [Span(thursday, thursday)], taken=[thursday])[0].on == thursday
