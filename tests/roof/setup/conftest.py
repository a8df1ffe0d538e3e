"""Embedded servers beside those of this clone, and processes that use them."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from uso.roof.demo import servers
from uso.roof.demo.places import ROOT, Place

# Of a clone's files, what a copy to run has no use for.
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "var", "tests", "docs", ".*_cache", "__pycache__"
)
USER = """
import sys
from pathlib import Path
from uso.roof.demo import servers
from uso.roof.demo.places import Place
servers.join(Place(Path(sys.argv[1])))
print("in", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Iterator[Place]:
    """A place of its own, whose data is made once for the tests of a module."""
    place = Place(tmp_path_factory.mktemp("clone") / "var")
    yield place
    servers.leave(place)
    wait_until(lambda: not servers.keeper_alive(place))


@pytest.fixture
def user(place) -> Iterator[Callable[[], subprocess.Popen]]:
    """Start processes that use the servers until their standard input closes."""
    started = []

    def start() -> subprocess.Popen:
        command = [sys.executable, "-c", USER, str(place.var)]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=ROOT, text=True)
        started.append(process)
        assert process.stdout.readline() == "in\n"
        return process

    yield start
    for process in started:
        process.communicate()
    wait_until(lambda: not servers.keeper_alive(place))


def connect(place: Place, role: str = "uso_owner") -> psycopg.Connection:
    return psycopg.connect(
        host=str(place.sockets), port=5432, user=role, dbname="uso", autocommit=True
    )


def wait_until(holds: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "did not come about in time"
        time.sleep(0.05)


def keeper_of(place: Place) -> int:
    return next(
        pid for pid, words in processes() if words[-2:] == ["uso.roof.demo.keeper", str(place.var)]
    )


def running(place: Place) -> list[list[str]]:
    """What runs on a place: keeper, PostgreSQL, Valkey."""
    return [words for _, words in processes() if any(str(place.var) in word for word in words)]


def processes() -> Iterator[tuple[int, list[str]]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and int(folder.name) != os.getpid():
            try:
                yield int(folder.name), (folder / "cmdline").read_text().rstrip("\0").split("\0")
            except OSError:
                continue


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
