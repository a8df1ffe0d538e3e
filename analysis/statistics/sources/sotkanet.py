"""THL's Sotkanet, REST API 1.1: one indicator of a source is one table of ours.

An answer is a JSON list: the indicator's description, the list of regions, and rows of figures in one or
more parts. It can so be read again without the network; `jq -s . regions.json 127.json` makes the same of
saved parts, where the description may be left out.

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
    Answer,
    NoSuchTable,
    Progress,
    Raw,
    Rejected,
    Series,
    SourceError,
    TablePlan,
)
from analysis.statistics.sources.http import PASSING, Client, Pace, Refused
from analysis.statistics.sources.jsonstat import MISSING_SYMBOLS, unreadable
from analysis.statistics.sources.mapping import is_year
from analysis.statistics.sources.tidy import Figure, few
from municipalities import facts

#: Used when `settings.SOTKANET_URL` is not set.
BASE = "https://sotkanet.fi/rest/1.1"
#: Each year of an indicator is about 450 regions; ten years are some 400 kB.
YEARS_AT_ONCE = 10
#: Sotkanet tells no limits; this is a quarter of what Statistics Finland allows.
CALLS_A_MINUTE = 10

MUNICIPALITY, COUNTRY = "KUNTA", "MAA"
#: What a row tells: the figure as published, or the count behind a share.
VALUE, COUNT = "value", "absValue"
TOTAL = "total"
#: Name of the further variable in `Series.selection`: `total`, `male` or `female`.
GENDER = "gender"

_COUNTRY_TITLE = "koko maa"
_NOT_PUBLISHED = MissingReason.NOT_PUBLISHED.value

Row = Mapping[str, Any]


def patient_client() -> Client:
    """Return a client that takes a 403 as passing too: Sotkanet so sends away who asks too often."""
    return Client(pace=Pace(CALLS_A_MINUTE, 60.0), passing=PASSING | {403})


@dataclass
class Sotkanet:
    """Adapter of the Sotkanet service at `base`; the list of regions is asked for once."""

    base: str = field(default_factory=lambda: getattr(settings, "SOTKANET_URL", BASE))
    client: Client = field(default_factory=patient_client)
    _regions: bytes = b""
    _described: dict[str, bytes] = field(default_factory=dict)

    def ask(self, plan: TablePlan, progress: Progress) -> Raw:
        """Bring the figures of one indicator: the years since the plan's first, the genders wanted.

        Raises
        ------
        SourceError
            When there is no such indicator, or the server does not answer.
        """
        self._regions = self._regions or self._get("/regions", plan)
        described = self._description(plan)
        questions = list(_questions(described, plan))
        bodies = [described, self._regions]
        for at, question in enumerate(questions):
            progress(at, len(questions))
            bodies.append(self._get(f"/json?{urlencode(question, doseq=True)}", plan))
        progress(len(questions), len(questions))
        origin = f"{self.base}/indicators/{plan.table_id}"
        body = b"[" + b",\n".join(bodies) + b"]"
        return Raw(plan.table, body, questions, origin, timezone.now(), since=plan.since)

    def last_changed(self, plan: TablePlan) -> str:
        """Return when the indicator's description says its figures were changed."""
        try:
            return str(json.loads(self._description(plan))["data-updated"] or "")
        except (SourceError, KeyError, TypeError, ValueError):
            return ""

    def read(self, body: bytes, plan: TablePlan) -> Answer:
        """Turn an answer, live or saved, into a tidy frame."""
        return answer(parts(body), plan)

    def table_of(self, body: bytes) -> str:
        """Return the id of the indicator an answer is of, empty when it does not tell."""
        found = parts(body)
        told = (found.described.get("id"), *(row.get("indicator") for row in found.rows))
        return next((str(one) for one in told if one), "")

    def _description(self, plan: TablePlan) -> bytes:
        if plan.table_id not in self._described:
            self._described[plan.table_id] = self._get(f"/indicators/{plan.table_id}", plan)
        return self._described[plan.table_id]

    def _get(self, path: str, plan: TablePlan) -> bytes:
        try:
            return self.client.get(f"{self.base}{path}")
        except Refused as error:
            raise NoSuchTable(
                _(
                    "Sotkanet does not know indicator %(table)s or does not accept the question (error %(status)s). The figures read before stay in use."
                )
                % {"table": plan.table_id, "status": error.status}
            ) from error


@dataclass(frozen=True)
class Parts:
    """An answer taken apart: the indicator's description, the regions and the rows of figures."""

    described: Row
    regions: Sequence[Row]
    rows: Sequence[Row]


def parts(body: bytes) -> Parts:
    """Take an answer apart by what its pieces look like.

    Raises
    ------
    SourceError
        When it is not whole JSON or of another form.
    """
    try:
        found = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise unreadable(_("it breaks off or is not JSON.")) from error
    described: Row = {}
    objects: list[Row] = []
    for piece in found if isinstance(found, list) else [found]:
        if isinstance(piece, dict) and "range" in piece:
            described = piece
        else:
            objects += piece if isinstance(piece, list) else [piece]
    if not all(isinstance(one, dict) for one in objects):
        raise unreadable(_("it is not a list of figures as Sotkanet gives them."))
    regions = [one for one in objects if "category" in one]
    return Parts(described, regions, [one for one in objects if "category" not in one])


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _questions(described: bytes, plan: TablePlan) -> Iterator[dict[str, Any]]:
    """Yield what to ask: the years that there are, ten at a time."""
    try:
        told = json.loads(described)
        first, last = int(told["range"]["start"]), int(told["range"]["end"])
    except (KeyError, TypeError, ValueError) as error:
        raise unreadable(_("its description is not whole.")) from error
    _check_indicator({told.get("id")}, plan)
    _check_title(told, plan)
    if last < plan.since:
        raise _nothing()
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
            % {"got": few(other), "wanted": plan.table_id}
        )


def _check_title(described: Row, plan: TablePlan) -> None:
    """Refuse an indicator whose title lacks the words it is known by: its number is another one's."""
    title = _title(described).casefold()
    for series in plan.series:
        if title and not all(word in title for word in series.label.casefold().split()):
            raise NoSuchTable(
                _(
                    "Indicator %(table)s of Sotkanet is “%(title)s” and not “%(wanted)s”: its number is wrong. The figures read before stay in use."
                )
                % {"table": plan.table_id, "title": title, "wanted": series.label}
            )


def _nothing() -> SourceError:
    return SourceError(
        _("The answer has none of the figures asked for. The figures read before stay in use.")
    )


def answer(found: Parts, plan: TablePlan) -> Answer:
    """Return the figures of one indicator from the rows in which it came.

    Parameters
    ----------
    found : Parts
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
    if not found.regions:
        raise unreadable(_("it has no list of regions: put the answer of /regions before it."))
    rows = [_told(row) for row in found.rows]
    _check_indicator({row.indicator for row in rows}, plan)
    _check_title(found.described, plan)
    areas = _areas(found.regions)
    kept = [row for row in rows if row.region in areas and row.year >= plan.since]
    figures = [one for series in plan.series for one in _figures(series, kept, areas)]
    if not figures:
        raise _nothing()
    return Answer(
        frame=tidy.of_figures(figures),
        label=_title(found.described),
        source=_publisher(found.described),
        updated=_updated(found.described),
        rows_read=len(rows),
        rejected=(*_left_out(rows, found.regions, areas, plan), *_lacking(figures, plan)),
    )


@dataclass(frozen=True)
class _Told:
    indicator: str
    region: int
    year: int
    gender: str
    row: Row


def _told(row: Row) -> _Told:
    try:
        region, year = int(row["region"]), int(row["year"])
        if not is_year(year):
            raise ValueError(year)
        return _Told(str(row["indicator"]), region, year, str(row["gender"]), row)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise unreadable(_("a part of the table is missing.")) from error


def _areas(regions: Sequence[Row]) -> dict[int, str]:
    """Return our codes by Sotkanet's numbers: the municipalities and the whole country."""
    try:
        found = {int(one["id"]): _area(one) for one in regions}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise unreadable(_("a part of the table is missing.")) from error
    return {number: code for number, code in found.items() if code}


def _area(region: Row) -> str:
    if region["category"] == MUNICIPALITY:
        return str(region["code"]).zfill(3)
    whole = region["category"] == COUNTRY
    return WHOLE_COUNTRY if whole and region["title"]["fi"].casefold() == _COUNTRY_TITLE else ""


def _figures(series: Series, rows: Sequence[_Told], areas: Mapping[int, str]) -> list[Figure]:
    """Return the figures of a series, with those the answer is silent about.

    A municipality that has ended and has no row at all is left out: the table is on a later division.
    """
    content = series.content or VALUE
    if content not in (VALUE, COUNT):
        return []
    mine = [row for row in rows if row.gender == _gender(series)]
    told = [_figure(series.indicator, areas[row.region], row, content) for row in mine]
    if not any(one.missing == "" for one in told):
        return []
    spoken = {one.area for one in told}
    expected = set(areas.values()) - ({one.old_code for one in facts.mergers()} - spoken)
    there = {(one.area, one.year) for one in told}
    years = {one.year for one in told}
    silent = sorted((area, year) for area in expected for year in years)
    return told + [
        Figure(series.indicator, area, year, float("nan"), _NOT_PUBLISHED)
        for area, year in silent
        if (area, year) not in there
    ]


def _figure(indicator: str, area: str, row: _Told, content: str) -> Figure:
    value, missing = _value(row.row.get(content))
    return Figure(indicator, area, row.year, value, missing)


def _value(cell: object) -> tuple[float, str]:
    """Return a figure, also of one written as text with a decimal comma, or why there is none."""
    if cell is None:
        return float("nan"), _NOT_PUBLISHED
    if isinstance(cell, str) and cell.strip() in MISSING_SYMBOLS:
        return float("nan"), MISSING_SYMBOLS[cell.strip()].value
    found = numbers.number(cell) if isinstance(cell, str) else _finite(cell)
    if found is None:
        raise unreadable(_("“%(text)s” is not a figure.") % {"text": str(cell)[:40]})
    return found, ""


def _finite(cell: object) -> float | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    return float(cell) if isfinite(cell) else None


def _left_out(
    rows: Sequence[_Told], regions: Sequence[Row], areas: Mapping[int, str], plan: TablePlan
) -> Iterator[Rejected]:
    known = {int(one["id"]) for one in regions}
    genders = {_gender(series) for series in plan.series}
    strange = [str(row.region) for row in rows if row.region not in known]
    other = [row for row in rows if row.region in known and row.region not in areas]
    mine = [row for row in rows if row.region in areas]
    unused = sum(row.year < plan.since or row.gender not in genders for row in mine)
    if strange:
        detail = few(list(dict.fromkeys(strange)))
        yield Rejected(RejectReason.UNKNOWN_AREA, len(strange), detail)
    if other:
        yield Rejected(RejectReason.OTHER_AREA, len(other))
    if unused:
        yield Rejected(RejectReason.UNUSED, unused)


def _lacking(figures: Sequence[Figure], plan: TablePlan) -> list[Rejected]:
    found = {one.indicator for one in figures}
    return [
        Rejected(RejectReason.NO_CONTENT, 0, f"{one.content or VALUE}, {_gender(one)}")
        for one in plan.series
        if one.indicator not in found
    ]


def _title(described: Row) -> str:
    title = described.get("title")
    return str(title.get("fi") or "") if isinstance(title, dict) else ""


def _publisher(described: Row) -> str:
    """Return who the description names, as THL Sotkanet asks to be cited."""
    organization = described.get("organization")
    title = organization.get("title") if isinstance(organization, dict) else None
    name = str(title.get("fi") or "") if isinstance(title, dict) else ""
    return f"THL Sotkanet, {name}" if name else "THL Sotkanet"


def _updated(described: Row) -> datetime | None:
    """Return when the figures were last changed; Sotkanet tells the day or the moment."""
    try:
        moment = parse_datetime(str(described.get("data-updated") or ""))
    except ValueError:
        return None
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)
