"""`make run`: one service a clone, started in order, watched, and stopped without a trace."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.roof.setup.conftest import wait_until
from uso.roof.demo import children, ports, servers, supervisor
from uso.roof.demo.changes import Changes
from uso.roof.demo.children import Child
from uso.roof.demo.places import CLONE, ServersError

SLEEP = [sys.executable, "-c", "import time; print('awake', flush=True); time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "print('awake', flush=True); time.sleep(60)",
]
pytestmark = pytest.mark.slow


@pytest.fixture
def child(tmp_path):
    """A process of the service, as long as it lives."""
    child = Child("web", SLEEP, tmp_path / "web.log")
    child.start()
    wait_until(child.log.read_text)
    yield child
    children.stop([child])


@pytest.fixture
def taken_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


# -- One service a clone ---------------------------------------------------------------------------


def test_second_run_says_where_the_first_answers(tmp_path, capsys):
    with (tmp_path / "lock").open("a+") as first, (tmp_path / "lock").open("a+") as second:
        fcntl.flock(first, fcntl.LOCK_EX)
        supervisor.note(first, "http://localhost:8000/")

        code = supervisor.run_alone(second, reload=False)

    assert code == 0
    assert capsys.readouterr().out == "Already running: http://localhost:8000/\n"


def test_run_during_a_stop_waits_and_starts(tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr(supervisor, "run", lambda lock, reload: said.append("started") or 0)
    monkeypatch.setattr(servers, "leave", lambda: None)
    monkeypatch.delenv("MAKELEVEL", raising=False)
    with (tmp_path / "lock").open("a+") as first, (tmp_path / "lock").open("a+") as second:
        fcntl.flock(first, fcntl.LOCK_EX)
        supervisor.note(first, supervisor.STOPPING)

        def let_go(line: str) -> None:
            said.append(line)
            fcntl.flock(first, fcntl.LOCK_UN)

        monkeypatch.setattr(supervisor, "say", let_go)
        code = supervisor.run_alone(second, reload=False)

    assert (code, said) == (0, ["The one before is stopping: waiting for its end …", "started"])


def test_run_that_stops_says_so_in_its_lock(tmp_path, monkeypatch):
    def stop() -> None:
        raise supervisor.Stopped

    notes = []
    for name in ("ensure", "leave"):
        monkeypatch.setattr(servers, name, lambda: None)
    monkeypatch.setattr(supervisor, "prepare", stop)
    monkeypatch.setattr(supervisor, "ignore_signals", lambda: None)
    monkeypatch.setattr(children, "stop", lambda started: notes.append(path.read_text()))
    path = tmp_path / "lock"
    with path.open("a+") as lock:
        supervisor.run(lock, reload=False)

    assert notes == [f"{os.getpid()} {supervisor.STOPPING}"]


def test_demonstration_is_loaded_where_links_of_its_mails_lead(tmp_path, monkeypatch):
    def prepare() -> None:
        addresses.append(os.environ["USO_BASE_URL"])
        raise supervisor.Stopped

    addresses = []
    monkeypatch.setenv("PORT", str(free_port()))
    monkeypatch.setenv("USO_BASE_URL", "")
    for name in ("ensure", "leave"):
        monkeypatch.setattr(servers, name, lambda: None)
    monkeypatch.setattr(supervisor, "prepare", prepare)
    monkeypatch.setattr(supervisor, "ignore_signals", lambda: None)
    with (tmp_path / "lock").open("a+") as lock:
        supervisor.run(lock, reload=False)

    assert addresses == [f"http://localhost:{os.environ['PORT']}"]


def test_run_refuses_production(monkeypatch, capsys):
    monkeypatch.setenv("USO_ENV", "production")
    monkeypatch.setattr(signal, "signal", lambda *_: None)

    assert supervisor.main([]) == 1
    assert "docs/operations.md" in capsys.readouterr().out


# -- Ports -----------------------------------------------------------------------------------------


def test_ports_skip_the_taken_one(taken_port, monkeypatch):
    monkeypatch.setattr(ports, "FIRST", taken_port)
    monkeypatch.setattr(ports, "LAST", taken_port + 20)

    assert next(ports.choose(None)) > taken_port


def test_ports_say_when_none_is_free(taken_port, monkeypatch):
    monkeypatch.setattr(ports, "FIRST", taken_port)
    monkeypatch.setattr(ports, "LAST", taken_port)

    with pytest.raises(ServersError, match="is free: choose one by PORT"):
        list(ports.choose(None))


def test_port_asked_for_is_the_only_one_tried(taken_port):
    free = next(ports.choose(None))

    assert list(ports.choose(str(free))) == [free]
    with pytest.raises(ServersError, match=f"Port {taken_port} is taken"):
        list(ports.choose(str(taken_port)))


@pytest.mark.parametrize("wanted", ["0", "65536", "http", "-1"])
def test_port_that_is_none_is_refused(wanted):
    with pytest.raises(ServersError, match="must be a number from 1 to 65535"):
        list(ports.choose(wanted))


def test_web_listens_on_every_address_localhost_may_mean(monkeypatch):
    both = [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
    monkeypatch.setattr(ports, "loopback", lambda: both)

    assert ports.bind_options(8000) == ["--bind", "127.0.0.1:8000", "--bind", "[::1]:8000"]


# -- Children --------------------------------------------------------------------------------------


def test_stop_waits_for_those_who_obey_and_ends_the_others(tmp_path, monkeypatch):
    monkeypatch.setattr(children, "STOP_SECONDS", 0.5)
    obeying = Child("a", SLEEP, tmp_path / "a.log")
    stubborn = Child("b", STUBBORN, tmp_path / "b.log")
    never_started = Child("c", SLEEP, tmp_path / "c.log")
    for one in (obeying, stubborn):
        one.start()
        wait_until(one.log.read_text)
    pids = [one.process.pid for one in (obeying, stubborn)]

    children.stop([obeying, stubborn, never_started])

    assert [Path(f"/proc/{pid}").exists() for pid in pids] == [False, False]


def test_child_dies_with_its_parent(tmp_path):
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time; from pathlib import Path; from uso.roof.demo.children import Child\n"
            f"child = Child('web', {SLEEP!r}, Path({str(tmp_path / 'log')!r})); child.start()\n"
            "print(child.process.pid, flush=True); time.sleep(60)",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    pid = int(parent.stdout.readline())
    assert Path(f"/proc/{pid}").exists()

    parent.kill()
    parent.communicate()

    wait_until(lambda: not Path(f"/proc/{pid}").exists())


def test_process_started_by_make_ends_with_it(tmp_path):
    script = (
        "import os, time; from uso.roof.demo import supervisor; supervisor.follow_make();"
        "print(os.getpid(), flush=True); time.sleep(60)"
    )
    environment = os.environ | {"MAKELEVEL": "1"}
    make = subprocess.Popen(
        ["sh", "-c", f'{sys.executable} -c "{script}"; true'],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    pid = int(make.stdout.readline())

    make.kill()

    wait_until(lambda: not Path(f"/proc/{pid}").exists())
    make.communicate()
    assert make.returncode == -signal.SIGKILL


# -- Watching --------------------------------------------------------------------------------------


def test_part_that_was_killed_is_started_again_and_the_rest_goes_on(child, tmp_path, capsys):
    worker = Child("worker", SLEEP, tmp_path / "worker.log")
    worker.start()
    before = [child.process.pid, worker.process.pid]
    worker.process.kill()
    worker.process.wait()

    supervisor.restart_ended([child, worker])

    assert child.process.pid == before[0]
    assert (worker.process.pid != before[1], worker.ended) == (True, False)
    assert capsys.readouterr().out == "worker has ended: starting it again …\n"
    children.stop([worker])


def test_worker_that_ends_each_time_stays_off_and_the_web_serves(child, tmp_path, capsys):
    worker = Child("worker", [sys.executable, "-c", "print('no module')"], tmp_path / "worker.log")
    started = [child, worker]
    worker.start()
    for _ in range(supervisor.MOST_RESTARTS + 1):
        worker.process.wait()
        supervisor.restart_ended(started)

    assert (started, child.ended) == ([child], False)
    assert capsys.readouterr().out.endswith(
        "ends:\n" + "no module\n" * 6 + "It stays off; the rest goes on.\n"
    )


def test_web_that_ends_each_time_ends_all(child):
    child.restarts = supervisor.MOST_RESTARTS
    child.process.kill()
    child.process.wait()

    with pytest.raises(supervisor.ChildEnded, match="web has ended 6 times") as raised:
        supervisor.watch([child], embedded=False, reload=False)

    assert str(raised.value).endswith("ends:\nawake")


def test_servers_that_ended_are_started_again_with_a_limit(child, monkeypatch):
    monkeypatch.setattr(supervisor, "LOOK_SECONDS", 0)
    joined = []
    monkeypatch.setattr(servers, "keeper_alive", lambda: False)
    monkeypatch.setattr(servers, "join", joined.append)

    with pytest.raises(supervisor.ChildEnded, match="PostgreSQL and Valkey has ended 6 times"):
        supervisor.watch([child], embedded=True, reload=False)

    assert joined == [CLONE] * supervisor.MOST_RESTARTS


def test_watch_restarts_workers_when_code_changes(child, monkeypatch, capsys):
    child.reloads = True
    before = child.process.pid
    answers = iter([True])  # and then StopIteration, as good a signal as any
    monkeypatch.setattr(Changes, "any", lambda self: next(answers))

    with pytest.raises(StopIteration):
        supervisor.watch([child], embedded=False, reload=True)

    assert child.process.pid != before
    assert "restarting the workers" in capsys.readouterr().out


def test_changes_sees_edits_new_and_gone_modules_alone(tmp_path):
    module, page = tmp_path / "app" / "a.py", tmp_path / "app" / "a.html"
    module.parent.mkdir()
    module.write_text("1")
    page.write_text("1")
    changes = Changes(tmp_path)

    page.write_text("2")
    assert not changes.any()
    os.utime(module, (1, 1))
    assert changes.any()
    (tmp_path / "b.py").write_text("")
    assert changes.any()
    module.unlink()
    assert changes.any()
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "c.py").write_text("")
    assert not changes.any()


# -- Waiting for the web ---------------------------------------------------------------------------


def test_web_that_ends_is_reported_with_its_last_words(tmp_path):
    web = Child("web", [sys.executable, "-c", "print('no module')"], tmp_path / "web.log")
    web.start()
    web.process.wait()

    with pytest.raises(supervisor.ChildEnded, match=r"does not answer.*\n?.*no module"):
        supervisor.wait_for_answer(web, free_port())


def test_web_whose_port_was_taken_meanwhile_is_tried_elsewhere(tmp_path, taken_port, monkeypatch):
    monkeypatch.setattr(supervisor, "answers", lambda port: False)
    web = Child("web", [sys.executable, "-c", ""], tmp_path / "web.log")
    web.start()
    web.process.wait()

    assert supervisor.wait_for_answer(web, taken_port) is False


def test_web_that_never_answers_is_given_up(child, monkeypatch):
    monkeypatch.setattr(supervisor, "ANSWER_SECONDS", 0)

    with pytest.raises(supervisor.ChildEnded, match="The web server does not answer"):
        supervisor.wait_for_answer(child, free_port())


def test_start_goes_on_to_the_next_port(tmp_path, monkeypatch):
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.setenv("USO_BASE_URL", "")
    tried = []
    monkeypatch.setattr(ports, "choose", lambda wanted: iter([8001, 8002]))
    monkeypatch.setattr(
        children, "web", lambda port, logs, reload: Child("web", SLEEP, tmp_path / "web.log")
    )
    monkeypatch.setattr(
        children, "background", lambda logs, schedule: [Child("beat", SLEEP, tmp_path / "b.log")]
    )
    monkeypatch.setattr(
        supervisor, "wait_for_answer", lambda web, port: tried.append(port) or port == 8002
    )
    started = []

    url = supervisor.start_all(started, reload=False)

    assert (url, tried) == ("http://localhost:8002/", [8001, 8002])
    assert [(one.name, one.ended) for one in started] == [("web", False), ("beat", False)]
    children.stop(started)


def test_preparing_that_fails_says_so(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")

    with pytest.raises(supervisor.ChildEnded, match="could not be prepared"):
        supervisor.prepare()


def test_web_command_reloads_only_where_asked():
    served = children.web(8000, Path("log"), reload=False)
    developed = children.web(8000, Path("log"), reload=True)

    assert Path(served.command[0]).name == "gunicorn"
    assert developed.command[1:] == ["manage.py", "runserver", "localhost:8000"]
    assert (served.log, developed.log) == (Path("log/web.log"), None)


def test_pdf_worker_renews_its_processes():
    _, pdf, _ = children.background(Path("log"), Path("beat"))

    assert pdf.command[-6:] == ["-Q", "pdf", "-c", "1", "--max-tasks-per-child", "50"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
