"""The Celery application, its queues and the schedule (beat)."""

import os

from celery import Celery
from celery.schedules import crontab

from uso.ground.jobs.queues import DEFAULT, route

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uso.settings")

app = Celery("uso")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    timezone="Europe/Helsinki",
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_default_queue=DEFAULT,
    task_routes=(route,),
    task_ignore_result=True,
    task_time_limit=600,
    worker_prefetch_multiplier=1,
    # An unacknowledged message comes back after this; it must exceed the longest task.
    broker_transport_options={"visibility_timeout": 900},
    broker_connection_retry_on_startup=True,
    beat_sync_every=1,  # the age of the schedule's file says that the clock is well
    beat_schedule={
        "revive-jobs": {"task": "jobs.revive", "schedule": 30.0},
        "notify-participants": {"task": "events.notify_all", "schedule": 300.0},
        "announce-events": {"task": "events.announce", "schedule": 300.0},
        # At night, when nobody waits for the sources; what has not changed costs one question a table.
        "read-statistics": {"task": "statistics.read_live", "schedule": crontab(hour=4, minute=20)},
        "delete-abandoned-files": {
            "task": "statistics.delete_abandoned_files",
            "schedule": crontab(hour=3, minute=50),
        },
        "send-due-mail": {"task": "mail.send_due", "schedule": 60.0},
    },
)
