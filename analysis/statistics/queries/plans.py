"""What is read from a source: its tables with the series wanted of each."""

from django.db.models import Max

from analysis.statistics.catalogue import CatalogueEntry, catalogue_entries
from analysis.statistics.models import DataVersion, Indicator, Source
from analysis.statistics.sources import registry
from analysis.statistics.sources.base import Series, TablePlan


def table_plans(source: Source, origin: str = registry.NETWORK) -> list[TablePlan]:
    """Return what is read from a source: its tables with the indicators in use (at most two queries).

    Of the files that come with the service the catalogue knows what stands in them: they are an earlier
    answer of indicators that have another source today.
    """
    wanted: dict[str, list[Series]] = {}
    if origin == registry.BUNDLED or source.code in registry.COMPILED:
        used = set(Indicator.objects.filter(is_active=True).values_list("code", flat=True))
        for row in catalogue_entries():
            if row.bundled_table[0] == source.code and row.code in used:
                wanted.setdefault(row.bundled_table[1], []).append(bundled_series(row))
    else:
        used_here = source.indicators.filter(is_active=True, is_read=True)
        for one in used_here.order_by("table", "position", "code"):
            series = Series(one.code, one.content_code, one.content_label, one.selection)
            wanted.setdefault(one.table, []).append(series)
    return [TablePlan(table, series) for table, series in wanted.items()]


def bundled_series(row: CatalogueEntry) -> Series:
    """Return how a row's figures are found in the file that comes with the service."""
    if row.bundled_table[0] in registry.COMPILED:
        return Series(row.code, row.code)
    return Series(row.code, row.content_code, row.content_label, row.selection)


def newest_version() -> int | None:
    """Give the key of the newest data version: no figure changes without another one (one query)."""
    newest: int | None = DataVersion.objects.aggregate(newest=Max("pk"))["newest"]
    return newest
