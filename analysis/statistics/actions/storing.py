"""Answers into data versions: stored as they came, parsed, fitted to today's areas and written, or taken back."""

import gzip
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from django.db import transaction
from django.utils.translation import gettext as _

from analysis.statistics import reports
from analysis.statistics.actions.versions import add_version, drop_known
from analysis.statistics.division import fit_to_division
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
from analysis.statistics.sources.base import Adapter, RejectedRows, Response, SourceError, TablePlan
from analysis.statistics.sources.tidy import drop_absurd
from municipalities import facts


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
    """Write one table's version; what says nothing new is taken back, its answer too."""
    table = adapter.parse(response.body, plan)
    frame, rejected = _fit(table.frame)
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


def _fit(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[RejectedRows]]:
    """Return the figures that can be right on the division of today, and what was left out."""
    plausible, absurd = drop_absurd(frame)
    summed = Indicator.objects.filter(merge_rule=MergeRule.SUM)
    weighted = Indicator.objects.filter(merge_rule=MergeRule.WEIGHTED)
    fitted, rejected = fit_to_division(
        plausible,
        known=facts.area_codes() | {WHOLE_COUNTRY},
        mergers=facts.mergers(),
        summed=set(summed.values_list("code", flat=True)),
        weights=dict(weighted.values_list("code", "weight__code")),
    )
    return fitted, [*absurd, *rejected]


def sample(run: ImportRun) -> list[list[Any]]:
    """Return some of the newest figures a run has written: indicator, area, year and value of each."""
    rows = Observation.objects.filter(version__answer__run=run, value__isnull=False)
    newest = rows.exclude(area=WHOLE_COUNTRY).order_by("-year", "area", "indicator__position")
    return [list(row) for row in newest.values_list("indicator__code", "area", "year", "value")[:5]]


def describe_losses(tables: Sequence[TableReport]) -> str:
    """Say that too much would be lost, naming the worst table; empty where it is not so."""
    worst = max(tables, key=lambda table: table.changes.lost, default=None)
    if worst is None or not worst.changes.exceed_loss_limit:
        return ""
    return _(
        "Table %(table)s would lose %(lost)s of the %(known)s figures known. Nothing was stored; look at the report and accept the import if the source is right."
    ) % {
        "table": worst.table,
        "lost": worst.changes.lost,
        "known": worst.changes.known_before,
    }
