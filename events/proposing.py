"""Which events a package makes, and days for them. Pure: no database, no clock."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from uso.ground.lib.days import unusual


@dataclass(frozen=True)
class Span:
    """The days of a phase, both ends among them."""

    first: date
    last: date


@dataclass(frozen=True)
class Proposal:
    """One event to be planned.

    Parameters
    ----------
    number
        Among events of its kind.
    phase
        Place of its phase among those asked about, from 0.
    on
        Day proposed; None where nobody works on any day of the phase.
    """

    number: int
    phase: int
    on: date | None


def propose(
    count: int,
    phases: Sequence[Span],
    *,
    numbers: Collection[int] = (),
    planned: Sequence[int] = (),
    taken: Collection[date] = (),
) -> list[Proposal]:
    """Propose the events that are missing of a number, spread evenly over the phases.

    Parameters
    ----------
    count
        How many the season has of the kind in all.
    phases
        At least one, in order.
    numbers
        Those that are in use already.
    planned
        Phases (from 0) of the events that are planned already; of one outside them, any other int.
    taken
        Days on which something else is: they are proposed only where nothing else is left.

    Returns
    -------
    In order of phases, days and numbers; each day a working day of its phase.

    Examples
    --------
    >>> spring, autumn = Span(date(2027, 1, 1), date(2027, 6, 30)), Span(date(2027, 7, 1), date(2027, 12, 31))
    >>> for each in propose(3, [spring, autumn], numbers=[1], planned=[0]):
    ...     print(each.number, each.phase, each.on)
    2 0 2027-04-01
    3 1 2027-09-30
    """
    missing = max(count - len(planned), 0)
    room = _phases_left(count, len(phases), planned)
    left = [room[n * len(room) // missing] for n in range(missing)]
    free = (n for n in range(1, count + len(numbers) + 1) if n not in numbers)
    used = set(taken)
    return [
        Proposal(next(free), phase, on)
        for phase in sorted(set(left))
        for on in _days(phases[phase], left.count(phase), used)
    ]


def _phases_left(count: int, phases: int, planned: Sequence[int]) -> list[int]:
    """Return the phase of each event of an even spread, without those that are planned there."""
    left = [number * phases // count for number in range(count)]
    for phase in planned:
        if phase in left:
            left.remove(phase)
    return left


def _days(span: Span, count: int, used: set[date]) -> list[date | None]:
    """Return days about evenly apart within a phase, in order, and note them as used."""
    length = (span.last - span.first).days
    found: list[date] = []
    for n in range(1, count + 1):
        ideal = span.first + timedelta(days=length * n // (count + 1))
        on = _nearest(ideal, working_days(span), used)
        if on is None:
            return [None] * count
        used.add(on)
        found.append(on)
    return [*sorted(found)]


@lru_cache(maxsize=64)
def working_days(span: Span) -> tuple[date, ...]:
    """Return the days of a phase on which people work; looking up its holidays takes a while."""
    every = (span.first + timedelta(days=n) for n in range((span.last - span.first).days + 1))
    return tuple(on for on in every if not unusual(on))


def _nearest(ideal: date, days: Sequence[date], used: Collection[date]) -> date | None:
    """Return the nearest of the days, of two the later; a free one if there is any."""
    free = [on for on in days if on not in used]
    return min(free or days, key=lambda on: (abs(on - ideal), on < ideal), default=None)
