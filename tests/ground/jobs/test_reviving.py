"""Who is at a job: leases, workers that die, and what is sent again."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from threading import Barrier, BrokenBarrierError
from uuid import uuid4

import pytest
from celery import current_app
from django.conf import settings
from django.utils import timezone
from redis import Redis

from tests.ground.jobs.own_tasks import calls, count_to, do_part, network_row, parts_job
from tests.killing import stopping_worker
from tests.racing import at_once
from uso.ground.jobs import leases, runner
from uso.ground.jobs.models import Job, JobItem, JobState
from uso.ground.jobs.runner import revive_jobs, start_job
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.queues import QUEUE_OF
from uso.ground.tenancy.crossing import across_municipalities


@pytest.fixture(autouse=True)
def clean_slate():
    calls.clear()


@dataclass
class Queue:
    client: Redis
    name: str

    def __len__(self) -> int:
        return self.client.llen(self.name)

    def lose_one(self) -> None:
        self.client.rpop(self.name)


@pytest.fixture
def queue(monkeypatch) -> Iterator[Queue]:
    """A queue of the test's own on the real server, where nobody works."""
    name = f"test-{uuid4().hex}"
    for task in (count_to.name, do_part.name):
        monkeypatch.setitem(QUEUE_OF, task, name)
    with Redis.from_url(settings.REDIS_URL) as client:
        yield Queue(client, name)
        client.delete(name, f"_kombu.binding.{name}")


STOPPED_IN_THE_MIDDLE = """
from uso.ground.jobs.runner import job_task

@job_task(name="test.count")
def count_to(job, *, top):
    stop()

count_to(job_id={job_id!r}, municipality_id=None)
"""


@pytest.mark.slow
@pytest.mark.real_clock
@pytest.mark.django_db(transaction=True)
def test_job_whose_worker_was_killed_is_taken_up_when_its_lease_has_ended(queue):
    job = start_job(task="test.count", kind="count", title="Count", by=None, parameters={"top": 2})
    with stopping_worker(STOPPED_IN_THE_MIDDLE.format(job_id=str(job.pk))) as worker:
        count_to(job_id=str(job.pk), municipality_id=None)
        worker.kill()
    assert (network_row(job).state, network_row(job).starts, calls) == (JobState.RUNNING, 1, [])

    with across_municipalities(reason="the test lets the lease end"):
        Job.objects.filter(pk=job.pk).update(
            leased_until=timezone.now() - timedelta(seconds=1),
            created_at=timezone.now() - runner.STALE_AFTER * 2,
        )

    assert (revive_jobs(), len(queue)) == (1, 2)
    count_to(job_id=str(job.pk), municipality_id=None)
    assert (network_row(job).state, network_row(job).leased_until) == (JobState.DONE, None)
    assert calls == [2]


def test_worker_that_lost_its_lease_changes_the_job_no_more(coordinator, monkeypatch):
    """Two run at once: one was stopped for longer than its lease, the other has ended the job."""
    job = start_job(task="test.count", kind="count", title="Count", by=None, parameters={"top": 1})
    first = iter([True])

    def body(running, *, top):
        if next(first, False):
            with across_municipalities(reason="the test lets the lease end"):
                Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
            runner._run(body, job.pk, None)
            raise RuleViolation("Awake again, too late.")

    runner._run(body, job.pk, None)

    assert (network_row(job).state, network_row(job).error) == (JobState.DONE, "")


def leased(work) -> Job | JobItem:
    """Let a worker take up a job or a part whose lease, if it had one, has ended."""
    with across_municipalities(reason="the test is the worker"):
        rows = leases.row_of(work)
        rows.update(leased_until=None)
        assert leases.lease(rows)
        return rows.get()


@pytest.mark.parametrize("part", [False, True])
@pytest.mark.django_db
def test_worker_of_an_earlier_attempt_holds_no_lease_of_a_later_one(
    coordinator, kannus, jamsa, part
):
    job = (
        parts_job(coordinator, kannus, jamsa)
        if part
        else start_job(
            task="test.count", kind="count", title="Count", by=coordinator, parameters={"top": 1}
        )
    )
    with across_municipalities(reason="the test looks at the parts"):
        work = job.items.get(key="a") if part else job
    slept = leased(work)
    leased(work)
    with across_municipalities(reason="the test lets the second worker fail"):
        for rows in (Job.objects.all(), JobItem.objects.all()):
            rows.update(state=JobState.FAILED, finished_at=timezone.now(), leased_until=None)
        runner.retry_job(network_row(job))
    third = leased(work)

    with across_municipalities(reason="the test asks whose lease it is"):
        assert slept.starts == third.starts == 1
        assert not leases.leased_row(slept).exists()
        assert leases.leased_row(third).exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_lease_is_renewed_while_the_work_goes_on(queue, monkeypatch):
    monkeypatch.setattr(leases, "RENEWED_EVERY_SECONDS", 0.01)
    job = start_job(task="test.count", kind="count", title="Count", by=None, parameters={"top": 1})
    seen = []

    def body(running, *, top):
        until = time.monotonic() + 60
        while len(set(seen)) < 3 and time.monotonic() < until:
            seen.append(network_row(job).leased_until)

    runner._run(body, job.pk, None)

    assert len(set(seen)) == 3
    assert network_row(job).state == JobState.DONE


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_part_is_run_by_one_of_two_runners_at_once(queue, coordinator, kannus, jamsa):
    job = parts_job(coordinator, kannus, jamsa)
    with across_municipalities(reason="the test looks at the parts"):
        part = JobItem.objects.get(job=job, key="a")
    begun = Barrier(2)

    def body(running, *, name):
        calls.append(name)
        with contextlib.suppress(BrokenBarrierError):
            begun.wait(2)  # the other would come here too

    step = partial(runner._run_item, body, job.pk, part.pk)
    at_once(step, step)

    assert (calls, network_row(job).done_count) == (["a"], 1)


def grow_old() -> None:
    with across_municipalities(reason="the test lets the jobs grow old"):
        Job.objects.update(created_at=timezone.now() - runner.STALE_AFTER * 2)


def revive_and_send(callbacks) -> int:
    with callbacks(execute=True):
        return revive_jobs()


def test_parts_that_wait_are_not_sent_again_but_those_whose_message_is_gone(
    queue, coordinator, kannus, jamsa, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        parts_job(coordinator, kannus, jamsa)
    grow_old()
    waiting = [revive_and_send(django_capture_on_commit_callbacks) for _ in range(3)]
    sizes = [len(queue)]
    queue.lose_one()

    lost = [revive_and_send(django_capture_on_commit_callbacks) for _ in range(2)]

    assert (waiting, lost, [*sizes, len(queue)]) == ([0, 0, 0], [1, 0], [2, 2])


def test_message_that_a_worker_has_taken_is_not_sent_again(
    queue, coordinator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        start_job(task=count_to.name, kind="count", title="Count", by=coordinator)
    grow_old()
    with current_app.connection_for_read() as connection:
        taken = connection.default_channel.basic_get(queue.name)
        again = revive_and_send(django_capture_on_commit_callbacks)
        taken.ack()

    assert (again, len(queue)) == (0, 0)
    assert revive_and_send(django_capture_on_commit_callbacks) == 1


def test_job_begun_less_than_a_minute_ago_is_left_to_its_message(coordinator):
    job = start_job(task=count_to.name, kind="count", title="Count", by=coordinator)
    sent_again = []
    for age in (59, 61):
        with across_municipalities(reason="the test lets the job grow old"):
            created = timezone.now() - timedelta(seconds=age)
            Job.objects.filter(pk=job.pk).update(created_at=created)
        sent_again.append(revive_jobs())

    assert sent_again == [0, 1]


def test_parts_that_ended_or_are_worked_at_are_not_sent_again(
    sent, coordinator, kannus, jamsa, django_capture_on_commit_callbacks
):
    job = parts_job(coordinator, kannus, jamsa)
    with across_municipalities(reason="the test ends one part, a worker is at the other"):
        part = JobItem.objects.get(job=job, key="a")
        do_part(job_id=str(job.pk), item_id=part.pk, municipality_id=kannus.pk)
        leases.lease(JobItem.objects.filter(job=job, key="b"))
    grow_old()

    assert revive_jobs() == 0
