"""A municipality's population over the years: a small chart, the sentence it says, its sources."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from analysis.charts import Line, line_chart
from municipalities.models import Population
from uso.ground.lib.money import number, percent

SIZE = (420.0, 240.0)  # legible on a phone, and beside the facts on a wide screen


@dataclass(frozen=True)
class PopulationCourse:
    """How the population has developed.

    Parameters
    ----------
    years
        The figures, the latest first.
    sentence
        From the first year to the last, with the change; a listener hears it instead of the chart.
    sources
        Each with the years that are from it.
    """

    years: Sequence[Population]
    sentence: str
    sources: Sequence[str]
    chart: str


def population_course(name: str, figures: Sequence[Population]) -> PopulationCourse | None:
    """Draw the figures of a municipality, in order of their years; None where there is none."""
    if not figures:
        return None
    said = _sentence(figures[0], figures[-1])
    values = {each.year: float(each.count) for each in figures}
    lines = [Line("own", number(figures[-1].count), values)]
    chart = line_chart(lines, title=f"{name}: {said}", write=number, size=SIZE)
    return PopulationCourse(figures[::-1], said, _sources(figures), chart)


def _sentence(first: Population, last: Population) -> str:
    now = _("%(count)s inhabitants on 31 December %(year)s.") % {
        "count": number(last.count),
        "year": last.year,
    }
    if first.year == last.year or not first.count:
        return now
    change = last.count - first.count
    sign = "+" if change > 0 else ""
    since = _("Change since %(year)s: %(count)s (%(share)s).") % {
        "year": first.year,
        "count": sign + number(change),
        "share": sign + percent(100 * change / first.count),
    }
    return f"{now} {since}"


def _sources(figures: Sequence[Population]) -> list[str]:
    """Name each source with its first and last year."""
    of_source: dict[str, list[int]] = {}
    for each in figures:
        of_source.setdefault(each.source, []).append(each.year)
    return [
        f"{source} ({years[0]}–{years[-1]})" if len(years) > 1 else f"{source} ({years[0]})"
        for source, years in of_source.items()
    ]
