"""The indicators that come with the service, and the sources they are read from.

They stand in analysis/statistics/data/catalogue. Coordinators may add, edit and retire indicators in the database; these
rows are added where they are missing and are otherwise left as they are.
"""

from typing import Any

from analysis.statistics.catalogue import Row, rows, sources
from analysis.statistics.enums import Telling
from analysis.statistics.models import Indicator, Source
from analysis.statistics.sources import registry
from uso.ground.lib.texts import LANGUAGES

PXWEB = "pxweb"
_PLAIN = (
    "code", "group", "table", "content_code", "content_label", "decimals", "direction",
    "merge_rule", "steady", "group_figure",
)  # fmt: skip
_TEXTS = ("name", "definition", "unit", "comparability", "influence")


def load_catalogue() -> None:
    """Add the sources and indicators that are not in the database yet."""
    Source.objects.bulk_create(
        (Source(code=code, **told) for code, told in sources().items()), ignore_conflicts=True
    )
    there = dict(Indicator.objects.values_list("code", "pk"))
    new = [(at, row) for at, row in enumerate(rows(), start=1) if row.code not in there]
    if not new:
        return
    keys = dict(Source.objects.values_list("code", "pk"))
    # A weight goes before what it weighs.
    for weighted in (False, True):
        Indicator.objects.bulk_create(
            (
                Indicator(source_id=keys[row.source], position=at, **fields(row, there))
                for at, row in new
                if bool(row.weight) == weighted
            ),
            ignore_conflicts=True,
        )
        there = dict(Indicator.objects.values_list("code", "pk"))


def fields(row: Row, ids: dict[str, int]) -> dict[str, Any]:
    """Return what the database keeps of a row, but for its source and position."""
    texts = {
        f"{name}_{language}": getattr(row, name)[language]
        for name in _TEXTS
        for language in LANGUAGES
    }
    return {
        **{name: getattr(row, name) for name in _PLAIN},
        **texts,
        "selection": dict(row.selection),
        "breaks": list(row.breaks),
        "telling": telling(row),
        "weight_id": ids.get(row.weight),
        "is_read": row.active or registry.of_files(row.source),
    }


def telling(row: Row) -> str:
    """Return how a row is told; one without figures yet as it will be published."""
    return Telling.LEVEL if row.kind == "absent" else row.kind
