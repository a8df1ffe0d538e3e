"""Where one figure is among others, on one line."""

from collections.abc import Callable
from dataclasses import dataclass

from analysis.charts.scale import Scale
from analysis.charts.svg import coordinate, drawing, element, text

WIDTH, HEIGHT = 220.0, 44.0
LINE, FOOT = 15.0, 40.0
EDGE = 9.0
#: More peers than this overlap: each place on the line is marked once, small and without a ring.
CROWD = 30
PLACE = 3.0


@dataclass(frozen=True, slots=True)
class Strip:
    """Figures of one indicator in one year: ours, the peers' and the country's.

    `five` is there for peers too many to be shown one by one: from their lowest to their highest.
    """

    own: float
    peers: tuple[float, ...] = ()
    country: float | None = None
    five: tuple[float, ...] = ()

    @property
    def range(self) -> tuple[float, float]:
        """Lowest and highest figure shown."""
        country = [] if self.country is None else [self.country]
        shown = [self.own, *self.peers, *self.five, *country]
        return min(shown), max(shown)


def position_strip(strip: Strip, *, title: str, write: Callable[[float], str]) -> str:
    """Draw peers as small dots, the country as a bar, us as the strong dot.

    In a crowd a dot is a place with at least one peer. Of five figures a line goes from the lowest
    to the highest, and a bar covers the middle half of the peers.

    The ends carry their figures: each row has a scale of its own, so a strip tells rank and
    spread, and the two numbers tell how much the spread is worth. Empty when there is nobody to
    compare with or all figures are alike.
    """
    low, high = strip.range
    if low == high:
        return ""
    across = Scale(low, high, EDGE, WIDTH - EDGE)
    parts = [
        BASE,
        *_peers([across(value) for value in sorted(strip.peers)]),
        *_half([across(value) for value in strip.five]),
        *([] if strip.country is None else [COUNTRY.format(coordinate(across(strip.country)))]),
        OWN_DOT.format(coordinate(across(strip.own))),
        text(0, FOOT, write(low)),
        text(WIDTH, FOOT, write(high), text_anchor="end"),
    ]
    return drawing(parts, width=WIDTH, height=HEIGHT, title=title, kind="strip", size=12)


#: Written once, with a place for the figure: a page has hundreds of them.
BASE = element("line", role="base", x1=0, y1=LINE, x2=WIDTH, y2=LINE)
COUNTRY = element("line", role="country", x1="{0}", y1=4, x2="{0}", y2=26, stroke_width=2.5)
OWN_DOT = element("circle", role="us", cx="{}", cy=LINE, r=8)
PEER_DOT = element("circle", role="peer", cx="{}", cy=LINE, r=4.5)
CROWD_DOT = element("circle", role="peers-dot", cx="{}", cy=LINE, r=2.5)


def _peers(places: list[float]) -> list[str]:
    if len(places) <= CROWD:
        return [PEER_DOT.format(coordinate(x)) for x in places]
    marked = sorted({round(x / PLACE) * PLACE for x in places})
    return [CROWD_DOT.format(coordinate(x)) for x in marked]


def _half(places: list[float]) -> list[str]:
    """Draw the peers' range and their middle half, which is a hairline at least."""
    if not places:
        return []
    low, lower, _median, upper, high = places
    width = max(upper - lower, 1)
    return [
        element("line", role="peers", x1=low, y1=LINE, x2=high, y2=LINE),
        element("rect", role="peers-dot", x=lower, y=LINE - 5, width=width, height=10, rx=2),
    ]
