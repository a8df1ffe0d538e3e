"""What is read from a source: its tables with the series wanted of each, and whether they have changed."""

import hashlib
import json
from collections.abc import Mapping

from django.db.models import Max

from analysis.statistics.catalogue import CatalogueEntry, catalogue_entries
from analysis.statistics.enums import ImportState
from analysis.statistics.models import DataVersion, Indicator, Source
from analysis.statistics.sources import registry
from analysis.statistics.sources.base import Series, TablePlan

#: Key of a report: table to its change mark.
CHANGE_MARKS = "change_marks"


def table_plans(source: Source, origin: str = registry.NETWORK) -> list[TablePlan]:
    """Return what is read from a source: its tables with the indicators in use (one query)."""
    tables: dict[str, list[Series]] = {}
    if origin == registry.BUNDLED or source.code in registry.COMPILED_SOURCES:
        # The catalogue knows the files: they are earlier answers of indicators read elsewhere today.
        in_use = set(Indicator.objects.filter(is_active=True).values_list("code", flat=True))
        for entry in catalogue_entries():
            bundled_source, table = entry.bundled_table
            if bundled_source == source.code and entry.code in in_use:
                tables.setdefault(table, []).append(bundled_series(entry))
    else:
        indicators = source.indicators.filter(is_active=True, is_read=True)
        for one in indicators.order_by("table", "position", "code"):
            series = Series(
                one.code,
                one.content_code,
                one.content_label,
                one.selection,
                one.is_projection,
                one.unit_fi,
            )
            tables.setdefault(one.table, []).append(series)
    return [TablePlan(table, series) for table, series in tables.items()]


def bundled_series(entry: CatalogueEntry) -> Series:
    """Return how an indicator's figures are found in the file that comes with the service."""
    if entry.bundled_table[0] in registry.COMPILED_SOURCES:
        return Series(entry.code, entry.code, is_projection=entry.outlook)
    return Series(
        entry.code, entry.content_code, entry.content_label, entry.selection, entry.outlook
    )


def change_mark(plan: TablePlan, last_changed: str) -> str:
    """Make the mark of a table that changes with its figures and with what is wanted of it."""
    series = [[one.indicator, one.content, one.label, dict(one.selection)] for one in plan.series]
    wanted = hashlib.sha256(json.dumps([plan.since, series]).encode()).hexdigest()[:16]
    return f"{last_changed} {wanted}"


def stored_change_marks(source: Source) -> Mapping[str, str]:
    """Return the mark of each table at the last whole import from the network (one query)."""
    whole = source.runs.filter(
        origin=registry.NETWORK, state__in=(ImportState.STORED, ImportState.UNCHANGED)
    )
    last = whole.order_by("-started_at", "-pk").values_list("report", flat=True).first() or {}
    marks: dict[str, str] = last.get(CHANGE_MARKS, {})
    return marks


def newest_version() -> int | None:
    """Return the key of the newest data version: no figure changes without another one (one query)."""
    newest: int | None = DataVersion.objects.aggregate(newest=Max("pk"))["newest"]
    return newest
