"""Pages of long tasks: progress that survives a reload, result, reason, retry."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from municipalities.access import requires
from municipalities.requests import MunicipalityRequest, Request
from uso.ground.jobs.models import Job
from uso.ground.lib import pages
from uso.roof.home import actions, rules
from uso.roof.home.queries import jobs as queries


@requires(rules.can_run_network_jobs)
def network_jobs(request: Request) -> HttpResponse:
    """List the network's latest long tasks."""
    return render(request, "jobs/list.html", {"jobs": queries.latest_network_jobs()})


@requires(rules.can_run_network_jobs)
def network_job(request: Request, job_id: UUID) -> HttpResponse:
    """Show one of the network's long tasks."""
    return _page(request, _network_job(job_id), reverse("jobs_network:retry", args=[job_id]))


@require_POST
@requires(rules.can_run_network_jobs)
def retry_network_job(request: Request, job_id: UUID) -> HttpResponse:
    """Run a failed task of the network again."""
    pages.press(request, actions.retry_job, job=_network_job(job_id))
    return redirect("jobs_network:detail", job_id)


@requires(rules.can_see_municipality)
def municipality_job(request: MunicipalityRequest, job_id: UUID) -> HttpResponse:
    """Show one of the municipality's long tasks."""
    job = get_object_or_404(Job, pk=job_id)
    slug = request.municipality.slug
    return _page(request, job, reverse("jobs:retry", args=[slug, job_id]))


@require_POST
@requires(rules.can_retry_jobs)
def retry_municipality_job(request: MunicipalityRequest, job_id: UUID) -> HttpResponse:
    """Run a failed task of the municipality again."""
    job = get_object_or_404(Job, pk=job_id)
    pages.press(request, actions.retry_job, job=job)
    return redirect("jobs:detail", request.municipality.slug, job_id)


def _network_job(job_id: UUID) -> Job:
    job = queries.network_job(job_id)
    if job is None:
        raise Http404
    return job


def _page(request: Request, job: Job, retry_url: str) -> HttpResponse:
    """Show a job; a page that shows what the job changes, and watches it, is read anew at its end."""
    template = "jobs/bar.html" if request.htmx else "jobs/detail.html"
    refreshes = "refreshes" in request.GET
    answer = render(request, template, {"job": job, "retry_url": retry_url, "refreshes": refreshes})
    if request.htmx and job.finished and (refreshes or _is_watched_by_its_result(request, job)):
        answer["HX-Refresh"] = "true"
    return answer


def _is_watched_by_its_result(request: Request, job: Job) -> bool:
    return bool(job.result_url) and job.result_url == request.htmx.current_url_abs_path
