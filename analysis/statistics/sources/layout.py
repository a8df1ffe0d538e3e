"""Which column of a sheet holds what, by its headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from analysis.statistics.sources import cells, tidy
from analysis.statistics.sources.base import SourceError
from analysis.statistics.sources.mapping import FileMapping
from uso.ground.lib.sheets import CellRef, Sheet

#: A year at the beginning or the end of a longer heading: `EVP 2024*`, `2024 EVP`, `EVP (2024)`.
_HEADING_WITH_YEAR = re.compile(
    r"(?P<first>(?:19|20)\d\d\*?)[\s,/]+(?P<after>\S.*)"
    r"|(?P<before>.*\S)[\s,/(]+(?P<last>(?:19|20)\d\d\*?)\)?"
)
_YEARS = re.compile(r"(?:19|20)\d\d")
#: Signs of a heading in which a year is looked for; the time that takes grows with their square.
MAX_HEADING_LENGTH = 500


@dataclass(frozen=True)
class FigureColumn:
    """A column of figures; `year` is None where another column has it."""

    number: int
    content: str
    year: int | None
    preliminary: bool = False


@dataclass(frozen=True)
class Layout:
    """Numbers of the columns of the municipality and of the year (None without one), and the columns of figures."""

    area: int
    year: int | None
    figures: Sequence[FigureColumn]


@dataclass(frozen=True)
class Heading:
    """The heading of a column: its whole text, and its name without the year in it.

    `year` is None where there is none, and `name` is then the whole text; a year alone has an empty name.
    """

    column: int
    text: str
    name: str
    year: int | None = None
    preliminary: bool = False


def find_layout(sheet: Sheet, mapping: FileMapping) -> Layout:
    """Find the columns by their headings, or raise `SourceError` naming the one that is missing."""
    found = headings(sheet, mapping.head_rows)
    year = _column_of(found, mapping.year_column, mapping) if mapping.year_column else None
    area = _column_of(found, mapping.area, mapping)
    columns = [
        column
        for heading in found
        if heading.column not in (area, year) and (column := _column(heading, mapping)) is not None
    ]
    _check_columns(columns, found, mapping)
    return Layout(area, year, columns)


def headings(sheet: Sheet, rows: Sequence[int]) -> list[Heading]:
    """Return the headings of all columns, the blank ones too.

    Raises
    ------
    SourceError
        When the sheet ends before the rows of the headings.
    """
    if rows[-1] > len(sheet.rows):
        raise SourceError(_("The file ends before the rows of headings the mapping names."))
    return [
        _heading(column, _parts(sheet, rows, column)) for column in range(1, len(sheet.rows[0]) + 1)
    ]


def _parts(sheet: Sheet, rows: Sequence[int], column: int) -> list[object]:
    """Return the cells of a column's heading; a merged block belongs to all its columns."""
    parts = []
    for row in rows:
        ref = CellRef(row, column)
        value = sheet.cell(*sheet.merged_into.get(ref, ref))
        if value is not None and value not in parts:
            parts.append(value)
    return parts


def _heading(column: int, parts: Sequence[object]) -> Heading:
    text = join_words(parts)
    years = [found for part in parts if (found := cells.parse_year(part))]
    if years:
        name = join_words([part for part in parts if not cells.parse_year(part)])
        return Heading(column, text, name, *years[0])
    match = _HEADING_WITH_YEAR.fullmatch(text) if len(text) <= MAX_HEADING_LENGTH else None
    if match is None or len(_YEARS.findall(text)) > 1:
        return Heading(column, text, text)
    name = (match["before"] or match["after"]).lstrip(" ,/)").rstrip(" ,/(")
    year = match["first"] or match["last"]
    return Heading(column, text, name, int(year.removesuffix("*")), year.endswith("*"))


def join_words(parts: Sequence[object]) -> str:
    """Return the parts of a heading as one text, ` / ` between them."""
    return " / ".join(" ".join(str(part).split()) for part in parts)


def is_same_heading(one: str, other: str) -> bool:
    """Return whether two headings are the same, whatever their blanks and capitals."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _column_of(found: Sequence[Heading], wanted: str, mapping: FileMapping) -> int:
    hits = [heading.column for heading in found if is_same_heading(heading.text, wanted)]
    if len(hits) == 1:
        return hits[0]
    values = {
        "heading": wanted,
        "row": mapping.head_rows[-1],
        "headings": tidy.first_few([heading.text for heading in found if heading.text]),
    }
    if hits:
        raise SourceError(
            _(
                "Row %(row)s has the heading “%(heading)s” more than once: give each column a heading of its own."
            )
            % values
        )
    raise SourceError(
        _(
            "Row %(row)s has no heading “%(heading)s”; it has %(headings)s. Mend the heading or the mapping."
        )
        % values
    )


def _column(heading: Heading, mapping: FileMapping) -> FigureColumn | None:
    """Return the column a heading stands for, None when the mapping has no content for it."""
    content = _content(heading.text, mapping) if heading.text else None
    if content is not None:
        return FigureColumn(heading.column, content, mapping.year)
    content = _content(heading.name, mapping) if heading.year else None
    return (
        FigureColumn(heading.column, content, heading.year, heading.preliminary)
        if content is not None
        else None
    )


def _content(heading: str, mapping: FileMapping) -> str | None:
    return next(
        (code for name, code in mapping.contents.items() if is_same_heading(name, heading)), None
    )


def _check_columns(
    columns: Sequence[FigureColumn], found: Sequence[Heading], mapping: FileMapping
) -> None:
    for name, content in mapping.contents.items():
        if content not in {column.content for column in columns}:
            _column_of(found, name or _("a year"), mapping)
    first: dict[tuple[str, int | None], FigureColumn] = {}
    for column in columns:
        other = first.setdefault((column.content, column.year), column)
        named = {
            "first": CellRef(1, other.number).letter,
            "second": CellRef(1, column.number).letter,
        }
        if other is not column:
            raise SourceError(
                _(
                    "Columns %(first)s and %(second)s have the same heading: where it is merged, name the row below it in the mapping too, or give each a heading of its own."
                )
                % named
            )
        if column.year is None and not mapping.year_column:
            raise SourceError(
                _("Column %(second)s has no year: give it in the heading or in the mapping.")
                % named
            )
