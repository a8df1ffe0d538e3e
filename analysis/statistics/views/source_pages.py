"""Statistics for the network's staff: where the figures come from, and bringing new ones in."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from analysis.statistics import rules
from analysis.statistics.actions import starting
from analysis.statistics.forms.import_form import ImportForm
from analysis.statistics.models import ImportRun
from analysis.statistics.queries import source_list as queries
from municipalities.access import requires
from municipalities.requests import Request
from uso.ground.lib.errors import RuleViolation


@requires(rules.can_see_statistics)
def statistics(request: Request) -> HttpResponse:
    """Show the sources with their last import, its report and the versions in use."""
    sources, job = queries.sources(), queries.last_job()
    context = {
        "sources": sources,
        "any_figures": any(view.versions for view in sources),
        "job": job,
        "job_view": queries.view_of(job, sources),
        "may_import": rules.can_import_statistics(request.roles),
        "bundled_first": not settings.PRODUCTION,
        "scheduled": settings.READ_STATISTICS,
    }
    return render(request, "statistics/sources.html", context)


@require_POST
@requires(rules.can_import_statistics)
def start_import(request: Request) -> HttpResponse:
    """Start the job that reads a source."""
    form = ImportForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    return _done(request, starting.start_import, **form.cleaned_data)


@require_POST
@requires(rules.can_import_statistics)
def start_live(request: Request) -> HttpResponse:
    """Start the job that reads every source that is asked over the network."""
    return _done(request, starting.start_live)


@require_POST
@requires(rules.can_import_statistics)
def accept_import(request: Request, run_id: int) -> HttpResponse:
    """Start the job that stores an import which waits for a person."""
    run = get_object_or_404(ImportRun.objects.select_related("source"), pk=run_id)
    return _done(request, starting.start_accepting, run=run)


@require_POST
@requires(rules.can_import_statistics)
def decline_import(request: Request, run_id: int) -> HttpResponse:
    """Leave an import that waits for a person, and the figures as they are."""
    run = get_object_or_404(ImportRun, pk=run_id)
    return _done(request, starting.decline_import, run=run)


def _done(request: Request, act: Callable[..., Any], **what: Any) -> HttpResponse:
    try:
        act(**what, by=request.user)
    except RuleViolation as refusal:
        messages.error(request, refusal.message)
    return redirect("statistics_network:sources")
