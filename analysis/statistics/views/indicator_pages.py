"""Indicators for the network's staff: what is followed, adding, editing, retiring."""

from dataclasses import replace
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from analysis.statistics import rules, usage
from analysis.statistics.actions import indicators as actions
from analysis.statistics.forms.indicator_form import IndicatorForm
from analysis.statistics.models import Indicator
from analysis.statistics.queries import indicator_list as queries
from analysis.statistics.queries.indicator_list import IndicatorRow
from municipalities.access import requires
from municipalities.requests import Request
from uso.ground.drawn_rows import drawn_for
from uso.ground.lib import pages
from uso.ground.lib.drawn import Drawn, Facts, facts_of
from uso.ground.lib.marks import address, fill, link, tag
from uso.ground.lib.tables import Column, arrange
from uso.ground.once.creating import create

BESIDE = '{} <span class="small quiet">{}</span>'
BELOW = '{}<br><span class="small quiet">{}</span>'


@requires(rules.can_see_statistics)
def indicators(request: Request) -> HttpResponse:
    """List the indicators by group with their sources, years and states."""
    may_edit = rules.can_edit_indicators(request.roles)
    columns = _columns(may_edit=may_edit)
    tables = [
        (group.label, arrange(columns, group.rows, request, name=group.key))
        for group in queries.indicator_groups()
    ]
    context = {"tables": tables, "may_edit": may_edit}
    return render(request, "statistics/indicators.html", context)


def _columns(*, may_edit: bool) -> list[Column[IndicatorRow]]:
    named = _linked if may_edit else _named
    return [
        Column(
            "name",
            _("Indicator"),
            lambda row: row.indicator.name,
            drawn=named,
            heads=True,
            sorts=False,
        ),
        Column(
            "source",
            _("Source"),
            lambda row: row.indicator.source.publisher,
            drawn=_source,
            sorts=False,
        ),
        Column("table", _("Table"), lambda row: row.indicator.table_id, drawn=_table, sorts=False),
        Column("years", _("Years"), lambda row: row.years or "–", sorts=False),
        Column("state", _("State"), lambda row: row.state, drawn=_state, sorts=False),
    ]


def _named(row: IndicatorRow, words: str = "") -> str:
    return fill(BELOW, words or row.indicator.name, row.indicator.unit)


def _linked(row: IndicatorRow) -> str:
    edit = address("statistics_network:edit_indicator", row.indicator.pk)
    return _named(row, link(edit, row.indicator.name))


def _source(row: IndicatorRow) -> str:
    return fill(BESIDE, row.indicator.source.publisher, row.way)


def _table(row: IndicatorRow) -> str:
    content = row.indicator.content_code or row.indicator.content_label
    return fill(BESIDE, row.indicator.table_id, content)


def _state(row: IndicatorRow) -> str:
    return tag(row.kind, row.state)


@requires(rules.can_edit_indicators)
def add(request: Request) -> HttpResponse:
    """Add an indicator."""
    return _edit(request, None)


@requires(rules.can_edit_indicators)
def edit(request: Request, indicator_id: int) -> HttpResponse:
    """Change an indicator."""
    return _edit(request, get_object_or_404(Indicator, pk=indicator_id))


def _edit(request: Request, indicator: Indicator | None) -> HttpResponse:
    drawn = drawn_for(indicator, *IndicatorForm.Meta.fields, "is_active") if indicator else None
    form = IndicatorForm(pages.sent(request), instance=indicator)

    def read() -> Facts:
        if source := form.cleaned_data.get("source"):
            actions.lock_source(source)  # before the indicator, as the action does
        return drawn.read() if drawn else {}

    if made := create(
        request,
        form,
        actions.save_indicator,
        _saved,
        leads_to=_list_url,
        drawn=drawn and replace(drawn, read=read),
        indicator=indicator,
    ):
        return made
    context = {"form": form, "indicator": indicator}
    return pages.show(request, "statistics/indicator_edit.html", context, form)


def _list_url(_indicator: Indicator) -> str:
    return reverse("statistics_network:indicators")


def _saved(indicator: Indicator) -> str:
    text = _("%(name)s is saved: the next analyses built tell it so.")
    return text % {"name": indicator.name}


@requires(rules.can_edit_indicators)
def retire(request: Request, indicator_id: int) -> HttpResponse:
    """Ask whether an indicator is retired, with the analyses it stands in; retire it."""
    indicator = get_object_or_404(Indicator.objects.select_related("source"), pk=indicator_id)
    text = _("%(name)s is retired: the next analyses leave it out.")
    return pages.confirm(
        request,
        "statistics/indicator_retire.html",
        {"indicator": indicator, "editions": usage.count_editions_displaying(indicator.code)},
        actions.retire_indicator,
        said=text % {"name": indicator.name},
        back=reverse("statistics_network:indicators"),
        drawn=Drawn(_facts_of_use(indicator), partial(_facts_of_use, indicator)),
        indicator=indicator,
    )


def _facts_of_use(indicator: Indicator) -> Facts:
    """Say what retiring an indicator ends, read anew."""
    now = Indicator.objects.get(pk=indicator.pk)
    return facts_of(now, ("name_fi", "is_active")) | {
        _("Analyses it stands in"): str(usage.count_editions_displaying(now.code))
    }


@require_POST
@requires(rules.can_edit_indicators)
def reinstate(request: Request, indicator_id: int) -> HttpResponse:
    """Take a retired indicator into use again."""
    indicator = get_object_or_404(Indicator, pk=indicator_id)
    text = _("%(name)s is in use again: the next analyses tell it.")
    said = text % {"name": indicator.name}
    pages.press(request, actions.reinstate_indicator, said, indicator=indicator)
    return redirect("statistics_network:indicators")
