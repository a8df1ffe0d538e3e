"""THL's Sotkanet, REST API 1.1: one indicator of a source is one table of ours.

A response is joined into a JSON list: the indicator's description, the list of regions, and rows of figures in
one or more parts. `jq -s . regions.json 127.json` makes the same of saved parts, without the description.

References
----------
sotkanet.fi/rest/1.1: `/indicators/{id}`, `/regions`, `/json?indicator=…&years=…&genders=…`. CC BY 4.0.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import isfinite
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from analysis.statistics.enums import MissingReason, RejectReason
from analysis.statistics.models import WHOLE_COUNTRY
from analysis.statistics.sources import numbers, tidy
from analysis.statistics.sources.base import (
    NoSuchTable,
    ParsedTable,
    Progress,
    RejectedRows,
    Response,
    Series,
    SourceError,
    TablePlan,
    never_a_traceback,
)
from analysis.statistics.sources.http_client import TRANSIENT_STATUSES, Client, Pace, RequestRefused
from analysis.statistics.sources.jsonstat import MISSING_SYMBOLS, unreadable_answer
from analysis.statistics.sources.mapping import is_year
from analysis.statistics.sources.tidy import Figure, first_few
from municipalities import facts
from uso.ground.lib.characters import clean, clean_line

#: Used when `settings.SOTKANET_URL` is not set.
BASE = "https://sotkanet.fi/rest/1.1"
#: Each year of an indicator is about 450 regions; ten years are some 400 kB.
YEARS_AT_ONCE = 10
#: Sotkanet names no limits; this is a quarter of what Statistics Finland allows.
CALLS_A_MINUTE = 10

MUNICIPALITY, COUNTRY = "KUNTA", "MAA"
#: Figures of a row: as published, or the count behind a share.
VALUE, COUNT = "value", "absValue"
TOTAL = "total"
#: Name of the further variable in `Series.selection`: `total`, `male` or `female`.
GENDER = "gender"

_COUNTRY_TITLE = "koko maa"
_NOT_PUBLISHED = MissingReason.NOT_PUBLISHED.value

JsonObject = Mapping[str, Any]


def patient_client() -> Client:
    """Return a client that waits out a 403 too: Sotkanet so refuses whoever asks too often."""
    return Client(pace=Pace(CALLS_A_MINUTE, 60.0), transient_statuses=TRANSIENT_STATUSES | {403})


@dataclass
class Sotkanet:
    """Adapter of the Sotkanet service at `base`; the list of regions is fetched once."""

    base: str = field(default_factory=lambda: getattr(settings, "SOTKANET_URL", BASE))
    client: Client = field(default_factory=patient_client)
    _regions: bytes = b""
    _descriptions: dict[str, bytes] = field(default_factory=dict)

    def fetch(self, plan: TablePlan, progress: Progress) -> Response:
        """Fetch the figures of one indicator: the years since the plan's first, the genders wanted.

        Raises
        ------
        SourceError
            When there is no such indicator, or the server does not answer.
        """
        self._regions = self._regions or self._get("/regions", plan)
        description = self._description(plan)
        queries = list(_queries(description, plan))
        bodies = [description, self._regions]
        for at, query in enumerate(queries):
            progress(at, len(queries))
            bodies.append(self._get(f"/json?{urlencode(query, doseq=True)}", plan))
        progress(len(queries), len(queries))
        origin = f"{self.base}/indicators/{plan.table_id}"
        body = b"[" + b",\n".join(bodies) + b"]"
        return Response(plan.table, body, queries, origin, timezone.now(), since=plan.since)

    def last_changed(self, plan: TablePlan) -> str:
        """Return when the indicator's description says its figures were changed."""
        try:
            return str(json.loads(self._description(plan))["data-updated"] or "")
        except (SourceError, KeyError, TypeError, ValueError):
            return ""

    @never_a_traceback
    def parse(self, body: bytes, plan: TablePlan) -> ParsedTable:
        """Parse a response, live or saved."""
        return parse_table(parse_parts(body), plan)

    @never_a_traceback
    def table_id_of(self, body: bytes) -> str:
        """Return the id of the indicator a response is of, empty when it does not say."""
        parts = parse_parts(body)
        ids = (parts.description.get("id"), *(row.get("indicator") for row in parts.rows))
        return next((str(one) for one in ids if one), "")

    def _description(self, plan: TablePlan) -> bytes:
        if plan.table_id not in self._descriptions:
            self._descriptions[plan.table_id] = self._get(f"/indicators/{plan.table_id}", plan)
        return self._descriptions[plan.table_id]

    def _get(self, path: str, plan: TablePlan) -> bytes:
        try:
            return self.client.get(f"{self.base}{path}")
        except RequestRefused as error:
            raise NoSuchTable(
                _(
                    "Sotkanet does not know indicator %(table)s or does not accept the question (error %(status)s). The figures read before stay in use."
                )
                % {"table": plan.table_id, "status": error.status}
            ) from error


@dataclass(frozen=True)
class AnswerParts:
    """Parts of a response: the indicator's description, the regions and the rows of figures."""

    description: JsonObject
    regions: Sequence[JsonObject]
    rows: Sequence[JsonObject]


def parse_parts(body: bytes) -> AnswerParts:
    """Parse a response into its parts, by what they look like.

    Raises
    ------
    SourceError
        When it is not whole JSON or of another form.
    """
    try:
        found = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise unreadable_answer(_("it breaks off or is not JSON.")) from error
    description: JsonObject = {}
    objects: list[JsonObject] = []
    for piece in found if isinstance(found, list) else [found]:
        if isinstance(piece, dict) and "range" in piece:
            description = piece
        else:
            objects += piece if isinstance(piece, list) else [piece]
    if not all(isinstance(one, dict) for one in objects):
        raise unreadable_answer(_("it is not a list of figures as Sotkanet gives them."))
    regions = [one for one in objects if "category" in one]
    return AnswerParts(description, regions, [one for one in objects if "category" not in one])


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _queries(description: bytes, plan: TablePlan) -> Iterator[dict[str, Any]]:
    """Yield the queries of an indicator: its years, ten at a time."""
    try:
        indicator = json.loads(description)
        first, last = int(indicator["range"]["start"]), int(indicator["range"]["end"])
    except (KeyError, TypeError, ValueError) as error:
        raise unreadable_answer(_("its description is not whole.")) from error
    _check_indicator({indicator.get("id")}, plan)
    _check_title(indicator, plan)
    if last < plan.since:
        raise _no_figures_error()
    genders = sorted({_gender(series) for series in plan.series})
    for start in range(max(first, plan.since), last + 1, YEARS_AT_ONCE):
        years = list(range(start, min(start + YEARS_AT_ONCE, last + 1)))
        yield {"indicator": plan.table_id, "years": years, "genders": genders}


def _gender(series: Series) -> str:
    return series.selection.get(GENDER, TOTAL)


def _check_indicator(got: Collection[object], plan: TablePlan) -> None:
    other = [str(one) for one in got if str(one) != plan.table_id]
    if other:
        raise SourceError(
            _(
                "The answer is of table %(got)s and not of %(wanted)s: it is the wrong table. The figures read before stay in use."
            )
            % {"got": first_few(other), "wanted": plan.table_id}
        )


def _check_title(description: JsonObject, plan: TablePlan) -> None:
    """Refuse an indicator whose title lacks the words it is known by: its number is another one's."""
    title = _title(description).casefold()
    for series in plan.series:
        if title and not all(word in title for word in series.label.casefold().split()):
            raise NoSuchTable(
                _(
                    "Indicator %(table)s of Sotkanet is “%(title)s” and not “%(wanted)s”: its number is wrong. The figures read before stay in use."
                )
                % {"table": plan.table_id, "title": title, "wanted": series.label}
            )


def _no_figures_error() -> SourceError:
    return SourceError(
        _("The answer has none of the figures asked for. The figures read before stay in use.")
    )


def parse_table(parts: AnswerParts, plan: TablePlan) -> ParsedTable:
    """Return the figures of one indicator from the rows in which it came.

    Parameters
    ----------
    parts : AnswerParts
        Rows `{indicator, region, year, gender, value, absValue?}`; `region` is a number of Sotkanet's own,
        which the regions turn into a municipality's code.
    plan : TablePlan
        Series with the content `value` or `absValue` and, where it is not `total`, the selection `gender`.

    Returns
    -------
    Answer
        A row for each municipality and each year that has a figure of any area. Sotkanet leaves out what is
        hidden or not known: a municipality without a row is missing as not published, never zero.

    Raises
    ------
    SourceError
        When it is another indicator, the regions are lacking, or nothing of what was asked is there.
    """
    if not parts.regions:
        raise unreadable_answer(
            _("it has no list of regions: put the answer of /regions before it.")
        )
    rows = [_figure_row(row) for row in parts.rows]
    _check_indicator({row.indicator for row in rows}, plan)
    _check_title(parts.description, plan)
    areas = _areas(parts.regions)
    rows_wanted = [row for row in rows if row.region in areas and row.year >= plan.since]
    figures = [one for series in plan.series for one in _figures(series, rows_wanted, areas)]
    if not figures:
        raise _no_figures_error()
    return ParsedTable(
        frame=tidy.frame_of_figures(figures),
        label=_title(parts.description),
        source=_publisher(parts.description),
        updated=_updated(parts.description),
        rows_read=len(rows),
        rejected=(
            *_rejected_rows(rows, parts.regions, areas, plan),
            *_missing_series(figures, plan),
        ),
    )


@dataclass(frozen=True)
class _FigureRow:
    indicator: str
    region: int
    year: int
    gender: str
    row: JsonObject


def _figure_row(row: JsonObject) -> _FigureRow:
    try:
        region, year = int(row["region"]), int(row["year"])
        if not is_year(year):
            raise ValueError(year)
        return _FigureRow(str(row["indicator"]), region, year, str(row["gender"]), row)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise unreadable_answer(_("a part of the table is missing.")) from error


def _areas(regions: Sequence[JsonObject]) -> dict[int, str]:
    """Return our codes by Sotkanet's numbers: the municipalities and the whole country."""
    try:
        found = {int(one["id"]): _area(one) for one in regions}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise unreadable_answer(_("a part of the table is missing.")) from error
    if any(clean(code) != code for code in found.values()):
        raise unreadable_answer(
            _("a code of “%(variable)s” has signs that are not seen.") % {"variable": "region"}
        )
    return {number: code for number, code in found.items() if code}


def _area(region: JsonObject) -> str:
    if region["category"] == MUNICIPALITY:
        return str(region["code"]).zfill(3)
    whole = region["category"] == COUNTRY
    return WHOLE_COUNTRY if whole and region["title"]["fi"].casefold() == _COUNTRY_TITLE else ""


def _figures(series: Series, rows: Sequence[_FigureRow], areas: Mapping[int, str]) -> list[Figure]:
    """Return the figures of a series, with a missing one for each municipality and year without a row.

    A municipality that has ended and has no row at all is left out: the table is on a later division.
    """
    content = series.content or VALUE
    if content not in (VALUE, COUNT):
        return []
    mine = [row for row in rows if row.gender == _gender(series)]
    figures = [_figure(series.indicator, areas[row.region], row, content) for row in mine]
    if not any(one.missing == "" for one in figures):
        return []
    reported = {one.area for one in figures}
    expected = set(areas.values()) - ({one.old_code for one in facts.mergers()} - reported)
    known_cells = {(one.area, one.year) for one in figures}
    years = {one.year for one in figures}
    silent = sorted((area, year) for area in expected for year in years)
    return figures + [
        Figure(series.indicator, area, year, float("nan"), _NOT_PUBLISHED)
        for area, year in silent
        if (area, year) not in known_cells
    ]


def _figure(indicator: str, area: str, row: _FigureRow, content: str) -> Figure:
    value, missing = _value(row.row.get(content))
    return Figure(indicator, area, row.year, value, missing)


def _value(cell: object) -> tuple[float, str]:
    """Return a figure, also of one written as text with a decimal comma, or why there is none."""
    if cell is None:
        return float("nan"), _NOT_PUBLISHED
    if isinstance(cell, str) and cell.strip() in MISSING_SYMBOLS:
        return float("nan"), MISSING_SYMBOLS[cell.strip()].value
    found = numbers.parse_number(cell) if isinstance(cell, str) else _finite(cell)
    if found is None:
        raise unreadable_answer(_("“%(text)s” is not a figure.") % {"text": str(cell)[:40]})
    return found, ""


def _finite(cell: object) -> float | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    return float(cell) if isfinite(cell) else None


def _rejected_rows(
    rows: Sequence[_FigureRow],
    regions: Sequence[JsonObject],
    areas: Mapping[int, str],
    plan: TablePlan,
) -> Iterator[RejectedRows]:
    known = {int(one["id"]) for one in regions}
    genders = {_gender(series) for series in plan.series}
    strange = [str(row.region) for row in rows if row.region not in known]
    other = [row for row in rows if row.region in known and row.region not in areas]
    mine = [row for row in rows if row.region in areas]
    unused = sum(row.year < plan.since or row.gender not in genders for row in mine)
    if strange:
        detail = first_few(list(dict.fromkeys(strange)))
        yield RejectedRows(RejectReason.UNKNOWN_AREA, len(strange), detail)
    if other:
        yield RejectedRows(RejectReason.OTHER_AREA, len(other))
    if unused:
        yield RejectedRows(RejectReason.UNUSED, unused)


def _missing_series(figures: Sequence[Figure], plan: TablePlan) -> list[RejectedRows]:
    found = {one.indicator for one in figures}
    return [
        RejectedRows(RejectReason.NO_CONTENT, 0, f"{one.content or VALUE}, {_gender(one)}")
        for one in plan.series
        if one.indicator not in found
    ]


def _title(description: JsonObject) -> str:
    title = description.get("title")
    return clean_line(str(title.get("fi") or "")) if isinstance(title, dict) else ""


def _publisher(description: JsonObject) -> str:
    """Return who the description names, as THL Sotkanet asks to be cited."""
    organization = description.get("organization")
    title = organization.get("title") if isinstance(organization, dict) else None
    name = clean_line(str(title.get("fi") or "")) if isinstance(title, dict) else ""
    return f"THL Sotkanet, {name}" if name else "THL Sotkanet"


def _updated(description: JsonObject) -> datetime | None:
    """Return when the figures were last changed; Sotkanet gives the day or the moment."""
    try:
        moment = parse_datetime(str(description.get("data-updated") or ""))
    except ValueError:
        return None
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)
