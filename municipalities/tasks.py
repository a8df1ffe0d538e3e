"""Celery entry point of access: what has expired goes."""

from celery import shared_task
from django.core.management import call_command
from django.db import connection
from django.utils import timezone


@shared_task(name="access.delete_expired", ignore_result=True)
def delete_expired() -> None:
    """Delete sessions that have ended and counts whose time is over (beat, at night)."""
    call_command("clearsessions")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM uso_cache WHERE expires < %s", [timezone.now()])
