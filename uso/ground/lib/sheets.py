"""Opening a file of somebody's own, XLSX or CSV, without trusting it."""

import csv
import logging
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache, wraps
from io import BytesIO, StringIO
from typing import Any, NamedTuple, ParamSpec, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uso.ground.lib.characters import clean
from uso.ground.lib.errors import RuleViolation, UnreadableFile
from uso.ground.lib.slow_workbooks import (
    MAX_CELLS,
    check_parts,
    column_number,
    too_large,
)

#: 308 municipalities × 100 columns are half a megabyte.
MAX_BYTES = 10 * 1024 * 1024
XLSX, CSV = ".xlsx", ".csv"
ENDINGS = (XLSX, CSV)

#: Of a number format what is displayed as it stands, or is a condition or a colour.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
#: A note after a figure or a name, `6,9¹` or `6,9 ²⁾`; after an m it is a unit.
_RAISED_NOTE = re.compile(r"(?<=[^\s¹²³⁰⁴-⁹])(?<!m)\s?([¹²³⁰⁴-⁹][¹²³⁰⁴-⁹,]{0,20}⁾?)$")
PDF = b"%PDF-"
_OLE = b"\xd0\xcf\x11\xe0"
#: Names of streams within such a file: a workbook before 2007, and one that a password locks.
_OLD_WORKBOOK = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_LOCKED_WORKBOOK = "EncryptedPackage".encode("utf-16-le")
#: Workbooks before 1997 begin with a record of their own.
_OLDEST_WORKBOOKS = (
    b"\x09\x08\x10\0",
    b"\x09\x08\x08\0",
    b"\x09\x04\x06\0",
    b"\x09\x02\x06\0",
    b"\x09\0\x04\0",
)
_UTF_8, _WINDOWS = "UTF-8", "Windows-1252"
_LOCKED, _OLD = "locked", "old"
_OLE_REFUSALS = {
    _LOCKED: gettext_lazy(
        "The workbook %(name)s is locked with a password. Open it in a spreadsheet program, take the password away and save it as XLSX."
    ),
    _OLD: gettext_lazy(
        "The file %(name)s is a workbook of an older kind (.xls). Open it in a spreadsheet program and choose “Save as” and the kind “Excel workbook (.xlsx)”. Then bring the new file."
    ),
}
_BROKEN = (
    zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError, IndexError,
    AttributeError, OSError, EOFError, OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip


#: What may part the cells of a text.
SEPARATORS = (";", "\t", "|", ",")

logger = logging.getLogger(__name__)
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def _never_a_traceback(read: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Refuse whatever a reader did not foresee; the log has its traceback."""

    @wraps(read)
    def reading(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        try:
            return read(*args, **kwargs)
        except RuleViolation:
            raise
        except Exception as error:  # what others write has no end of forms
            logger.warning("a file of an unforeseen form", exc_info=True)
            raise UnreadableFile(
                _("The file has a form that is not known here, so nothing of it was used.")
            ) from error

    return reading


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

    def error(self, problem: str) -> UnreadableFile:
        """Return the error of this cell."""
        return UnreadableFile(
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
    percents : frozenset of CellRef
        Figures in the per cent format; `rows` has them as they are displayed, 6.9 of a stored 0.069.
    notes : mapping of CellRef to str
        Notes in superscript, which `rows` does not have.
    hidden_rows, hidden_columns : frozenset of int
        What a spreadsheet program does not display, filtered rows too.
    is_hidden : bool
        Whether the whole sheet is hidden.
    encoding : str
        Of a text, where it is not UTF-8.
    """

    rows: Sequence[Sequence[object]]
    merged_into: dict[CellRef, CellRef] = field(default_factory=dict)
    formulas_without_result: frozenset[CellRef] = frozenset()
    percents: frozenset[CellRef] = frozenset()
    notes: Mapping[CellRef, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    encoding: str = ""

    def cell(self, row: int, column: int) -> object:
        """Return the cell at a place counted from 1; text comes without blanks around it."""
        value = self.rows[row - 1][column - 1]
        return value.strip() or None if isinstance(value, str) else value


@_never_a_traceback
def open_sheet(name: str, body: bytes, sheet: str = "", separator: str = ";") -> Sheet:
    """Return one sheet of a file.

    Raises
    ------
    UnreadableFile
        When the file is not what its name says, is too large, locked, broken or empty.
    """
    check_file(name, body)
    found = (
        _parse_workbook(name, body, sheet)
        if _ending(name) == XLSX
        else _parse_csv(name, body, separator)
    )
    if not any(str(cell or "").strip() for row in found.rows for cell in row):
        raise UnreadableFile(
            _("The file %(name)s has nothing on its sheet: choose the sheet with the figures.")
            % {"name": name}
        )
    return found


@_never_a_traceback
def open_all_sheets(name: str, body: bytes, separator: str = ";") -> dict[str, Sheet]:
    """Return every sheet of a file by its name, a text as one without a name; empty ones too.

    Formulas show their results only: what lacks one is a blank cell here.

    Raises
    ------
    UnreadableFile
        When the file is not what its name says, is too large, locked or broken.
    """
    check_file(name, body)
    if _ending(name) == CSV:
        return {"": _parse_csv(name, body, separator)}
    try:
        check_parts(name, body)
        found = _load_workbook(body, results=True).worksheets
        _check_size(name, found)
        return {one.title: _sheet_of(one, dict(_merged_cells(one))) for one in found}
    except _BROKEN as error:
        raise _broken_workbook(name) from error


def check_file(name: str, body: bytes) -> None:
    """Refuse at once what need not be opened: another kind of file than its name says, or a huge one.

    Raises
    ------
    UnreadableFile
        With what the file is and what to do.
    """
    if len(body) > MAX_BYTES:
        raise too_large(name)
    _check_kind(name, body)


def _ending(name: str) -> str:
    return next((one for one in ENDINGS if name.casefold().endswith(one)), "")


def _check_kind(name: str, body: bytes) -> None:
    kind, ending = _kind(body)
    if kind in _OLE_REFUSALS:
        raise UnreadableFile(_OLE_REFUSALS[kind] % {"name": name})
    if ending != _ending(name):
        raise UnreadableFile(
            _(
                "The file %(name)s holds %(kind)s. Open it in a spreadsheet program and save it as XLSX or as CSV UTF-8."
            )
            % {"name": name, "kind": kind}
        )


def _kind(body: bytes) -> tuple[str, str]:
    """Return what a file is by its first bytes, in words and as an ending."""
    if body.startswith(b"PK\x03\x04"):
        return _("a packed workbook"), XLSX
    if body.startswith((_OLE, *_OLDEST_WORKBOOKS)):
        return _kind_of_old_file(body), ""
    if body.startswith(PDF):
        return _("a PDF document"), ""
    text = _decode(body)
    if text is None or "\0" in text[0]:
        return _("something that is neither text nor a workbook"), ""
    if text[0].lstrip()[:1] == "<":
        return _("a web page or XML"), ""
    return _("plain text"), CSV


def _kind_of_old_file(body: bytes) -> str:
    if _LOCKED_WORKBOOK in body:
        return _LOCKED
    if not body.startswith(_OLE) or any(name in body for name in _OLD_WORKBOOK):
        return _OLD
    return _("an older or a locked document")


def decode(body: bytes) -> tuple[str, str]:
    """Return a text and its encoding.

    Spreadsheet programs of Finland write UTF-8, UTF-16 or Windows-1252, and only the first two say which.

    Raises
    ------
    UnreadableFile
        When it is none of these.
    """
    found = _decode(body)
    if found is None:
        raise UnreadableFile(
            _("The encoding of the text is not known here: save the file as CSV UTF-8.")
        )
    return found


def guess_separator(body: bytes) -> str:
    """Return what parts the cells of a text: the separator its first rows have most of."""
    beginning = decode_beginning(body).splitlines()[:20]
    return max(SEPARATORS, key=lambda sign: sum(line.count(sign) for line in beginning))


def decode_beginning(body: bytes) -> str:
    """Return the first 20 000 signs of a text; empty for what is no text."""
    found = _decode(body)
    return found[0][:20_000] if found else ""


def _decode(body: bytes) -> tuple[str, str] | None:
    for encoding, name in _likely_encodings(body):
        try:
            return body.decode(encoding), name
        except UnicodeDecodeError:
            continue
    return None


def _likely_encodings(body: bytes) -> Iterator[tuple[str, str]]:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield "utf-16", "UTF-16"
    beginning = body[:2_000]
    # A letter of ours takes two bytes in UTF-16, and one of them is zero.
    for encoding, zeros in (("utf-16-le", beginning[1::2]), ("utf-16-be", beginning[::2])):
        if zeros.count(0) > 0.8 * len(zeros) > 0:
            yield encoding, "UTF-16"
    yield "utf-8-sig", _UTF_8
    yield "cp1252", _WINDOWS


def _parse_csv(name: str, body: bytes, separator: str) -> Sheet:
    content, encoding = decode(body)
    text = StringIO(content, newline="")
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
        raise UnreadableFile(
            _("Row %(row)s of the file cannot be read: a quotation mark may be left open.")
            % {"row": reader.line_num}
        ) from error
    notes: dict[CellRef, str] = {}
    cleaned = _pad_rows(
        [_text_cell(cell, CellRef(row, column), notes) for column, cell in enumerate(cells, 1)]
        for row, cells in enumerate(rows, 1)
    )
    return Sheet(cleaned, notes=notes, encoding="" if encoding == _UTF_8 else encoding)


def _text_cell(cell: object, ref: CellRef, notes: dict[CellRef, str]) -> object:
    """Return a cell with its text cleaned and a note after it taken apart."""
    if not isinstance(cell, str):
        return cell
    text = clean(cell).strip()
    if found := _RAISED_NOTE.search(text):
        notes[ref] = found[1]
        text = text[: found.start()]
    return text or None


def _broken_workbook(name: str) -> UnreadableFile:
    return UnreadableFile(
        _(
            "The workbook %(name)s cannot be opened: it is broken or locked. Open it in a spreadsheet program and save it again as XLSX."
        )
        % {"name": name}
    )


def _pad_rows(cells: Iterable[Sequence[object]]) -> list[list[object]]:
    rows = list(cells)
    width = max(map(len, rows), default=0)
    return [[*row, *[None] * (width - len(row))] for row in rows]


def _sheet_of(
    results: Any,
    merged_into: dict[CellRef, CellRef],
    formulas_without_result: frozenset[CellRef] = frozenset(),
) -> Sheet:
    """Return the sheet a person sees: figures as they are displayed, notes apart, what is hidden named."""
    notes: dict[CellRef, str] = {}
    percents: set[CellRef] = set()
    rows = _pad_rows(
        [_workbook_cell(cell, notes, percents) for cell in row] for row in results.iter_rows()
    )
    return Sheet(
        rows,
        merged_into,
        formulas_without_result,
        percents=frozenset(percents),
        notes=notes,
        hidden_rows=frozenset(
            row for row, one in results.row_dimensions.items() if one.hidden or one.height == 0
        ),
        hidden_columns=frozenset(_hidden_columns(results)),
        is_hidden=results.sheet_state != "visible",
    )


def _workbook_cell(cell: Any, notes: dict[CellRef, str], percents: set[CellRef]) -> object:
    value: object = cell.value
    if value is None:
        return None
    ref = CellRef(cell.row, cell.column)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if cell.has_style and _is_percent(cell.number_format):
            percents.add(ref)
            return _hundredfold(value)
        return value
    if isinstance(value, list):  # text whose parts have formats of their own
        return _rich_text(value, ref, notes)
    return _text_cell(value, ref, notes)


@lru_cache(maxsize=1_000)
def _is_percent(number_format: str) -> bool:
    """Return whether a number format displays a hundredfold; a sign in quotes is only a sign."""
    return "%" in _LITERAL.sub("", number_format)


def _hundredfold(value: int | float) -> int | float:
    if isinstance(value, int):
        return value * 100
    exact = Decimal(repr(value))
    return float(exact * 100) if exact.is_finite() else value


def _rich_text(parts: Sequence[Any], ref: CellRef, notes: dict[CellRef, str]) -> object:
    text, raised = "", ""
    for part in parts:
        font = getattr(part, "font", None)
        words = str(getattr(part, "text", part) or "")
        if getattr(font, "vertAlign", None) == "superscript" and not text.endswith("m"):
            raised += words
        else:
            text += words
    whole = _text_cell(text, ref, notes)
    if raised.strip() and whole is not None:
        notes[ref] = raised.strip() + notes.get(ref, "")
        return whole
    return whole if not raised.strip() else clean(raised).strip()


def _hidden_columns(results: Any) -> Iterator[int]:
    for letter, one in results.column_dimensions.items():
        if one.hidden or one.width == 0:
            last = min(one.max or column_number(letter), results.max_column)
            yield from range(one.min or column_number(letter), last + 1)


def _parse_workbook(name: str, body: bytes, sheet: str) -> Sheet:
    try:
        check_parts(name, body)
        # The results of formulas first, then the formulas themselves.
        results, formulas = (_load_sheet(name, body, sheet, results=one) for one in (True, False))
        merged_into = dict(_merged_cells(formulas))
        formulas_without_result = frozenset(
            CellRef(cell.row, cell.column)
            for row in formulas.iter_rows()
            for cell in row
            if cell.data_type == "f" and results.cell(cell.row, cell.column).value is None
        )
        return _sheet_of(results, merged_into, formulas_without_result)
    except _BROKEN as error:
        raise _broken_workbook(name) from error


def _load_workbook(body: bytes, *, results: bool) -> Any:
    from openpyxl import load_workbook  # noqa: PLC0415 -- slow import

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and checks it leaves out
        return load_workbook(BytesIO(body), data_only=results, rich_text=results)


def _check_size(name: str, laid_out: Sequence[Any]) -> None:
    """Refuse sheets too large to be laid out together: one cell far down makes all those above it."""
    if sum(one.max_row * one.max_column for one in laid_out) > MAX_CELLS:
        raise too_large(name)


def _load_sheet(name: str, body: bytes, sheet: str, *, results: bool) -> Any:
    book = _load_workbook(body, results=results)
    names = [one.title for one in book.worksheets]
    if sheet and sheet not in names:
        raise UnreadableFile(
            _("The file %(name)s has no sheet “%(sheet)s”; it has %(sheets)s.")
            % {"name": name, "sheet": sheet, "sheets": ", ".join(names)}
        )
    displayed = [one for one in book.worksheets if one.sheet_state == "visible"]
    found = book[sheet] if sheet else (displayed or book.worksheets)[0]
    _check_size(name, [found])
    return found


def _merged_cells(sheet: Any) -> Iterator[tuple[CellRef, CellRef]]:
    for block in sheet.merged_cells.ranges:
        first = CellRef(block.min_row, block.min_col)
        for row in range(block.min_row, block.max_row + 1):
            for column in range(block.min_col, block.max_col + 1):
                if (row, column) != first:
                    yield CellRef(row, column), first
