"""Long work: a Job row first, then a Celery task that reports as it goes.

A running task has a lease on its row (`leases.py`). Whoever gets the lease knows that nobody else
is at it, so a task that was killed is taken up again when its lease has ended, and a task that is
delivered twice runs once.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pghistory
from celery import Task, shared_task
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from uso.ground.jobs.leases import lease, leased_row, renewing, row_of
from uso.ground.jobs.models import UNFINISHED, Job, JobItem, JobState
from uso.ground.lib.after_commit import send_after_commit
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.queues import DEFAULT, QUEUE_OF, message_id, waiting_messages
from uso.ground.tenancy.crossing import across_municipalities, scope_of

if TYPE_CHECKING:
    from municipalities.models import Municipality, User

logger = logging.getLogger(__name__)

WENT_WRONG = gettext_noop(
    "Something went wrong on our side. Nothing was changed. Try again; if it fails again, tell us."
)
CUT_OFF = gettext_noop(
    "The work was cut off three times before it was ready. Try again; if it is cut off again, tell us."
)
SOME_PARTS_FAILED = gettext_noop("Some parts failed. The others are ready; retry does the rest.")
STALE_AFTER = timedelta(seconds=60)
NETWORK_JOB = "a job of the whole network has no municipality"
MOST_STARTS = 3  # what kills its worker each time would kill workers for ever

Part = tuple[str, int | None, dict[str, Any]]
"""Key, municipality id and parameters of one part of a job."""


@dataclass(frozen=True)
class RunningJob:
    """What a task body may do with its job."""

    id: UUID
    municipality_id: int | None
    by: "User | None"

    @property
    def starter(self) -> "User":
        """Who pressed; ValueError of a job that the clock began."""
        if self.by is None:
            raise ValueError("Nobody started this job.")
        return self.by

    def progress(self, done: int, total: int, doing: str = "") -> None:
        """Write down how far the work is; seen at once by whoever watches.

        Parameters
        ----------
        done, total
            Parts done of all parts.
        doing
            English text marked with `gettext_noop`; empty keeps the last one.
        """
        fields: dict[str, Any] = {
            "done_count": done,
            "total": total,
            "moved_at": timezone.now(),
        }
        if doing:
            fields["doing"] = doing
        self._update(**fields)

    def result(self, url: str) -> None:
        """Name the page or file the work ended in; it is authorised when it is fetched."""
        self._update(result_url=url)

    def _update(self, **fields: Any) -> None:
        with scope_of(self.municipality_id, reason=NETWORK_JOB):
            Job.objects.filter(pk=self.id).update(**fields)


# -- Starting ----------------------------------------------------------------------------------


def start_job(
    *,
    task: str,
    kind: str,
    title: str,
    by: "User | None",
    municipality: "Municipality | None" = None,
    parameters: dict[str, Any] | None = None,
    items: Iterable[Part] = (),
) -> Job:
    """Make the row of a long task and send the task after commit.

    Call it inside the scope of the municipality; a job of the whole network opens its own.

    Parameters
    ----------
    task
        Name of a Celery task made by `job_task`, or by `job_item_task` when `items` are given.
    kind, title
        Short name, and English text marked with `gettext_noop`.
    parameters
        Identifiers the task body gets as keywords.
    items
        Parts that run side by side.
    """
    home = municipality.pk if municipality else None
    with scope_of(home, reason=NETWORK_JOB):
        job = Job.objects.create(
            municipality=municipality,
            kind=kind,
            title=title,
            task_name=task,
            parameters=parameters or {},
            started_by=by,
        )
        rows = _add_parts(job, items)
        job.refresh_from_db()
        _send(job, rows)
    return job


def _add_parts(job: Job, items: Iterable[Part]) -> list[JobItem]:
    """Write the parts of a job; one that has any runs from now on, whoever takes them up."""
    rows = JobItem.objects.bulk_create(
        JobItem(job=job, key=key, municipality_id=place_id, parameters=given)
        for key, place_id, given in items
    )
    if rows:
        Job.objects.filter(pk=job.pk).update(
            total=len(rows), state=JobState.RUNNING, started_at=timezone.now()
        )
    return rows


def retry_job(job: Job) -> None:
    """Run a failed job again, the parts that failed alone. Call it in the job's scope."""
    claimed = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
        state=JobState.QUEUED,
        attempt=F("attempt") + 1,
        starts=0,
        leased_by=None,
        error="",
        failed_count=0,
        finished_at=None,
        moved_at=None,
    )
    if not claimed:
        return
    JobItem.objects.filter(job=job, state=JobState.FAILED).update(
        state=JobState.QUEUED, starts=0, leased_by=None, error="", finished_at=None
    )
    items = list(JobItem.objects.filter(job=job, state=JobState.QUEUED))
    if items:
        Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    _send(job, items)


def _send(job: Job, items: Sequence[JobItem]) -> None:
    """Send the task of a job, or of each of its parts; revive_jobs sends what the broker missed."""
    works: Sequence[Job | JobItem] = items or [job]
    for work in works:
        send_after_commit(job.task_name, **_parameters(work))


def _parameters(work: Job | JobItem) -> dict[str, Any]:
    """Return what the message of a job, or of a part of one, says."""
    if isinstance(work, Job):
        return {"job_id": str(work.pk), "municipality_id": work.municipality_id}
    return {
        "job_id": str(work.job_id),
        "item_id": work.pk,
        "municipality_id": work.municipality_id,
    }


# -- Running -----------------------------------------------------------------------------------


def job_task(*, name: str, queue: str = DEFAULT, time_limit: int = 600) -> Callable[..., Task]:
    """Make a Celery task of `body(job, **parameters)`; it runs once, whatever is delivered."""
    QUEUE_OF[name] = queue

    def decorate(body: Callable[..., None]) -> Task:
        @shared_task(name=name, time_limit=time_limit, ignore_result=True)
        def run(*, job_id: str, municipality_id: int | None) -> None:
            _run(body, UUID(job_id), municipality_id)

        return run

    return decorate


def job_item_task(*, name: str, queue: str = DEFAULT, time_limit: int = 600) -> Callable[..., Task]:
    """Make a Celery task of `body(job, **parameters)` for each part of a job.

    The body of a part with a municipality runs with no scope open: it opens `scope` itself.
    """
    QUEUE_OF[name] = queue

    def decorate(body: Callable[..., None]) -> Task:
        @shared_task(name=name, time_limit=time_limit, ignore_result=True)
        def run(*, job_id: str, item_id: int, municipality_id: int | None) -> None:
            _run_item(body, UUID(job_id), item_id)

        return run

    return decorate


def _run(body: Callable[..., None], job_id: UUID, municipality_id: int | None) -> None:
    with scope_of(municipality_id, reason=NETWORK_JOB):
        rows, now = Job.objects.filter(pk=job_id), timezone.now()
        leased = lease(rows, state=JobState.RUNNING, started_at=now, moved_at=now, done_count=0)
        job = rows.first()
    if job is None or not leased:
        logger.warning("job not found, ended or taken already", extra={"job": str(job_id)})
        return
    with renewing(job):
        error = _error_of(body, _running(job), job)
    with scope_of(municipality_id, reason=NETWORK_JOB):
        leased_row(job).update(
            state=JobState.FAILED if error else JobState.DONE,
            error=error,
            finished_at=timezone.now(),
            leased_until=None,
        )


def _running(job: Job) -> RunningJob:
    by = get_user_model().objects.get(pk=job.started_by_id) if job.started_by_id else None
    return RunningJob(job.pk, job.municipality_id, by)


def _error_of(body: Callable[..., None], job: RunningJob, work: Job | JobItem) -> str:
    """Run the body in the language of who started it; return why it failed, empty if it did not.

    A `RuleViolation` ends it with its own sentence.
    What was taken up several times and never ended killed its workers: it is not begun again.
    """
    task_name = work.job.task_name if isinstance(work, JobItem) else work.task_name
    fields = {"job": str(job.id), "task": task_name}
    if work.starts > MOST_STARTS:
        logger.error("job cut off too often", extra=fields)
        return CUT_OFF
    try:
        with (
            pghistory.context(user=job.by and job.by.pk, task=task_name),
            translation.override(job.by.language if job.by else settings.LANGUAGE_CODE),
        ):
            body(job, **work.parameters)
    except RuleViolation as refusal:
        return refusal.message
    except Exception:  # a job ends with a plain sentence, whatever happened
        logger.exception("job failed", extra=fields)
        return WENT_WRONG
    return ""


def _run_item(body: Callable[..., None], job_id: UUID, item_id: int) -> None:
    with across_municipalities(reason="a part belongs to one municipality, its job to the network"):
        rows = JobItem.objects.filter(pk=item_id, job_id=job_id)
        leased = lease(rows)
        item = rows.select_related("job").first()
    if item is None or not leased:
        logger.warning("part of a job not found, ended or taken", extra={"job": str(job_id)})
        return
    with renewing(item):
        error = _error_of(body, _running(item.job), item)
    with across_municipalities(reason="a part belongs to one municipality, its job to the network"):
        _finish_item(item, error)


def _finish_item(item: JobItem, error: str) -> None:
    now = timezone.now()
    ended = leased_row(item).update(
        state=JobState.FAILED if error else JobState.DONE,
        error=error,
        finished_at=now,
        leased_until=None,
    )
    if not ended:
        return
    jobs = Job.objects.filter(pk=item.job_id)
    count = "failed_count" if error else "done_count"
    jobs.update(moved_at=now, **{count: F(count) + 1})
    jobs = jobs.filter(state=JobState.RUNNING, total=F("done_count") + F("failed_count"))
    jobs.filter(failed_count=0).update(state=JobState.DONE, finished_at=now)
    jobs.filter(failed_count__gt=0).update(
        state=JobState.FAILED, finished_at=now, error=SOME_PARTS_FAILED
    )


def revive_jobs() -> int:
    """Send again the unfinished jobs and parts that nobody will end; return how many were sent.

    That is those whose worker has died in the middle, and those that still wait while their
    message is gone from the queue. What only waits for its turn is left alone.
    """
    waiting = waiting_messages()
    with across_municipalities(reason="unfinished jobs of every municipality are watched"):
        works = _unfinished(before=timezone.now() - STALE_AFTER)
        lost = [(job, work) for job, work in works if _is_lost(job, work, waiting)]
        for job, work in lost:
            row_of(work).update(leased_until=None)
            send_after_commit(job.task_name, **_parameters(work))
    return len(lost)


def _unfinished(*, before: datetime) -> list[tuple[Job, Job | JobItem]]:
    """Return what of the jobs begun before a moment has not ended: each part, or the whole."""
    works: list[tuple[Job, Job | JobItem]] = []
    for job in Job.objects.filter(state__in=UNFINISHED, created_at__lt=before):
        parts = list(job.items.filter(state__in=UNFINISHED)) if job.items.exists() else [job]
        works.extend((job, work) for work in parts)
    return works


def _is_lost(job: Job, work: Job | JobItem, waiting: set[str]) -> bool:
    if work.leased_until:
        return work.leased_until < timezone.now()
    return message_id(job.task_name, _parameters(work)) not in waiting
