"""Reads of the indicator pages: what is followed, from where, for which years, in which analyses."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _

from analysis.enums import AnalysisState, IndicatorGroup
from analysis.measures import SPECIAL
from analysis.models import Analysis, Indicator, Observation
from analysis.numerals import span
from analysis.queries.later import newest_version
from analysis.rows import rows
from analysis.sources import registry
from municipalities.crossing import across_municipalities


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator on the list; `first` and `last` are the years that have any figure."""

    indicator: Indicator
    first: int | None
    last: int | None

    @property
    def years(self) -> str:
        """Years of its figures; empty without any."""
        return "" if self.first is None or self.last is None else span(self.first, self.last)

    @property
    def kind(self) -> str:
        """Colour of its state."""
        if not self.indicator.is_active:
            return ""
        return "good" if self.years else "wait"

    @property
    def state(self) -> str:
        """State in words."""
        if not self.indicator.is_active:
            return _("Retired")
        if not self.years:
            return _("No figures yet")
        told = self.indicator.telling or any(self.indicator.code in one.needs for one in SPECIAL)
        return _("Told in the analyses") if told else _("Kept, not told")

    @property
    def way(self) -> str:
        """How its figures come, in a word or two."""
        code = self.indicator.source.code
        if registry.of_files(code):
            return _("from files")
        if code in registry.LIVE:
            return _("over the network") if self.indicator.is_read else _("not read yet")
        return _("with the service only")


@dataclass(frozen=True)
class GroupOfRows:
    """One of the five groups with its indicators."""

    label: str
    rows: Sequence[IndicatorRow]


def listed() -> list[GroupOfRows]:
    """List every indicator by group, the retired ones last (two queries, three the first time)."""
    years = _years()
    found = Indicator.objects.select_related("source").order_by("-is_active", "position", "code")
    all_rows = [IndicatorRow(one, *years.get(one.pk, (None, None))) for one in found]
    return [
        GroupOfRows(str(group.label), [row for row in all_rows if row.indicator.group == group])
        for group in IndicatorGroup
    ]


def _years() -> dict[int, tuple[int, int]]:
    """Give the first and last year of each indicator, kept until another data version comes in.

    They are found by reading every figure of the table.
    """
    key = f"indicator-years:{newest_version()}"
    known: dict[int, tuple[int, int]] | None = cache.get(key)
    if known is None:
        figures = (
            Observation.objects.filter(value__isnull=False).values_list("indicator").order_by()
        )
        spans = figures.annotate(first=Min("year"), last=Max("year"))
        known = {indicator: (first, last) for indicator, first, last in spans}
        cache.set(key, known, timeout=24 * 3600)
    return known


@dataclass(frozen=True)
class Standing:
    """In how many editions an indicator is told."""

    drafts: int
    published: int


def standing(indicator: Indicator) -> Standing:
    """Count the editions an indicator is told in (one query over all municipalities)."""
    told = Q()
    for key in measure_keys(indicator):
        told |= Q(content__contains={"groups": [{"measures": [{"key": key}]}]})
    with across_municipalities(reason="a coordinator sees where an indicator is told"):
        counts = Analysis.objects.filter(told).aggregate(
            published=Count("pk", filter=Q(state=AnalysisState.PUBLISHED)),
            drafts=Count("pk", filter=~Q(state=AnalysisState.PUBLISHED)),
        )
    return Standing(**counts)


def measure_keys(indicator: Indicator) -> list[str]:
    """Return the keys of the measures that need an indicator: its own, and those derived from it."""
    row = next((row for row in rows() if row.code == indicator.code), None)
    own = row.key if row and row.key else indicator.code.replace("_", "-")
    return [own, *(each.key for each in SPECIAL if indicator.code in each.needs)]
