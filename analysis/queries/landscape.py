"""Every municipality's figures of the factors of likeness."""

import json
from collections.abc import Mapping
from functools import lru_cache

from django.db import connection
from django.db.models import Count, Max

from analysis.engine.similarity import FIGURES, FactorFigure, Landscape, changes, chosen_year
from analysis.statistics.models import DataVersion

Years = Mapping[int, Mapping[str, float]]

# One row for an indicator and year, its areas folded into one object: a hundred rows instead of
# forty thousand. A later version wins figure by figure, also where it says that one is missing.
_FIGURES = """
    SELECT i.code, o.year, jsonb_object_agg(o.area, o.value)::text
    FROM (
        SELECT DISTINCT ON (indicator_id, area, year) indicator_id, area, year, value
        FROM statistics_observation
        WHERE indicator_id IN (SELECT id FROM statistics_indicator WHERE code = ANY(%s))
          AND breakdown = '' AND area = ANY(%s)
        ORDER BY indicator_id DESC, area DESC, year DESC, breakdown DESC, version_id DESC
    ) o JOIN statistics_indicator i ON i.id = o.indicator_id
    WHERE o.value IS NOT NULL
    GROUP BY i.code, o.year
"""


def landscape(regions: Mapping[str, str]) -> Landscape:
    """Read the figures that municipalities are compared by (two queries, one where nothing is new).

    Figures never change within a data version, so a process reads them once for each state of the
    versions: forty thousand rows take 150 ms, and the page of peers asks for them each time.

    Parameters
    ----------
    regions
        Area code to region code of every municipality.

    Returns
    -------
    Landscape
        Each figure of the newest year in which at least nine municipalities of ten have it. A
        figure without such a year is empty and its factor is not known of anybody.
    """
    versions = DataVersion.objects.aggregate(newest=Max("pk"), count=Count("pk"))
    state = (versions["newest"], versions["count"])
    return _landscape(state, tuple(sorted(regions.items())))


@lru_cache(maxsize=2)
def _landscape(_state: tuple[int | None, int], areas: tuple[tuple[str, str], ...]) -> Landscape:
    regions = dict(areas)
    series = _series(list(regions))
    figures, years = {}, {}
    for key, figure in FIGURES.items():
        known = _of(figure, series.get(figure.indicator, {}), len(regions))
        if known:
            figures[key], years[key] = known
    return Landscape(figures, years, regions)


def _series(areas: list[str]) -> dict[str, dict[int, dict[str, float]]]:
    wanted = sorted({figure.indicator for figure in FIGURES.values()})
    series: dict[str, dict[int, dict[str, float]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, [wanted, areas])
        for code, year, values in cursor.fetchall():
            series.setdefault(code, {})[year] = json.loads(values)
    return series


def _of(
    figure: FactorFigure, years: Years, every: int
) -> tuple[dict[str, float], tuple[int, int]] | None:
    last = chosen_year({year: len(values) for year, values in years.items()}, every)
    if last is None:
        return None
    first = last - figure.years
    if not figure.years:
        known = {area: value for area, value in years[last].items() if value > 0 or not figure.log}
        return known, (last, last)
    if first not in years:
        return None
    known = changes(years[first], years[last], years[last].keys())
    return (known, (first, last)) if chosen_year({last: len(known)}, every) else None
