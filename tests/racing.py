"""Steps that start together, each in a thread with a connection of its own."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future

import pytest
from django.db import DatabaseError, connection

from uso.ground.lib.errors import RuleViolation


def at_once(*steps: Callable[[], object]) -> list[object]:
    """Run the steps together; return what each gave, or the error it was refused with, in their order."""
    start = threading.Barrier(len(steps))
    results: dict[int, object] = {}

    def run(place: int, step: Callable[[], object]) -> None:
        start.wait()
        try:
            results[place] = step()
        except (RuleViolation, DatabaseError) as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [results[place] for place in sorted(results)]


def ends_of(*steps: Callable[[], object]) -> list[str]:
    """Run the steps together; return how they ended, sorted: "done" or the error's name."""
    results = at_once(*steps)
    return sorted("done" if result is None else type(result).__name__ for result in results)


WAITING = """
    SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE NOT granted AND datname = current_database()
"""


def until_it_waits(job: Future) -> None:
    """Wait until the job, in a thread of its own, waits for a lock; it may not end before."""
    until = time.monotonic() + 30
    with connection.cursor() as cursor:
        while time.monotonic() < until and not job.done():
            # Within a transaction the list of sessions stays as it was read first.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    pytest.fail("it did not wait for a lock")
