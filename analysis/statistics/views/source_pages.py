"""Statistics for the network's staff: where the figures come from, and importing new ones."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from analysis.statistics import rules
from analysis.statistics.actions import starting as actions
from analysis.statistics.models import ImportRun
from analysis.statistics.queries import source_list as queries
from municipalities.access import requires
from municipalities.requests import Request
from uso.ground.once import creating


@requires(rules.can_see_statistics)
def sources(request: Request) -> HttpResponse:
    """Show the sources with their last import, its report and the versions in use."""
    cards, job = queries.source_cards(), queries.last_job()
    context = {
        "cards": cards,
        "any_figures": any(card.versions for card in cards),
        "job": job,
        "job_card": queries.card_of_job(job, cards),
        "may_import": rules.can_import_statistics(request.roles),
        "bundled_first": not settings.PRODUCTION,
        "scheduled": settings.READ_STATISTICS,
    }
    return render(request, "statistics/sources.html", context)


@require_POST
@requires(rules.can_import_statistics)
def start_import(request: Request) -> HttpResponse:
    """Start the job that reads a source."""
    source, origin = request.POST.get("source", ""), request.POST.get("origin", "")
    return _press(request, actions.start_import, source=source, origin=origin)


@require_POST
@requires(rules.can_import_statistics)
def start_live(request: Request) -> HttpResponse:
    """Start the job that reads every source that is asked over the network."""
    return _press(request, actions.start_live)


@require_POST
@requires(rules.can_import_statistics)
def accept_import(request: Request, run_id: int) -> HttpResponse:
    """Start the job that stores an import which waits for a person."""
    run = get_object_or_404(ImportRun, pk=run_id)
    return _press(request, actions.start_accepting, run=run)


@require_POST
@requires(rules.can_import_statistics)
def decline_import(request: Request, run_id: int) -> HttpResponse:
    """Leave an import that waits for a person, and the figures as they are."""
    run = get_object_or_404(ImportRun, pk=run_id)
    return _press(request, actions.decline_import, run=run)


def _press(request: Request, action: Callable[..., Any], **arguments: Any) -> HttpResponse:
    back = reverse("statistics_network:sources")
    return creating.press(request, action, leads_to=back, **arguments)
