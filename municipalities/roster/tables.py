"""A table of people as it was pasted or uploaded: its rows as text, numbered as its owner sees them.

An uploaded file becomes the text that would have been pasted from it, one line a row, so that a page
carries everything and nothing is stored before it is brought.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final

from django.utils.translation import gettext as _

from uso.ground.lib import sheets
from uso.ground.lib.characters import clean_line
from uso.ground.lib.errors import RuleViolation, UnreadableFile
from uso.ground.lib.money import number
from uso.ground.lib.sheets import CellRef, Sheet
from uso.ground.lib.spreadsheets import FORMULA_STARTS

MOST_PEOPLE: Final = 5_000
#: Empty rows and headings among them; a longer text is no list of people.
MOST_ROWS: Final = 20_000
LONGEST_TEXT: Final = 3_000_000
#: The columns that are looked at one by one; a list of people has a dozen.
MOST_COLUMNS: Final = 200
_TEXT_ENDINGS: Final = (".txt", ".tsv")
#: What is opened, or refused by what is in it.
_ENDINGS: Final = (*sheets.ENDINGS, *_TEXT_ENDINGS, ".xls")
_SURE_SEPARATORS: Final = ("\t", ";", "|")


@dataclass(frozen=True)
class UploadedTable:
    """A file as the text of its one table, and what its owner should know of how it was read."""

    text: str
    notes: tuple[str, ...] = ()


def text_of_file(name: str, body: bytes) -> UploadedTable:
    """Return the table of a file as text.

    Of a workbook it is the first sheet that is shown and holds something. What its owner does not
    see, hidden rows and columns, is left out and said. A cell merged downwards stands in each row.

    Raises
    ------
    UnreadableFile
        When the file is not what its name says, too large, locked or broken.
    """
    _refuse_other_kinds(name, body)
    if name.casefold().endswith(_TEXT_ENDINGS):
        name += sheets.CSV
    if name.casefold().endswith(sheets.CSV):
        sheets.check_file(name, body)
        text, encoding = sheets.decode(body)
        note = _("The file was read as %(encoding)s. Look whether å, ä and ö are right.")
        return UploadedTable(text, () if encoding == "UTF-8" else (note % {"encoding": encoding},))
    filled = {
        title: sheet
        for title, sheet in sheets.open_all_sheets(name, body).items()
        if any(cell is not None for row in sheet.rows for cell in row)
    }
    shown = {title: sheet for title, sheet in filled.items() if not sheet.is_hidden}
    if not shown:
        raise RuleViolation(
            _("The file %(name)s has nothing on the sheets it shows.") % {"name": name},
            field="file",
        )
    title, *others = shown
    notes = [*_others_in_words(title, others), *_hidden_in_words(shown[title])]
    return UploadedTable("\n".join(_lines(shown[title])), tuple(notes))


def _refuse_other_kinds(name: str, body: bytes) -> None:
    _stem, _dot, ending = name.rpartition(".")
    kind = "PDF" if body.startswith(sheets.PDF) else ending.upper()
    if kind == "PDF" or not name.casefold().endswith(_ENDINGS):
        sentence = _(
            "People cannot be read from a file of the kind %(kind)s. Paste the rows, or choose an XLSX or CSV file."
        )
        raise UnreadableFile(sentence % {"kind": kind[:20]})


def _others_in_words(title: str, others: Sequence[str]) -> Iterator[str]:
    if others:
        yield _("The sheet “%(title)s” was read. Not read: %(others)s.") % {
            "title": title,
            "others": ", ".join(others[:5]),
        }


def _hidden_in_words(sheet: Sheet) -> Iterator[str]:
    columns = [CellRef(1, n).letter for n in sorted(sheet.hidden_columns) if _is_used(sheet, n)]
    rows = [
        str(n) for n in sorted(sheet.hidden_rows) if n <= len(sheet.rows) and any(sheet.rows[n - 1])
    ]
    if columns:
        yield _(
            "Hidden columns were not read: %(names)s. Show them in the file if they belong to it."
        ) % {"names": ", ".join(columns[:10])}
    if rows:
        yield _(
            "Hidden rows were not read: %(names)s. Show them in the file if they belong to it."
        ) % {"names": ", ".join(rows[:10])}


def _is_used(sheet: Sheet, column: int) -> bool:
    return any(len(row) >= column and row[column - 1] is not None for row in sheet.rows)


def _lines(sheet: Sheet) -> Iterator[str]:
    for row, cells in enumerate(sheet.rows, start=1):
        if row in sheet.hidden_rows:
            yield ""
            continue
        texts = (
            _cell_text(_seen(sheet, CellRef(row, column)))
            for column in range(1, len(cells) + 1)
            if column not in sheet.hidden_columns
        )
        yield "\t".join(texts).rstrip("\t")


def _seen(sheet: Sheet, ref: CellRef) -> object:
    """Return what a reader sees in a cell: one merged downwards holds what its first one does."""
    first = sheet.merged_into.get(ref, ref)
    return sheet.cell(*first) if first.column == ref.column else None


def _cell_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else clean_line(str(cell))
    return '"{}"'.format(text.replace('"', '""')) if text.startswith('"') else text


def rows_of(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows that hold something, each with its number; blanks around cells go.

    Raises
    ------
    RuleViolation
        When it is far more than a list of people.
    """
    if len(text) > LONGEST_TEXT:
        raise too_many()
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for row, cells in enumerate(reader, start=1):
            if row > MOST_ROWS:
                raise too_many()
            if len(cells) > MOST_COLUMNS:
                raise _too_wide(row)
            texts = [_unquoted(clean_line(cell)) for cell in cells]
            if any(texts):
                rows.append((row, texts))
    except csv.Error as error:
        raise RuleViolation(
            _("Row %(row)s cannot be read: a quotation mark may be left open.")
            % {"row": reader.line_num},
            field="rows",
        ) from error
    return rows


def too_many() -> RuleViolation:
    """Return the refusal of a table that is longer than a list of people."""
    return RuleViolation(
        _("There is room for %(most)s people at a time: divide the table and bring its parts.")
        % {"most": number(MOST_PEOPLE)},
        field="rows",
    )


def _too_wide(row: int) -> RuleViolation:
    words = _(
        "Row %(row)s has more than %(most)s columns: take into the table only those of the people."
    )
    return RuleViolation(words % {"row": row, "most": MOST_COLUMNS}, field="rows")


def _separator(text: str) -> str:
    r"""Return what parts the cells; a comma between two names is none.

    >>> _separator("Meikäläinen, Maija"), _separator("Maija,Meikäläinen"), _separator("a;b, c")
    ('\t', ',', ';')
    """
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    for sign in _SURE_SEPARATORS:
        if 2 * sum(sign in line for line in lines) >= len(lines) > 0:
            return sign
    names = sum(line.count(",") == 1 and ", " in line for line in lines)
    return "," if 2 * names < len(lines) and any("," in line for line in lines) else "\t"


def _unquoted(cell: str) -> str:
    """Return a cell without the sign that keeps a spreadsheet from taking it as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA_STARTS) else cell
