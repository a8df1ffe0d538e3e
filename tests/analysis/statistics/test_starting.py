"""Two coordinators press at once: one import begins, the other is refused."""

import pytest
from django.utils import timezone

from analysis.statistics import tasks
from analysis.statistics.actions import starting
from tests.racing import at_once
from uso.ground.jobs.models import Job, JobState
from uso.ground.lib.errors import RuleViolation
from uso.ground.tenancy.crossing import across_municipalities

pytestmark = pytest.mark.usefixtures("in_english")


def jobs():
    with across_municipalities(reason="the test counts the jobs"):
        return list(Job.objects.order_by("created_at"))


@pytest.fixture
def waiting(monkeypatch):
    """No worker takes the jobs up."""
    for task in (tasks.import_source, tasks.import_live):
        monkeypatch.setattr(task, "delay_on_commit", lambda **_ids: None)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_imports_started_at_once_one_begins(coordinator, waiting):
    def press():
        return starting.start_import(source="pxweb", origin="bundled", by=coordinator)

    ends = at_once(press, press, lambda: starting.start_live(by=coordinator))

    assert sorted(type(end).__name__ for end in ends) == ["Job", "RuleViolation", "RuleViolation"]
    assert len(jobs()) == 1


@pytest.mark.django_db
def test_import_waits_for_an_earlier_job_that_is_run_again(coordinator, waiting):
    first = starting.start_live(by=coordinator)
    end(first, JobState.DONE)
    end(starting.start_live(by=coordinator), JobState.DONE)
    end(first, JobState.QUEUED)

    with pytest.raises(RuleViolation, match="under way already"):
        starting.start_live(by=coordinator)


def end(job, state):
    with across_municipalities(reason="the test ends a job"):
        ended = None if state == JobState.QUEUED else timezone.now()
        Job.objects.filter(pk=job.pk).update(state=state, finished_at=ended)
