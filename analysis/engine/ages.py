"""The rows of the age chart, chosen from the shares of three age groups: pure."""

from collections.abc import Mapping

from analysis.engine.arithmetic import Number, Values
from analysis.engine.compare import COUNTRY, Material
from analysis.engine.measures import AGES
from analysis.engine.record import Record

Shares = tuple[Number, ...]


class AgeStructure(Record):
    """Year to the shares of the three age groups, ours and the country's."""

    own: dict[int, Shares]
    country: dict[int, Shares]


def age_structure(code: str, material: Material) -> AgeStructure | None:
    """Choose the rows of the age chart: our first, middle and last year, and the country's last.

    Only years with all three groups are shown; `None` without any.
    """
    own = _whole_years(material.of(code, AGES))
    if not own:
        return None
    years = sorted(own)
    middle = min(years, key=lambda year: (abs(year - (years[0] + years[-1]) / 2), year))
    chosen = sorted({years[0], middle, years[-1]})
    country = _whole_years(material.of(COUNTRY, AGES))
    last = years[-1]
    return AgeStructure(
        own={year: own[year] for year in chosen},
        country={last: country[last]} if last in country else {},
    )


def _whole_years(figures: Mapping[str, Values]) -> dict[int, Shares]:
    years = set(figures[AGES[0]]).intersection(*(figures[key] for key in AGES))
    return {year: tuple(figures[key][year] for key in AGES) for year in years}
