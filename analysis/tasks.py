"""Celery entry points of the analysis."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from analysis.actions import building, documents, publishing
from analysis.models import Analysis
from municipalities.models import Municipality
from seasons.models import Season
from uso.ground.jobs.runner import RunningJob, job_item_task, job_task
from uso.ground.lib.queues import PDF
from uso.ground.tenancy.scope import scope


@job_item_task(name="analysis.build", time_limit=300)
def build_analysis(job: RunningJob, *, municipality_id: int, season_id: int) -> None:
    """Build one member's draft."""
    building.build_analysis(
        municipality=Municipality.objects.get(pk=municipality_id),
        season=Season.objects.get(pk=season_id),
        by=job.by,
        on=timezone.localdate(),
    )


@job_task(name="analysis.document", queue=PDF, time_limit=300)
def make_document(job: RunningJob, *, analysis_id: int, language: str) -> None:
    """Make the PDF a reader asked for."""
    municipality = Municipality.objects.get(pk=job.municipality_id or 0)
    job.progress(0, 1, gettext_noop("Drawing the charts and setting the pages"))
    documents.make_document(
        analysis_id=analysis_id, municipality_id=municipality.pk, language=language
    )
    job.result(reverse("analysis:document", args=[municipality.slug, analysis_id, language]))
    job.progress(1, 1)


@job_item_task(name="analysis.season_document", queue=PDF, time_limit=300)
def make_season_document(
    job: RunningJob, *, analysis_id: int, municipality_id: int, language: str
) -> None:
    """Make one PDF of many."""
    documents.make_document(
        analysis_id=analysis_id, municipality_id=municipality_id, language=language
    )


@job_item_task(name="analysis.approve", time_limit=60)
def approve_analysis(job: RunningJob, *, analysis_id: int, municipality_id: int, seen: str) -> None:
    """Approve one of many; one that is approved as it was seen is done."""
    with scope(municipality_id):
        analysis = Analysis.objects.get(pk=analysis_id)
        if analysis.approved_sha256 != seen:
            publishing.approve_analysis(analysis=analysis, seen=seen, by=job.starter)


@job_item_task(name="analysis.publish", time_limit=60)
def publish_analysis(job: RunningJob, *, analysis_id: int, municipality_id: int, seen: str) -> None:
    """Publish one of many; one that is published already is done."""
    with scope(municipality_id):
        analysis = Analysis.objects.get(pk=analysis_id)
        if not analysis.published:
            publishing.publish_analysis(analysis=analysis, seen=seen, by=job.starter)
