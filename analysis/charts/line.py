"""Development over years: us strong, others thin, the peers' range as a band."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.charts.labels import spread, wrapped
from analysis.charts.scale import Scale, ticks, year_ticks
from analysis.charts.spark import runs
from analysis.charts.svg import drawing, element, path, strokes, text, text_width

SIZE = 13.0
LEADING = 15.0
LABEL_AIR = 12.0
FOOT = 26.0
HEAD = 12.0
NARROW = 480.0
#: A lower drawing has fewer figures on its axes: each costs time in the PDF, and it has no room.
LOW = 250.0


@dataclass(frozen=True, slots=True)
class Line:
    """One series: role `own`, `peers` or `country`, its direct label and year-to-value figures.

    From `forecast_from` on the line is dashed; figures of later years are joined over the years
    between, for projections come in steps.
    """

    role: str
    label: str
    values: Mapping[int, float]
    forecast_from: int | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """Lowest and highest figure of a group by year."""

    low: Mapping[int, float]
    high: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A year something changes in the figures themselves: a projection starts, a series breaks."""

    year: int
    words: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Scales of one drawing and the places of its inner edges."""

    x: Scale
    y: Scale
    steps: tuple[float, ...]
    width: float
    height: float


Write = Callable[[float], str]
Point = tuple[float, float]


def line_chart(
    lines: Sequence[Line],
    *,
    title: str,
    write: Write,
    band: Band | None = None,
    base: float | None = None,
    marks: Sequence[Mark] = (),
    size: tuple[float, float] = (720.0, 330.0),
) -> str:
    """Draw lines with their labels at their ends instead of a legend.

    Parameters
    ----------
    lines
        Drawn in order, the last on top; series without any figure are left out.
    title
        The finding in one sentence.
    write
        Writes a figure of the axis.
    band
        Range of the peers.
    base
        A figure drawn as a stronger grid line: 100 of an index, zero of a balance.
    marks
        Dotted verticals with a word.
    size
        Width and height; the narrow form is for phones.

    Returns
    -------
    str
        The SVG; empty when no line has a figure.
    """
    drawn = [line for line in lines if line.values]
    if not drawn:
        return ""
    frame = _frame(drawn, band, base, write, size)
    parts = [
        _band(frame, band) if band and band.low else "",
        *_axes(frame, write, base),
        *(_mark(frame, mark) for mark in marks),
        *(_line(frame, line) for line in drawn),
        *_labels(frame, drawn),
    ]
    return drawing(parts, width=size[0], height=size[1], title=title, kind="line", size=SIZE)


def _frame(
    lines: Sequence[Line], band: Band | None, base: float | None, write: Write, size: Point
) -> Frame:
    width, height = size
    figures = [value for line in lines for value in line.values.values()]
    figures += [*band.low.values(), *band.high.values()] if band else []
    figures += [] if base is None else [base]
    steps = ticks(min(figures), max(figures), 5 if height > LOW else 3)
    left = max(text_width(write(step), SIZE) for step in steps) + 10
    right = max(
        text_width(part, SIZE, bold=line.role == "own")
        for line in lines
        for part in _label_lines(line, width)
    )
    years = [year for line in lines for year in line.values] + list(band.low if band else ())
    first, last = min(years), max(years)
    return Frame(
        x=Scale(first if last > first else first - 1, last, left, width - right - LABEL_AIR),
        y=Scale(steps[0], steps[-1], height - FOOT, HEAD),
        steps=tuple(steps),
        width=width,
        height=height,
    )


def _label_lines(line: Line, width: float) -> list[str]:
    return wrapped(line.label, 20 if width > NARROW else 13)


def _axes(frame: Frame, write: Write, base: float | None) -> list[str]:
    left = frame.x.start
    figures = [
        text(left - 8, frame.y(step) + 4.5, write(step), text_anchor="end") for step in frame.steps
    ]
    grid = _across(frame, [step for step in frame.steps if step != base], role="grid")
    strong = _across(frame, [step for step in frame.steps if step == base], role="base")
    return [grid, strong, *figures, *_years(frame)]


def _across(frame: Frame, steps: Sequence[float], *, role: str) -> str:
    """Draw lines across at these figures as one path: each element costs time in the PDF."""
    return strokes(
        [[(end, frame.y(step)) for end in (frame.x.start, frame.x.end)] for step in steps],
        role=role,
    )


def _years(frame: Frame) -> list[str]:
    room = text_width("2000", SIZE) + (14 if frame.height > LOW else 32)
    first, last = int(frame.x.low), int(frame.x.high)
    chosen = year_ticks(first, last, frame.x.end - frame.x.start, room)
    foot = frame.height - 6
    return [text(frame.x(year), foot, str(year), text_anchor="middle") for year in chosen]


def _band(frame: Frame, band: Band) -> str:
    """Draw the range year by year without gaps, with hairlines at its edges."""
    pieces = []
    lows = {year: _place(frame, year, value) for year, value in band.low.items()}
    highs = {year: _place(frame, year, value) for year, value in band.high.items()}
    for low, high in zip(runs(lows), runs(highs), strict=True):
        if len(low) == 1:
            pieces.append(_bar(low[0], high[0]))
            continue
        ring = "L".join(f"{x:.1f} {y:.1f}" for x, y in [*high, *reversed(low)])
        pieces.append(element("path", role="band", d=f"M{ring}Z"))
        pieces.append(strokes([high, low], role="edge"))
    return "".join(pieces)


def _bar(low: Point, high: Point) -> str:
    """Draw the range of a lone year as a narrow bar."""
    x, top, bottom = low[0], high[1], low[1]
    area = element("rect", role="band", x=x - 4, y=top, width=8, height=bottom - top)
    ends = [[(x - 4, y), (x + 4, y)] for y in (top, bottom)]
    return area + strokes(ends, role="edge")


def _mark(frame: Frame, mark: Mark) -> str:
    x = frame.x(mark.year)
    line = element("line", role="mark", x1=x, y1=HEAD - 4, x2=x, y2=frame.height - FOOT)
    return line + text(x + 5, HEAD + 5, mark.words)


def _place(frame: Frame, year: int, value: float) -> Point:
    return frame.x(year), frame.y(value)


def _line(frame: Frame, line: Line) -> str:
    border = line.forecast_from if line.forecast_from is not None else max(line.values)
    places = {year: _place(frame, year, line.values[year]) for year in sorted(line.values)}
    known = {year: place for year, place in places.items() if year <= border}
    ahead = [place for year, place in places.items() if year >= border]
    pieces = [_stretch(run, line.role) for run in runs(known)]
    if len(ahead) > 1:
        pieces.append(path(ahead, role=line.role, stroke_dasharray="5 4"))
    return "".join(pieces)


def _stretch(run: list[Point], role: str) -> str:
    """Draw years that follow each other as a line, a lone year as a dot."""
    if len(run) == 1:
        radius = 3.5 if role == "own" else 2.5
        return element("circle", role=f"{role}-dot", cx=run[0][0], cy=run[0][1], r=radius)
    return path(run, role=role, stroke_linejoin="round", stroke_linecap="round")


def _labels(frame: Frame, lines: Sequence[Line]) -> list[str]:
    written = [_label_lines(line, frame.width) for line in lines]
    ends = [_end(frame, line) for line in lines]
    heights = [len(words) * LEADING + 4 for words in written]
    middles = spread([y for _, y in ends], heights, HEAD - 8, frame.height - FOOT + 10)
    return [
        _label(frame, line.role, words, end, middle)
        for line, words, end, middle in zip(lines, written, ends, middles, strict=True)
    ]


def _end(frame: Frame, line: Line) -> Point:
    last = max(line.values)
    return _place(frame, last, line.values[last])


def _label(frame: Frame, role: str, words: list[str], end: Point, middle: float) -> str:
    """Write a label, joined to its line by a hairline where it had to move."""
    x = frame.x.end + LABEL_AIR
    top = middle - (len(words) - 1) * LEADING / 2 + 4.5
    written = "".join(
        text(x, top + row * LEADING, part, role=f"{role}-text") for row, part in enumerate(words)
    )
    moved = abs(middle - end[1]) > 6 or end[0] < frame.x.end - 1
    return (path([(end[0] + 4, end[1]), (x - 4, middle)], role="leader") if moved else "") + written
