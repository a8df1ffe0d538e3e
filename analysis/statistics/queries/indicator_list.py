"""Reads of the indicator pages: what is followed, from where, for which years."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Max, Min
from django.utils.translation import gettext as _

from analysis.statistics import usage
from analysis.statistics.enums import IndicatorGroup
from analysis.statistics.models import Indicator, Observation
from analysis.statistics.queries.plans import newest_version
from analysis.statistics.sources import registry
from uso.ground.lib.numerals import span


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
        displayed = self.indicator.display_mode or usage.measures_derived_from(self.indicator.code)
        return _("Told in the analyses") if displayed else _("Kept, not told")

    @property
    def way(self) -> str:
        """How its figures come, in a word or two."""
        code = self.indicator.source.code
        if registry.is_file_source(code):
            return _("from files")
        if code in registry.LIVE_SOURCES:
            return _("over the network") if self.indicator.is_read else _("not read yet")
        return _("with the service only")


@dataclass(frozen=True)
class IndicatorGroupRows:
    """One of the five groups with its indicators."""

    key: str
    label: str
    rows: Sequence[IndicatorRow]


def indicator_groups() -> list[IndicatorGroupRows]:
    """List every indicator by group, the retired ones last (two queries, three the first time)."""
    years = _years()
    indicators = Indicator.objects.select_related("source").order_by(
        "-is_active", "position", "code"
    )
    rows = [IndicatorRow(one, *years.get(one.pk, (None, None))) for one in indicators]
    return [
        IndicatorGroupRows(
            group.value,
            str(group.label),
            [row for row in rows if row.indicator.group == group],
        )
        for group in IndicatorGroup
    ]


def _years() -> dict[int, tuple[int, int]]:
    """Return the first and last year of each indicator, cached until another data version comes in.

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
