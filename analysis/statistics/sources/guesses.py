"""Guesses of how a sheet is to be read; each is displayed, never applied unseen."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from analysis.statistics.sources import cells, numbers
from analysis.statistics.sources.cells import Areas
from analysis.statistics.sources.layout import Heading, is_same_heading
from analysis.statistics.sources.mapping import CODE, MARKS, NAME
from uso.ground.lib.sheets import Sheet

#: Rows of headings, and rows before the first municipality.
MAX_HEAD_ROWS, MAX_ROWS_BEFORE_DATA = 3, 40
#: A column is the municipalities' when so many of its cells name one.
MIN_AREA_RATE = 0.5
#: Headings among which a content is looked for, and their length.
MAX_HEADINGS, MAX_HEADING_LENGTH = 300, 200
#: Marks that are asked about, and their length.
MAX_MARKS, MAX_MARK_LENGTH = 8, 20
#: `2024*`; a whole number of a workbook may come as 2024.0.
MAX_YEAR_LENGTH = 6
_AREA = re.compile(r"kunta|kommun|municipal|alue|område|area", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DECIMALS = re.compile(r"[-−]?\d[\d\s]*([.,])\d+\*?")


def head_rows(sheet: Sheet, areas: Areas) -> tuple[int, ...] | None:
    """Return the rows of headings above the first municipality; None where the sheet names none."""
    rows = range(1, min(len(sheet.rows), MAX_ROWS_BEFORE_DATA) + 1)
    data = next((row for row in rows if _is_data(sheet, row, areas)), None)
    if data is None:
        return None
    last = next((row for row in range(data - 1, 0, -1) if _filled_cells(sheet, row)), 1)
    first = last
    while first > 1 and last - first < MAX_HEAD_ROWS - 1 and _is_above(sheet, first - 1):
        first -= 1
    return tuple(range(first, last + 1))


def _is_data(sheet: Sheet, row: int, areas: Areas) -> bool:
    """Return whether a row names a municipality and has a figure beside it."""
    values = [sheet.cell(row, column) for column in range(1, len(sheet.rows[0]) + 1)]
    named = next((at for at, cell in enumerate(values) if areas.identifier_kind(cell)), None)
    return named is not None and any(map(is_figure, values[:named] + values[named + 1 :]))


def _is_above(sheet: Sheet, row: int) -> bool:
    """Return whether a row is a row of merged headings, and not a title over the whole table."""
    merged = any(row in (cell[0], first[0]) for cell, first in sheet.merged_into.items())
    return merged and len(set(_filled_cells(sheet, row))) > 1


def _filled_cells(sheet: Sheet, row: int) -> list[object]:
    every = (sheet.cell(row, column) for column in range(1, len(sheet.rows[0]) + 1))
    return [cell for cell in every if cell is not None]


def is_figure(cell: object) -> bool:
    """Return whether a cell is a figure."""
    if isinstance(cell, str):
        return numbers.parse_number(cell.removesuffix("*")) is not None
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def column_cells(sheet: Sheet, column: int, after: int) -> list[object]:
    """Return the cells of a column below a row, without blanks."""
    values = (sheet.cell(row, column) for row in range(after + 1, len(sheet.rows) + 1))
    return [cell for cell in values if cell is not None]


def area_heading(sheet: Sheet, headings: Sequence[Heading], after: int, areas: Areas) -> str:
    """Return the heading of the municipalities' column; empty where none names them."""
    found = [
        (not _AREA.search(heading.text), kind != CODE, heading.column, heading.text)
        for heading in headings
        if heading.text
        and (kind := identifier_kind(column_cells(sheet, heading.column, after), areas))
    ]
    return min(found)[3] if found else ""


def identifier_kind(values: Sequence[object], areas: Areas) -> str:
    """Return how most cells of a column name a municipality, `code` or `name`; empty where they do not."""
    kinds = Counter(areas.identifier_kind(cell) for cell in values)
    enough = max(MIN_AREA_RATE * len(values), 1)
    return next((one for one in (CODE, NAME) if kinds[one] >= enough), "")


def match_headings(names: Sequence[str], wanted: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return for each content the heading closest to one of its texts, each heading once.

    Parameters
    ----------
    names : sequence of str
        Headings of columns of figures, without their years.
    wanted : mapping of str to iterable of str
        Content to the texts by which it may be known.
    """
    found: dict[str, str] = {}
    likely = [name for name in names if len(name) <= MAX_HEADING_LENGTH][:MAX_HEADINGS]
    for key, texts in wanted.items():
        free = [name for name in likely if name not in found.values()]
        name = next(filter(None, (_closest_heading(text, free) for text in texts)), None)
        if name is not None:
            found[key] = name
    return found


def _closest_heading(text: str, names: Sequence[str]) -> str | None:
    low = {name.casefold(): name for name in names if name}
    wanted = text.casefold()
    exact = [name for name in names if name and is_same_heading(name, text)]
    within = [
        name
        for one, name in low.items()
        if _contains_words(one, wanted) or _contains_words(wanted, one)
    ]
    close = [low[one] for one in get_close_matches(wanted, low, 1, 0.75)]
    return next(iter([*exact, *within, *close]), None)


def _contains_words(text: str, words: str) -> bool:
    return bool(words) and re.search(rf"\b{re.escape(words)}\b", text) is not None


def is_year_column(values: Sequence[object]) -> bool:
    """Return whether every cell of a column is a year; dates may be figures gone wrong."""
    return bool(values) and all(
        cells.parse_year(cell) and len(str(cell)) <= MAX_YEAR_LENGTH for cell in values
    )


def only_year(texts: Iterable[object]) -> int | None:
    """Return the only year in some texts, such as a file's name and a title; None where it is not one."""
    found = {int(one) for text in texts for one in _YEAR.findall(str(text))}
    return found.pop() if len(found) == 1 else None


def decimal_sign(values: Iterable[object]) -> str:
    """Return the decimal sign of figures written as text: the one there is more of, else a comma."""
    signs = Counter(
        found[1]
        for cell in values
        if isinstance(cell, str) and (found := _DECIMALS.fullmatch(cell.strip()))
    )
    return "." if signs["."] > signs[","] else ","


def unknown_marks(values: Iterable[object]) -> list[str]:
    """Return short texts that are neither figures nor known marks, the commonest first."""
    texts = Counter(cell for cell in values if isinstance(cell, str) and _is_mark(cell))
    return [text for text, _count in texts.most_common(MAX_MARKS)]


def _is_mark(text: str) -> bool:
    short = len(text) <= MAX_MARK_LENGTH and text not in MARKS
    return short and not any(sign.isdigit() for sign in text) and not text.startswith("#")
