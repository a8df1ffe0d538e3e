"""A worker killed in the middle of COPY leaves the figures as they were, and its job ends right."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection
from django.utils import timezone

from analysis.actions import imports
from analysis.enums import ImportState
from analysis.models import DataVersion, ImportRun, Observation
from analysis.queries.statistics import STATISTICS_JOB
from municipalities.crossing import across_municipalities
from municipalities.longwork import STALE_AFTER, revive_jobs
from tests.analysis import statfin
from tests.conftest import url_of_this_database
from uso.jobs.models import Job, JobState

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# A worker that stops for good within its second COPY: one table is written, one begun.
WORKER = """
import signal, time
signal.alarm(120)  # it ends whatever becomes of the test
import django
django.setup()
from django.db import connection
from analysis import tasks
from analysis.actions import versions

blocks, copies = versions._blocks, []

def stopping(*arguments):
    copies.append(arguments)
    for block in blocks(*arguments):
        yield block
        if len(copies) == 2:
            print(connection.connection.info.backend_pid, flush=True)
            time.sleep(120)

versions._blocks = stopping
tasks.import_statistics_task(job_id={job_id!r}, municipality_id=None)
"""


@pytest.fixture
def job(transactional_db):
    """An import somebody started a while ago; a worker is to take it."""
    old = timezone.now() - STALE_AFTER * 2
    with across_municipalities(reason="the test makes a job by hand"):
        return Job.objects.create(
            kind=STATISTICS_JOB, title="Import", task_name="analysis.import_statistics",
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
    """Yield the worker and its server session, in the middle of its COPY.

    Both are gone for certain before the tables are emptied: a session left over would hold them.
    """
    address = {"DATABASE_URL": url_of_this_database(), "DJANGO_SETTINGS_MODULE": "uso.settings"}
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER.format(job_id=str(job.pk))],
        env=os.environ | address, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    session = int(process.stdout.readline() or 0)
    yield process, session
    process.kill()
    process.wait()
    process.stdout.close()
    if not gone(session):
        ask("SELECT pg_terminate_backend(%s, 10000)", session)
        assert gone(session)


def ask(query: str, session: int) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query, [session])
        row = cursor.fetchone()
    return row and row[0]


def gone(session: int) -> bool:
    for _ in range(200):
        if not ask("SELECT pid FROM pg_stat_activity WHERE pid = %s", session):
            return True
        time.sleep(0.05)
    return False


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
    process, session = worker
    assert ask("SELECT query FROM pg_stat_activity WHERE pid = %s", session).startswith("COPY")
    assert stored() == last_good

    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert gone(session)

    assert stored() == last_good
    assert ImportRun.objects.get(job_id=job.pk).state == ImportState.RUNNING
    assert row_of(job).state == JobState.RUNNING

    with across_municipalities(reason="the test lets time pass"):
        Job.objects.filter(pk=job.pk).update(moved_at=job.created_at)
    assert revive_jobs() == 1

    assert (row_of(job).state, row_of(job).takings) == (JobState.DONE, 2)
    run = ImportRun.objects.get(job_id=job.pk)
    assert run.state == ImportState.STORED
    assert Observation.objects.count() == last_good[1] + run.report["stored"]
    assert run.report["stored"] > 50_000


def row_of(job: Job) -> Job:
    with across_municipalities(reason="the test looks at the job"):
        return Job.objects.get(pk=job.pk)
