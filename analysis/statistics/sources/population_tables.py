"""Populations by year, from Statistics Finland or from a file, for the fee tiers of the network."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from analysis.statistics.division import fit_to_division
from analysis.statistics.enums import RejectReason
from analysis.statistics.models import WHOLE_COUNTRY
from analysis.statistics.sources import cells, registry
from analysis.statistics.sources.base import (
    RejectedRows,
    Response,
    Series,
    SourceError,
    TablePlan,
    never_a_traceback,
)
from analysis.statistics.sources.cells import Areas
from analysis.statistics.sources.mapping import FIRST_YEAR, FileMapping
from analysis.statistics.sources.tidy import (
    MOST_INHABITANTS,
    drop_impossible_years,
    first_few,
    inhabitants,
)
from municipalities import division
from municipalities.facts import PopulationFigure
from uso.ground.lib import sheets
from uso.ground.lib.characters import clean_line
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.sheets import CellRef

#: Population on 31 December: StatFin, population structure, retrieved by its content.
PLAN = TablePlan("StatFin/vaerak/11re", [Series("population", "vaesto")])
NETWORK = "network"

_COUNT_NAMES = ("count", "population", "value", "väkiluku", "vaesto")
_BY_CODE = FileMapping("population", "code", {"count": "count"})


@dataclass(frozen=True)
class Populations:
    """Figures read, with their source in words, and what was left out."""

    figures: tuple[PopulationFigure, ...]
    source: str
    rejected: tuple[RejectedRows, ...] = ()


@never_a_traceback
def read_populations(origin: str) -> Populations:
    """Return the populations of the network, of a saved json-stat2 answer or of a CSV file.

    Parameters
    ----------
    origin : str
        `network`, or a file: json-stat2 as Statistics Finland answers, or CSV with a `code` and either a
        column for each year or the columns `year` and `count`.

    Raises
    ------
    SourceError
        When the source does not answer or the file is not understood; the sentence names the row.
    """
    if origin == NETWORK:
        response = registry.adapter_of("pxweb").fetch(PLAN, lambda done, total: None)
        return _parse_response(response)
    if origin.endswith(".csv"):
        return _parse_csv(Path(origin))
    [response, *_more] = registry.saved_responses(registry.adapter_of("pxweb"), origin, [PLAN])
    return _parse_response(response)


def _parse_response(response: Response) -> Populations:
    table = registry.adapter_of("pxweb").parse(response.body, PLAN)
    frame, impossible = drop_impossible_years(
        table.frame, projections=(), this_year=timezone.localdate().year
    )
    frame, rejected = fit_to_division(
        frame,
        known=division.area_codes(on=timezone.localdate()) | {WHOLE_COUNTRY},
        mergers=division.mergers(),
        summed={"population"},
    )
    rows = frame[(frame["missing"] == "") & (frame["area"].astype(str).str.len() == 3)]
    figures = tuple(
        PopulationFigure(area, int(year), inhabitants(value, f"{area} {year}"))
        for area, year, value in zip(rows["area"], rows["year"], rows["value"], strict=True)
        if area != WHOLE_COUNTRY
    )
    released = f", {table.updated:%Y-%m-%d}" if table.updated else ""
    source = f"Tilastokeskus, {PLAN.table_id}{released}"
    return Populations(figures, source, (*impossible, *rejected))


def _parse_csv(path: Path) -> Populations:
    if not path.is_file():
        raise SourceError(_("There is no file %(name)s.") % {"name": path.name})
    figures, rejected = _PopulationRows(cells.load_areas()).read(
        sheets.decode(path.read_bytes())[0]
    )
    if not figures:
        raise SourceError(_("The file has no population of a municipality."))
    return Populations(tuple(figures), path.name, tuple(rejected))


@dataclass
class _PopulationRows:
    """Reads the rows of a file; a municipality and year that is there twice is refused with both rows."""

    areas: Areas
    known: frozenset[str] = field(
        default_factory=lambda: division.area_codes(on=timezone.localdate())
    )
    this_year: int = field(default_factory=lambda: timezone.localdate().year)
    first_rows: dict[tuple[str, int], int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def read(self, text: str) -> tuple[list[PopulationFigure], list[RejectedRows]]:
        """Return the figures of municipalities, and what was left out."""
        head = text.partition("\n")[0]
        rows = csv.reader(StringIO(text), delimiter=";" if head.count(";") else ",")
        names = [clean_line(name).casefold() for name in next(rows, [])]
        count = _check_headings(names)
        figures = [
            figure
            for row in rows
            for figure in self._row(
                rows.line_num, dict(zip(names, map(clean_line, row), strict=False)), count
            )
        ]
        reasons = (
            (RejectReason.UNKNOWN_AREA, self.unknown),
            (RejectReason.OTHER_AREA, self.others),
        )
        return figures, [
            RejectedRows(reason, len(codes), first_few(list(dict.fromkeys(codes))))
            for reason, codes in reasons
            if codes
        ]

    def _row(
        self, number: int, row: Mapping[str, str], count: str | None
    ) -> Iterator[PopulationFigure]:
        pairs = (
            [(row.get("year", ""), row.get(count, ""))]
            if count
            else [(year, cell) for year, cell in row.items() if year.isdecimal()]
        )
        filled = [(year, cell) for year, cell in pairs if cell]
        code = self._code(row["code"]) if filled else ""
        for year_text, cell in filled if code else ():
            year, people = self._year(number, year_text), self._count(number, cell)
            first = self.first_rows.setdefault((code, year), number)
            if first != number:
                raise SourceError(
                    _(
                        "Row %(row)s: %(area)s has a population of %(year)s in row %(first)s already: take one of them away."
                    )
                    % {"row": number, "area": code, "year": year, "first": first}
                )
            yield PopulationFigure(code, year, people)

    def _code(self, text: str) -> str:
        """Return the code of a municipality; empty, and counted, for what is none of today."""
        try:
            code = self.areas.find_code(text, CellRef(1, 1), _BY_CODE)
        except RuleViolation:
            self.unknown.append(text.removeprefix("KU"))
            return ""
        if code in self.known and len(code) == 3:
            return code
        (self.others if code in ("", WHOLE_COUNTRY) or len(code) > 3 else self.unknown).append(text)
        return ""

    def _year(self, number: int, text: str) -> int:
        year = text.removesuffix("*").strip()
        if not (year.isdecimal() and FIRST_YEAR <= int(year) <= self.this_year):
            raise SourceError(
                _("Row %(row)s: “%(text)s” is not a year that has been.")
                % {"row": number, "text": text[:40]}
            )
        return int(year)

    def _count(self, number: int, text: str) -> int:
        digits = text.replace(" ", "")
        if not digits.isdecimal() or not 0 < int(digits) <= MOST_INHABITANTS:
            raise SourceError(
                _("Row %(row)s: “%(text)s” is not a whole number that can be right.")
                % {"row": number, "text": text[:40]}
            )
        return int(digits)


def _check_headings(names: Sequence[str]) -> str | None:
    """Return the heading of the counts where the years are in a column of their own."""
    if "code" not in names:
        raise SourceError(_("The file has no column “code”."))
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice:
        raise SourceError(
            _("The file has the column “%(name)s” twice: take one of them away.") % {"name": twice}
        )
    count = next((name for name in _COUNT_NAMES if name in names), None)
    if "year" in names and count is None:
        raise SourceError(_("The file has no column “count”."))
    return count if "year" in names else None
