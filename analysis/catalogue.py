"""The indicators that come with the service, and the sources they are read from.

They stand in analysis/data/catalogue. Coordinators may add and retire indicators in the database; these rows
are added where they are missing and are otherwise left as they are.
"""

from typing import Any

from analysis.models import Indicator, Source
from analysis.rows import LANGUAGES, Row, rows, sources

PXWEB = "pxweb"
_PLAIN = ("code", "group", "table", "content_code", "content_label", "decimals", "direction")
_TEXTS = ("name", "definition", "unit", "comparability", "influence")


def load_catalogue() -> None:
    """Add the sources and indicators that are not in the database yet."""
    Source.objects.bulk_create(
        (Source(code=code, **told) for code, told in sources().items()), ignore_conflicts=True
    )
    keys = dict(Source.objects.values_list("code", "pk"))
    Indicator.objects.bulk_create(
        (
            Indicator(source_id=keys[row.source], position=at, **_fields(row))
            for at, row in enumerate(rows(), start=1)
        ),
        ignore_conflicts=True,
    )


def _fields(row: Row) -> dict[str, Any]:
    texts = {
        f"{name}_{language}": getattr(row, name)[language]
        for name in _TEXTS
        for language in LANGUAGES
    }
    plain = {name: getattr(row, name) for name in _PLAIN}
    return {**plain, **texts, "merge_rule": row.merge_rule, "is_active": row.active}
