"""Published figures as an analysis takes them."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from django.db import connection
from django.utils import timezone

from analysis.engine.compare import COUNTRY, Material, Origin
from analysis.engine.measure_list import MEASURES
from analysis.engine.measures import Measure
from analysis.statistics.models import DataVersion, Indicator, Observation
from uso.ground.lib.texts import text

Table = dict[str, dict[str, dict[int, float]]]

# The newest figure of each area and year, an area's years in one row: a whole country of figures is
# then eleven thousand rows rather than a hundred and fifty thousand. Backwards, as the primary
# key's index is read in order then.
_NEWEST = f"""
    SELECT indicator_id, area, array_agg(year), array_agg(value), array_agg(missing),
        array_agg(version_id)
    FROM (
        SELECT DISTINCT ON (indicator_id, area, year)
            indicator_id, area, year, value, missing, version_id
        FROM {Observation._meta.db_table}
        WHERE indicator_id = ANY(%s) AND area = ANY(%s) AND breakdown = ''
        ORDER BY indicator_id DESC, area DESC, year DESC, version_id DESC
    ) newest
    GROUP BY indicator_id, area
    ORDER BY indicator_id DESC, area DESC
"""  # noqa: S608 -- names of our own tables


def material(codes: Sequence[str], measures: Sequence[Measure] = MEASURES) -> Material:
    """Read the newest figures of areas and of the whole country (three queries).

    Parameters
    ----------
    codes
        Three-digit codes of the municipality and its peers.
    measures
        What is shown of them.

    Returns
    -------
    Material
        With the reason where a figure is known to be missing, and the version each indicator's
        newest figure is from.
    """
    needs = {key for measure in measures for key in measure.reads}
    indicators = dict(Indicator.objects.filter(code__in=needs).values_list("pk", "code"))
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [list(indicators), [*codes, COUNTRY]])
        rows = cursor.fetchall()
    values: Table = {}
    missing: dict[str, dict[str, dict[int, str]]] = {}
    used: dict[str, dict[int, int]] = {}
    for pk, area, years, figures, reasons, versions in rows:
        code = indicators[pk]
        known, lacking = _parted(years, figures, reasons)
        if known:
            values.setdefault(code, {})[area] = known
        if lacking:
            missing.setdefault(code, {})[area] = lacking
        _note_versions(used.setdefault(code, {}), years, versions)
    newest = {code: max(years) for code, years in sorted(used.items())}
    return Material(values, missing, _origins(used), newest)


def _note_versions(
    newest_year: dict[int, int], years: Sequence[int], versions: Sequence[int]
) -> None:
    """Note the newest year that each version has given a figure, or its absence, of."""
    for year, version in zip(years, versions, strict=True):
        newest_year[version] = max(year, newest_year.get(version, year))


def _parted(
    years: Sequence[int], figures: Sequence[float | None], reasons: Sequence[str]
) -> tuple[dict[int, float], dict[int, str]]:
    """Part an area's years into those with a figure and those with the reason why there is none."""
    by_year = zip(years, figures, strict=True)
    known = {year: figure for year, figure in by_year if figure is not None}
    lacking = {year: why for year, why in zip(years, reasons, strict=True) if why}
    return known, lacking


def _origins(used: Mapping[str, Mapping[int, int]]) -> dict[str, tuple[Origin, ...]]:
    """Return the versions behind each indicator's figures, that of the newest year first."""
    versions = DataVersion.objects.select_related("answer", "source").defer("answer__body_gzip")
    by_id = versions.in_bulk({version for years in used.values() for version in years})
    return {
        key: tuple(
            _origin(by_id[version])
            for version in sorted(years, key=lambda each: (-years[each], -each))
        )
        for key, years in used.items()
    }


def _origin(version: DataVersion) -> Origin:
    """Return where figures were read: not where the indicator would be read today."""
    source = version.source
    return Origin(
        publisher=text(
            fi=source.publisher_fi,
            sv=source.publisher_sv or source.publisher_fi,
            en=source.publisher_en or source.publisher_fi,
        ),
        table=version.table_id,
        licence=source.licence,
        version=version.number,
        retrieved_on=timezone.localdate(version.answer.retrieved_at),
        file=_file_name(version.answer.origin),
    )


def _file_name(origin: str) -> str:
    """Return the name of the file an answer was read from; empty for an address."""
    return "" if "://" in origin or "." not in origin else PurePosixPath(origin).name
