"""Which column of a sheet holds what, by its headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from analysis.statistics.sources import cells, tidy
from analysis.statistics.sources.base import SourceError
from analysis.statistics.sources.cells import Spot
from analysis.statistics.sources.mapping import FileMapping
from analysis.statistics.sources.sheets import Sheet

#: A year at the beginning or the end of a longer heading: `EVP 2024*`, `2024 EVP`, `EVP (2024)`.
_WITH_YEAR = re.compile(
    r"(?P<first>(?:19|20)\d\d\*?)[\s,/]+(?P<after>\S.*)"
    r"|(?P<before>.*\S)[\s,/(]+(?P<last>(?:19|20)\d\d\*?)\)?"
)
_YEARS = re.compile(r"(?:19|20)\d\d")
#: Signs of a heading in which a year is looked for; the time that takes grows with their square.
LONGEST = 500


@dataclass(frozen=True)
class Column:
    """A column of figures; `year` is None where the rows tell it."""

    at: int
    content: str
    year: int | None
    preliminary: bool = False


@dataclass(frozen=True)
class Layout:
    """The columns of the municipality, of the year (None where no column tells it) and of the figures."""

    area: int
    year: int | None
    figures: Sequence[Column]


@dataclass(frozen=True)
class Head:
    """The heading of a column: as a whole, and its name without the year that stands in it.

    `year` is None where there is none, and `name` is then the whole; a year alone has an empty name.
    """

    at: int
    whole: str
    name: str
    year: int | None = None
    preliminary: bool = False


def layout(sheet: Sheet, rules: FileMapping) -> Layout:
    """Find the columns by their headings, or raise `SourceError` naming the one that is not there."""
    found = heads(sheet, rules.head_rows)
    year = _named(found, rules.year_column, rules) if rules.year_column else None
    area = _named(found, rules.area, rules)
    columns = [
        column
        for head in found
        if head.at not in (area, year) and (column := _column(head, rules)) is not None
    ]
    _check_columns(columns, found, rules)
    return Layout(area, year, columns)


def heads(sheet: Sheet, rows: Sequence[int]) -> list[Head]:
    """Return the headings of all columns, the blank ones too.

    Raises
    ------
    SourceError
        When the sheet ends before the rows of the headings.
    """
    if rows[-1] > len(sheet.rows):
        raise SourceError(_("The file ends before the rows of headings the mapping names."))
    return [_head(at, _parts(sheet, rows, at)) for at in range(1, len(sheet.rows[0]) + 1)]


def _parts(sheet: Sheet, rows: Sequence[int], at: int) -> list[object]:
    """Return what the rows of headings say of a column; a merged block says it of all its columns."""
    parts = []
    for row in rows:
        value = sheet.cell(*sheet.followers.get((row, at), (row, at)))
        if value is not None and value not in parts:
            parts.append(value)
    return parts


def _head(at: int, parts: Sequence[object]) -> Head:
    whole = words(parts)
    years = [found for part in parts if (found := cells.year(part))]
    if years:
        return Head(at, whole, words([part for part in parts if not cells.year(part)]), *years[0])
    text = _WITH_YEAR.fullmatch(whole) if len(whole) <= LONGEST else None
    if text is None or len(_YEARS.findall(whole)) > 1:
        return Head(at, whole, whole)
    name = (text["before"] or text["after"]).lstrip(" ,/)").rstrip(" ,/(")
    year = text["first"] or text["last"]
    return Head(at, whole, name, int(year.removesuffix("*")), year.endswith("*"))


def words(parts: Sequence[object]) -> str:
    """Return the parts of a heading as one text, ` / ` between them."""
    return " / ".join(" ".join(str(part).split()) for part in parts)


def same(one: str, other: str) -> bool:
    """Tell whether two headings are the same, whatever their blanks and capitals."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _named(found: Sequence[Head], wanted: str, rules: FileMapping) -> int:
    hits = [head.at for head in found if same(head.whole, wanted)]
    if len(hits) == 1:
        return hits[0]
    values = {
        "heading": wanted,
        "row": rules.head_rows[-1],
        "headings": tidy.few([head.whole for head in found if head.whole]),
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


def _column(head: Head, rules: FileMapping) -> Column | None:
    """Return the column a heading stands for, None when the mapping does not want it."""
    content = _content(head.whole, rules) if head.whole else None
    if content is not None:
        return Column(head.at, content, rules.year)
    content = _content(head.name, rules) if head.year else None
    return Column(head.at, content, head.year, head.preliminary) if content is not None else None


def _content(heading: str, rules: FileMapping) -> str | None:
    return next((code for name, code in rules.contents.items() if same(name, heading)), None)


def _check_columns(columns: Sequence[Column], found: Sequence[Head], rules: FileMapping) -> None:
    for name, content in rules.contents.items():
        if content not in {column.content for column in columns}:
            _named(found, name or _("a year"), rules)
    first: dict[tuple[str, int | None], Column] = {}
    for column in columns:
        other = first.setdefault((column.content, column.year), column)
        named = {"first": Spot(1, other.at).letter, "second": Spot(1, column.at).letter}
        if other is not column:
            raise SourceError(
                _(
                    "Columns %(first)s and %(second)s have the same heading: where it is merged, name the row below it in the mapping too, or give each a heading of its own."
                )
                % named
            )
        if column.year is None and not rules.year_column:
            raise SourceError(
                _("Column %(second)s has no year: give it in the heading or in the mapping.")
                % named
            )
