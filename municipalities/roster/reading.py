"""A table of people read: its columns found, then each row's person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from municipalities.enums import Language
from municipalities.roster.cells import CHECKS, check_lengths, check_names
from municipalities.roster.headings import Order, Part, group_of
from municipalities.roster.joining import joined_rows
from municipalities.roster.layout import Layout, Row, find_layout, in_order
from municipalities.roster.names import split_name
from municipalities.roster.rows import PersonRow
from municipalities.roster.tables import MOST_PEOPLE, rows_of, too_many
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.sheets import CellRef


@dataclass(frozen=True)
class ReadTable:
    """The people of a table and how its columns were read.

    Parameters
    ----------
    columns
        Letter of each column that was read, and what it holds.
    unused
        What stands above the columns that were not.
    example
        Somebody whose names were told apart by their looks alone.
    """

    rows: tuple[PersonRow, ...]
    columns: tuple[tuple[str, str], ...]
    unused: tuple[str, ...] = ()
    last_name_first: bool = False
    example: PersonRow | None = None

    @property
    def order_in_words(self) -> str:
        """In which order the names were read where nobody has said it; empty where somebody has."""
        if self.example is None:
            return ""
        first, last = self.example.first_name, self.example.last_name
        if self.last_name_first:
            sentence = _("The names were read in the order last name, first name: %(name)s.")
            return sentence % {"name": f"{last} {first}"}
        sentence = _("The names were read in the order first name, last name: %(name)s.")
        return sentence % {"name": f"{first} {last}"}


def read_people(
    text: str, *, group: str = "", language: str = Language.FINNISH, order: str = Order.GUESSED
) -> ReadTable:
    """Return the people of a pasted table, a row each.

    Parameters
    ----------
    group, language
        Of new people whose row names none.
    order
        Which name comes first where no heading says so.

    Raises
    ------
    RuleViolation
        When nothing, no names or far too many people are in it.
    """
    rows = rows_of(text)
    if not rows:
        raise RuleViolation(_("Paste rows of people, or choose a file with them."), field="rows")
    layout = find_layout(rows)
    order = layout.told_order or order
    layout = in_order(layout, order)
    if len(layout.data) > MOST_PEOPLE:
        raise too_many()
    people = tuple(joined_rows(_RowReader(layout, group, language).read()))
    shown = tuple(
        (CellRef(1, at + 1).letter, str(part.label)) for at, part in sorted(layout.columns.items())
    )
    example = None if order else _find_example(layout, people)
    return ReadTable(people, shown, layout.unused, layout.last_name_first, example)


def _find_example(layout: Layout, people: Sequence[PersonRow]) -> PersonRow | None:
    """Find somebody whose row does not say which name is which; a comma says it."""
    told = {row[0] for row in layout.data if "," in layout.cell(row, Part.NAME)}
    return next((each for each in people if each.number not in told and not each.errors), None)


@dataclass
class _RowReader:
    """Reads the rows; a row that names nothing but a group is a heading of those below it."""

    layout: Layout
    group: str
    language: str
    section: str = ""

    def read(self) -> Iterator[PersonRow]:
        """Yield the people in order."""
        for row in self.layout.data:
            filled = [cell for cell in row[1] if cell]
            if len(filled) == 1 and (group := group_of(filled[0])):
                self.section = group
            else:
                yield self._person(row)

    def _person(self, row: Row) -> PersonRow:
        first, last = self._names(row)
        person = PersonRow(
            row[0],
            key=self.layout.cell(row, Part.KEY),
            first_name=first,
            last_name=last,
            title=self.layout.cell(row, Part.TITLE),
            body=self.layout.cell(row, Part.BODY),
            group=self.section,
            assumed_group=self.group,
            assumed_language=self.language,
        )
        for part, check in CHECKS.items():
            person = check(person, self.layout.cell(row, part))
        return check_lengths(check_names(person, " ".join(filter(None, row[1]))))

    def _names(self, row: Row) -> tuple[str, str]:
        whole = self.layout.cell(row, Part.NAME)
        first, last = (self.layout.cell(row, each) for each in (Part.FIRST_NAME, Part.LAST_NAME))
        if first and last:
            return first, last
        return (
            split_name(whole, last_name_first=self.layout.last_name_first)
            if whole
            else (first, last)
        )
