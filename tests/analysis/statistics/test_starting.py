"""One import at a time: the same presses are one job, another is refused."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from analysis.statistics import tasks
from analysis.statistics.actions import starting
from analysis.statistics.actions.loading import load_catalogue
from tests.racing import at_once
from uso.ground.jobs.models import Job, JobState
from uso.ground.lib.errors import RuleViolation
from uso.ground.tenancy.crossing import across_municipalities

START = reverse("statistics_network:start_import")

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

    ends = at_once(*[press] * 8)

    assert {end.pk for end in ends} == {job.pk for job in jobs()}
    assert len(jobs()) == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_imports_started_at_once_one_is_refused(coordinator, waiting):
    ends = at_once(
        lambda: starting.start_import(source="pxweb", origin="bundled", by=coordinator),
        lambda: starting.start_live(by=coordinator),
    )

    assert sorted(type(end).__name__ for end in ends) == ["Job", "RuleViolation"]
    assert len(jobs()) == 1


PRESS = {"source": "pxweb", "origin": "bundled"}


@pytest.mark.django_db
def test_second_press_is_the_first_even_when_its_job_has_ended(client_for, coordinator, waiting):
    load_catalogue()
    client = client_for(coordinator)
    keys = re.findall(r'name="once" value="([^"]+)"', client.get("/statistics/").text)
    assert len(set(keys)) == len(keys) > 1
    client.post(START, {**PRESS, "once": keys[0]})
    end(jobs()[0], JobState.DONE)

    again = client.post(START, {**PRESS, "once": keys[0]}, follow=True)

    assert len(jobs()) == 1
    assert not list(again.context["messages"])

    client.post(START, {**PRESS, "once": keys[1]})
    assert len(jobs()) == 2


@pytest.mark.django_db
def test_press_that_was_refused_may_be_made_again(client_for, coordinator, waiting):
    load_catalogue()
    client = client_for(coordinator)
    other = starting.start_live(by=coordinator)

    refused = client.post(START, {**PRESS, "once": "a"}, follow=True)
    end(other, JobState.DONE)
    client.post(START, {**PRESS, "once": "a"})

    assert "Tuonti on jo käynnissä" in str(*refused.context["messages"])
    assert [job.task_name for job in jobs()] == ["statistics.import_live", "statistics.import"]


@pytest.mark.django_db
def test_import_waits_for_an_earlier_job_that_is_run_again(coordinator, waiting):
    first = starting.start_live(by=coordinator)
    end(first, JobState.DONE)
    end(starting.start_live(by=coordinator), JobState.DONE)
    end(first, JobState.QUEUED)

    with pytest.raises(RuleViolation, match="under way already"):
        starting.start_import(source="pxweb", origin="bundled", by=coordinator)


def end(job, state):
    with across_municipalities(reason="the test ends a job"):
        ended = None if state == JobState.QUEUED else timezone.now()
        Job.objects.filter(pk=job.pk).update(state=state, finished_at=ended)
