"""Elements of an SVG, its colours and the width of its text."""

import base64
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape

FONT = "UsoSans, Inter, system-ui, sans-serif"

# Role -> presentation attributes for print on white. Marks and their edges keep 3 : 1 against
# white and text 4.5 : 1 (tests/analysis/test_charts.py recomputes both).
ROLES: dict[str, dict[str, str]] = {
    "own": {"stroke": "#0b5563", "stroke-width": "2.75"},
    "peers": {"stroke": "#5f6e6a", "stroke-width": "1.5"},
    "country": {"stroke": "#15211f", "stroke-width": "1.25"},
    "band": {"fill": "#e6ecea"},
    "edge": {"stroke": "#84928e", "stroke-width": "0.75"},
    "grid": {"stroke": "#dde4e1", "stroke-width": "1"},
    "base": {"stroke": "#84928e", "stroke-width": "1"},
    "mark": {"stroke": "#4c5d59", "stroke-width": "1", "stroke-dasharray": "2 3"},
    "leader": {"stroke": "#84928e", "stroke-width": "0.75"},
    "own-dot": {"fill": "#0b5563"},
    "peers-dot": {"fill": "#84928e"},
    "country-dot": {"fill": "#15211f"},
    "peer": {"fill": "#84928e", "stroke": "#ffffff", "stroke-width": "1"},
    "us": {"fill": "#0b5563", "stroke": "#ffffff", "stroke-width": "2"},
    "text": {"fill": "#4c5d59"},
    "own-text": {"fill": "#0b5563", "font-weight": "700"},
    "country-text": {"fill": "#15211f"},
    "peers-text": {"fill": "#4c5d59"},
    "seg-1": {"fill": "#6d99a1"},
    "seg-2": {"fill": "#3f7a85"},
    "seg-3": {"fill": "#0b3f4a"},
    "on-seg-1": {"fill": "#15211f"},
    "on-seg-2": {"fill": "#ffffff"},
    "on-seg-3": {"fill": "#ffffff"},
}

# Advance widths of Inter in thousandths of an em, rounded up; enough to reserve room for a label.
_NARROW, _WIDE, _USUAL, _BOLDER = 330, 900, 615, 1.07


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate the drawn width of a text in user units, rather too wide than too narrow."""
    width = sum(_advance(letter) for letter in text) * size / 1000
    return width * _BOLDER if bold else width


def _advance(letter: str) -> int:
    if letter in "iljtfrI.,:;'’|()[] \N{NO-BREAK SPACE}-":
        return _NARROW
    return _WIDE if letter in "mwMW%@—" else _USUAL


def coordinate(value: float) -> str:
    """Write a coordinate with one decimal, none where it is whole."""
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written


def element(name: str, content: str = "", *, role: str = "", **attributes: str | float) -> str:
    """Write one element; `role` gives its class and colours, `_` in a name is written `-`."""
    given = {key.replace("_", "-"): _value(value) for key, value in attributes.items()}
    opening = f"<{name}{_styled(role, *given)}{_written(given)}"
    return f"{opening}>{content}</{name}>" if content else f"{opening}/>"


@cache  # a page of forty indicators has seven hundred elements of some ten roles
def _styled(role: str, *given: str) -> str:
    """Write the class and the colours of a role, but for those the element gives itself."""
    if not role:
        return ""
    styled = {key: value for key, value in ROLES[role].items() if key not in given}
    return _written({"class": f"c-{role}", **styled})


def _written(attributes: Mapping[str, str]) -> str:
    return "".join([f' {key}="{value}"' for key, value in attributes.items()])


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else coordinate(value)


def text(x: float, y: float, words: str, *, role: str = "text", text_anchor: str = "start") -> str:
    """Write one line of text with its baseline at y."""
    anchor = {} if text_anchor == "start" else {"text_anchor": text_anchor}
    return element("text", escape(words, quote=False), role=role, x=x, y=y, **anchor)


def path(points: Iterable[tuple[float, float]], *, role: str, **attributes: str) -> str:
    """Write an open line through points."""
    return strokes([points], role=role, **attributes)


def strokes(runs: Iterable[Iterable[tuple[float, float]]], *, role: str, **attributes: str) -> str:
    """Write open lines as one element; nothing without any."""
    written = ("L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in points) for points in runs)
    d = "".join(f"M{steps}" for steps in written)
    return element("path", role=role, d=d, fill="none", **attributes) if d else ""


def drawing(
    parts: Iterable[str], *, width: float, height: float, title: str, kind: str, size: float = 13
) -> str:
    """Wrap the parts into an accessible picture.

    The title is the direct child a screen reader and the PDF's structure read.
    """
    head = element("title", escape(title, quote=False))
    attributes = (
        f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {coordinate(width)} {coordinate(height)}"'
        f' width="{coordinate(width)}" height="{coordinate(height)}" class="chart chart-{kind}"'
        f' role="img" font-family="{FONT}" font-size="{coordinate(size)}"'
    )
    return f"<svg {attributes}>{head}{''.join(parts)}</svg>"


def as_data_uri(svg: str) -> str:
    """Turn a drawing into the address of an `<img>`, as the PDF takes it."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
