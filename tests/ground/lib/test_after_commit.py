"""A queue's server that is away or hangs neither fails a request nor holds it up again and again."""

import os
import signal
import subprocess
import sys

import pytest
from celery import current_app
from celery.exceptions import OperationalError

from uso.ground.lib import after_commit
from uso.ground.lib.after_commit import send_after_commit, send_or_run_after_commit
from uso.roof.demo import valkey
from uso.roof.demo.places import Place, prepare_folders

SENDING = """
import signal
signal.alarm(120)  # without time-outs it would hang for ever
import django
django.setup()
from uso.ground.lib.after_commit import send_after_commit
for number in range(40):
    send_after_commit("mail.send", message_id=number, municipality_id=None)
print("went on")
"""


@pytest.fixture
def attempts(monkeypatch) -> list[int]:
    """What is tried to send while the queue's server is away."""
    tried = []

    def refuse(*, kwargs, task_id):
        tried.append(kwargs["message_id"])
        raise OperationalError("away")

    monkeypatch.setattr(current_app.tasks["mail.send"], "apply_async", refuse)
    monkeypatch.setattr(after_commit._Broker, "away_until", 0.0)
    return tried


@pytest.mark.django_db(transaction=True)
def test_server_that_is_away_is_asked_once_and_then_left_alone_for_a_while(attempts, monkeypatch):
    seconds = iter([100, 100, 101, 109, 111, 111])
    monkeypatch.setattr(after_commit, "monotonic", lambda: next(seconds))

    for number in range(4):
        send_after_commit("mail.send", message_id=number, municipality_id=None)

    assert attempts == [0, 3]


@pytest.mark.django_db(transaction=True)
def test_work_that_no_round_finds_is_done_at_once_while_the_server_is_away(attempts, monkeypatch):
    done = []
    monkeypatch.setattr(current_app.tasks["mail.send"], "run", lambda **given: done.append(given))

    send_or_run_after_commit("mail.send", message_id=1, municipality_id=None)

    assert (attempts, done) == ([1], [{"message_id": 1, "municipality_id": None}])


@pytest.mark.slow
@pytest.mark.parametrize("state", [signal.SIGSTOP, signal.SIGKILL], ids=["hangs", "is gone"])
def test_request_goes_on_while_the_server(tmp_path, state):
    place = Place(tmp_path / "var")
    prepare_folders(place)
    server = valkey.start(place)
    try:
        server.send_signal(state)
        done = subprocess.run(
            [sys.executable, "-c", SENDING],
            env={**os.environ, "REDIS_URL": place.redis_url},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        server.kill()
        server.wait()

    assert (done.stdout, done.returncode) == ("went on\n", 0)
    assert done.stderr.count("queue away, nothing sent") == 1
