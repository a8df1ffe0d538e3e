"""A worker killed among the season's approvals or publishings: each is done once, told once."""

from collections import Counter

import pytest
from django.core import mail

from analysis.actions import documents, publishing
from analysis.models import Analysis, AnalysisEvent
from municipalities.enums import Role
from tests.analysis.editions import choose, confirm, file_of, ready_made
from tests.killing import stopping_worker
from tests.municipalities.factories import user_with_role
from uso.ground.jobs import runner
from uso.ground.jobs.models import Job, JobItem, JobState
from uso.ground.jobs.runner import STALE_AFTER, revive_jobs
from uso.ground.mail.models import Message
from uso.ground.mail.tasks import send_due_messages
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.real_clock]

# A worker that stops for good in the second part, before what it has written there is committed:
# the step itself, or the note that its part is done. What it tells stays in the outbox for beat.
WORKER = """
from analysis import tasks
from analysis.actions import publishing
from uso.ground.jobs import runner
from uso.ground.mail import actions as mail

def stopping(step):
    calls = []

    def stepped(*arguments, **given):
        done = step(*arguments, **given)
        calls.append(given)
        if len(calls) == 2:
            stop()
        return done

    return stepped

mail.send_after_commit = lambda *_task, **_parameters: None
{where} = stopping({where})
for part in {parts!r}:
    tasks.{task}(**part)
"""
BEFORE_IT_IS_NOTED = "runner._finish_item"


@pytest.fixture(autouse=True)
def files_without_drawing(monkeypatch):
    """What is published is drawn at once: here it need not take its seconds."""
    monkeypatch.setattr(documents, "report_pdf", lambda content, language: file_of(language))


@pytest.fixture
def drafts(kannus, jamsa, heinola, season8, coordinator):
    """Three members' drafts, each with a leader to be told."""
    places = (heinola, jamsa, kannus)
    for place, other in zip(places, (kannus, heinola, jamsa), strict=True):
        confirm(place, season8)
        user_with_role(Role.LEADER, place, email=f"johto@{place.slug}.example")
        with scope(place.pk):
            choose(place, season8, [other], coordinator)
            ready_made(place, season8, coordinator, is_published=False)
    return places


@pytest.fixture
def approved(drafts, coordinator):
    for place in drafts:
        with scope(place.pk):
            draft = Analysis.objects.get()
            publishing.approve_analysis(analysis=draft, seen=draft.sha256, by=coordinator)


def lost_job(start, season, coordinator, monkeypatch) -> Job:
    """Start a job whose tasks nobody gets; the test hands them to a worker of its own."""
    with monkeypatch.context() as patched:
        patched.setattr(runner, "_send", lambda job, items: None)
        return start(season=season, by=coordinator)


def parts(job: Job) -> list[dict]:
    with across_municipalities(reason="the test hands out the parts"):
        rows = JobItem.objects.filter(job=job).order_by("pk")
        return [
            {"job_id": str(job.pk), "item_id": row.pk, "municipality_id": row.municipality_id}
            for row in rows
        ]


def kill_in_the_second(job: Job, task: str, where: str) -> None:
    code = WORKER.format(task=task, where=where, parts=parts(job))
    with stopping_worker(code) as worker:
        worker.kill()
    with across_municipalities(reason="the test lets time pass"):
        Job.objects.filter(pk=job.pk).update(created_at=job.created_at - STALE_AFTER * 2)
        JobItem.objects.exclude(leased_until=None).update(leased_until=job.created_at)


def states() -> list[str]:
    """State of each draft: Heinola's, Jämsä's, Kannus's."""
    with across_municipalities(reason="the test looks at all editions"):
        rows = Analysis.objects.order_by("municipality__name_fi")
        return list(rows.values_list("state", flat=True))


def times(state: str) -> list[int]:
    """How many times each edition came to a state, of those that did."""
    with across_municipalities(reason="the test looks at the history"):
        rows = AnalysisEvent.objects.filter(state=state).values_list("pgh_obj_id", flat=True)
        return sorted(Counter(rows).values())


def told() -> list[str]:
    with across_municipalities(reason="the test looks into the outbox"):
        return sorted(Message.objects.values_list("to_email", flat=True))


def ended(job: Job) -> tuple[str, int, list[int]]:
    """How the job ended, parts done, and how many times each part was taken up."""
    with across_municipalities(reason="the test looks at the job"):
        job.refresh_from_db()
        starts = JobItem.objects.filter(job=job).order_by("pk").values_list("starts", flat=True)
        return job.state, job.done_count, list(starts)


@pytest.mark.parametrize(
    ("where", "left"),
    [
        ("publishing.publish_analysis", ["published", "approved", "approved"]),
        (BEFORE_IT_IS_NOTED, ["published", "published", "approved"]),
    ],
)
def test_killed_publishing_publishes_and_tells_each_once(
    approved, season8, coordinator, monkeypatch, sent, where, left
):
    job = lost_job(publishing.start_publishing, season8, coordinator, monkeypatch)

    kill_in_the_second(job, "publish_analysis", where)

    leaders = ["johto@heinola.example", "johto@jamsa.example", "johto@kannus.example"]
    assert states() == left
    assert told() == leaders[: left.count("published")]

    assert revive_jobs() == 2

    assert ended(job) == (JobState.DONE, 3, [1, 2, 1])
    assert states() == ["published"] * 3
    assert times("published") == [1, 1, 1]
    send_due_messages()
    assert told() == leaders
    assert sorted(message.to[0] for message in mail.outbox) == leaders


@pytest.mark.parametrize(
    ("where", "left"),
    [
        ("publishing.approve_analysis", ["approved", "draft", "draft"]),
        (BEFORE_IT_IS_NOTED, ["approved", "approved", "draft"]),
    ],
)
def test_killed_approving_approves_each_once(
    drafts, season8, coordinator, monkeypatch, sent, where, left
):
    job = lost_job(publishing.start_approving, season8, coordinator, monkeypatch)

    kill_in_the_second(job, "approve_analysis", where)

    assert states() == left

    assert revive_jobs() == 2

    assert ended(job) == (JobState.DONE, 3, [1, 2, 1])
    assert states() == ["approved"] * 3
    assert times("approved") == [1, 1, 1]
