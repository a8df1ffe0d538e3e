"""Celery entry points of the seasons."""

from celery import shared_task
from django.utils import timezone

from seasons.actions.erasing import erase_ended_interest
from seasons.actions.sending import TASK, queue_letter
from seasons.queries.letter_list import rows_to_queue
from uso.ground.jobs.runner import RunningJob, job_task
from uso.ground.tenancy.scope import scope


@shared_task(name="seasons.erase_interest", ignore_result=True)
def erase_interest() -> None:
    """Erase who expressed interest in the seasons that have ended (beat, at night)."""
    erase_ended_interest(on=timezone.localdate(), by=None)


@job_task(name=TASK)
def send_letter(job: RunningJob, *, letter_id: int) -> None:
    """Write the message of each address of a letter that has none yet; done twice it is done once."""
    rows = rows_to_queue(letter_id)
    for done, row in enumerate(rows, start=1):
        with scope(row.municipality_id):
            queue_letter(row)
        job.progress(done, len(rows))
