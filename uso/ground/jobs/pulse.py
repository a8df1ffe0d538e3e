"""When the clock (beat) last had something done by a worker, for the doctor."""

from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

KEY = "jobs.pulse"


def note() -> None:
    """Write down that a task of the clock runs right now."""
    cache.set(KEY, timezone.now(), timeout=None)


def last() -> datetime | None:
    """Return when a task of the clock last ran."""
    moment: datetime | None = cache.get(KEY)
    return moment
