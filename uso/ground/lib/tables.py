"""Lists that can be sorted, filtered and taken out as XLSX or CSV.

A view describes its columns once; the page, the order asked for in the address (``?sort=-fee``),
the words sought (``?q=``), the columns shown (``?columns=``) and the files (``?export=xlsx``) come
from the same description. So do filters, groups, and what can be done with a row.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Generic, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from uso.ground.lib.characters import clean_line
from uso.ground.lib.dates import day, moment
from uso.ground.lib.languages import current_language
from uso.ground.lib.marks import escaped, fill, with_notes
from uso.ground.lib.money import euros, number
from uso.ground.lib.order import finnish
from uso.ground.lib.spreadsheets import XLSX, Cell, XlsxSheet, as_csv, as_xlsx

Row = TypeVar("Row")

MADE_UP: Final = "esittely-"  # before the names of files of the demonstration
#: A list of so many rows is drawn whole; of a longer one the first, unless all are asked for.
DRAWN_WHOLE: Final = 100
FIRST_OF_A_LONG_ONE: Final = 50
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
    in_euros
        The page shows the value as a sum of money.
    notes
        Small lines below it.
    also
        Other words a row is found by, such as an old name.
    heads
        Its cells name their rows; it is always shown.
    on_page
        The page shows it where nobody has chosen the columns; files hold them all.
    """

    key: str
    label: str | Promise
    value: Callable[[Row], Cell]
    numeric: bool = False
    sorts: bool = True
    sought: bool = False
    also: Callable[[Row], str] | None = None
    drawn: Callable[[Row], str] | None = None
    in_euros: bool = False
    notes: Callable[[Row], Sequence[str]] | None = None
    heads: bool = False
    on_page: bool = True

    def words(self, row: Row, language: str) -> str:
        """Return what the page shows of a row, as HTML."""
        words = escaped(self.drawn(row) if self.drawn else self._text(self.value(row), language))
        return with_notes(SafeString(words), self.notes(row)) if self.notes else words

    def _text(self, value: Cell, language: str) -> str:
        if self.in_euros and isinstance(value, Decimal):
            return euros(value, language=language)
        return as_text(value, language)

    @property
    def cell(self) -> str:
        """The cell around the words, as a template for `str.format`."""
        if self.heads:
            return '<th scope="row">{}</th>'
        label = escaped(self.label).replace("{", "{{").replace("}", "}}")
        look = ' class="r"' if self.numeric else ""
        return f'<td{look} data-label="{label}"><span>{{}}</span></td>'


@dataclass(frozen=True)
class Filter(Generic[Row]):
    """A choice that narrows the rows: `?<key>=<choice>`; files hold the same rows.

    Parameters
    ----------
    value
        Which choice a row belongs to.
    choices
        Value and words of each choice, in the order shown.
    """

    key: str
    label: str | Promise
    value: Callable[[Row], str]
    choices: Sequence[tuple[str, str | Promise]]


@dataclass(frozen=True)
class RowAction(Generic[Row]):
    """What can be done with a row: a link, or a button that sends.

    Parameters
    ----------
    label
        Verb first; the row's name follows it for screen readers.
    address
        Where the link or the button leads.
    named
        Name of the row.
    sends
        A button with its CSRF token; otherwise a link.
    offered
        Whether this row has it; each has by default.
    """

    label: str | Promise
    address: Callable[[Row], str]
    named: Callable[[Row], str]
    sends: bool = False
    offered: Callable[[Row], bool] = lambda _row: True

    def draw(self, row: Row, token: Callable[[], str]) -> SafeString:
        """Return the link or the button of a row."""
        words = fill('{} <span class="visually-hidden">{}</span>', self.label, self.named(row))
        if not self.sends:
            return fill('<a href="{}">{}</a>', self.address(row), words)
        return fill(
            '<form method="post" action="{}">'
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
            '<button class="button plain small">{}</button></form>',
            self.address(row),
            token(),
            words,
        )


@dataclass(frozen=True)
class Head:
    """What the head of a column draws."""

    label: str | Promise
    numeric: bool
    url: str
    direction: str


@dataclass(frozen=True)
class Choice:
    """One choice of a filter, or one column that may be shown; `key` is its value in the address."""

    label: str | Promise
    current: bool
    url: str = ""
    key: str = ""


@dataclass(frozen=True)
class Table(Generic[Row]):
    """Rows arranged as the address asks."""

    all_columns: Sequence[Column[Row]]
    rows: Sequence[Row]
    name: str
    request: HttpRequest
    filters: Sequence[Filter[Row]] = ()
    actions: Sequence[RowAction[Row]] = ()
    group_of: Callable[[Row], str] | None = None
    title: str = ""

    @property
    def asked(self) -> QueryDict:
        """What the address asks."""
        return self.request.GET

    @property
    def columns(self) -> list[Column[Row]]:
        """Columns of the page: those chosen (`?columns=`), otherwise those it shows by itself."""
        chosen = set(self.asked.getlist("columns")) & {column.key for column in self.all_columns}
        return [
            column
            for column in self.all_columns
            if (column.heads or column.key in chosen if chosen else column.on_page)
        ]

    @property
    def query(self) -> str:
        """Words sought, as typed."""
        return clean_line(self.asked.get("q", ""))

    @property
    def searches(self) -> bool:
        """Whether any column is sought from."""
        return any(column.sought for column in self.all_columns)

    @property
    def export(self) -> str:
        """Format of the file asked for, or nothing."""
        wanted = self.asked.get("export", "")
        return wanted if wanted in FORMATS else ""

    @property
    def shown(self) -> Sequence[Row]:
        """Rows that the page draws: the first of a long list, all of them where asked (`?all=`)."""
        whole = self.asked.get("all") or len(self.rows) <= DRAWN_WHOLE
        return self.rows if whole else self.rows[:FIRST_OF_A_LONG_ONE]

    @property
    def all_url(self) -> str:
        """Address of the same list with every row; empty where the page draws them all."""
        return self._address(all="1") if len(self.shown) < len(self.rows) else ""

    @property
    def heads(self) -> list[Head]:
        """Heads of the columns with the address that sorts by each."""
        return [self._head(column) for column in self.columns]

    @property
    def exports(self) -> list[tuple[str, str]]:
        """Name and address of each file of these rows."""
        return [(name.upper(), self._address(export=name)) for name in FORMATS]

    @property
    def filter_fields(self) -> list[tuple[str, str | Promise, list[Choice]]]:
        """Key, label and choices of each filter, where there are several: one form asks them all."""
        several = self.filters if len(self.filters) > 1 else ()
        return [(each.key, each.label, self._choices(each, linked=False)) for each in several]

    @property
    def beside_filters(self) -> list[tuple[str, str]]:
        """What else the address asks: the form of the filters carries it along."""
        own = {each.key for each in self.filters} | {"export"}
        asked = ((key, value) for key, values in self.asked.lists() for value in values)
        return [(key, value) for key, value in asked if key not in own and value]

    @property
    def unfiltered(self) -> str:
        """Address of the same list without its filters; empty where none is chosen."""
        chosen = any(self.asked.get(each.key) for each in self.filters)
        return self._address(**{each.key: "" for each in self.filters}) if chosen else ""

    @property
    def filter_choices(self) -> list[tuple[str | Promise, list[Choice]]]:
        """Label and choices of the one filter of a list; the first of them takes it away."""
        single = self.filters if len(self.filters) == 1 else ()
        return [(each.label, self._choices(each)) for each in single]

    @property
    def column_choices(self) -> list[Choice]:
        """Columns that may be shown or hidden."""
        shown = {column.key for column in self.columns}
        return [
            Choice(column.label, column.key in shown, key=column.key)
            for column in self.all_columns
            if not column.heads
        ]

    @property
    def body(self) -> Iterator[SafeString]:
        """The shown rows as HTML; the label in each cell stands beside its value where the list folds.

        Without another order asked for, a row with its name and size comes before each group.
        """
        # One template of a row for all of them: 93 members have a thousand cells.
        columns, sizes, language = self.columns, self._group_sizes(), current_language()
        cells = "".join(column.cell for column in columns)
        template = f"<tr>{cells}<td>{{}}</td></tr>" if self.actions else f"<tr>{cells}</tr>"
        for row in self.shown:
            if sizes and self.group_of and (size := sizes.pop(self.group_of(row), 0)):
                yield self._group_row(self.group_of(row), size)
            words = [column.words(row, language) for column in columns]
            if self.actions:
                words.append(self._drawn_actions(row))
            yield SafeString(template.format(*words))

    def cells(self, row: Row) -> list[Cell]:
        """Return a row's values in the order of all columns."""
        return [column.value(row) for column in self.all_columns]

    def response(self) -> HttpResponse:
        """Return the file asked for, with these rows in this order."""
        heads = [str(column.label) for column in self.all_columns]
        body = [self.cells(row) for row in self.rows]
        sheet = XlsxSheet(heads, body, self.title)
        content = as_xlsx(sheet) if self.export == "xlsx" else as_csv(heads, body)
        made_up = MADE_UP if settings.DEMO else ""
        name = f"{made_up}{self.name}.{self.export}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type=FORMATS[self.export], headers=headers)

    def _group_sizes(self) -> dict[str, int]:
        if self.group_of is None or self.asked.get("sort"):
            return {}
        return dict(Counter(self.group_of(row) for row in self.rows))

    def _group_row(self, group: str, size: int) -> SafeString:
        return fill(
            '<tr class="group"><th colspan="{}" scope="colgroup">{}'
            ' <span class="quiet">{}</span></th></tr>',
            len(self.columns) + bool(self.actions),
            group,
            size,
        )

    def _drawn_actions(self, row: Row) -> SafeString:
        drawn = (
            each.draw(row, lambda: get_token(self.request))
            for each in self.actions
            if each.offered(row)
        )
        return fill('<span class="buttons">{}</span>', SafeString(" ".join(drawn)))

    def _choices(self, narrowing: Filter[Row], *, linked: bool = True) -> list[Choice]:
        """Return the choices of a filter; as links each has the address of its rows."""
        asked = self.asked.get(narrowing.key, "")
        every = [("", gettext_lazy("All")), *narrowing.choices]
        return [
            Choice(
                words,
                value == asked,
                self._address(**{narrowing.key: value}) if linked else "",
                value,
            )
            for value, words in every
        ]

    def _head(self, column: Column[Row]) -> Head:
        sort = self.asked.get("sort", "")
        up, down = sort == column.key, sort == f"-{column.key}"
        direction = "ascending" if up else "descending" if down else ""
        url = self._address(sort=f"-{column.key}" if up else column.key) if column.sorts else ""
        return Head(column.label, column.numeric, url, direction)

    def _address(self, **changes: str) -> str:
        query = self.asked.copy()
        for key, value in {"export": "", **changes}.items():
            query[key] = value
        for key in [key for key in query if not any(query.getlist(key))]:
            del query[key]
        return "?" + query.urlencode()


def arrange(
    columns: Sequence[Column[Row]],
    rows: Iterable[Row],
    request: HttpRequest,
    *,
    name: str,
    filters: Sequence[Filter[Row]] = (),
    actions: Sequence[RowAction[Row]] = (),
    group_of: Callable[[Row], str] | None = None,
    title: str = "",
) -> Table[Row]:
    """Return a table of the rows that are asked for, in the order asked for.

    Parameters
    ----------
    columns
        Description of the columns.
    rows
        Rows as the query gives them; their order is kept where none is asked for.
    request
        Its address asks: ``q``, ``sort`` (a column's key, ``-`` before it turns the order),
        ``columns``, ``export`` and the keys of the filters.
    name
        Name of the file without its ending.
    filters, actions
        What narrows the rows, and what can be done with each.
    group_of
        Name of a row's group, of rows that come group by group.
    title
        What the list is called on its page, for the sheet of a workbook; otherwise its file's name.

    Returns
    -------
    Table
        For the component ``<c-table :table="table">``; ``table.export`` names the file asked for.
    """
    asked = request.GET
    chosen = [(each.value, asked[each.key]) for each in filters if asked.get(each.key)]
    shown = [row for row in rows if all(value(row) == choice for value, choice in chosen)]
    shown = _sorted(
        columns, _found(columns, shown, clean_line(asked.get("q", ""))), asked.get("sort", "")
    )
    return Table(columns, shown, name, request, filters, actions, group_of, title or name)


def _found(columns: Sequence[Column[Row]], rows: list[Row], words: str) -> list[Row]:
    parts = words.casefold().split()
    sought = [column for column in columns if column.sought]
    if not parts or not sought:
        return rows
    texts = (" ".join(_sought_words(column, row) for column in sought).casefold() for row in rows)
    return [row for row, text in zip(rows, texts, strict=True) if _has_all(text, parts)]


def has_words(text: str, words: str) -> bool:
    """Return whether a text has every word sought, as a list finds its rows."""
    return _has_all(text.casefold(), words.casefold().split())


def _has_all(text: str, parts: Sequence[str]) -> bool:
    return all(part in text for part in parts)


def _sought_words(column: Column[Row], row: Row) -> str:
    words = str(column.value(row) or "")
    return f"{words} {column.also(row)}" if column.also else words


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


def as_text(value: Cell, language: str | None = None) -> str:
    """Return a value as people write it; in the language being spoken when that is missing."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return moment(value, weekday=False, language=language)
    if isinstance(value, dt.date):
        return day(value, weekday=False, language=language)
    return str(value) if isinstance(value, bool | Promise) else number(value, language=language)
