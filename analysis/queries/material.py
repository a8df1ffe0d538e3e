"""Published figures as an analysis takes them."""

import math
from collections.abc import Mapping, Sequence

from analysis.comparison import COUNTRY, Material, Origin
from analysis.frames import observations
from analysis.measures import Measure
from analysis.models import DataVersion
from analysis.told import MEASURES

Table = dict[str, dict[str, dict[int, float]]]


def material(codes: Sequence[str], measures: Sequence[Measure] = MEASURES) -> Material:
    """Read the newest figures of areas and of the whole country (three queries).

    Parameters
    ----------
    codes
        Three-digit codes of the municipality and its peers.
    measures
        What is told of them.

    Returns
    -------
    Material
        With the reason where a figure is known to be missing, and the version each indicator's
        newest figure is from.
    """
    needs = sorted({key for measure in measures for key in measure.reads})
    frame = observations(needs, [*codes, COUNTRY])
    frame = frame[frame["breakdown"] == ""]
    values: Table = {}
    missing: dict[str, dict[str, dict[int, str]]] = {}
    for row in frame.itertuples(index=False):
        if math.isnan(row.value):
            missing.setdefault(row.indicator, {}).setdefault(row.area, {})[row.year] = row.missing
        else:
            values.setdefault(row.indicator, {}).setdefault(row.area, {})[row.year] = row.value
    newest = {str(key): int(part["version"].max()) for key, part in frame.groupby("indicator")}
    return Material(values, missing, _origins(newest), newest)


def _origins(newest: Mapping[str, int]) -> dict[str, Origin]:
    versions = DataVersion.objects.select_related("answer", "source").defer("answer__body_gzip")
    by_id = versions.in_bulk(set(newest.values()))
    return {key: _origin(by_id[version]) for key, version in newest.items()}


def _origin(version: DataVersion) -> Origin:
    """Tell where figures were read: not where the indicator would be read today."""
    source = version.source
    return Origin(
        publisher_fi=source.publisher_fi,
        publisher_sv=source.publisher_sv or source.publisher_fi,
        publisher_en=source.publisher_en or source.publisher_fi,
        table=version.table_id,
        licence=source.licence,
        version=version.number,
        retrieved_on=version.answer.retrieved_at.date().isoformat(),
    )
