"""From the database to pandas: the only place where rows become a frame."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.statistics.models import Indicator, Observation

#: Columns of `observations`, in order.
COLUMNS = ["indicator", "area", "year", "breakdown", "value", "missing", "preliminary", "version"]
_KEY = ("indicator_id", "area", "year", "breakdown")


def observations(
    indicators: Sequence[str], areas: Sequence[str], years: Sequence[int] | None = None
) -> pd.DataFrame:
    """Return the newest known figure of each indicator, area and year (two queries).

    Parameters
    ----------
    indicators : sequence of str
        Codes of indicators; an unknown one has no rows.
    areas : sequence of str
        Three-digit codes of municipalities; `SSS` is the whole country.
    years : sequence of int, optional
        Years wanted; all by default.

    Returns
    -------
    DataFrame
        One row for each figure known or known to be missing, in order of indicator, area, year and breakdown:
        `indicator` str; `area` str; `year` int64; `breakdown` str, empty for the year's total; `value`
        float64 in the indicator's unit, NaN when missing; `missing` str, a `MissingReason` value, empty when
        there is a value; `preliminary` bool; `version` int64, id of the `DataVersion` it is from. A figure
        that was never read has no row: it is unknown, not zero.

    Notes
    -----
    A later version wins figure by figure, also where it says that the figure is missing.
    """
    codes = dict(Indicator.objects.filter(code__in=indicators).values_list("pk", "code"))
    rows = _newest(list(codes), areas, years)
    frame = pd.DataFrame.from_records(rows, columns=COLUMNS)
    frame["indicator"] = frame["indicator"].map(codes).astype(str)
    frame["value"] = frame["value"].astype("float64")
    return frame.sort_values(COLUMNS[:4], ignore_index=True)


def _newest(
    indicators: Sequence[int], areas: Sequence[str], years: Sequence[int] | None
) -> list[tuple[Any, ...]]:
    """Return the newest row of each key; backwards, as the primary key's index is then read in order."""
    rows = Observation.objects.filter(indicator__in=indicators, area__in=areas)
    if years is not None:
        rows = rows.filter(year__in=years)
    newest = rows.order_by(*(f"-{name}" for name in (*_KEY, "version_id"))).distinct(*_KEY)
    return list(newest.values_list(*_KEY, "value", "missing", "preliminary", "version_id"))
