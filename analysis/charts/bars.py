"""Parts of a whole: one bar a row, every part with its figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.charts.scale import Scale
from analysis.charts.svg import drawing, element, text, text_width

SIZE = 13.0
BAR, ROW = 24.0, 33.0
HEAD = 24.0
GAP = 2.0


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the whole, in per cent, as it is written."""

    share: float
    written: str


@dataclass(frozen=True, slots=True)
class Row:
    """One whole: its label, whether it is ours, and its parts in the order of the heads."""

    label: str
    segments: tuple[Segment, ...]
    own: bool = False


def stacked_bars(
    rows: Sequence[Row], heads: Sequence[str], *, title: str, width: float = 720.0
) -> str:
    """Draw rows whose parts fill the width, with the parts named once above the first row.

    Parameters
    ----------
    rows
        From top to bottom; their shares should sum to about 100.
    heads
        Names of the parts, left to right, at most three.
    title
        The finding in one sentence.
    width
        Width of the drawing; the narrow form puts the row labels above the bars.

    Returns
    -------
    str
        The SVG; empty without rows.
    """
    if not rows:
        return ""
    beside = width > 480
    left = max(text_width(row.label, SIZE, bold=True) for row in rows) + 12 if beside else 0.0
    pitch = ROW if beside else ROW + 20
    across = Scale(0, 100, left, width)
    parts = _heads(across, rows[0], heads)
    for place, row in enumerate(rows):
        top = HEAD + place * pitch + (0 if beside else 18)
        parts.append(_row_label(row, left, top, beside=beside))
        parts += _segments(across, row, top)
    height = HEAD + len(rows) * pitch
    return drawing(parts, width=width, height=height, title=title, kind="bars", size=SIZE)


def _heads(across: Scale, row: Row, heads: Sequence[str]) -> list[str]:
    """Name the parts: the first at its left edge, the last at its right, others in the middle."""
    parts, start = [], 0.0
    for place, (segment, head) in enumerate(zip(row.segments, heads, strict=True)):
        end = start + segment.share
        if place == 0:
            parts.append(text(across(0), 13, head))
        elif place == len(heads) - 1:
            parts.append(text(across(100), 13, head, text_anchor="end"))
        else:
            parts.append(text(across((start + end) / 2), 13, head, text_anchor="middle"))
        start = end
    return parts


def _row_label(row: Row, left: float, top: float, *, beside: bool) -> str:
    role = "own-text" if row.own else "text"
    if beside:
        return text(left - 12, top + BAR / 2 + 4.5, row.label, role=role, text_anchor="end")
    return text(0, top - 5, row.label, role=role)


def _segments(across: Scale, row: Row, top: float) -> list[str]:
    parts, start = [], 0.0
    for place, segment in enumerate(row.segments, 1):
        left, right = across(start), across(start + segment.share)
        inner = max(right - left - GAP, 0.5)
        parts.append(
            element("rect", role=f"seg-{place}", x=left, y=top, width=inner, height=BAR, rx=2)
        )
        if written := _fitting(segment.written, inner):
            middle, role = left + inner / 2, f"on-seg-{place}"
            parts.append(
                text(middle, top + BAR / 2 + 4.5, written, role=role, text_anchor="middle")
            )
        start += segment.share
    return parts


def _fitting(written: str, inner: float) -> str:
    """Return a figure as it fits into its part: whole, without its sign, or not at all."""
    bare = written.rstrip("%").rstrip()
    return next((each for each in (written, bare) if text_width(each, SIZE) + 8 <= inner), "")
