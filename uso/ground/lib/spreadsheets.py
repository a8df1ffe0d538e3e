"""CSV and XLSX files that a Finnish spreadsheet program opens as they are, and no text as a formula."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from uso.ground.lib.dates import HELSINKI, local

Cell = str | int | float | Decimal | dt.date | dt.datetime | bool | None

#: Characters a spreadsheet takes as the start of a formula (OWASP, CSV injection).
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV file that a Finnish Excel opens as it is: semicolons, UTF-8 with BOM."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow([harmless(head) for head in heads])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return "\N{BYTE ORDER MARK}".encode() + written.getvalue().encode()


@dataclass(frozen=True)
class XlsxSheet:
    """One sheet of an XLSX file.

    Parameters
    ----------
    widths
        Of the first columns, in characters; the rest stay as a spreadsheet has them.
    wrapped
        Places of the columns whose long texts are broken into lines, from 0.
    """

    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    title: str = ""
    widths: Sequence[int] = ()
    wrapped: frozenset[int] = frozenset()


#: What spreadsheet programs allow of a sheet's title.
MOST_OF_TITLE: Final = 31
_NOT_IN_TITLES: Final = re.compile(r"[\[\]:*?/\\]")


def as_xlsx(*sheets: XlsxSheet) -> bytes:
    """Return an XLSX file; numbers and dates stay what they are, text is never a formula."""
    from openpyxl import Workbook  # noqa: PLC0415 -- slow import
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 -- slow import

    book, bold = Workbook(write_only=True), Font(bold=True)
    lines = Alignment(vertical="top", wrap_text=True)
    for each in sheets:
        title = _NOT_IN_TITLES.sub(" ", each.title)[:MOST_OF_TITLE].strip()
        sheet = book.create_sheet(title or None)
        sheet.freeze_panes = "A2"
        for place, width in enumerate(each.widths):
            sheet.column_dimensions["ABCDEFGHIJ"[place]].width = width
        heads = [_xlsx_cell(sheet, head) for head in each.heads]
        for head in heads:
            head.font = bold
        sheet.append(heads)
        for row in each.rows:
            cells = [_xlsx_cell(sheet, cell) for cell in row]
            for place, cell in enumerate(row):
                if place in each.wrapped and isinstance(cell, str):
                    cells[place].alignment = lines
            sheet.append(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes as a formula.

    Examples
    --------
    >>> harmless("=1+1"), harmless("Kannus"), harmless("")
    ("'=1+1", 'Kannus', '')
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return str(cell).replace(".", ",")
    if isinstance(cell, dt.datetime):
        return f"{local(cell):%d.%m.%Y %H:%M}"
    return f"{cell:%d.%m.%Y}" if isinstance(cell, dt.date) else harmless(str(cell))


def _xlsx_cell(sheet: Any, cell: Cell) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 -- slow import
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415 -- slow import

    if isinstance(cell, dt.datetime):
        return cell.astimezone(HELSINKI).replace(tzinfo=None)  # a spreadsheet knows no zones
    if cell is None or isinstance(cell, int | float | Decimal | dt.date):
        return cell
    text = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", str(cell)))
    text.data_type = "s"
    return text
