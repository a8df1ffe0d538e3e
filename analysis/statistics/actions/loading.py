"""The indicators that come with the service, and their sources, into the database.

Coordinators add, edit and retire indicators there: what is missing is added, what is there stays as it is.
"""

from collections.abc import Mapping
from typing import Any

from analysis.statistics.catalogue import CatalogueEntry, catalogue_entries, catalogue_sources
from analysis.statistics.enums import DisplayMode
from analysis.statistics.models import Indicator, Source
from analysis.statistics.sources import registry
from uso.ground.lib.texts import LANGUAGES

PXWEB = "pxweb"
_COPIED_FIELDS = (
    "code", "group", "table", "content_code", "content_label", "decimals", "direction",
    "merge_rule", "stable_below", "group_figure",
)  # fmt: skip
_TEXTS = ("name", "definition", "unit", "comparability", "influence")


def load_catalogue() -> None:
    """Add the sources and indicators that are not in the database yet."""
    Source.objects.bulk_create(
        (Source(code=code, **texts) for code, texts in catalogue_sources().items()),
        ignore_conflicts=True,
    )
    ids = _indicator_ids()
    new = [
        (position, entry)
        for position, entry in enumerate(catalogue_entries(), start=1)
        if entry.code not in ids
    ]
    if not new:
        return
    sources = dict(Source.objects.values_list("code", "pk"))
    # A weight goes before what it weighs.
    for weighted in (False, True):
        Indicator.objects.bulk_create(
            (
                Indicator(source_id=sources[entry.source], position=position, **fields(entry, ids))
                for position, entry in new
                if bool(entry.weight) == weighted
            ),
            ignore_conflicts=True,
        )
        ids = _indicator_ids()


def _indicator_ids() -> dict[str, int]:
    return dict(Indicator.objects.values_list("code", "pk"))


def fields(entry: CatalogueEntry, indicator_ids: Mapping[str, int]) -> dict[str, Any]:
    """Return the fields of an indicator but for its source and position."""
    texts = {
        f"{name}_{language}": getattr(entry, name)[language]
        for name in _TEXTS
        for language in LANGUAGES
    }
    return {
        **{name: getattr(entry, name) for name in _COPIED_FIELDS},
        **texts,
        "selection": dict(entry.selection),
        "breaks": list(entry.breaks),
        "display_mode": display_mode(entry),
        "weight_id": indicator_ids.get(entry.weight),
        "is_projection": entry.outlook,
        "is_read": entry.active or registry.is_file_source(entry.source),
    }


def display_mode(entry: CatalogueEntry) -> str:
    """Return how an indicator is displayed; one without figures yet as it will be published."""
    return DisplayMode.LEVEL if entry.display_mode == "absent" else entry.display_mode
