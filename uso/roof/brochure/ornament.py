"""The invitation's own drawing: a river that rises, with a stone for each phase. Pure."""

from html import escape
from math import pi, sin
from typing import Final

from analysis.charts.svg import coordinate, text_width
from uso.ground.lib.fonts import FAMILY

PINE, LIGHT, WHITE = "#0b5563", "#77cbd6", "#ffffff"
STEPS: Final = 48
WIDTH, HEIGHT = 400.0, 210.0  # of the picture for links: 1200 × 630 dots
TITLE_SIZE: Final = 30.0
LINE_WIDTH: Final = WIDTH - 64
LINE_HEIGHT: Final = 36.0
MOST_LINES: Final = 4


def river(width: float, height: float, stones: int) -> str:
    """Draw three lines that rise from left to right, and stones upon them; no words."""
    lines = "".join(
        f'<path d="{_course(width, height, at)}" fill="none" stroke="{LIGHT}" stroke-opacity="0.45"'
        f' stroke-width="{coordinate(height / 110)}"/>'
        for at in range(3)
    )
    return _svg(width, height, lines + _stones(width, height, stones))


def link_picture(name: str, title: str, stones: int) -> str:
    """Draw the picture that stands beside a link to the season: its name and years, its title."""
    size = title_size(title)
    lines = title_lines(title, size)
    top = 104.0 - LINE_HEIGHT * (len(lines) - 1) / 2
    words = [_words(32, 40, name, 14, bold=True)]
    words += [
        _words(32, top + LINE_HEIGHT * at, line, size, bold=True) for at, line in enumerate(lines)
    ]
    stream = river(WIDTH, HEIGHT * 0.55, stones).replace(
        "<svg ", f'<svg y="{coordinate(HEIGHT * 0.45)}" opacity="0.55" ', 1
    )
    ground = f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="{PINE}"/>'
    return _svg(WIDTH, HEIGHT, ground + stream + "".join(words))


def title_size(title: str) -> float:
    """Return the size at which the longest word of a title fits a line."""
    widest = max((text_width(word, TITLE_SIZE, bold=True) for word in title.split()), default=0)
    return TITLE_SIZE * min(1, LINE_WIDTH / widest) if widest else TITLE_SIZE


def title_lines(title: str, size: float = TITLE_SIZE) -> list[str]:
    """Cut a title into lines that fit the picture, the last of them shortened if there are too many.

    Examples
    --------
    >>> title_lines("Siiloista silloille")
    ['Siiloista silloille']
    """
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size, bold=True) > LINE_WIDTH:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]} …"]
    return lines


def _course(width: float, height: float, line: int) -> str:
    points = (_point(width, height, line, step / STEPS) for step in range(STEPS + 1))
    return "M" + "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in points)


def _point(width: float, height: float, line: int, part: float) -> tuple[float, float]:
    """Return where a line of the river is after a part of its way."""
    bed = height * (0.86 - 0.66 * part) + height * 0.07 * sin(2 * pi * (part * 1.6 + 0.1))
    return width * part, bed + height * 0.06 * (line - 1) * (1.4 - part)


def _stones(width: float, height: float, count: int) -> str:
    drawn = []
    for at in range(count):
        x, y = _point(width, height, at % 3, 0.2 + 0.7 * at / max(1, count - 1))
        drawn.append(
            f'<circle cx="{coordinate(x)}" cy="{coordinate(y)}" r="{coordinate(height / 40)}"'
            f' fill="{LIGHT}"/>'
        )
    return "".join(drawn)


def _words(x: float, y: float, words: str, size: float, *, bold: bool = False) -> str:
    return (
        f'<text x="{coordinate(x)}" y="{coordinate(y)}" font-size="{coordinate(size)}"'
        f' font-weight="{700 if bold else 400}" fill="{WHITE}">{escape(words, quote=False)}</text>'
    )


def _svg(width: float, height: float, inside: str) -> str:
    box = f"{coordinate(width)} {coordinate(height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box}" width="{coordinate(width)}"'
        f' height="{coordinate(height)}" preserveAspectRatio="none" font-family="{FAMILY}">{inside}</svg>'
    )
