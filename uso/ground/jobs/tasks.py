"""Celery entry point of long work: jobs that nobody is at are taken up again."""

from celery import shared_task

from uso.ground.jobs import pulse, runner


@shared_task(name="jobs.revive", ignore_result=True)
def revive_jobs() -> None:
    """Take up jobs whose worker is gone (beat)."""
    pulse.note()
    runner.revive_jobs()
