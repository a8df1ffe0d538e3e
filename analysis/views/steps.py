"""Steps of one analysis on its municipality's page: approve, take back, publish."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from analysis import rules
from analysis.actions import publishing
from analysis.actions.building import start_building_of
from analysis.models import Analysis
from analysis.views.shown_editions import page_of
from municipalities.access import requires
from municipalities.requests import MunicipalityRequest
from uso.ground.lib.pages import take_step


@require_POST
@requires(rules.can_run_analyses)
def approve(request: MunicipalityRequest, analysis_id: int) -> HttpResponse:
    """Approve the draft whose fingerprint the page showed."""
    analysis = get_object_or_404(Analysis, pk=analysis_id)
    seen = request.POST.get("sha256", "")
    return _stepped(
        request,
        analysis,
        lambda: publishing.approve_analysis(analysis=analysis, seen=seen, by=request.user),
        _("The analysis is approved. Publish it when you want the municipality to see it."),
    )


@require_POST
@requires(rules.can_run_analyses)
def reopen(request: MunicipalityRequest, analysis_id: int) -> HttpResponse:
    """Take the approval back."""
    analysis = get_object_or_404(Analysis, pk=analysis_id)
    return _stepped(
        request,
        analysis,
        lambda: publishing.reopen_analysis(analysis=analysis, by=request.user),
        _("The approval is taken back: the analysis is a draft again."),
    )


@require_POST
@requires(rules.can_run_analyses)
def publish(request: MunicipalityRequest, analysis_id: int) -> HttpResponse:
    """Publish what was approved."""
    analysis = get_object_or_404(Analysis, pk=analysis_id)
    return _stepped(
        request,
        analysis,
        lambda: publishing.publish_analysis(analysis=analysis, by=request.user),
        _("The analysis is published. The leaders and contact persons are told by e-mail."),
    )


@require_POST
@requires(rules.can_run_analyses)
def rebuild(request: MunicipalityRequest) -> HttpResponse:
    """Start building the municipality's analysis of its newest season from the newest figures."""
    newest = Analysis.objects.defer("content").newest()
    if newest is None:
        raise Http404
    start_building_of([request.municipality], season=newest.season, by=request.user)
    return redirect("analysis_network:season", newest.season.number)


def _stepped(
    request: MunicipalityRequest, analysis: Analysis, step: Callable[[], object], said: str
) -> HttpResponse:
    take_step(request, step, said)
    return redirect(page_of(request, analysis.pk, "overview"))
