"""Celery entry points of the analysis."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from celery import shared_task

from municipalities.longwork import RunningJob, job_item_task, job_task

if TYPE_CHECKING:
    from municipalities.models import User

logger = logging.getLogger(__name__)


@job_item_task(name="analysis.build", time_limit=300)
def build_analysis(job: RunningJob, *, municipality_id: int, season_id: int) -> None:
    """Build one member's draft."""
    from django.utils import timezone  # noqa: PLC0415 -- task leaf

    from analysis.actions import building  # noqa: PLC0415 -- task leaf
    from municipalities.models import Municipality, User  # noqa: PLC0415 -- task leaf
    from municipalities.tenancy import scope  # noqa: PLC0415 -- task leaf
    from seasons.models import Season  # noqa: PLC0415 -- task leaf

    with scope(municipality_id):
        building.build_analysis(
            municipality=Municipality.objects.get(pk=municipality_id),
            season=Season.objects.get(pk=season_id),
            by=User.objects.get(pk=job.started_by_id) if job.started_by_id else None,
            on=timezone.localdate(),
        )


@job_task(name="analysis.document", queue="pdf", time_limit=300)
def make_document(job: RunningJob, *, analysis_id: int, language: str) -> None:
    """Make the PDF a reader asked for."""
    from django.urls import reverse  # noqa: PLC0415 -- task leaf
    from django.utils.translation import gettext_noop  # noqa: PLC0415 -- task leaf

    from analysis.actions import documents  # noqa: PLC0415 -- task leaf
    from municipalities.models import Municipality  # noqa: PLC0415 -- task leaf

    municipality = Municipality.objects.get(pk=job.municipality_id or 0)
    job.progress(0, 1, gettext_noop("Drawing the charts and setting the pages"))
    documents.make_document(
        analysis_id=analysis_id, municipality_id=municipality.pk, language=language
    )
    job.result(reverse("analysis:document", args=[municipality.slug, analysis_id, language]))
    job.progress(1, 1)


@job_item_task(name="analysis.approve", time_limit=60)
def approve_analysis(job: RunningJob, *, analysis_id: int, municipality_id: int, seen: str) -> None:
    """Approve one of many; one that is approved as it was seen is done."""
    from analysis.actions import publishing  # noqa: PLC0415 -- task leaf
    from analysis.models import Analysis  # noqa: PLC0415 -- task leaf

    with _step(job, municipality_id) as by:
        analysis = Analysis.objects.get(pk=analysis_id)
        if analysis.approved_sha256 != seen:
            publishing.approve_analysis(analysis=analysis, seen=seen, by=by)


@job_item_task(name="analysis.publish", time_limit=60)
def publish_analysis(job: RunningJob, *, analysis_id: int, municipality_id: int) -> None:
    """Publish one of many; one that is published already is done."""
    from analysis.actions import publishing  # noqa: PLC0415 -- task leaf
    from analysis.models import Analysis  # noqa: PLC0415 -- task leaf

    with _step(job, municipality_id) as by:
        analysis = Analysis.objects.get(pk=analysis_id)
        if not analysis.published:
            publishing.publish_analysis(analysis=analysis, by=by)


@contextmanager
def _step(job: RunningJob, municipality_id: int) -> Iterator["User"]:
    """Open the municipality's scope for whoever started the job; say a refusal in their language."""
    from django.utils import translation  # noqa: PLC0415 -- task leaf

    from municipalities.models import User  # noqa: PLC0415 -- task leaf
    from municipalities.tenancy import scope  # noqa: PLC0415 -- task leaf
    from uso.jobs.errors import JobFailed  # noqa: PLC0415 -- task leaf
    from uso.lib.errors import RuleViolation  # noqa: PLC0415 -- task leaf

    by = User.objects.get(pk=job.started_by_id or 0)
    try:
        with translation.override(by.language), scope(municipality_id):
            yield by
    except RuleViolation as refusal:
        raise JobFailed(refusal.message) from refusal


@job_item_task(name="analysis.season_document", queue="pdf", time_limit=300)
def make_season_document(
    job: RunningJob, *, analysis_id: int, municipality_id: int, language: str
) -> None:
    """Make one PDF of many."""
    from analysis.actions import documents  # noqa: PLC0415 -- task leaf

    documents.make_document(
        analysis_id=analysis_id, municipality_id=municipality_id, language=language
    )


@job_task(name="analysis.preview_import")
def preview_import_task(job: RunningJob, *, run_id: int) -> None:
    """Read a file that was brought and say what it would change."""
    from django.urls import reverse  # noqa: PLC0415 -- task leaf
    from django.utils.translation import gettext_noop  # noqa: PLC0415 -- task leaf

    from analysis.actions import imports  # noqa: PLC0415 -- task leaf
    from uso.jobs.errors import JobFailed  # noqa: PLC0415 -- task leaf
    from uso.lib.errors import RuleViolation  # noqa: PLC0415 -- task leaf

    job.progress(0, 1, gettext_noop("Reading the file"))
    try:
        with imports.language_of(job.started_by_id):
            imports.preview_import(run_id=run_id, progress=job.progress)
    except RuleViolation as error:
        raise JobFailed(error.message) from error
    job.result(reverse("analysis_network:statistics"))


@job_task(name="analysis.import_live", time_limit=850)
def import_live_task(job: RunningJob) -> None:
    """Read every source that is asked over the network; one that fails does not stop the others."""
    from django.urls import reverse  # noqa: PLC0415 -- task leaf
    from django.utils.translation import gettext_noop  # noqa: PLC0415 -- task leaf

    from analysis.actions import imports  # noqa: PLC0415 -- task leaf
    from analysis.queries import statistics as queries  # noqa: PLC0415 -- task leaf
    from analysis.sources import registry  # noqa: PLC0415 -- task leaf
    from uso.jobs.errors import JobFailed  # noqa: PLC0415 -- task leaf
    from uso.lib.errors import RuleViolation  # noqa: PLC0415 -- task leaf

    job.progress(0, len(registry.LIVE), gettext_noop("Reading and storing the figures"))
    failed: list[str] = []
    waiting = queries.held_sources()
    for at, source in enumerate(registry.LIVE, start=1):
        if source in waiting:  # somebody looks at its last answer first
            continue
        try:
            with imports.language_of(job.started_by_id) as by:
                imports.import_statistics(source=source, by=by)
        except RuleViolation as error:
            failed.append(error.message)
        job.progress(at, len(registry.LIVE))
    if failed:
        raise JobFailed(" ".join(failed))
    job.result(reverse("analysis_network:statistics"))


@shared_task(name="analysis.read_live", ignore_result=True)
def read_live() -> None:
    """Begin the night's reading of the live sources (beat), where the service is to ask the network."""
    from django.conf import settings  # noqa: PLC0415 -- task leaf

    from analysis.actions.starting import start_live  # noqa: PLC0415 -- task leaf
    from uso.lib.errors import RuleViolation  # noqa: PLC0415 -- task leaf

    if not settings.READ_STATISTICS:
        return
    try:
        start_live(by=None)
    except RuleViolation as refusal:
        logger.info("statistics are being read already", extra={"why": refusal.message})


@shared_task(name="analysis.forget_files", ignore_result=True)
def forget_files() -> None:
    """Let the chosen files go that nobody went on with (beat)."""
    from analysis.actions import uploads  # noqa: PLC0415 -- task leaf

    uploads.forget_files()


@job_task(name="analysis.import_statistics")
def import_statistics_task(
    job: RunningJob, *, source: str, origin: str, held_run_id: int | None = None
) -> None:
    """Read a source and store what is new, or store an import that was held for a check."""
    from django.urls import reverse  # noqa: PLC0415 -- task leaf
    from django.utils.translation import gettext_noop  # noqa: PLC0415 -- task leaf

    from analysis.actions import imports  # noqa: PLC0415 -- task leaf
    from uso.jobs.errors import JobFailed  # noqa: PLC0415 -- task leaf
    from uso.lib.errors import RuleViolation  # noqa: PLC0415 -- task leaf

    job.progress(0, 0, gettext_noop("Reading and storing the figures"))
    try:
        with imports.language_of(job.started_by_id) as by:
            if held_run_id is None:
                imports.import_statistics(
                    source=source, origin=origin, by=by, job_id=job.id, progress=job.progress
                )
            else:
                imports.accept_import(run_id=held_run_id, by=by, job_id=job.id)
    except RuleViolation as error:
        raise JobFailed(error.message) from error
    job.result(reverse("analysis_network:statistics"))
