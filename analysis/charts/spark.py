"""A trend the size of a word."""

from collections.abc import Mapping

from analysis.charts.scale import Scale
from analysis.charts.svg import drawing, element, path

WIDTH, HEIGHT, EDGE = 104.0, 28.0, 4.0


def sparkline(values: Mapping[int, float], *, title: str) -> str:
    """Draw a series without axes, its last point marked; years without a figure are gaps.

    Parameters
    ----------
    values
        Year to value; empty gives an empty string, for there is nothing to show.
    title
        What a listener hears instead, with the first and last figure.
    """
    if not values:
        return ""
    across, down = _scales(values)
    places = {year: (across(year), down(value)) for year, value in sorted(values.items())}
    last_x, last_y = places[max(places)]
    parts = [path(run, role="peers") for run in runs(places) if len(run) > 1]
    parts += [
        element("circle", role="peers-dot", cx=run[0][0], cy=run[0][1], r=1.3)
        for run in runs(places)
        if len(run) == 1
    ]
    dot = element("circle", role="own-dot", cx=last_x, cy=last_y, r=3.2)
    return drawing([*parts, dot], width=WIDTH, height=HEIGHT, title=title, kind="spark")


def _scales(values: Mapping[int, float]) -> tuple[Scale, Scale]:
    first, last = min(values), max(values)
    low, high = min(values.values()), max(values.values())
    if low == high:
        low, high = low - 1, high + 1
    return (
        Scale(first if last > first else first - 1, last, EDGE, WIDTH - EDGE),
        Scale(low, high, HEIGHT - EDGE, EDGE),
    )


def runs(places: Mapping[int, tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Split places by year into stretches of years that follow each other.

    Examples
    --------
    >>> runs({2005: (0, 1), 2006: (1, 1), 2009: (4, 2)})
    [[(0, 1), (1, 1)], [(4, 2)]]
    """
    found: list[list[tuple[float, float]]] = []
    previous = None
    for year in sorted(places):
        if previous != year - 1:
            found.append([])
        found[-1].append(places[year])
        previous = year
    return found
