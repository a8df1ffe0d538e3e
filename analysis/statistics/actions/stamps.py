"""Asking only for what has changed: when a source says that each of its tables was last changed."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from analysis.statistics.enums import ImportState
from analysis.statistics.models import Source
from analysis.statistics.sources import registry
from analysis.statistics.sources.base import Adapter, TablePlan

#: Key of a report: table to when its source says it was last changed.
STAMPS = "stamps"


def stamps_of(adapter: Adapter, plans: Sequence[TablePlan]) -> dict[str, str]:
    """Ask when each table was last changed; a stamp tells also which figures are wanted of it."""
    told = ((plan, adapter.stamp(plan)) for plan in plans)
    return {plan.table: f"{stamp} {_wanted(plan)}" for plan, stamp in told if stamp}


def _wanted(plan: TablePlan) -> str:
    series = [[one.indicator, one.content, one.label, dict(one.selection)] for one in plan.series]
    return hashlib.sha256(json.dumps([plan.since, series]).encode()).hexdigest()[:16]


def is_same(source: Source, plan: TablePlan, stamps: Mapping[str, str]) -> bool:
    """Tell whether a table is as it was when it was last read from the network to the end."""
    ended = source.runs.filter(
        origin=registry.NETWORK, state__in=(ImportState.STORED, ImportState.UNCHANGED)
    ).order_by("-started_at", "-pk")
    last = ended.values_list("report", flat=True).first() or {}
    stamp = stamps.get(plan.table)
    return stamp is not None and last.get(STAMPS, {}).get(plan.table) == stamp
