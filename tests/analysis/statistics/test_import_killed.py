"""A worker killed in the middle of COPY leaves the figures as they were, and its job ends right."""

import json

import pytest
from django.utils import timezone

from analysis.statistics.actions import imports
from analysis.statistics.enums import ImportState
from analysis.statistics.models import DataVersion, ImportRun, Observation
from analysis.statistics.queries.source_list import STATISTICS_JOB
from tests.analysis.statistics import statfin
from tests.killing import stopping_worker
from uso.ground.jobs.models import Job, JobState
from uso.ground.jobs.runner import STALE_AFTER, revive_jobs
from uso.ground.tenancy.crossing import across_municipalities

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.real_clock]

# A worker that stops for good within its second COPY: one table is written, one begun.
WORKER = """
from analysis.statistics import tasks
from analysis.statistics.actions import storing

blocks, copies = storing._blocks, []

def stopping(*arguments):
    copies.append(arguments)
    for block in blocks(*arguments):
        yield block
        if len(copies) == 2:
            stop()

storing._blocks = stopping
tasks.import_source(job_id={job_id!r}, municipality_id=None)
"""


@pytest.fixture
def job(transactional_db):
    """An import somebody started a while ago; a worker is to take it."""
    old = timezone.now() - STALE_AFTER * 2
    with across_municipalities(reason="the test makes a job by hand"):
        return Job.objects.create(
            kind=STATISTICS_JOB, title="Import", task_name="statistics.import",
            parameters={"source": "pxweb", "origin": imports.BUNDLED}, created_at=old,
        )  # fmt: skip


@pytest.fixture
def last_good(transactional_db, tmp_path):
    """Figures of an earlier import, other than those the job brings."""
    answer = statfin.dataset(statfin.population_table(("2023", "2024")), value=lambda key: 7)
    (tmp_path / "answer.json").write_text(json.dumps(answer))
    imports.import_statistics(source="pxweb", origin=str(tmp_path / "answer.json"), by=None)
    return stored()


@pytest.fixture
def worker(last_good, job):
    """A worker in the middle of its COPY."""
    with stopping_worker(WORKER.format(job_id=str(job.pk))) as stopped:
        yield stopped


def stored() -> tuple[list[int], int, list[tuple]]:
    """Read all that an import may change: versions, number of figures, and the figures of Kannus."""
    figures = Observation.objects.filter(area="217").order_by("year", "version", "indicator")
    return (
        list(DataVersion.objects.order_by("pk").values_list("pk", flat=True)),
        Observation.objects.count(),
        list(figures.values_list("indicator", "year", "version", "value")),
    )


def test_killed_import_leaves_the_last_figures_and_its_job_ends_when_revived(
    worker, job, last_good, sent
):
    assert worker.ask("SELECT query FROM pg_stat_activity WHERE pid = %s").startswith("COPY")
    assert stored() == last_good

    worker.kill()

    assert stored() == last_good
    assert ImportRun.objects.get(job_id=job.pk).state == ImportState.RUNNING
    assert row_of(job).state == JobState.RUNNING

    with across_municipalities(reason="the test lets time pass"):
        Job.objects.filter(pk=job.pk).update(leased_until=job.created_at)
    assert revive_jobs() == 1

    assert (row_of(job).state, row_of(job).starts) == (JobState.DONE, 2)
    run = ImportRun.objects.get(job_id=job.pk)
    assert run.state == ImportState.STORED
    assert Observation.objects.count() == last_good[1] + run.report["stored"]
    assert run.report["stored"] > 50_000


def row_of(job: Job) -> Job:
    with across_municipalities(reason="the test looks at the job"):
        return Job.objects.get(pk=job.pk)
