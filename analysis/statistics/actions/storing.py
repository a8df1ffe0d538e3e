"""Storing answers as data versions: each is read, fitted to today's areas and written, or taken back."""

import gzip
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from analysis.statistics import reports
from analysis.statistics.actions.versions import add_version, without_known
from analysis.statistics.division import fit
from analysis.statistics.enums import ImportState, MergeRule
from analysis.statistics.models import (
    WHOLE_COUNTRY,
    ImportRun,
    Indicator,
    Observation,
    RawAnswer,
    Source,
)
from analysis.statistics.queries.plans import table_plans
from analysis.statistics.reports import TableReport
from analysis.statistics.sources import registry
from analysis.statistics.sources.base import Adapter, Raw, SourceError, TablePlan
from analysis.statistics.sources.tidy import without_absurd
from municipalities import facts


def stored_tables(
    run: ImportRun, kept: Sequence[tuple[RawAnswer | None, Raw]]
) -> list[TableReport]:
    """Write the tables of an import while nobody else writes those of the same source."""
    adapter = registry.adapter(run.source.code)
    plans = {plan.table: plan for plan in table_plans(run.source, run.origin)}
    Source.objects.select_for_update(of=("self",)).get(pk=run.source_id)
    return [_store(run, adapter, plans[raw.table], raw, row) for row, raw in kept]


def keep_new(run: ImportRun, raw: Raw) -> RawAnswer | None:
    """Keep an answer; None when the newest version of its table is this very answer."""
    digest = hashlib.sha256(raw.body).hexdigest()
    versions = run.source.versions.filter(table=raw.table).order_by("-number")
    if versions.values_list("answer__sha256", flat=True).first() == digest:
        return None
    return keep(run, raw)


def keep(run: ImportRun, raw: Raw) -> RawAnswer:
    """Keep an answer as it came, byte for byte, with its checksum."""
    return RawAnswer.objects.create(
        run=run,
        table=raw.table,
        origin=raw.origin[:300],
        query=raw.query,
        retrieved_at=raw.retrieved_at,
        sha256=hashlib.sha256(raw.body).hexdigest(),
        body_gzip=gzip.compress(raw.body, 4, mtime=0),
    )


def raw_of(kept: RawAnswer) -> Raw:
    """Return an answer that was kept as it came."""
    return Raw(kept.table, kept.body, kept.query, kept.origin, kept.retrieved_at)


def sample(run: ImportRun) -> list[list[Any]]:
    """Return some of the newest figures a run has written: indicator, area, year and value of each."""
    rows = Observation.objects.filter(version__answer__run=run, value__isnull=False)
    newest = rows.exclude(area=WHOLE_COUNTRY).order_by("-year", "area", "indicator__position")
    return [list(row) for row in newest.values_list("indicator__code", "area", "year", "value")[:5]]


def losses(tables: Sequence[TableReport]) -> str:
    """Say that too much would be lost, naming the worst table; empty where it is not so."""
    worst = max(tables, key=lambda table: table.changes.lost, default=None)
    if worst is None or not worst.changes.alarming:
        return ""
    return _(
        "Table %(table)s would lose %(lost)s of the %(known)s figures known. Nothing was stored; look at the report and accept the import if the source is right."
    ) % {
        "table": worst.table,
        "lost": worst.changes.lost,
        "known": worst.changes.known_before,
    }


def _store(
    run: ImportRun, adapter: Adapter, plan: TablePlan, raw: Raw, kept: RawAnswer | None
) -> TableReport:
    """Write one table's version, or take it back when it says nothing new."""
    if kept is None:
        return TableReport(raw.table, ImportState.UNCHANGED)
    answer = adapter.read(raw.body, plan)
    sane, absurd = without_absurd(answer.frame)
    frame, outside = fit(
        sane,
        known=_known_areas(),
        mergers=facts.mergers(),
        summed=_summed(),
        weights=_weights(),
    )
    if run.origin == registry.BUNDLED:
        frame = without_known(frame, plan)
        if frame.empty:
            kept.delete()
            return TableReport(raw.table, ImportState.UNCHANGED)
    if frame.empty:
        raise SourceError(
            _("The answer has none of the figures asked for. The figures read before stay in use.")
        )
    told = reports.read(raw.table, answer, frame, [*absurd, *outside])
    with transaction.atomic():
        version, changes = add_version(run, answer, kept, frame, raw.since)
        if not changes.any:
            transaction.set_rollback(True)
    if not changes.any:
        kept.delete()
        return told
    return replace(
        told,
        state=ImportState.STORED,
        stored=len(frame),
        changes=changes,
        version=version.number,
    )


def _summed() -> set[str]:
    counts = Indicator.objects.filter(merge_rule=MergeRule.SUM)
    return set(counts.values_list("code", flat=True))


def _weights() -> dict[str, str]:
    weighted = Indicator.objects.filter(merge_rule=MergeRule.WEIGHTED)
    return dict(weighted.values_list("code", "weight__code"))


def _known_areas() -> frozenset[str]:
    return facts.area_codes() | {WHOLE_COUNTRY}
