"""Which tables have changed in their source since they were last read: only those are asked for."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from analysis.statistics.enums import ImportState
from analysis.statistics.models import Source
from analysis.statistics.sources import registry
from analysis.statistics.sources.base import Adapter, TablePlan

#: Key of a report: table to its change mark.
CHANGE_MARKS = "change_marks"


def change_marks(adapter: Adapter, plans: Sequence[TablePlan]) -> dict[str, str]:
    """Ask when each table was last changed; its mark is that moment with the figures wanted of it.

    A table whose source does not say is left out.
    """
    moments = ((plan, adapter.last_changed(plan)) for plan in plans)
    return {plan.table: f"{moment} {_digest(plan)}" for plan, moment in moments if moment}


def _digest(plan: TablePlan) -> str:
    series = [[one.indicator, one.content, one.label, dict(one.selection)] for one in plan.series]
    return hashlib.sha256(json.dumps([plan.since, series]).encode()).hexdigest()[:16]


def is_unchanged(source: Source, plan: TablePlan, marks: Mapping[str, str]) -> bool:
    """Return whether a table's mark is that of the last whole import from the network."""
    whole_runs = source.runs.filter(
        origin=registry.NETWORK, state__in=(ImportState.STORED, ImportState.UNCHANGED)
    ).order_by("-started_at", "-pk")
    last_report = whole_runs.values_list("report", flat=True).first() or {}
    mark = marks.get(plan.table)
    return mark is not None and last_report.get(CHANGE_MARKS, {}).get(plan.table) == mark
