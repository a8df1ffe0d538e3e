"""A worker of a test's own that stops in the middle, to be killed there."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from tests.database import url_of_this_database

# Ends whatever becomes of the test; `stop()` tells the test its server session and stops for good.
BEGINNING = """
import signal, time
signal.alarm(120)
import django
django.setup()
from django.db import connection

def stop():
    print(connection.connection.info.backend_pid, flush=True)
    time.sleep(120)
"""


@dataclass(frozen=True)
class Worker:
    """A process that has stopped in the middle, and its session on the database server."""

    process: subprocess.Popen
    session: int

    def ask(self, query: str) -> object:
        """Ask the database of the session (`%s`)."""
        with connection.cursor() as cursor:
            cursor.execute(query, [self.session])
            row = cursor.fetchone()
        return row and row[0]

    def kill(self) -> None:
        """End the process as `kill -9` does, and wait for its session to go."""
        self.process.send_signal(signal.SIGKILL)
        assert self.process.wait() == -signal.SIGKILL
        assert self.gone()

    def gone(self) -> bool:
        """Say whether the session has gone, waiting ten seconds for it."""
        for _ in range(200):
            if not self.ask("SELECT pid FROM pg_stat_activity WHERE pid = %s"):
                return True
            time.sleep(0.05)
        return False


@contextmanager
def stopping_worker(code: str) -> Iterator[Worker]:
    """Run code that calls `stop()` somewhere; give the worker that has stopped there.

    Process and session are gone for certain afterwards: a session left over would hold the tables.
    """
    address = {"DATABASE_URL": url_of_this_database(), "DJANGO_SETTINGS_MODULE": "uso.settings"}
    process = subprocess.Popen(
        [sys.executable, "-c", BEGINNING + code],
        env=os.environ | address, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    worker = Worker(process, int(process.stdout.readline() or 0))
    yield worker
    process.kill()
    process.wait()
    process.stdout.close()
    if not worker.gone():
        worker.ask("SELECT pg_terminate_backend(%s, 10000)")
        assert worker.gone()
