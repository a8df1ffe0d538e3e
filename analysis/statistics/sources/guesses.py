"""What a sheet seems to say before anybody has said how it is read. A guess is shown, never applied unseen."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from analysis.statistics.sources import cells, numbers
from analysis.statistics.sources.cells import Areas
from analysis.statistics.sources.layout import Head, same
from analysis.statistics.sources.mapping import CODE, MARKS, NAME, SEPARATORS
from analysis.statistics.sources.sheets import Sheet

#: So many rows of headings at most, and so many rows before the first municipality.
MOST_HEAD_ROWS, FIRST_ROWS = 3, 40
#: A column is the municipalities' when so many of its cells name one.
ENOUGH_RATE = 0.5
#: Among so many headings a content is looked for, none longer than this.
MOST_HEADINGS, LONGEST_HEADING = 300, 200
#: So many marks are asked about, none longer than this.
MOST_MARKS, LONGEST_MARK = 8, 20
#: `2024*`; a whole number of a workbook may come as 2024.0.
LONGEST_YEAR = 6
_AREA = re.compile(r"kunta|kommun|municipal|alue|område|area", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DECIMALS = re.compile(r"[-−]?\d[\d\s]*([.,])\d+\*?")


def separator(body: bytes) -> str:
    """Return what stands between the cells of a text: what its first rows have most of."""
    begun = body[:20_000].decode("utf-8-sig", "replace").splitlines()[:20]
    return max(SEPARATORS, key=lambda sign: sum(line.count(sign) for line in begun))


def head_rows(sheet: Sheet, areas: Areas) -> tuple[int, ...] | None:
    """Return the rows of headings above the first municipality; None where the sheet names none."""
    rows = range(1, min(len(sheet.rows), FIRST_ROWS) + 1)
    data = next((row for row in rows if _is_data(sheet, row, areas)), None)
    if data is None:
        return None
    last = next((row for row in range(data - 1, 0, -1) if _told(sheet, row)), 1)
    first = last
    while first > 1 and last - first < MOST_HEAD_ROWS - 1 and _is_above(sheet, first - 1):
        first -= 1
    return tuple(range(first, last + 1))


def _is_data(sheet: Sheet, row: int, areas: Areas) -> bool:
    """Tell whether a row names a municipality and has a figure beside it."""
    told = [sheet.cell(row, at) for at in range(1, len(sheet.rows[0]) + 1)]
    named = next((at for at, cell in enumerate(told) if areas.told_as(cell)), None)
    return named is not None and any(is_figure(cell) for at, cell in enumerate(told) if at != named)


def _is_above(sheet: Sheet, row: int) -> bool:
    """Tell whether a row is a row of merged headings, and not a title over the whole table."""
    merged = any(row in (cell[0], first[0]) for cell, first in sheet.followers.items())
    return merged and len(set(_told(sheet, row))) > 1


def _told(sheet: Sheet, row: int) -> list[object]:
    cells_ = (sheet.cell(row, at) for at in range(1, len(sheet.rows[0]) + 1))
    return [cell for cell in cells_ if cell is not None]


def is_figure(cell: object) -> bool:
    """Tell whether a cell is a figure."""
    if isinstance(cell, str):
        return numbers.number(cell.removesuffix("*")) is not None
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def column(sheet: Sheet, at: int, after: int) -> list[object]:
    """Return the cells of a column below a row, without blanks."""
    told = (sheet.cell(row, at) for row in range(after + 1, len(sheet.rows) + 1))
    return [cell for cell in told if cell is not None]


def area(sheet: Sheet, heads: Sequence[Head], after: int, areas: Areas) -> str:
    """Return the heading of the municipalities' column; empty where none names them."""
    found = [
        (not _AREA.search(head.whole), kind != CODE, head.at, head.whole)
        for head in heads
        if head.whole and (kind := told_as(column(sheet, head.at, after), areas))
    ]
    return min(found)[3] if found else ""


def told_as(told: Sequence[object], areas: Areas) -> str:
    """Return how most cells of a column name a municipality, `code` or `name`; empty where they do not."""
    kinds = Counter(areas.told_as(cell) for cell in told)
    enough = max(ENOUGH_RATE * len(told), 1)
    return next((one for one in (CODE, NAME) if kinds[one] >= enough), "")


def figures(names: Sequence[str], wanted: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return for each content the heading that is likest to one of its texts, each heading once.

    Parameters
    ----------
    names : sequence of str
        Headings of columns of figures, without their years.
    wanted : mapping of str to iterable of str
        Content to the texts by which it may be known.
    """
    found: dict[str, str] = {}
    likely = [name for name in names if len(name) <= LONGEST_HEADING][:MOST_HEADINGS]
    for key, texts in wanted.items():
        free = [name for name in likely if name not in found.values()]
        name = next(filter(None, (_likest(text, free) for text in texts)), None)
        if name is not None:
            found[key] = name
    return found


def _likest(text: str, names: Sequence[str]) -> str | None:
    low = {name.casefold(): name for name in names if name}
    wanted = text.casefold()
    exact = [name for name in names if name and same(name, text)]
    within = [name for one, name in low.items() if _holds(one, wanted) or _holds(wanted, one)]
    close = [low[one] for one in get_close_matches(wanted, low, 1, 0.75)]
    return next(iter([*exact, *within, *close]), None)


def _holds(text: str, words: str) -> bool:
    return bool(words) and re.search(rf"\b{re.escape(words)}\b", text) is not None


def is_year_column(told: Sequence[object]) -> bool:
    """Tell whether every cell of a column is a year; dates may be figures gone wrong."""
    return bool(told) and all(cells.year(cell) and len(str(cell)) <= LONGEST_YEAR for cell in told)


def year(texts: Iterable[object]) -> int | None:
    """Return the only year in some texts, such as a file's name and a title; None where it is not one."""
    found = {int(one) for text in texts for one in _YEAR.findall(str(text))}
    return found.pop() if len(found) == 1 else None


def decimal(told: Iterable[object]) -> str:
    """Return the decimal sign of figures written as text: the one there is more of, else a comma."""
    signs = Counter(
        found[1]
        for cell in told
        if isinstance(cell, str) and (found := _DECIMALS.fullmatch(cell.strip()))
    )
    return "." if signs["."] > signs[","] else ","


def marks(told: Iterable[object]) -> list[str]:
    """Return short texts that are neither figures nor known marks, the commonest first."""
    texts = Counter(cell for cell in told if isinstance(cell, str) and _is_mark(cell))
    return [text for text, _count in texts.most_common(MOST_MARKS)]


def _is_mark(text: str) -> bool:
    short = len(text) <= LONGEST_MARK and text not in MARKS
    return short and not any(sign.isdigit() for sign in text) and not text.startswith("#")
