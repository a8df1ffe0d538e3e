"""Statistics for the network's staff: where the figures come from, and bringing new ones in."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from analysis import rules
from analysis.actions import imports
from analysis.forms import ImportForm
from analysis.models import ImportRun
from analysis.queries import statistics as queries
from municipalities.access import requires
from municipalities.requests import Request
from uso.jobs.models import Job
from uso.lib.errors import RuleViolation


@requires(rules.can_see_statistics)
def statistics(request: Request) -> HttpResponse:
    """Show the sources with their last import, its report and the versions in use."""
    sources, job = queries.sources(), queries.last_job()
    context = {
        "sources": sources,
        "job": job,
        "job_run": queries.run_of(job, sources),
        "may_import": rules.can_import_statistics(request.roles),
        "bundled_first": not settings.PRODUCTION,
    }
    return render(request, "analysis/statistics.html", context)


@require_POST
@requires(rules.can_import_statistics)
def start_import(request: Request) -> HttpResponse:
    """Start the job that reads a source."""
    form = ImportForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    return _started(request, imports.start_import, **form.cleaned_data)


@require_POST
@requires(rules.can_import_statistics)
def accept_import(request: Request, run_id: int) -> HttpResponse:
    """Start the job that stores an import which was held for a check."""
    run = get_object_or_404(ImportRun.objects.select_related("source"), pk=run_id)
    return _started(request, imports.start_accepting, run=run)


def _started(request: Request, start: Callable[..., Job], **what: Any) -> HttpResponse:
    try:
        start(**what, by=request.user)
    except RuleViolation as refusal:
        messages.error(request, refusal.message)
    return redirect("analysis_network:statistics")
