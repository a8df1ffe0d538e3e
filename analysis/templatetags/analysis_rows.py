"""The rows of the overview, drawn in Python: seventy indicators took a third of the page as a template."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString

from analysis.render.overview import OverviewRow
from uso.ground.lib.marks import address as url

register = template.Library()

ROW = (
    '<tr><th scope="row"><a href="{address}{query}">{name}</a></th>'
    '<td><b>{value}</b> <span class="unit">{unit} <br> {moment}</span></td>'
    '<td class="trend">{trend}</td><td class="place">{place}</td>'
    '<td class="finding">{finding}</td></tr>'
)


@register.simple_tag
def indicator_rows(rows: Iterable[OverviewRow], slug: str, query: str) -> SafeString:
    """Draw a line for each measure; its charts are our own drawings, all else is escaped."""
    return SafeString("\n".join(_row(row, slug, query) for row in rows))


def _row(row: OverviewRow, slug: str, query: str) -> str:
    moment = f"{row.moment}, {row.old}" if row.old else row.moment
    trend = f' <span class="trend-word">{escape(row.trend)}</span>' if row.trend else ""
    place = f'{row.strip} <span class="unit">{escape(row.strip_what)}</span>' if row.strip else ""
    return ROW.format(
        address=url("analysis:indicator", slug, row.key),
        query=escape(query),
        name=escape(row.name),
        value=escape(row.value),
        unit=escape(row.unit),
        moment=escape(moment),
        trend=row.spark + trend,
        place=place,
        finding=escape(row.finding),
    )
