"""The processes of the service, as the supervisor starts, watches and stops them."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from uso.roof.demo import ports, processes
from uso.roof.demo.places import ROOT

BIN = Path(sys.executable).parent
STOP_SECONDS = 10


@dataclass
class Child:
    """One process of the service."""

    name: str
    command: list[str]
    log: Path | None
    reloads: bool = False
    restarts: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        self.process = processes.start(self.command, log=self.log, cwd=ROOT)

    @property
    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def ask_to_stop(self) -> None:
        if self.process is not None and not self.ended:
            self.process.send_signal(signal.SIGTERM)

    def end(self, until: float) -> None:
        """Wait for the end until a moment, then end whatever is left of its session."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0, until - time.monotonic()))
        processes.kill_session(self.process)
        self.process = None


def stop(children: Iterable[Child]) -> None:
    """Ask all to stop at once, and wait for them together."""
    children = list(children)
    for child in children:
        child.ask_to_stop()
    until = time.monotonic() + STOP_SECONDS
    for child in children:
        child.end(until)


def web(port: int, logs: Path, *, reload: bool) -> Child:
    """Return the web server: gunicorn, or Django's own where code is being changed."""
    if reload:
        command = [sys.executable, "manage.py", "runserver", f"localhost:{port}"]
    else:
        command = [str(BIN / "gunicorn"), "uso.wsgi", *ports.bind_options(port), "--workers", "2",
            "--threads", "4", "--preload", "--graceful-timeout", "5", "--no-control-socket"]  # fmt: skip
    return Child("web", command, None if reload else logs / "web.log")


def background(logs: Path, schedule: Path) -> list[Child]:
    """Return the workers of both queues and the clock that sends what is due."""
    celery = [str(BIN / "celery"), "-A", "uso"]
    worker = [*celery, "worker", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    cores = str(min(4, os.cpu_count() or 1))
    return [
        Child("worker", [*worker, "-n", "default@%h", "-Q", "default", "-c", cores],
            logs / "worker.log", reloads=True),
        Child("pdf worker", [*worker, "-n", "pdf@%h", "-Q", "pdf", "-c", "1",
            "--max-tasks-per-child", "50"], logs / "worker-pdf.log", reloads=True),
        Child("beat", [*celery, "beat", "--loglevel", "INFO", "--schedule", str(schedule),
            "--pidfile", ""], logs / "beat.log", reloads=True),
    ]  # fmt: skip
