"""Municipalities side by side in one year: a bar for each."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.charts.scale import Scale
from analysis.charts.svg import drawing, element, text, text_width

SIZE = 13.0
PITCH, BAR = 22.0, 13.0
AIR = 10.0
ROLES = {"own": "own-dot", "country": "country-dot", "peers": "peers-dot"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure: whose it is, how it is written, and its role (`own`, `peers` or `country`)."""

    label: str
    value: float
    written: str
    role: str = "peers"


def ranked_bars(bars: Sequence[Bar], *, title: str, width: float = 720.0) -> str:
    """Draw bars from zero, the largest figure first.

    Parameters
    ----------
    bars
        In any order; negative figures grow to the left.
    title
        The finding in one sentence.
    width
        Width of the drawing.

    Returns
    -------
    str
        The SVG; empty without bars.
    """
    if not bars:
        return ""
    rows = sorted(bars, key=lambda bar: (-bar.value, bar.label))
    across = _scale(rows, width)
    height = len(rows) * PITCH + 2
    middles = [(place + 0.5) * PITCH + 1 for place in range(len(rows))]
    parts = [_row(across, row, middle) for row, middle in zip(rows, middles, strict=True)]
    zero = element("line", role="base", x1=across(0), y1=0, x2=across(0), y2=height)
    return drawing(
        [*parts, zero], width=width, height=height, title=title, kind="ranking", size=SIZE
    )


def _scale(rows: Sequence[Bar], width: float) -> Scale:
    """Leave room for the labels at the left, and for the figures at the ends of the bars."""
    low, high = min(0.0, rows[-1].value), max(0.0, rows[0].value)
    left = max(text_width(row.label, SIZE, bold=True) for row in rows) + AIR
    room = max(text_width(row.written, SIZE, bold=True) for row in rows) + AIR
    return Scale(low, high if high > low else low + 1, left + (room if low else 0), width - room)


def _row(across: Scale, row: Bar, middle: float) -> str:
    zero, end = across(0), across(row.value)
    words = f"{row.role}-text"
    return (
        text(0, middle + 4.5, row.label, role=words)
        + element(
            "rect", role=ROLES[row.role], x=min(zero, end), y=middle - BAR / 2,
            width=max(abs(end - zero), 1), height=BAR, rx=2,
        )
        + text(
            end + (AIR / 2 if row.value >= 0 else -AIR / 2), middle + 4.5, row.written, role=words,
            text_anchor="start" if row.value >= 0 else "end",
        )
    )  # fmt: skip
