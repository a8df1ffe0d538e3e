"""Celery entry points of access: what has expired goes, what ends soon is reminded of."""

from celery import shared_task
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from municipalities.reminders import remind_of_ending_roles


@shared_task(name="access.delete_expired", ignore_result=True)
def delete_expired() -> None:
    """Delete sessions that have ended and counts whose time is over (beat, at night)."""
    call_command("clearsessions")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM uso_cache WHERE expires < %s", [timezone.now()])


@shared_task(name="access.remind_of_ending_roles", ignore_result=True)
def remind() -> None:
    """Remind those whose role ends soon (beat, in the morning)."""
    remind_of_ending_roles(at=timezone.now())
