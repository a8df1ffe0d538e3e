"""Celery entry points of statistics."""

import logging

from celery import shared_task
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop

from analysis.statistics.actions import imports, population_imports, uploads
from analysis.statistics.actions.starting import start_live
from analysis.statistics.queries import source_list
from analysis.statistics.sources import registry
from uso.ground.jobs.runner import RunningJob, job_task
from uso.ground.lib.errors import RuleViolation

logger = logging.getLogger(__name__)
READING = gettext_noop("Reading and storing the figures")


@job_task(name="statistics.preview_import")
def preview_import(job: RunningJob, *, run_id: int) -> None:
    """Read an uploaded file and report what it would change."""
    job.progress(0, 1, gettext_noop("Reading the file"))
    imports.preview_import(run_id=run_id, progress=job.progress)
    job.result(reverse("statistics_network:sources"))


@job_task(name="statistics.import")
def import_source(job: RunningJob, *, source: str, origin: str) -> None:
    """Read a source and store what is new."""
    job.progress(0, 0, READING)
    imports.import_statistics(
        source=source, origin=origin, by=job.by, job_id=job.id, progress=job.progress
    )
    job.result(reverse("statistics_network:sources"))


@job_task(name="statistics.accept_import")
def accept_import(job: RunningJob, *, run_id: int) -> None:
    """Store an import that waited for a person."""
    job.progress(0, 0, READING)
    imports.accept_import(run_id=run_id, by=job.by, job_id=job.id)
    job.result(reverse("statistics_network:sources"))


@job_task(name="statistics.import_live", time_limit=850)
def import_live(job: RunningJob) -> None:
    """Read every source that is asked over the network; one that fails does not stop the others."""
    job.progress(0, len(registry.LIVE_SOURCES), READING)
    errors: list[str] = []
    held = source_list.held_sources()
    for number, source in enumerate(registry.LIVE_SOURCES, start=1):
        if source in held:  # somebody looks at its last answer first
            continue
        try:
            imports.import_statistics(source=source, by=job.by)
        except RuleViolation as error:
            errors.append(error.message)
        job.progress(number, len(registry.LIVE_SOURCES))
    if errors:
        raise RuleViolation(" ".join(errors))
    job.result(reverse("statistics_network:sources"))


@shared_task(name="statistics.read_live", ignore_result=True)
def read_live() -> None:
    """Start the night's reading of the live sources (beat), where the service is to ask the network."""
    if not settings.READ_STATISTICS:
        return
    try:
        start_live(by=None)
    except RuleViolation as refusal:
        logger.info("statistics are being read already", extra={"why": refusal.message})


@shared_task(name="statistics.delete_abandoned_files", ignore_result=True)
def delete_abandoned_files() -> None:
    """Delete the uploaded files that nobody went on with (beat)."""
    uploads.delete_abandoned_files(by=None)


@job_task(name="statistics.read_populations")
def read_populations(job: RunningJob, *, import_id: int) -> None:
    """Read the populations of a year; a coordinator then decides about them."""
    job.progress(0, 2, gettext_noop("Reading the populations"))
    population_imports.read_import(import_id=import_id, progress=job.progress)
    job.result(reverse("statistics_network:population_import", args=[import_id]))
