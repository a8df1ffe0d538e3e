"""What is known now, as a frame to compare with what a source gave."""

from collections.abc import Sequence

import pandas as pd

from analysis.statistics.models import Observation

KEY = ["indicator", "area", "year", "breakdown"]
COLUMNS = [*KEY, "value", "missing", "preliminary", "version"]
FIELDS = ["indicator__code", *COLUMNS[1:]]


def observations(indicators: Sequence[str], areas: Sequence[str]) -> pd.DataFrame:
    """Read the newest figure of each indicator, area, year and breakdown; one row each, in order."""
    rows = Observation.objects.filter(indicator__code__in=indicators, area__in=areas)
    newest = rows.order_by(*FIELDS[:4], "-version_id").distinct(*FIELDS[:4])
    frame = pd.DataFrame.from_records(newest.values_list(*FIELDS), columns=COLUMNS)
    return frame.astype({"indicator": str, "value": "float64"})
