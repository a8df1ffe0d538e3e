"""Which column of a table of people is what: by the headings, else by what stands in them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from municipalities.roster.headings import (
    Order,
    Part,
    group_of,
    language_of,
    names_body,
    order_of,
    part_of,
)
from municipalities.roster.names import is_turned
from uso.ground.lib.errors import RuleViolation

#: Among so many first rows the headings are looked for.
MOST_ROWS_ABOVE: Final = 10
#: Of a table without headings.
MOST_ROWS_LOOKED_AT: Final = 500
_PHONE: Final = re.compile(r"\+?[\d\s()\-‐–]{6,}")

Row = tuple[int, Sequence[str]]


@dataclass(frozen=True)
class Layout:
    """What the columns hold, by their place from 0, and the rows below the headings."""

    columns: Mapping[int, Part]
    data: Sequence[Row]
    unused: tuple[str, ...] = ()
    told_order: str = ""
    last_name_first: bool = False

    def cells(self, part: Part) -> list[str]:
        """Return what a column holds, without blanks."""
        return [cell for row in self.data if (cell := self.cell(row, part))]

    def cell(self, row: Row, part: Part) -> str:
        """Return what a row has in a column; empty where there is none."""
        at = next((at for at, each in self.columns.items() if each == part), None)
        return row[1][at] if at is not None and at < len(row[1]) else ""


def find_layout(rows: Sequence[Row]) -> Layout:
    """Find the columns by their headings, else by what stands in them."""
    for place, (_number, cells) in enumerate(rows[:MOST_ROWS_ABOVE]):
        found = {at: part_of(cell) for at, cell in enumerate(cells) if part_of(cell)}
        if len(found) >= 2 or (found and len(found) == sum(map(bool, cells))):
            columns: dict[int, Part] = {}
            for at, part in found.items():
                if part not in columns.values():
                    columns[at] = Part(part)
            unused = tuple(cell for at, cell in enumerate(cells) if cell and at not in columns)
            told = _told_order({part: cells[at] for at, part in columns.items()})
            return _require_names(Layout(columns, rows[place + 1 :], unused, told))
    return _require_names(Layout(_guess_columns(rows[:MOST_ROWS_LOOKED_AT]), rows))


def _told_order(headings: Mapping[Part, str]) -> str:
    """Return the order the headings say; that of one column may name both."""
    if {Part.FIRST_NAME, Part.LAST_NAME} <= set(headings):
        return Order.FIRST_NAME
    return order_of(headings.get(Part.NAME, ""))


def _require_names(layout: Layout) -> Layout:
    parts = set(layout.columns.values())
    if Part.NAME not in parts and not {Part.FIRST_NAME, Part.LAST_NAME} <= parts:
        raise RuleViolation(
            _(
                "No column of names was found. Call the columns “First name” and “Last name”, or one column “Name”."
            ),
            field="rows",
        )
    return layout


def _guess_columns(rows: Sequence[Row]) -> dict[int, Part]:
    """Say what the columns of a table without headings hold, by the most of their cells."""
    columns: dict[int, Part] = {}
    rest: list[int] = []
    for at in range(max(len(cells) for _number, cells in rows)):
        cells = [row[at] for _number, row in rows if len(row) > at and row[at]]
        part = next((part for part, fits in _LOOKS.items() if _mostly(cells, fits)), None)
        if part and part not in columns.values():
            columns[at] = part
        elif cells:
            rest.append(at)
    return columns | (_guess_names(rest, rows) if rest else {})


_LOOKS: Final[Mapping[Part, Callable[[str], bool]]] = {
    Part.EMAIL: lambda cell: "@" in cell,
    Part.PHONE: lambda cell: _PHONE.fullmatch(cell) is not None,
    Part.GROUP: lambda cell: group_of(cell) != "",
    Part.LANGUAGE: lambda cell: language_of(cell) != "",
    Part.BODY: names_body,
}


def _mostly(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return 2 * sum(map(fits, cells)) > len(cells)


def _guess_names(rest: Sequence[int], rows: Sequence[Row]) -> dict[int, Part]:
    first = rest[0]
    cells = [row[first] for _number, row in rows if len(row) > first and row[first]]
    if len(rest) == 1 or _mostly(cells, lambda cell: " " in cell):
        names, others = {first: Part.NAME}, rest[1:]
    else:
        names, others = {first: Part.FIRST_NAME, rest[1]: Part.LAST_NAME}, rest[2:]
    return names | ({others[0]: Part.TITLE} if others else {})


def in_order(layout: Layout, order: str) -> Layout:
    """Say which name comes first: by the headings, as asked, else by how the names look."""
    if Part.NAME in layout.columns.values():
        words = [cell.split() for cell in layout.cells(Part.NAME) if " " in cell]
        firsts, lasts = [each[0] for each in words], [each[-1] for each in words]
        return replace(layout, last_name_first=is_turned(firsts, lasts, order))
    firsts, lasts = layout.cells(Part.FIRST_NAME), layout.cells(Part.LAST_NAME)
    if layout.told_order or not is_turned(firsts, lasts, order):
        return layout
    turned = {Part.FIRST_NAME: Part.LAST_NAME, Part.LAST_NAME: Part.FIRST_NAME}
    columns = {at: turned.get(part, part) for at, part in layout.columns.items()}
    return replace(layout, columns=columns, last_name_first=True)
