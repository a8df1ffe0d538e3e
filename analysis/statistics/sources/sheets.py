"""Opening a file of somebody's own, XLSX or CSV, without trusting it."""

import csv
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from analysis.statistics.sources.base import SourceError

#: 308 municipalities × 100 columns are half a megabyte.
MAX_BYTES = 10 * 1024 * 1024
#: What a workbook may hold when unpacked: some hundred bytes of its file can unpack to gigabytes.
MAX_UNPACKED = 16 * 1024 * 1024
MAX_PARTS = 1_000
MAX_CELLS = 500_000

XLSX, CSV = ".xlsx", ".csv"
ENDINGS = (XLSX, CSV)

_PREFIX = rb"<(?:[^\s<>/:]+:)?"
#: Merged blocks, links and notes are laid out cell by cell when a workbook is opened, however large they are.
_BLOCKS = re.compile(_PREFIX + rb"(?:mergeCell|hyperlink|comment)\s[^>]*")
_BLOCK = re.compile(rb"""\sref=["']([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?["']""")
_REFERENCE = re.compile(rb"ref\s*=")
_TYPED = re.compile(_PREFIX + rb"c[\s/>]")
#: What may come before the first sign of an XML document, whatever its encoding.
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"

_BROKEN = (
    zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError, IndexError,
    AttributeError, OSError, EOFError, OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip


class CellRef(NamedTuple):
    """Row and column of a cell, both from 1."""

    row: int
    column: int

    @property
    def letter(self) -> str:
        """Column as a spreadsheet program names it.

        >>> CellRef(1, 1).letter, CellRef(1, 28).letter
        ('A', 'AB')
        """
        number, letters = self.column, ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return letters

    def error(self, problem: str) -> SourceError:
        """Return the error of this cell."""
        return SourceError(
            _("Row %(row)s, column %(column)s: %(problem)s")
            % {"row": self.row, "column": self.letter, "problem": problem}
        )


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet.

    Parameters
    ----------
    rows : sequence of sequence
        Cells: text, numbers, dates, truths or None for a blank; all rows are equally long.
    merged_into : dict of CellRef to CellRef
        Cells that are part of a merged block, but for its first cell, to that first cell.
    formulas_without_result : frozenset of CellRef
        Formulas whose result is not in the file.
    """

    rows: Sequence[Sequence[object]]
    merged_into: dict[CellRef, CellRef] = field(default_factory=dict)
    formulas_without_result: frozenset[CellRef] = frozenset()

    def cell(self, row: int, column: int) -> object:
        """Return the cell at a place counted from 1; text comes without blanks around it."""
        value = self.rows[row - 1][column - 1]
        return value.strip() or None if isinstance(value, str) else value


def open_sheet(name: str, body: bytes, sheet: str = "", separator: str = ";") -> Sheet:
    """Return one sheet of a file.

    Raises
    ------
    SourceError
        When the file is not what its name says, is too large, locked, broken or empty.
    """
    check_file(name, body)
    found = (
        _parse_workbook(name, body, sheet)
        if _ending(name) == XLSX
        else _parse_csv(name, body, separator)
    )
    if not any(str(cell or "").strip() for row in found.rows for cell in row):
        raise SourceError(
            _("The file %(name)s has nothing on its sheet: choose the sheet with the figures.")
            % {"name": name}
        )
    return found


def open_all_sheets(name: str, body: bytes, separator: str = ";") -> dict[str, Sheet]:
    """Return every sheet of a file by its name, a text as one without a name; empty ones too.

    Formulas show their results only: what lacks one is a blank cell here.

    Raises
    ------
    SourceError
        When the file is not what its name says, is too large, locked or broken.
    """
    check_file(name, body)
    if _ending(name) == CSV:
        return {"": _parse_csv(name, body, separator)}
    try:
        _check_parts(name, body)
        found = _load_workbook(body, results=True).worksheets
        _check_size(name, found)
        return {
            one.title: Sheet(
                _pad_rows(list(one.iter_rows(values_only=True))), dict(_merged_cells(one))
            )
            for one in found
        }
    except _BROKEN as error:
        raise _broken_workbook(name) from error


def check_file(name: str, body: bytes) -> None:
    """Refuse at once what need not be opened: another kind of file than its name says, or a huge one.

    Raises
    ------
    SourceError
        With what the file is and what to do.
    """
    _check_kind(name, body)
    if len(body) > MAX_BYTES:
        raise too_large(name)


def _ending(name: str) -> str:
    return next((one for one in ENDINGS if name.casefold().endswith(one)), "")


def _check_kind(name: str, body: bytes) -> None:
    kind, ending = _kind(body)
    if ending != _ending(name):
        raise SourceError(
            _(
                "The file %(name)s holds %(kind)s. Open it in a spreadsheet program and save it as XLSX or as CSV UTF-8."
            )
            % {"name": name, "kind": kind}
        )


def _kind(body: bytes) -> tuple[str, str]:
    """Return what a file is by its first bytes, in words and as an ending."""
    if body.startswith(b"PK\x03\x04"):
        return _("a packed workbook"), XLSX
    if body.startswith(b"\xd0\xcf\x11\xe0"):
        return _("an older or a locked workbook"), ""
    if body.lstrip()[:1] == b"<":
        return _("a web page or XML"), ""
    if b"\0" in body:  # the database takes no text with one
        return _("something that is neither text nor a workbook"), ""
    return _("plain text"), CSV


def too_large(name: str) -> SourceError:
    """Return the refusal of a file that holds more than a table of municipalities can."""
    return SourceError(
        _("The file %(name)s is far too large: keep the one table that is wanted in it.")
        % {"name": name}
    )


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(_("The file is not UTF-8 text: save it as CSV UTF-8.")) from error


def _parse_csv(name: str, body: bytes, separator: str) -> Sheet:
    text = StringIO(_decode(body), newline="")
    reader = csv.reader(text, delimiter=separator, strict=True)
    rows: list[list[object]] = []
    width = 1
    try:
        for row in reader:
            rows.append([cell or None for cell in row])
            width = max(width, len(row))
            if len(rows) * width > MAX_CELLS:
                raise too_large(name)
    except csv.Error as error:
        raise SourceError(
            _("Row %(row)s of the file cannot be read: a quotation mark may be left open.")
            % {"row": reader.line_num}
        ) from error
    return Sheet(_pad_rows(rows))


def _broken_workbook(name: str) -> SourceError:
    return SourceError(
        _(
            "The workbook %(name)s cannot be opened: it is broken or locked. Open it in a spreadsheet program and save it again as XLSX."
        )
        % {"name": name}
    )


def _pad_rows(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    width = max(map(len, rows), default=0)
    return [[*row, *[None] * (width - len(row))] for row in rows]


def _parse_workbook(name: str, body: bytes, sheet: str) -> Sheet:
    try:
        _check_parts(name, body)
        # The results of formulas first, then the formulas themselves.
        results, formulas = (_load_sheet(name, body, sheet, results=one) for one in (True, False))
        merged_into = dict(_merged_cells(formulas))
        rows = [list(row) for row in results.iter_rows(values_only=True)]
        formulas_without_result = frozenset(
            CellRef(cell.row, cell.column)
            for row in formulas.iter_rows()
            for cell in row
            if cell.data_type == "f" and results.cell(cell.row, cell.column).value is None
        )
    except _BROKEN as error:
        raise _broken_workbook(name) from error
    return Sheet(_pad_rows(rows), merged_into, formulas_without_result)


def _check_parts(name: str, body: bytes) -> None:
    """Look at a workbook's list of parts before anything of it is unpacked."""
    with zipfile.ZipFile(BytesIO(body)) as packed:
        parts = packed.infolist()
        if sum(part.file_size for part in parts) > MAX_UNPACKED or len(parts) > MAX_PARTS:
            raise too_large(name)
        # A part never yields more than it declares, so the limit holds here too.
        texts = [text for one in parts if _is_xml(text := packed.read(one))]
    if any(b"<!DOCTYPE" in text or b"\0" in text for text in texts):
        raise ValueError("entities or another encoding")  # no spreadsheet program writes them
    if sum(_count_cells(text) for text in texts) > MAX_CELLS:
        raise too_large(name)


def _is_xml(part: bytes) -> bool:
    """Tell it from what the part holds: a workbook may name its sheets as it will."""
    return part.lstrip(_BEFORE_XML).startswith(b"<")


def _count_cells(text: bytes) -> int:
    """Return how many cells the reader of workbooks would make: those typed and those of blocks."""
    return len(_TYPED.findall(text)) + sum(map(_block_size, _BLOCKS.findall(text)))


def _block_size(tag: bytes) -> int:
    block = _BLOCK.search(tag)
    if block is None or len(_REFERENCE.findall(tag)) > 1:
        raise ValueError("reference of a block")
    left, top, right, bottom = block.groups()
    if right is None:
        return 1
    width = _column_number(right.decode()) - _column_number(left.decode()) + 1
    return width * (int(bottom) - int(top) + 1)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _load_workbook(body: bytes, *, results: bool) -> Any:
    from openpyxl import load_workbook  # noqa: PLC0415 -- slow import

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and checks it leaves out
        return load_workbook(BytesIO(body), data_only=results)


def _check_size(name: str, laid_out: Sequence[Any]) -> None:
    """Refuse sheets too large to be laid out together: one cell far down makes all those above it."""
    if sum(one.max_row * one.max_column for one in laid_out) > MAX_CELLS:
        raise too_large(name)


def _load_sheet(name: str, body: bytes, sheet: str, *, results: bool) -> Any:
    book = _load_workbook(body, results=results)
    names = [one.title for one in book.worksheets]
    if sheet and sheet not in names:
        raise SourceError(
            _("The file %(name)s has no sheet “%(sheet)s”; it has %(sheets)s.")
            % {"name": name, "sheet": sheet, "sheets": ", ".join(names)}
        )
    found = book[sheet] if sheet else book.worksheets[0]
    _check_size(name, [found])
    return found


def _merged_cells(sheet: Any) -> Iterator[tuple[CellRef, CellRef]]:
    for block in sheet.merged_cells.ranges:
        first = CellRef(block.min_row, block.min_col)
        for row in range(block.min_row, block.max_row + 1):
            for column in range(block.min_col, block.max_col + 1):
                if (row, column) != first:
                    yield CellRef(row, column), first
