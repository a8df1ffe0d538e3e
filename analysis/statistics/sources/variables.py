"""Finding the variables of a table by what they are, never by a stored code.

On 8 June 2026 Statistics Finland renamed the variables of most tables (`Alue` became `alue_23_20260101`) and
prefixed some codes of contents (`vaesto` became `vaerak-vaesto`), but not all of them: both forms are live.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from analysis.statistics.sources.base import Series, SourceError
from analysis.statistics.sources.jsonstat import Dimension

_TEXTS = {
    "time": {
        "vuosi",
        "kuukausi",
        "vuosineljännes",
        "år",
        "månad",
        "kvartal",
        "year",
        "month",
        "quarter",
    },
    "geo": {"alue", "kunta", "verotuskunta", "område", "kommun", "area", "region", "municipality"},
    "metric": {"tiedot", "uppgifter", "information", "tunnusluvut"},
}
_CODES = {
    "time": re.compile(r"(timeperiod|vuosi|kuukausi|tid)", re.IGNORECASE),
    "geo": re.compile(r"(alue|kunta|area|region)", re.IGNORECASE),
    "metric": re.compile(r"(contentscode|tiedot)", re.IGNORECASE),
}
_TOTAL_CODES = ("SSS", "TOTAL", "Total")
_TOTAL_TEXTS = {"yhteensä", "totalt", "total", "kaikki", "samtliga"}

#: In a selection: the further variable that has this value, whatever its text.
ANY = "*"
#: In a selection: `mean` makes the mean of twelve months the figure of a year.
MONTHS, MEAN = "months", "mean"

_MUNICIPALITY = re.compile(r"(?:KU)?([0-9]{3})")
_OTHER_AREA = re.compile(r"SSS|MK[0-9]{2}")
_PERIOD = re.compile(r"([0-9]{4})(?:([MQ][0-9]{1,2}))?\*?")


@dataclass(frozen=True)
class TableVariables:
    """The variables of a table by role; `metric` is None where the table has one content only."""

    geo: Dimension
    time: Dimension
    metric: Dimension | None
    others: tuple[Dimension, ...]


def find_variables(dimensions: Sequence[Dimension]) -> TableVariables:
    """Return the variables by role, text or the beginning of the code, in this order.

    Raises
    ------
    SourceError
        When there is no variable for the area or the time: the table is another than was meant.
    """
    time, geo, metric = (_variable_of_role(dimensions, role) for role in ("time", "geo", "metric"))
    if time is None or geo is None:
        raise SourceError(
            _(
                "This is not a table of figures by area and year: it is the wrong table. The figures read before stay in use."
            )
        )
    used = {one.code for one in (time, geo, metric) if one}
    return TableVariables(geo, time, metric, tuple(d for d in dimensions if d.code not in used))


def _variable_of_role(dimensions: Sequence[Dimension], role: str) -> Dimension | None:
    tests = (
        lambda d: d.role == role,
        lambda d: not d.role and d.text.strip().casefold() in _TEXTS[role],
        lambda d: not d.role and _CODES[role].match(d.code),
    )
    return next((d for test in tests for d in dimensions if test(d)), None)


def content_position(metric: Dimension | None, series: Series) -> int | None:
    """Return the position of a series among the contents, None when the table does not have it."""
    if metric is None:
        return 0
    if series.content and series.content in metric.codes:
        return metric.codes.index(series.content)
    return _by_end_of_code(metric, series.content) if series.content else _by_text(metric, series)


def _by_end_of_code(metric: Dimension, wanted: str) -> int | None:
    """Match `vaesto` with `vaerak-vaesto` and the other way round; two matches are none."""
    hits = [at for at, code in enumerate(metric.codes) if _same_end(code, wanted)]
    return hits[0] if len(hits) == 1 else None


def _same_end(code: str, wanted: str) -> bool:
    long, short = sorted((code.casefold(), wanted.casefold()), key=len, reverse=True)
    return long.endswith(short) and not long.removesuffix(short)[-1:].isalnum()


def _by_text(metric: Dimension, series: Series) -> int | None:
    wanted = _normalized(series.label)
    return next((at for at, text in enumerate(metric.labels) if _normalized(text) == wanted), None)


def _normalized(text: str) -> str:
    return " ".join(text.casefold().split())


def selected_position(dimension: Dimension, series: Series) -> int | None:
    """Return the position of a further variable's value: the one the series names, else the total."""
    wanted = series.selection.get(dimension.text)
    if wanted is None and series.selection.get(ANY) in dimension.codes:
        wanted = series.selection[ANY]
    if wanted is not None:
        return dimension.codes.index(wanted) if wanted in dimension.codes else None
    return _total_position(dimension)


def _total_position(dimension: Dimension) -> int | None:
    for code in (dimension.total, *_TOTAL_CODES):
        if code in dimension.codes:
            return dimension.codes.index(code)
    texts = [_normalized(text) in _TOTAL_TEXTS for text in dimension.labels]
    if any(texts):
        return texts.index(True)
    # The only value of a variable that must be selected; of an answer that does not say, it may be any one.
    return 0 if len(dimension.codes) == 1 and dimension.eliminable is False else None


def lone_value(dimension: Dimension, series: Series) -> str:
    """Return the text of a variable's only value where it is neither the total nor asked for, else empty."""
    alone = len(dimension.codes) == 1 and dimension.text not in series.selection
    return dimension.labels[0] if alone and selected_position(dimension, series) is None else ""


def area_code(code: str) -> str:
    """Return our code of an area (`091`, `SSS`, `MK01`), empty for areas of other divisions.

    >>> area_code("KU091"), area_code("091"), area_code("SSS"), area_code("SK011")
    ('091', '091', 'SSS', '')
    """
    municipality = _MUNICIPALITY.fullmatch(code)
    if municipality:
        return municipality[1]
    return code if _OTHER_AREA.fullmatch(code) else ""


def parse_period(code: str) -> tuple[int, str] | None:
    """Return year and part of the year of a period, None when it is neither.

    >>> parse_period("2025"), parse_period("2026M04"), parse_period("2026Q1*"), parse_period("2020-2024")
    ((2025, ''), (2026, 'M04'), (2026, 'Q1'), None)
    """
    found = _PERIOD.fullmatch(code)
    return (int(found[1]), found[2] or "") if found else None
