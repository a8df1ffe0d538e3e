"""Who is at a job: a lease on its row, renewed for as long as the worker lives.

A killed worker's lease ends by itself and somebody else may take the job up. No session of the
database is held for it, so a pooler between (pgbouncer in transaction mode) changes nothing.
"""

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from uso.ground.jobs.models import UNFINISHED, Job, JobItem
from uso.ground.tenancy.crossing import across_municipalities

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
RENEWED_EVERY_SECONDS = 15


def lease(rows: QuerySet[Any], **fields: Any) -> bool:
    """Take a job or a part of one, unless it has ended or another worker is at it."""
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    taken = rows.filter(free, state__in=UNFINISHED).update(
        leased_until=now + LEASE, leased_by=uuid.uuid4(), starts=F("starts") + 1, **fields
    )
    return bool(taken)


def leased_row(work: Job | JobItem) -> QuerySet[Any]:
    """Return the row of a work as long as nobody else has taken it up since.

    Whose lease it is says the token of its start: counted starts begin anew with each attempt.
    """
    found: QuerySet[Any] = row_of(work).filter(leased_by=work.leased_by, state__in=UNFINISHED)
    return found


def row_of(work: Job | JobItem) -> QuerySet[Any]:
    """Return the row of a work, as it stands now."""
    rows: Any = type(work)._default_manager
    found: QuerySet[Any] = rows.filter(pk=work.pk)
    return found


@contextmanager
def renewing(work: Job | JobItem) -> Iterator[None]:
    """Renew the lease of a work until the block ends, in a thread with its own connection."""
    done = Event()
    thread = Thread(target=_renew, args=(work, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _renew(work: Job | JobItem, done: Event) -> None:
    while not done.wait(RENEWED_EVERY_SECONDS):
        try:
            with across_municipalities(reason="whose job it is does not matter to its lease"):
                leased_row(work).update(leased_until=timezone.now() + LEASE)
        except DatabaseError:  # the next time will do
            logger.warning("lease not renewed", exc_info=True)
        finally:
            connection.close()
