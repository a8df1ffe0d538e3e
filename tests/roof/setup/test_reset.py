"""`make reset`: asks, stops what runs, throws the data away."""

import fcntl
import io
import signal
import subprocess
import sys

import pytest

from uso.roof.demo import reset, servers
from uso.roof.demo.places import Place


@pytest.fixture
def place(tmp_path, monkeypatch):
    place = Place(tmp_path / "var")
    monkeypatch.setattr(reset, "CLONE", place)
    monkeypatch.setattr(reset, "LOCK", place.var / "supervisor.lock")
    monkeypatch.setattr(servers, "keeper_alive", lambda place: False)
    return place


def test_reset_of_nothing_says_so(place, capsys):
    assert reset.main([]) == 0
    assert capsys.readouterr().out == "Nothing to reset.\n"


def test_reset_without_a_person_changes_nothing(place, capsys, monkeypatch):
    place.var.mkdir()
    monkeypatch.setattr(sys, "stdin", io.StringIO())

    assert reset.main([]) == 1
    assert place.var.exists()
    assert "ARGS=--yes" in capsys.readouterr().out


@pytest.mark.parametrize(("answer", "left"), [("y", False), ("Yes ", False), ("", True)])
def test_reset_does_what_the_person_answers(place, monkeypatch, answer, left):
    place.var.mkdir()
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stdin", terminal)
    monkeypatch.setattr("builtins.input", lambda question: answer)

    reset.main([])

    assert place.var.exists() is left


@pytest.mark.slow
def test_reset_stops_the_running_service(place, monkeypatch):
    place.var.mkdir()
    service = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    with reset.LOCK.open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write(f"{service.pid} http://localhost:8000/")
        lock.flush()

        code = reset.main(["--yes"])

    assert code == 0
    assert service.wait() == -signal.SIGTERM
    assert not place.var.exists()


def test_reset_refuses_while_others_use_the_servers(place, monkeypatch, capsys):
    place.var.mkdir()
    monkeypatch.setattr(servers, "keeper_alive", lambda place: True)
    monkeypatch.setattr(reset, "STOP_SECONDS", 0)

    assert reset.main(["--yes"]) == 1
    assert place.var.exists()
    assert "stop them first" in capsys.readouterr().out
