"""What a job says of itself, which queue its task waits in, and the clock's pulse."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from uso.ground.jobs import pulse
from uso.ground.jobs.models import Job, JobState
from uso.ground.lib.queues import DEFAULT, PDF, QUEUE_OF, route

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "finished"),
    [
        (JobState.QUEUED, False),
        (JobState.RUNNING, False),
        (JobState.DONE, True),
        (JobState.FAILED, True),
    ],
)
def test_job_has_finished_well_or_badly(state, finished):
    assert Job(state=state).finished == finished


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({"done_count": 2, "failed_count": 1}, 70),  # three in 30 s, seven to go
        ({"done_count": 10}, 0),
        ({}, None),
        ({"done_count": 2, "total": 0}, None),
        ({"done_count": 2, "started_at": None}, None),
        ({"done_count": 2, "state": JobState.DONE}, None),
    ],
)
def test_time_left_is_told_at_the_pace_so_far(time_machine, fields, left):
    time_machine.move_to(START + timedelta(seconds=30), tick=False)
    job = Job(**{"state": JobState.RUNNING, "started_at": START, "total": 10, **fields})

    assert job.seconds_left == left


def test_texts_of_a_job_are_translated_when_shown():
    job = Job(title="Members", doing="Members", error="Members")

    with translation.override("fi"):
        assert [job.title_text, job.doing_text, job.error_text] == ["Jäsenet"] * 3


def test_texts_that_are_missing_stay_empty():
    """The catalogue's entry for an empty text is its header."""
    job = Job()

    with translation.override("fi"):
        assert [job.title_text, job.doing_text, job.error_text] == ["", "", ""]


def test_task_waits_in_its_own_queue_or_the_common_one(monkeypatch):
    monkeypatch.setitem(QUEUE_OF, "test.pdf", PDF)

    assert [route("test.pdf"), route("test.other")] == [{"queue": PDF}, {"queue": DEFAULT}]


@pytest.mark.django_db
def test_pulse_is_the_moment_of_the_clocks_last_task(time_machine):
    before = pulse.last()
    time_machine.move_to(START, tick=False)

    pulse.note()

    assert (before, pulse.last()) == (None, START)
