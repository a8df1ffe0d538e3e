"""How to read a table of a file: a small value that a person makes once and that is saved as JSON."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.utils.translation import gettext as _

from analysis.statistics.enums import MissingReason
from analysis.statistics.sources.base import SourceError
from uso.ground.lib import sheets

CODE, NAME = "code", "name"
#: What may part the cells of a text; a comma last, for it is in figures too.
#: Figures may be given in billions, no more.
MAX_FACTOR = 1e9
#: Years of statistics; those after today's are years of projections.
FIRST_YEAR, LAST_YEAR = 1900, 2100
#: What a mark may mean besides the reasons of `MissingReason`.
ZERO = "zero"
#: What becomes of the rows and columns that are hidden in the file.
READ, LEAVE_OUT = "read", "leave_out"
#: Marks of Statistics Finland. A hyphen is not among them: to some it is a zero, to others nothing.
MARKS = {
    "": MissingReason.NOT_PUBLISHED.value,
    ".": MissingReason.NOT_APPLICABLE.value,
    "..": MissingReason.UNAVAILABLE.value,
    "...": MissingReason.CONFIDENTIAL.value,
    "…": MissingReason.CONFIDENTIAL.value,
}


@dataclass(frozen=True)
class FileMapping:
    """Where the figures are in a file.

    Parameters
    ----------
    table : str
        Name by which indicators ask for this file (`Indicator.table`).
    area : str
        Heading of the column that names the municipality.
    contents : mapping of str to str
        Heading of a column of figures, without a year in it, to the code of its content
        (`Indicator.content_code`). The empty heading means columns headed by a year alone.
    area_as : str
        `code` (91, 091, KU091) or `name`, Finnish or Swedish.
    year : int or None
        Year of all figures whose heading has none.
    year_column : str
        Heading of the column that has the year of a row; empty when there is none.
    sheet : str
        Name of the sheet of a workbook; the first when empty.
    head_rows : tuple of int
        Rows of the headings, the first row of the sheet is 1. Several are joined with ` / `.
    factors : mapping of str to float
        Content to what its figures are multiplied by, such as 1000 for thousands of euros.
    marks : mapping of str to str
        Mark in a cell to a `MissingReason` value or `zero`; adds to `MARKS`.
    decimal : str
        Comma or point, in figures written as text; the other one is refused.
    separator : str
        What parts the cells of a CSV file.
    hidden : str
        `read` or `leave_out`; empty where nothing is hidden, for somebody has to say which.
    """

    table: str
    area: str
    contents: Mapping[str, str]
    area_as: str = CODE
    year: int | None = None
    year_column: str = ""
    sheet: str = ""
    head_rows: tuple[int, ...] = (1,)
    factors: Mapping[str, float] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    decimal: str = ","
    separator: str = ";"
    hidden: str = ""

    def meaning(self, text: str) -> str | None:
        """Return what a mark means: a reason, `zero`, or None where it is no mark."""
        return self.marks.get(text, MARKS.get(text))

    def as_json(self) -> dict[str, Any]:
        """Return the mapping as JSON holds it."""
        return {**asdict(self), "head_rows": list(self.head_rows)}


def parse_mapping(text: str | bytes) -> FileMapping:
    """Return the mapping of a JSON text; see `mapping_from_json`."""
    try:
        data = json.loads(text)
        json.dumps(data, ensure_ascii=False).encode()  # half a letter ("\ud800") is no text
    except (ValueError, RecursionError) as error:
        raise SourceError(_("The mapping of the file breaks off or is not JSON.")) from error
    return mapping_from_json(data)


def mapping_from_json(data: object) -> FileMapping:
    """Return the mapping that JSON holds, each part of it checked.

    Raises
    ------
    SourceError
        When a part is lacking, unknown or cannot be right; the sentence names it.

    Examples
    --------
    >>> data = {"table": "evp", "area": "Kunta", "contents": {"EVP": "evp"}, "year": 2025}
    >>> mapping_from_json(data).head_rows
    (1,)
    >>> mapping_from_json(mapping_from_json(data).as_json()) == mapping_from_json(data)
    True
    """
    if not isinstance(data, dict):
        raise _wrong("table")
    unknown = sorted(set(map(str, data)) - set(_CHECKS))
    if unknown:
        raise SourceError(
            _("The mapping has a part “%(part)s” that is not known.") % {"part": unknown[0]}
        )
    for part in fields(FileMapping):
        needed = part.name in ("table", "area", "contents")
        if (needed or part.name in data) and not _CHECKS[part.name](data.get(part.name)):
            raise _wrong(part.name)
    mapping = FileMapping(**{**data, "head_rows": tuple(data.get("head_rows", (1,)))})
    _check_together(mapping)
    return mapping


def _check_together(mapping: FileMapping) -> None:
    if mapping.year is not None and mapping.year_column:
        raise _wrong("year_column")
    if not set(mapping.factors) <= set(mapping.contents.values()):
        raise _wrong("factors")


def _wrong(part: str) -> SourceError:
    return SourceError(
        _("The part “%(part)s” of the mapping is missing or cannot be right.") % {"part": part}
    )


def is_year(value: object) -> bool:
    """Return whether a value is a whole number that can be a year of statistics."""
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    return FIRST_YEAR <= value <= LAST_YEAR


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_contents(value: object) -> bool:
    return isinstance(value, dict) and bool(value) and all(map(_is_name, value.values()))


def _is_head(value: object) -> bool:
    if not isinstance(value, list | tuple) or not value:
        return False
    whole = all(isinstance(row, int) and not isinstance(row, bool) for row in value)
    return whole and list(value) == list(range(value[0], value[0] + len(value))) and value[0] > 0


def _is_factors(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_factor, value.values()))


def _is_factor(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 < abs(value) <= MAX_FACTOR


def _is_marks(value: object) -> bool:
    meanings = {*MissingReason.values, ZERO}
    return isinstance(value, dict) and all(
        isinstance(one, str) and one in meanings for one in value.values()
    )


_CHECKS: dict[str, Callable[[object], bool]] = {
    "table": _is_name,
    "area": _is_name,
    "contents": _is_contents,
    "area_as": lambda value: value in (CODE, NAME),
    "year": lambda value: value is None or is_year(value),
    "year_column": _is_text,
    "sheet": _is_text,
    "head_rows": _is_head,
    "factors": _is_factors,
    "marks": _is_marks,
    "decimal": lambda value: value in (",", "."),
    "separator": lambda value: value in sheets.SEPARATORS,
    "hidden": lambda value: value in ("", READ, LEAVE_OUT),
}
