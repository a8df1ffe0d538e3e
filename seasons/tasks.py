"""Celery entry points of the seasons."""

from celery import shared_task
from django.utils import timezone

from seasons.actions.erasing import erase_ended_interest


@shared_task(name="seasons.erase_interest", ignore_result=True)
def erase_interest() -> None:
    """Erase who expressed interest in the seasons that have ended (beat, at night)."""
    erase_ended_interest(on=timezone.localdate(), by=None)
