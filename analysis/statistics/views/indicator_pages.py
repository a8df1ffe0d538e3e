"""Indicators for the network's staff: what is followed, adding, editing, retiring."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from analysis.statistics import rules, usage
from analysis.statistics.actions import indicators as actions
from analysis.statistics.forms.indicator_form import IndicatorForm
from analysis.statistics.models import Indicator
from analysis.statistics.queries import indicator_list as queries
from municipalities.access import requires
from municipalities.requests import Request
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.pages import take_step


@requires(rules.can_see_statistics)
def indicators(request: Request) -> HttpResponse:
    """List the indicators by group with their sources, years and states."""
    may_edit = rules.can_edit_indicators(request.roles)
    context = {"groups": queries.listed(), "may_edit": may_edit}
    return render(request, "statistics/indicators.html", context)


@requires(rules.can_edit_indicators)
def add(request: Request) -> HttpResponse:
    """Add an indicator."""
    return _form(request, None)


@requires(rules.can_edit_indicators)
def edit(request: Request, indicator_id: int) -> HttpResponse:
    """Change an indicator."""
    return _form(request, get_object_or_404(Indicator, pk=indicator_id))


def _form(request: Request, indicator: Indicator | None) -> HttpResponse:
    form = IndicatorForm(request.POST or None, instance=indicator)
    if request.method == "POST" and form.is_valid() and _saved(request, indicator, form):
        return redirect("statistics_network:indicators")
    context = {"form": form, "indicator": indicator}
    status = 422 if form.errors else 200
    return render(request, "statistics/indicator_edit.html", context, status=status)


def _saved(request: Request, indicator: Indicator | None, form: IndicatorForm) -> bool:
    try:
        saved = actions.save_indicator(indicator=indicator, by=request.user, **form.cleaned_data)
    except RuleViolation as refusal:
        form.add_error(refusal.field or None, refusal.message)
        form.data = {**request.POST.dict(), "seen": indicator.version if indicator else ""}
        return False
    messages.success(
        request,
        _("%(name)s is saved: the next analyses built tell it so.") % {"name": saved.name},
    )
    return True


@requires(rules.can_edit_indicators)
def retire(request: Request, indicator_id: int) -> HttpResponse:
    """Ask whether an indicator is retired, telling where it stands; retire it."""
    indicator = get_object_or_404(Indicator.objects.select_related("source"), pk=indicator_id)
    if request.method == "POST":
        try:
            actions.retire_indicator(indicator=indicator, by=request.user)
        except RuleViolation as refusal:
            messages.error(request, refusal.message)
        else:
            told = _("%(name)s is retired: the next analyses leave it out.")
            messages.success(request, told % {"name": indicator.name})
        return redirect("statistics_network:indicators")
    context = {"indicator": indicator, "shown_in": usage.count_editions_displaying(indicator.code)}
    return render(request, "statistics/indicator_retire.html", context)


@require_POST
@requires(rules.can_edit_indicators)
def reinstate(request: Request, indicator_id: int) -> HttpResponse:
    """Take a retired indicator into use again."""
    indicator = get_object_or_404(Indicator, pk=indicator_id)
    told = _("%(name)s is in use again: the next analyses tell it.") % {"name": indicator.name}
    take_step(
        request,
        lambda: actions.reinstate_indicator(indicator=indicator, by=request.user),
        told,
    )
    return redirect("statistics_network:indicators")
