"""Tasks of the tests' own, and how they are looked at."""

from django.utils.translation import get_language

from uso.ground.jobs.models import Job
from uso.ground.jobs.runner import job_item_task, job_task, start_job
from uso.ground.lib.errors import RuleViolation
from uso.ground.tenancy.crossing import across_municipalities

calls: list[object] = []
failing: set[str] = set()


@job_task(name="test.count")
def count_to(job, *, top):
    for number in range(1, top + 1):
        job.progress(number, top, "Counting")
    calls.append(top)
    job.result("/counted/")


@job_task(name="test.fail")
def fail(job, *, plainly):
    if plainly:
        raise RuleViolation("The source did not answer. Try again later.")
    raise RuntimeError("secret detail")


@job_task(name="test.speak")
def speak(job):
    calls.append((get_language(), job.by))


@job_item_task(name="test.part")
def do_part(job, *, name):
    if name in failing:
        raise RuleViolation("This part has no figures.")
    calls.append(name)


def network_row(job):
    with across_municipalities(reason="the test looks at the job"):
        return Job.objects.get(pk=job.pk)


def parts_job(coordinator, kannus, jamsa):
    return start_job(
        task=do_part.name,
        kind="parts",
        title="Parts",
        by=coordinator,
        items=[("a", kannus.pk, {"name": "a"}), ("b", jamsa.pk, {"name": "b"})],
    )
