"""Lists that can be sorted, filtered and taken out as XLSX or CSV.

A view describes its columns once; the page, the order asked for in the address (``?sort=-fee``),
the words sought (``?q=``) and the files (``?export=xlsx``) come from the same description.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final, Generic, TypeVar

from django.conf import settings
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from uso.ground.lib.dates import HELSINKI, day, local, moment
from uso.ground.lib.money import number
from uso.ground.lib.order import finnish

Row = TypeVar("Row")
Cell = str | int | float | Decimal | dt.date | dt.datetime | bool | None

# Characters a spreadsheet takes as the start of a formula (OWASP, CSV injection).
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MADE_UP: Final = "esittely-"  # before the names of files of the demonstration
FORMATS: Final = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its key in addresses, its words, and how a row gives its value.

    Parameters
    ----------
    value
        What the column is ordered by and the files hold.
    drawn
        What the page shows instead, as HTML (`uso.ground.lib.marks`); without it the value as text.
    heads
        Its cells name their rows.
    """

    key: str
    label: str | Promise
    value: Callable[[Row], Cell]
    numeric: bool = False
    sorts: bool = True
    sought: bool = False
    drawn: Callable[[Row], str] | None = None
    heads: bool = False

    def words(self, row: Row) -> str:
        """Return what the page shows of a row."""
        return self.drawn(row) if self.drawn else as_text(self.value(row))

    @property
    def cell(self) -> str:
        """The cell around the words, as a template for `format_html`."""
        if self.heads:
            return '<th scope="row">{}</th>'
        label = escape(self.label).replace("{", "{{").replace("}", "}}")
        look = ' class="r"' if self.numeric else ""
        return f'<td{look} data-label="{label}"><span>{{}}</span></td>'


@dataclass(frozen=True)
class Head:
    """What the head of a column draws."""

    label: str | Promise
    numeric: bool
    url: str
    direction: str


@dataclass(frozen=True)
class Table(Generic[Row]):
    """Rows arranged as the address asks."""

    columns: Sequence[Column[Row]]
    rows: Sequence[Row]
    name: str
    asked: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """Words sought, as typed."""
        return self.asked.get("q", "").strip()

    @property
    def searches(self) -> bool:
        """Whether any column is sought from."""
        return any(column.sought for column in self.columns)

    @property
    def export(self) -> str:
        """Format of the file asked for, or nothing."""
        wanted = self.asked.get("export", "")
        return wanted if wanted in FORMATS else ""

    @property
    def heads(self) -> list[Head]:
        """Heads of the columns with the address that sorts by each."""
        return [self._head(column) for column in self.columns]

    @property
    def exports(self) -> list[tuple[str, str]]:
        """Name and address of each file of these rows."""
        return [(name.upper(), self._address(export=name)) for name in FORMATS]

    @property
    def body(self) -> list[SafeString]:
        """Every row as HTML; the label in each cell stands beside its value where the list folds."""
        # One template of a row for all of them: 93 members have a thousand cells.
        cells = "".join(column.cell for column in self.columns)
        return [
            format_html(f"<tr>{cells}</tr>", *(column.words(row) for column in self.columns))
            for row in self.rows
        ]

    def only(self, *keys: str) -> Table[Row]:
        """Return the same rows with these columns alone, for the page; files hold them all."""
        return replace(self, columns=[column for column in self.columns if column.key in keys])

    def cells(self, row: Row) -> list[Cell]:
        """Return a row's values in the order of the columns."""
        return [column.value(row) for column in self.columns]

    def response(self) -> HttpResponse:
        """Return the file asked for, with these rows in this order."""
        heads = [str(column.label) for column in self.columns]
        body = [self.cells(row) for row in self.rows]
        content = as_xlsx(heads, body) if self.export == "xlsx" else as_csv(heads, body)
        made_up = MADE_UP if settings.DEMO else ""
        name = f"{made_up}{self.name}.{self.export}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type=FORMATS[self.export], headers=headers)

    def _head(self, column: Column[Row]) -> Head:
        sort = self.asked.get("sort", "")
        up, down = sort == column.key, sort == f"-{column.key}"
        direction = "ascending" if up else "descending" if down else ""
        url = self._address(sort=f"-{column.key}" if up else column.key) if column.sorts else ""
        return Head(column.label, column.numeric, url, direction)

    def _address(self, **changes: str) -> str:
        kept = {k: v for k, v in self.asked.items() if k != "export" and v}
        return "?" + urlencode({**kept, **changes})


def arrange(
    columns: Sequence[Column[Row]], rows: Iterable[Row], asked: Mapping[str, str], *, name: str
) -> Table[Row]:
    """Return a table of the rows that hold the words sought, in the order asked for.

    Parameters
    ----------
    columns
        Description of the columns.
    rows
        Rows as the query gives them; their order is kept where none is asked for.
    asked
        ``request.GET``: ``q``, ``sort`` (a column's key, ``-`` before it turns the order) and
        ``export``.
    name
        Name of the file without its ending.

    Returns
    -------
    Table
        For the component ``<c-table :table="table">``; ``table.export`` names the file asked for.
    """
    kept = _found(columns, list(rows), asked.get("q", ""))
    return Table(columns, _sorted(columns, kept, asked.get("sort", "")), name, dict(asked.items()))


def _found(columns: Sequence[Column[Row]], rows: list[Row], words: str) -> list[Row]:
    parts = words.casefold().split()
    sought = [column for column in columns if column.sought]
    if not parts or not sought:
        return rows
    texts = (" ".join(str(column.value(row) or "") for column in sought).casefold() for row in rows)
    return [
        row for row, text in zip(rows, texts, strict=True) if all(part in text for part in parts)
    ]


def _sorted(columns: Sequence[Column[Row]], rows: list[Row], sort: str) -> list[Row]:
    by_key = {column.key: column for column in columns if column.sorts}
    column = by_key.get(sort.removeprefix("-"))
    if column is None:
        return rows
    value = column.value
    present = [row for row in rows if value(row) not in (None, "")]
    missing = [row for row in rows if value(row) in (None, "")]
    ordered = sorted(present, key=lambda row: _sort_key(value(row)), reverse=sort.startswith("-"))
    return ordered + missing


def _sort_key(value: Cell) -> Any:
    """Return what a value is ordered by: letters as Finnish does, the rest as it is."""
    return finnish(str(value)) if isinstance(value, str | Promise) else value


def as_text(value: Cell) -> str:
    """Return a value as people write it in the language being spoken."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return moment(value, weekday=False)
    if isinstance(value, dt.date):
        return day(value, weekday=False)
    return str(value) if isinstance(value, bool | str | Promise) else number(value)


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV file that a Finnish Excel opens as it is: semicolons, UTF-8 with BOM."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow([harmless(head) for head in heads])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return "\N{BYTE ORDER MARK}".encode() + written.getvalue().encode()


def as_xlsx(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return an XLSX file; numbers and dates stay what they are, text is never a formula."""
    from openpyxl import Workbook  # noqa: PLC0415 -- slow import

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for row in (heads, *rows):
        sheet.append([_xlsx_cell(sheet, cell) for cell in row])
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
