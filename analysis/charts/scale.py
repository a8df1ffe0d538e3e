"""From figures to places: linear scales and round ticks."""

import math
from dataclasses import dataclass

_ROUND_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from a range of figures to a range of places; places may run downwards."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Find the place of a figure."""
        part = (value - self.low) / (self.high - self.low)
        return self.start + part * (self.end - self.start)


def round_step(span: float, count: int) -> float:
    """Find the smallest round step that fits at most `count` steps into the span.

    Examples
    --------
    >>> round_step(47, 5), round_step(0.9, 5), round_step(1200, 4)
    (10, 0.2, 500)
    """
    raw = span / count
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * step for step in _ROUND_STEPS if power * step >= raw - power * 1e-9)
    return int(step) if step >= 1 and step == int(step) else round(step, 10)


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Choose round values that hold the range between the first and the last of them.

    Parameters
    ----------
    low, high
        Range of the figures; equal ends are given room on both sides.
    count
        Steps wished for.

    Returns
    -------
    list of float
        Ascending, at least two.

    Examples
    --------
    >>> ticks(62.4, 111.2)
    [60, 70, 80, 90, 100, 110, 120]
    >>> ticks(-3.1, 1.4)
    [-4, -3, -2, -1, 0, 1, 2]
    >>> ticks(5, 5)
    [4.0, 4.5, 5.0, 5.5, 6.0]
    """
    if low == high:
        low, high = low - 0.8, high + 0.8
    step = round_step(high - low, count)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(position * step, 10) for position in range(first, last + 1)]


def year_ticks(first: int, last: int, width: float, room: float) -> list[int]:
    """Choose years for the foot of a chart: round ones, and always the last.

    Parameters
    ----------
    first, last
        Years of the chart.
    width
        Places between them.
    room
        Places one label needs.

    Examples
    --------
    >>> year_ticks(2000, 2024, 480, 44)
    [2000, 2005, 2010, 2015, 2020, 2024]
    >>> year_ticks(2006, 2020, 200, 44)
    [2010, 2015, 2020]
    """
    if first == last:
        return [first]
    apart = width / (last - first)
    step = next((s for s in (1, 2, 5, 10, 20) if s * apart >= room), 50)
    chosen = [year for year in range(first, last + 1) if year % step == 0]
    return [year for year in chosen if (last - year) * apart >= room] + [last]
