"""The doctor's look at the queue: broker, workers of each queue, clock."""

from collections.abc import Iterator
from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.utils import timezone
from redis import Redis

from uso.ground.jobs import pulse
from uso.ground.lib.queues import DEFAULT, PDF
from uso.roof.doctor.finding import Finding

ANSWER_SECONDS = 3
# The clock sends something every half minute; this leaves room for a worker that is busy.
LATEST_PULSE = timedelta(minutes=5)


def broker() -> Iterator[Finding]:
    """Say which Valkey or Redis answers, and whether the queue would survive its restart."""
    with Redis.from_url(settings.REDIS_URL, socket_timeout=ANSWER_SECONDS) as client:
        server, disk = client.info("server"), client.info("persistence")
    name = server.get("server_name", "redis")
    found = f"{name} {server.get(f'{name}_version') or server['redis_version']}"
    if disk.get("aof_enabled"):
        yield Finding("queue", f"{found}, kept on disk")
    else:
        yield Finding("queue", f"{found} forgets all when it stops.", "Set: appendonly yes")


def workers() -> Iterator[Finding]:
    """Say how many workers take from each queue."""
    answers = current_app.control.inspect(timeout=ANSWER_SECONDS).active_queues() or {}
    for queue in (DEFAULT, PDF):
        names = sorted(n for n, taken in answers.items() if queue in {q["name"] for q in taken})
        start = f"Start: celery -A uso worker -Q {queue} (or `make run`)."
        found = ", ".join(names) or "nobody takes from it."
        yield Finding(f"workers of {queue}", found, "" if names else start)


def clock() -> Iterator[Finding]:
    """Say when a task of the clock last ran."""
    last = pulse.last()
    remedy = "Start: celery -A uso beat (or `make run`), and a worker of default."
    if last is None:
        yield Finding("clock", "has not had anything done yet.", remedy)
        return
    age = timezone.now() - last
    found = f"last had something done {age.total_seconds():.0f} s ago"
    yield Finding("clock", found, "" if age < LATEST_PULSE else f"— too long. {remedy}")
