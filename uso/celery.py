"""The Celery application, its queues and the schedule (beat)."""

import os

from celery import Celery
from celery.schedules import crontab

from uso.ground.lib.queues import DEFAULT, route

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uso.settings")

# A round that waited longer is done by the next one: without a worker they would pile up.
ROUND = {"expires": 600}

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
    # A server that is away or hangs is given up at once: beat sends what was not sent.
    broker_transport_options={
        "visibility_timeout": 900,
        "socket_timeout": 2,
        "socket_connect_timeout": 2,
        "max_retries": 0,
    },
    task_publish_retry=False,
    broker_connection_retry_on_startup=True,
    beat_sync_every=1,  # the age of the schedule's file says that the clock is well
    beat_schedule={
        "revive-jobs": {"task": "jobs.revive", "schedule": 30.0, "options": ROUND},
        "notify-participants": {
            "task": "events.notify_all",
            "schedule": 300.0,
            "options": ROUND,
        },
        "announce-events": {"task": "events.announce", "schedule": 300.0},
        # At night, when nobody waits for the sources; what has not changed costs one question a table.
        "read-statistics": {"task": "statistics.read_live", "schedule": crontab(hour=4, minute=20)},
        "delete-expired": {"task": "access.delete_expired", "schedule": crontab(hour=3, minute=40)},
        "delete-abandoned-files": {
            "task": "statistics.delete_abandoned_files",
            "schedule": crontab(hour=3, minute=50),
        },
        "remind-of-ending-roles": {
            "task": "access.remind_of_ending_roles",
            "schedule": crontab(hour=8, minute=10),
        },
        "erase-interest": {
            "task": "seasons.erase_interest",
            "schedule": crontab(hour=3, minute=45),
        },
        "send-due-mail": {"task": "mail.send_due", "schedule": 60.0, "options": ROUND},
    },
)
