"""The coordinator's steps with one edition: approve, reopen, publish, build anew."""

from collections.abc import Callable
from typing import Any

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
from uso.ground.drawn_rows import drawn_for
from uso.ground.lib import pages


@require_POST
@requires(rules.can_run_analyses)
def approve(request: MunicipalityRequest, analysis_id: int) -> HttpResponse:
    """Approve the draft whose fingerprint the page showed."""
    said = _("The analysis is approved. Publish it when you want the municipality to see it.")
    seen = request.POST.get("sha256", "")
    return _press(request, analysis_id, publishing.approve_analysis, said, seen=seen)


@require_POST
@requires(rules.can_run_analyses)
def reopen(request: MunicipalityRequest, analysis_id: int) -> HttpResponse:
    """Take the approval back."""
    said = _("The approval is taken back: the analysis is a draft again.")
    return _press(request, analysis_id, publishing.reopen_analysis, said)


@requires(rules.can_run_analyses)
def publish(request: MunicipalityRequest, analysis_id: int) -> HttpResponse:
    """Ask, and then publish what was approved."""
    rows = Analysis.objects.select_related("municipality", "season", "approved_by")
    analysis = get_object_or_404(rows, pk=analysis_id)
    return pages.confirm(
        request,
        "analysis/publish.html",
        {"analysis": analysis},
        publishing.publish_analysis,
        said=_("The analysis is published. The leaders and contact persons are told by e-mail."),
        back=page_of(request, analysis.pk, "overview"),
        drawn=drawn_for(analysis, "state", "sha256"),
        analysis=analysis,
    )


@require_POST
@requires(rules.can_run_analyses)
def rebuild(request: MunicipalityRequest) -> HttpResponse:
    """Start building the municipality's analysis of its newest season from the newest figures."""
    newest = Analysis.objects.defer("content").newest()
    if newest is None:
        raise Http404
    members = [request.municipality]
    pages.press(request, start_building_of, members=members, season=newest.season)
    return redirect("analysis_network:season", newest.season.number)


def _press(
    request: MunicipalityRequest,
    analysis_id: int,
    action: Callable[..., Analysis],
    said: str,
    **given: Any,
) -> HttpResponse:
    analysis = get_object_or_404(Analysis, pk=analysis_id)
    pages.press(request, action, said, analysis=analysis, **given)
    return redirect(page_of(request, analysis.pk, "overview"))
