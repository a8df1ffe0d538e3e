"""A second clone beside this one: `make run` from nothing to the three sign-ins, and back to nothing."""

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.roof.setup.conftest import LEFT_OUT, processes, wait_until
from uso.roof.demo.places import ROOT

RUN = [sys.executable, "-m", "uso.roof.demo.supervisor"]


@pytest.fixture
def clone(tmp_path) -> Path:
    """A fresh clone under a path too long for sockets; pyproject.toml maps its coverage to ours."""
    clone = tmp_path / ("long-path-" * 8) / "uso-clone"
    shutil.copytree(ROOT, clone, ignore=LEFT_OUT, symlinks=True)
    return clone


@pytest.fixture
def environment(monkeypatch) -> dict[str, str]:
    """The environment of a person: nothing says where the servers are."""
    named = {"USO_ENV", "DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "PORT", "MAKELEVEL"}
    return {name: value for name, value in os.environ.items() if name not in named}


@pytest.mark.slow
@pytest.mark.long
def test_run_from_nothing_to_sign_ins_and_back(clone, environment):
    first = subprocess.Popen(
        RUN, cwd=clone, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    said = read_until(first, "Stop: Ctrl-C")
    port = int(re.search(r"http://localhost:(\d+)/ ", said)[1])

    second = subprocess.run(
        RUN, cwd=clone, env=environment, capture_output=True, text=True, check=False
    )
    people = [line.split()[0] for line in said.splitlines() if "@" in line]
    sign_in = get(port, "/accounts/login/")
    worker_log = clone / "var/log/worker.log"
    wait_until(lambda: "ready" in worker_log.read_text(), seconds=180)
    first.send_signal(signal.SIGINT)
    last_words, _ = first.communicate(timeout=120)

    assert people == [
        "koordinaattori@uso.example",
        "yhdyshenkilo@kannus.example",
        "johtaja@kannus.example",
    ]
    assert sign_in == 200
    assert second.stdout == f"Already running: http://localhost:{port}/\n"
    assert (first.returncode, last_words.strip()) == (0, "Stopping …")
    wait_until(lambda: not left_running(clone), seconds=60)  # the keeper ends after its clients


def left_running(clone: Path) -> list[list[str]]:
    return [words for _, words in processes() if str(clone) in " ".join(words)]


def read_until(process: subprocess.Popen, words: str) -> str:
    said = ""
    for line in process.stdout:
        said += line
        if words in line:
            return said
    raise AssertionError(f"ended without '{words}':\n{said}")


def get(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("localhost", port, timeout=20)
    connection.request("GET", path)
    try:
        return connection.getresponse().status
    finally:
        connection.close()
