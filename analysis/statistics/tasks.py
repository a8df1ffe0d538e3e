"""Celery entry points of statistics."""

import logging

from celery import shared_task
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop

from analysis.statistics.actions import imports, uploads
from analysis.statistics.actions.starting import start_live
from analysis.statistics.queries import source_list
from analysis.statistics.sources import registry
from uso.ground.jobs.runner import RunningJob, job_task
from uso.ground.lib.errors import RuleViolation

logger = logging.getLogger(__name__)
READING = gettext_noop("Reading and storing the figures")


@job_task(name="statistics.preview_import")
def preview_import(job: RunningJob, *, run_id: int) -> None:
    """Read a file that was brought and say what it would change."""
    job.progress(0, 1, gettext_noop("Reading the file"))
    imports.preview_import(run_id=run_id, progress=job.progress)
    job.result(reverse("statistics_network:sources"))


@job_task(name="statistics.import")
def import_source(
    job: RunningJob, *, source: str, origin: str, held_run_id: int | None = None
) -> None:
    """Read a source and store what is new, or store an import that was held for a check."""
    job.progress(0, 0, READING)
    if held_run_id is None:
        imports.import_statistics(
            source=source, origin=origin, by=job.by, job_id=job.id, progress=job.progress
        )
    else:
        imports.accept_import(run_id=held_run_id, by=job.by, job_id=job.id)
    job.result(reverse("statistics_network:sources"))


@job_task(name="statistics.import_live", time_limit=850)
def import_live(job: RunningJob) -> None:
    """Read every source that is asked over the network; one that fails does not stop the others."""
    job.progress(0, len(registry.LIVE), READING)
    failed: list[str] = []
    waiting = source_list.held_sources()
    for at, source in enumerate(registry.LIVE, start=1):
        if source in waiting:  # somebody looks at its last answer first
            continue
        try:
            imports.import_statistics(source=source, by=job.by)
        except RuleViolation as error:
            failed.append(error.message)
        job.progress(at, len(registry.LIVE))
    if failed:
        raise RuleViolation(" ".join(failed))
    job.result(reverse("statistics_network:sources"))


@shared_task(name="statistics.read_live", ignore_result=True)
def read_live() -> None:
    """Begin the night's reading of the live sources (beat), where the service is to ask the network."""
    if not settings.READ_STATISTICS:
        return
    try:
        start_live(by=None)
    except RuleViolation as refusal:
        logger.info("statistics are being read already", extra={"why": refusal.message})


@shared_task(name="statistics.forget_files", ignore_result=True)
def forget_files() -> None:
    """Let the chosen files go that nobody went on with (beat)."""
    uploads.forget_files()
