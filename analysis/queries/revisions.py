"""What has become known since editions were made: values revised and years added."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db import connection

from analysis.models import Analysis
from analysis.statistics.models import Observation
from analysis.statistics.queries.plans import newest_version
from uso.ground.lib.languages import localized
from uso.ground.tenancy.crossing import across_municipalities

_TABLE = Observation._meta.db_table

# The newest figure of each year after the version an edition is based on, beside what it knew then.
_LATER = f"""
    SELECT b.edition, b.code, i.name_fi, i.name_sv, i.name_en, n.year, p.value IS NULL
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[])
        AS b(edition, area, code, version)
    JOIN statistics_indicator i ON i.code = b.code
    JOIN LATERAL (
        SELECT DISTINCT ON (o.year) o.year, o.value FROM {_TABLE} o
        WHERE o.indicator_id = i.id AND o.area = b.area AND o.breakdown = ''
          AND o.version_id > b.version
        ORDER BY o.year DESC, o.version_id DESC
    ) n ON true
    LEFT JOIN LATERAL (
        SELECT o.value FROM {_TABLE} o
        WHERE o.indicator_id = i.id AND o.area = b.area AND o.year = n.year AND o.breakdown = ''
          AND o.version_id <= b.version
        ORDER BY o.version_id DESC LIMIT 1
    ) p ON true
    WHERE n.value IS DISTINCT FROM p.value
    ORDER BY b.edition, i.name_fi, n.year
"""  # noqa: S608 -- names of our own tables


@dataclass(slots=True)
class LaterFigures:
    """Years of an indicator whose value is another than an edition knew, or is new."""

    name_fi: str
    name_sv: str
    name_en: str
    revised: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Name of the indicator in the active language."""
        return localized(self, "name")


@dataclass(slots=True)
class Later:
    """Figures of the municipality that have changed since an edition, by indicator."""

    indicators: dict[str, LaterFigures] = field(default_factory=dict)

    @property
    def revised_count(self) -> int:
        """Values that were known and are other now, or missing."""
        return sum(len(each.revised) for each in self.indicators.values())

    @property
    def new_years(self) -> list[int]:
        """Years for which an indicator has a figure that the edition had none of."""
        return sorted({year for each in self.indicators.values() for year in each.new})

    @property
    def any(self) -> bool:
        """Something has changed."""
        return bool(self.indicators)


def later_figures(editions: Mapping[str, Analysis]) -> dict[int, Later]:
    """Compare what editions are based on with the newest data versions (one query).

    Parameters
    ----------
    editions
        Three-digit code of the municipality to its edition; only its own figures are compared.

    Returns
    -------
    dict
        Edition's key to what has changed; an edition made before its data versions were stored
        in the content has nothing.
    """
    wanted = [
        (edition.pk, area, code, version)
        for area, edition in editions.items()
        for code, version in (edition.versions or {}).items()
    ]
    found = {edition.pk: Later() for edition in editions.values()}
    if not wanted:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_LATER, [list(column) for column in zip(*wanted, strict=True)])
        rows = cursor.fetchall()
    for edition, code, fi, sv, en, year, is_new in rows:
        figures = found[edition].indicators.setdefault(code, LaterFigures(fi, sv, en))
        (figures.new if is_new else figures.revised).append(year)
    return found


def later_counts(editions: Mapping[str, Analysis]) -> dict[int, tuple[int, int]]:
    """Count values revised and new years of many editions, by their keys.

    Stored in the cache until another data version comes in or another edition is published: asking
    for a whole season costs some tens of milliseconds (two queries, four the first time). What the
    editions are based on is read then; they may come without it.
    """
    if not editions:
        return {}
    key = f"analysis-later:{newest_version()}:{_mark(editions.values())}"
    known: dict[int, tuple[int, int]] | None = cache.get(key)
    if known is None:
        known = {
            pk: (later.revised_count, len(later.new_years))
            for pk, later in later_figures(_with_versions(editions)).items()
        }
        cache.set(key, known, timeout=24 * 3600)
    return known


def _with_versions(editions: Mapping[str, Analysis]) -> dict[str, Analysis]:
    wanted = {edition.pk: area for area, edition in editions.items()}
    with across_municipalities(reason="what the editions of a whole season are based on"):
        rows = list(Analysis.objects.filter(pk__in=wanted).only("versions"))
    return {wanted[row.pk]: row for row in rows}


def _mark(editions: Iterable[Analysis]) -> str:
    keys = "-".join(map(str, sorted(edition.pk for edition in editions)))
    return hashlib.sha256(keys.encode()).hexdigest()[:16]
