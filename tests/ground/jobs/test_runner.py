"""Long work ends right: progress, failure, retry, a worker killed in the middle."""

import pytest
from django.utils import timezone

from tests.ground.jobs.own_tasks import (
    calls,
    count_to,
    do_part,
    fail,
    failing,
    network_row,
    parts_job,
    speak,
)
from uso.ground.jobs import runner
from uso.ground.jobs.models import Job, JobItem, JobState
from uso.ground.jobs.runner import (
    RunningJob,
    retry_job,
    revive_jobs,
    start_job,
)
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope


@pytest.fixture(autouse=True)
def clean_slate():
    calls.clear()
    failing.clear()


def test_job_of_a_municipality_runs_after_commit_and_ends_with_its_result(
    sent, kannus, kannus_contact, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True), scope(kannus.pk):
        job = start_job(
            task=count_to.name,
            kind="count",
            title="Count",
            by=kannus_contact,
            municipality=kannus,
            parameters={"top": 3},
        )
        assert calls == []

    with scope(kannus.pk):
        job.refresh_from_db()
    assert (job.state, job.done_count, job.total) == (JobState.DONE, 3, 3)
    assert (job.doing, job.result_url) == ("Counting", "/counted/")
    assert job.finished_at is not None


def test_job_of_another_municipality_is_out_of_sight(kannus, jamsa, kannus_contact):
    with scope(kannus.pk):
        job = start_job(
            task=count_to.name, kind="count", title="Count", by=kannus_contact, municipality=kannus
        )

    with scope(jamsa.pk):
        assert not Job.objects.filter(pk=job.pk).exists()


@pytest.mark.parametrize(
    ("plainly", "sentence"),
    [(True, "The source did not answer. Try again later."), (False, runner.WENT_WRONG)],
)
def test_failed_job_says_why_in_a_plain_sentence(
    sent, coordinator, plainly, sentence, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = start_job(
            task=fail.name,
            kind="fail",
            title="Fail",
            by=coordinator,
            parameters={"plainly": plainly},
        )

    job = network_row(job)
    assert (job.state, job.error) == (JobState.FAILED, sentence)


def test_running_a_finished_task_again_changes_nothing(
    sent, coordinator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = start_job(
            task=count_to.name, kind="count", title="Count", by=coordinator, parameters={"top": 2}
        )
    before = network_row(job).finished_at

    count_to(job_id=str(job.pk), municipality_id=None)

    assert calls == [2]
    assert network_row(job).finished_at == before


def test_one_failed_part_does_not_stop_the_others_and_retry_does_the_rest(
    sent, coordinator, kannus, jamsa, django_capture_on_commit_callbacks
):
    failing.add("a")
    with django_capture_on_commit_callbacks(execute=True):
        job = parts_job(coordinator, kannus, jamsa)
    failed = network_row(job)
    assert (failed.state, failed.done_count, failed.failed_count) == (JobState.FAILED, 1, 1)

    failing.clear()
    with (
        django_capture_on_commit_callbacks(execute=True),
        across_municipalities(reason="the coordinator retries"),
    ):
        retry_job(failed)

    done = network_row(job)
    assert (done.state, done.done_count, done.failed_count) == (JobState.DONE, 2, 0)
    assert calls == ["b", "a"]


def test_part_delivered_twice_counts_once(
    sent, coordinator, kannus, jamsa, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = parts_job(coordinator, kannus, jamsa)
    with across_municipalities(reason="the test looks at the parts"):
        item = JobItem.objects.get(job=job, key="a")

    do_part(job_id=str(job.pk), item_id=item.pk, municipality_id=kannus.pk)

    assert calls == ["a", "b"]
    assert network_row(job).done_count == 2


def test_task_without_its_arguments_fails():
    with pytest.raises(TypeError, match="municipality_id"):
        count_to(job_id="00000000-0000-0000-0000-000000000000")


def test_task_of_a_job_that_is_gone_ends_quietly(db, caplog):
    count_to(job_id="00000000-0000-0000-0000-000000000000", municipality_id=None)

    assert calls == []
    assert "job not found" in caplog.text


def deliver_past_dead_workers(job):
    """The three workers that took it up died; revive sends it once more."""
    old = timezone.now() - runner.STALE_AFTER * 2
    with across_municipalities(reason="the test makes workers die"):
        Job.objects.filter(pk=job.pk).update(created_at=old, leased_until=old, starts=3)
        JobItem.objects.filter(job=job, key="a").update(leased_until=old, starts=3)
    assert revive_jobs() >= 1


def test_job_that_kills_its_workers_ends_as_failed_and_can_be_retried(
    sent, coordinator, django_capture_on_commit_callbacks
):
    job = start_job(
        task=count_to.name, kind="count", title="Count", by=coordinator, parameters={"top": 2}
    )
    with django_capture_on_commit_callbacks(execute=True):
        deliver_past_dead_workers(job)

    failed = network_row(job)
    assert (failed.state, failed.error, calls) == (JobState.FAILED, runner.CUT_OFF, [])

    with (
        django_capture_on_commit_callbacks(execute=True),
        across_municipalities(reason="the coordinator retries"),
    ):
        retry_job(failed)
    assert (network_row(job).state, network_row(job).starts) == (JobState.DONE, 1)


def test_part_that_kills_its_workers_fails_alone_and_can_be_retried(
    sent, coordinator, kannus, jamsa, django_capture_on_commit_callbacks
):
    job = parts_job(coordinator, kannus, jamsa)
    with django_capture_on_commit_callbacks(execute=True):
        deliver_past_dead_workers(job)

    failed = network_row(job)
    with across_municipalities(reason="the test looks at the parts"):
        errors = dict(failed.items.values_list("key", "error"))
    assert (failed.state, calls) == (JobState.FAILED, ["b"])
    assert errors == {"a": runner.CUT_OFF, "b": ""}

    with (
        django_capture_on_commit_callbacks(execute=True),
        across_municipalities(reason="the coordinator retries"),
    ):
        retry_job(failed)
    assert (network_row(job).state, calls) == (JobState.DONE, ["b", "a"])


def test_job_that_has_not_failed_is_not_run_again(
    sent, coordinator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = start_job(
            task="test.count", kind="count", title="Count", by=coordinator, parameters={"top": 2}
        )
    done = network_row(job)

    with (
        django_capture_on_commit_callbacks() as callbacks,
        across_municipalities(reason="the coordinator retries"),
    ):
        retry_job(done)

    assert (callbacks, network_row(job).attempt, calls) == ([], 1, [2])


def test_job_waits_and_one_with_parts_runs_from_the_start(coordinator, kannus, jamsa):
    plain = start_job(task="test.count", kind="count", title="Count", by=None)
    parts = parts_job(coordinator, kannus, jamsa)

    rows = [network_row(job) for job in (plain, parts)]
    assert [(row.state, row.total, row.started_at is not None) for row in rows] == [
        (JobState.QUEUED, 0, False),
        (JobState.RUNNING, 2, True),
    ]


def test_progress_keeps_what_is_being_done_until_something_else_is(coordinator):
    job = start_job(task="test.count", kind="count", title="Count", by=coordinator)
    running = RunningJob(job.pk, None, coordinator)

    running.progress(1, 4, "Counting")
    running.progress(2, 4)

    row = network_row(job)
    assert (row.done_count, row.total, row.doing) == (2, 4, "Counting")
    assert row.moved_at is not None


def test_job_the_clock_began_has_nobody_who_started_it(coordinator):
    assert RunningJob(None, None, coordinator).starter == coordinator
    with pytest.raises(ValueError, match="Nobody started this job"):
        _ = RunningJob(None, None, None).starter


def test_job_speaks_the_language_of_who_started_it(
    sent, network, coordinator, django_capture_on_commit_callbacks
):
    coordinator.language = "sv"
    coordinator.save()

    with django_capture_on_commit_callbacks(execute=True):
        for by in (coordinator, None):
            start_job(task=speak.name, kind="speak", title="Speak", by=by)

    assert calls == [("sv", coordinator), ("fi", None)]
