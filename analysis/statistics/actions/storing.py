"""Answers into data versions: stored as they came, parsed, fitted to today's areas and written, or rolled back."""

import gzip
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from analysis.statistics import reports
from analysis.statistics.division import fit_to_division
from analysis.statistics.enums import ImportState, MergeRule
from analysis.statistics.models import (
    WHOLE_COUNTRY,
    DataVersion,
    ImportRun,
    Indicator,
    Observation,
    RawAnswer,
    Source,
)
from analysis.statistics.queries.plans import table_plans
from analysis.statistics.reports import Changes, Leap, TableReport
from analysis.statistics.sources import registry
from analysis.statistics.sources.base import (
    Adapter,
    ParsedTable,
    RejectedRows,
    Response,
    SourceError,
    TablePlan,
)
from analysis.statistics.sources.tidy import check_inhabitants, drop_absurd, drop_impossible_years
from municipalities import division
from uso.ground.lib.characters import clean

#: Rows of one block of COPY text, so that memory stays flat.
BLOCK = 50_000

_COLUMNS = (
    "indicator_id",
    "area",
    "year",
    "breakdown",
    "version_id",
    "value",
    "missing",
    "preliminary",
)
_TABLE = Observation._meta.db_table

# What the new version says beside the newest earlier figure of the same key.
_COMPARE = f"""
    SELECT count(*) FILTER (WHERE n.value IS NOT NULL AND p.version_id IS NULL),
           count(*) FILTER (WHERE n.value IS NOT NULL AND p.version_id IS NOT NULL
                            AND n.value IS DISTINCT FROM p.value),
           count(*) FILTER (WHERE n.value IS NULL AND p.value IS NOT NULL),
           count(*) FILTER (WHERE n.value IS NULL AND p.value IS NULL
                            AND n.missing IS DISTINCT FROM p.missing),
           count(*) FILTER (WHERE n.value = p.value AND n.preliminary <> p.preliminary),
           count(p.value)
    FROM {_TABLE} n
    LEFT JOIN LATERAL (
        SELECT version_id, value, missing, preliminary FROM {_TABLE} o
        WHERE o.indicator_id = n.indicator_id AND o.area = n.area AND o.year = n.year
          AND o.breakdown = n.breakdown AND o.version_id < n.version_id
        ORDER BY o.version_id DESC LIMIT 1
    ) p ON true
    WHERE n.indicator_id = ANY(%s) AND n.version_id = %s
"""  # noqa: S608 -- names of our own tables

# Figures of the whole version before of which the new whole version says nothing at all.
_VANISHED = f"""
    SELECT count(*) FROM {_TABLE} p
    WHERE p.indicator_id = ANY(%s) AND p.version_id = %s AND p.year >= %s AND p.value IS NOT NULL
      AND NOT EXISTS (
        SELECT 1 FROM {_TABLE} n
        WHERE n.indicator_id = p.indicator_id AND n.area = p.area AND n.year = p.year
          AND n.breakdown = p.breakdown AND n.version_id = %s)
"""  # noqa: S608 -- names of our own tables

# Figures that leap from the newest known of the same year or, in a new year, of the year before.
_LEAPS = f"""
    SELECT i.code, n.year,
           count(*) FILTER (WHERE abs(n.value) * 2 <= abs(p.value)
                            OR p.year = n.year AND abs(n.value) >= abs(p.value) * 2) AS leaping,
           count(*)
    FROM {_TABLE} n
    JOIN {Indicator._meta.db_table} i ON i.id = n.indicator_id
    JOIN LATERAL (
        SELECT o.value, o.year FROM {_TABLE} o
        WHERE o.indicator_id = n.indicator_id AND o.area = n.area AND o.breakdown = n.breakdown
          AND o.year IN (n.year, n.year - 1) AND o.version_id < n.version_id AND o.value <> 0
        ORDER BY o.year DESC, o.version_id DESC LIMIT 1
    ) p ON true
    WHERE n.indicator_id = ANY(%s) AND n.version_id = %s AND n.value IS NOT NULL
    GROUP BY i.code, n.year
    ORDER BY leaping DESC, i.code, n.year DESC
"""  # noqa: S608 -- names of our own tables


def store_new_answer(run: ImportRun, response: Response) -> RawAnswer | None:
    """Store a response; None when the newest version of its table is of this very answer."""
    versions = run.source.versions.filter(table=response.table).order_by("-number")
    if versions.values_list("answer__sha256", flat=True).first() == _checksum(response.body):
        return None
    return store_answer(run, response)


def store_answer(run: ImportRun, response: Response) -> RawAnswer:
    """Store a response as it came, byte for byte, with its checksum."""
    return RawAnswer.objects.create(
        run=run,
        table=response.table,
        origin=response.origin[:300],
        query=response.query,
        retrieved_at=response.retrieved_at,
        sha256=_checksum(response.body),
        body_gzip=gzip.compress(response.body, 4, mtime=0),
    )


def _checksum(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def response_of(answer: RawAnswer) -> Response:
    """Return a stored answer as the response it was; that it was whole is not known any more."""
    return Response(answer.table, answer.body, answer.query, answer.origin, answer.retrieved_at)


def store_tables(
    run: ImportRun, answers: Sequence[tuple[RawAnswer | None, Response]]
) -> list[TableReport]:
    """Write the figures of a run's answers, while nobody else writes those of the same source.

    Parameters
    ----------
    answers
        Each response with its stored answer; a table without one is as it was before.
    """
    adapter = registry.adapter_of(run.source.code)
    plans = {plan.table: plan for plan in table_plans(run.source, run.origin)}
    Source.objects.select_for_update(of=("self",)).get(pk=run.source_id)
    return [
        _store_table(run, adapter, plans[response.table], response, answer)
        if answer
        else TableReport(response.table, ImportState.UNCHANGED)
        for answer, response in answers
    ]


def _store_table(
    run: ImportRun, adapter: Adapter, plan: TablePlan, response: Response, answer: RawAnswer
) -> TableReport:
    """Write one table's version; what says nothing new is rolled back, and its answer deleted."""
    table = adapter.parse(response.body, plan)
    frame, rejected = _fit(table.frame, plan)
    if run.origin == registry.BUNDLED:
        frame = drop_known(frame, plan)
        if frame.empty:
            answer.delete()
            return TableReport(plan.table, ImportState.UNCHANGED)
    if frame.empty:
        raise SourceError(
            _("The answer has none of the figures asked for. The figures read before stay in use.")
        )
    report = reports.report_of(table, plan, frame, rejected)
    with transaction.atomic():
        version, changes = add_version(run, table, answer, frame, response.since)
        if not changes.any:
            transaction.set_rollback(True)
    if not changes.any:
        answer.delete()
        return report
    return replace(
        report,
        state=ImportState.STORED,
        stored=len(frame),
        changes=changes,
        version=version.number,
    )


def _fit(frame: pd.DataFrame, plan: TablePlan) -> tuple[pd.DataFrame, list[RejectedRows]]:
    """Return the figures that can be right on the division of today, and what was left out."""
    plausible, absurd = drop_absurd(frame)
    plausible, impossible = drop_impossible_years(
        plausible,
        projections=[one.indicator for one in plan.series if one.is_projection],
        this_year=timezone.localdate().year,
    )
    summed = Indicator.objects.filter(merge_rule=MergeRule.SUM)
    weighted = Indicator.objects.filter(merge_rule=MergeRule.WEIGHTED)
    fitted, rejected = fit_to_division(
        plausible,
        known=division.area_codes(on=timezone.localdate()) | {WHOLE_COUNTRY},
        mergers=division.mergers(),
        summed=set(summed.values_list("code", flat=True)),
        weights=dict(weighted.values_list("code", "weight__code")),
    )
    check_inhabitants(fitted)
    return fitted, [*absurd, *impossible, *rejected]


def add_version(
    run: ImportRun,
    table: ParsedTable,
    answer: RawAnswer,
    frame: pd.DataFrame,
    since: int | None,
) -> tuple[DataVersion, Changes]:
    """Write the figures as the next version of their table; the caller has locked the source.

    Parameters
    ----------
    frame : DataFrame
        Tidy, on today's division.
    since : int or None
        First year of a whole table; None when the answer may be a part.
    """
    before = run.source.versions.filter(table=answer.table).order_by("-number").first()
    version = DataVersion.objects.create(
        source=run.source,
        table=answer.table,
        number=before.number + 1 if before else 1,
        answer=answer,
        since=since,
        label=clean(table.label)[:300],
        publisher=clean(table.source)[:300],
        source_updated_at=table.updated,
    )
    codes = frame["indicator"].unique()
    ids = dict(Indicator.objects.filter(code__in=codes).values_list("code", "pk"))
    known = Observation.objects.filter(indicator__in=ids.values()).exists()
    copy(frame, ids, version.pk)
    if not known:
        values = int(frame["value"].notna().sum())
        return version, Changes(added=values, remarks=len(frame) - values)
    return version, _changes(list(ids.values()), version, before)


def drop_known(frame: pd.DataFrame, plan: TablePlan) -> pd.DataFrame:
    """Leave out what was read from a live source: figures that come with the service never replace it."""
    live = Observation.objects.filter(
        indicator__code__in=[series.indicator for series in plan.series],
    ).exclude(version__answer__run__origin=registry.BUNDLED)
    known = set(live.values_list("indicator__code", "area", "year", "breakdown"))
    if not known:
        return frame
    keys = zip(frame["indicator"], frame["area"], frame["year"], frame["breakdown"], strict=True)
    return frame[[key not in known for key in keys]]


def copy(frame: pd.DataFrame, ids: Mapping[str, int], version_id: int, table: str = _TABLE) -> None:
    """Send the rows of a tidy frame to the table of observations by COPY.

    Parameters
    ----------
    ids : mapping of str to int
        Primary keys of the indicators by code.
    """
    with connection.cursor() as cursor:
        statement = f"COPY {table} ({', '.join(_COLUMNS)}) FROM STDIN"
        with cursor.copy(statement) as sink:
            for block in _blocks(frame, ids, version_id):
                sink.write(block)


def _blocks(frame: pd.DataFrame, ids: Mapping[str, int], version_id: int) -> Iterator[str]:
    for start in range(0, len(frame), BLOCK):
        yield _text(frame.iloc[start : start + BLOCK], ids, version_id)


def _text(frame: pd.DataFrame, ids: Mapping[str, int], version_id: int) -> str:
    """Return COPY's text form of the rows: tabs between, backslash N for no value."""
    indicator = frame["indicator"].map({code: str(pk) for code, pk in ids.items()}).tolist()
    value = ["\\N" if number != number else repr(number) for number in frame["value"].tolist()]
    preliminary = ["t" if mark else "f" for mark in frame["preliminary"].tolist()]
    rows = zip(
        indicator,
        frame["area"].tolist(),
        map(str, frame["year"].tolist()),
        frame["breakdown"].tolist(),
        value,
        frame["missing"].tolist(),
        preliminary,
        strict=True,
    )
    return "".join(
        f"{i}\t{area}\t{year}\t{part}\t{version_id}\t{number}\t{reason}\t{mark}\n"
        for i, area, year, part, number, reason, mark in rows
    )


def _changes(indicators: list[int], version: DataVersion, before: DataVersion | None) -> Changes:
    """Compare a version with the newest earlier figures, a whole one with the whole one before it too."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPARE, [indicators, version.pk])
        added, revised, lost, reasons, marks, known = cursor.fetchone()
        vanished = 0
        if before and before.since and version.since:
            first = max(before.since, version.since)
            cursor.execute(_VANISHED, [indicators, before.pk, first, version.pk])
            vanished = cursor.fetchone()[0]
        cursor.execute(_LEAPS, [indicators, version.pk])
        leaps = (Leap(*row) for row in cursor.fetchall())
        leap = next((one for one in leaps if one.is_most), None)
    return Changes(added, revised, lost + vanished, reasons + marks, known + vanished, leap)


def sample(run: ImportRun) -> list[list[Any]]:
    """Return some of the newest figures a run has written: indicator, area, year, value and the preliminary mark."""
    rows = Observation.objects.filter(version__answer__run=run, value__isnull=False)
    newest = rows.exclude(area=WHOLE_COUNTRY).order_by("-year", "area", "indicator__position")
    return [
        list(row)
        for row in newest.values_list("indicator__code", "area", "year", "value", "preliminary")[:5]
    ]


def describe_alarm(tables: Sequence[TableReport]) -> str:
    """Say that too much would be lost or most figures leap, naming the worst table; empty where it is not so."""
    worst = max(tables, key=lambda table: table.changes.lost, default=None)
    if worst is not None and worst.changes.exceed_loss_limit:
        return _(
            "Table %(table)s would lose %(lost)s of the %(known)s figures known. Nothing was stored; look at the report and accept the import if the source is right."
        ) % {
            "table": worst.table,
            "lost": worst.changes.lost,
            "known": worst.changes.known_before,
        }
    leaps = [table.changes.leap for table in tables if table.changes.leap]
    if not leaps:
        return ""
    return describe_leap(max(leaps, key=lambda one: one.values))


def describe_leap(leap: Leap) -> str:
    """Say that most figures of an indicator and year leap."""
    return _(
        "Of %(compared)s figures of %(indicator)s in %(year)s, %(values)s are at most half or at least twice what was known before: is the unit another, or is it a part of the whole? Nothing was stored; look at the report and accept the import if the source is right."
    ) % {
        "compared": leap.compared,
        "indicator": leap.indicator,
        "year": leap.year,
        "values": leap.values,
    }
