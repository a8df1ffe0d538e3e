"""Whether a figure stands on so few cases, or so few people, that chance moves it: pure."""

from collections.abc import Iterable

from analysis.statistics.enums import Direction
from uso.ground.lib.texts import Text

#: In a smaller municipality single families show in every figure.
FEWEST_PEOPLE = 2_000
#: Of fewer cases, chance alone takes away or adds about a seventh.
FEWEST_CASES = 50


def is_judged(direction: str, *, unit: Text, values: Iterable[float], people: float | None) -> bool:
    """Say whether a difference or a change may be called better or worse.

    Parameters
    ----------
    direction
        A `Direction`; neither way of a neutral figure is better.
    unit
        The figure's unit.
    values
        Our figures that are compared: of a change both ends.
    people
        Our population; `None` where it is not known, and then it decides nothing.

    Notes
    -----
    The cases behind a rate are the figure times the population by the unit's base (per cent, per thousand), the
    cases behind a number are the number; an amount or an index has none to count. Of a part of the population the
    cases are fewer than that, so the limit is a high one.

    Examples
    --------
    Violent offences, 4.0 and 6.1 per thousand of 1 000 and of 20 000 residents:

    >>> unit = {"en": "per 1,000 residents"}
    >>> [is_judged("down", unit=unit, values=[4.0, 6.1], people=people) for people in (1000, 20000)]
    [False, True]
    """
    if direction == Direction.NEUTRAL or (people is not None and people < FEWEST_PEOPLE):
        return False
    return all(_cases(value, unit["en"], people) >= FEWEST_CASES for value in values)


def _cases(value: float, unit: str, people: float | None) -> float:
    if unit in ("persons", "residents", "jobs"):
        return abs(value)
    base = 100 if unit == "%" else 1000 if unit.endswith("per 1,000 residents") else 0
    return abs(value) * people / base if base and people is not None else float(FEWEST_CASES)
