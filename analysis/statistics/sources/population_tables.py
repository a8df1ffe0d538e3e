"""Populations by year, from Statistics Finland or from a file, for the fee tiers of the network."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from django.utils.translation import gettext as _

from analysis.statistics.division import fit_to_division
from analysis.statistics.enums import RejectReason
from analysis.statistics.models import WHOLE_COUNTRY
from analysis.statistics.sources import registry
from analysis.statistics.sources.base import RejectedRows, Response, Series, SourceError, TablePlan
from analysis.statistics.sources.tidy import first_few
from municipalities import facts
from municipalities.facts import PopulationFigure

#: Population on 31 December: StatFin, population structure, retrieved by its content.
PLAN = TablePlan("StatFin/vaerak/11re", [Series("population", "vaesto")])
NETWORK = "network"

_COUNT_NAMES = ("count", "population", "value", "väkiluku", "vaesto")
#: No municipality of Finland comes near; a larger figure is a mistake of the file.
_MOST = 2_000_000


@dataclass(frozen=True)
class Populations:
    """Figures read, with their source in words, and what was left out."""

    figures: tuple[PopulationFigure, ...]
    source: str
    rejected: tuple[RejectedRows, ...] = ()


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
    frame, rejected = fit_to_division(
        table.frame,
        known=facts.area_codes() | {WHOLE_COUNTRY},
        mergers=facts.mergers(),
        summed={"population"},
    )
    rows = frame[(frame["missing"] == "") & (frame["area"].astype(str).str.len() == 3)]
    figures = tuple(
        PopulationFigure(area, int(year), round(value))
        for area, year, value in zip(rows["area"], rows["year"], rows["value"], strict=True)
        if area != WHOLE_COUNTRY
    )
    released = f", {table.updated:%Y-%m-%d}" if table.updated else ""
    return Populations(figures, f"Tilastokeskus, {PLAN.table_id}{released}", tuple(rejected))


def _parse_csv(path: Path) -> Populations:
    if not path.is_file():
        raise SourceError(_("There is no file %(name)s.") % {"name": path.name})
    known = facts.area_codes()
    figures = list(_csv_figures(_text(path)))
    unknown = [one.code for one in figures if one.code not in known]
    rejected = (
        RejectedRows(
            RejectReason.UNKNOWN_AREA, len(unknown), first_few(list(dict.fromkeys(unknown)))
        ),
    )
    known_figures = tuple(one for one in figures if one.code in known)
    if not known_figures:
        raise SourceError(_("The file has no population of a municipality."))
    return Populations(known_figures, path.name, rejected if unknown else ())


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(_("The file is not UTF-8 text: save it as CSV UTF-8.")) from error


def _csv_figures(text: str) -> Iterator[PopulationFigure]:
    head = text.partition("\n")[0]
    rows = csv.DictReader(StringIO(text), delimiter=";" if head.count(";") else ",")
    names = [name.strip().casefold() for name in rows.fieldnames or []]
    if "code" not in names:
        raise SourceError(_("The file has no column “code”."))
    count = next((name for name in _COUNT_NAMES if name in names), None)
    if "year" in names and count is None:
        raise SourceError(_("The file has no column “count”."))
    for number, row in enumerate(rows, start=2):
        cells = {
            (name or "").strip().casefold(): (cell or "").strip()
            for name, cell in _named_cells(row)
        }
        yield from _row(number, cells, count if "year" in names else None)


def _named_cells(row: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, cell) for name, cell in row.items() if isinstance(cell, str) and name]


def _row(number: int, cells: Mapping[str, str], count: str | None) -> Iterator[PopulationFigure]:
    code = cells["code"].removeprefix("KU").zfill(3)
    pairs = (
        [(cells["year"], cells[count])]
        if count
        else [(year, cell) for year, cell in cells.items() if year.isdigit()]
    )
    for year, cell in pairs:
        if cell:
            yield PopulationFigure(
                code,
                _parse_whole_number(number, year, 2200),
                _parse_whole_number(number, cell, _MOST),
            )


def _parse_whole_number(number: int, text: str, most: int) -> int:
    digits = text.replace("\u00a0", "").replace(" ", "")
    if not digits.isdecimal() or int(digits) > most:
        raise SourceError(
            _("Row %(row)s: “%(text)s” is not a whole number that can be right.")
            % {"row": number, "text": text}
        )
    return int(digits)
