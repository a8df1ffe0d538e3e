"""`make run`: start the whole service in this clone, watch it, and stop it cleanly.

The order is servers, database, web and workers. A part that ends by itself is started again, a few
times. Whatever ends this process ends the children: they are asked to stop when it stops, and the
kernel signals them when it is killed.
"""

import argparse
import fcntl
import http.client
import os
import signal
import sys
import time
from http import HTTPStatus
from types import FrameType
from typing import IO

from uso.roof.demo import children, ports, processes, servers
from uso.roof.demo.changes import Changes
from uso.roof.demo.children import Child
from uso.roof.demo.places import CLONE, ROOT, ServersError, prepare_folders

LOOK_SECONDS = 0.3
ANSWER_SECONDS = 180  # a loaded machine takes its time to import everything
MOST_RESTARTS = 5  # of each part; what ends at once would be started for ever
STOPPING = "stopping"  # in the lock, in place of the address
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOCK = CLONE.var / "supervisor.lock"


class Stopped(Exception):
    """A signal asked the service to stop."""


class ChildEnded(Exception):
    """A process of the service ended by itself; the message says which."""


def main(arguments: list[str]) -> int:
    """Run until stopped, and return the exit code."""
    parser = argparse.ArgumentParser(prog="make run", description="Run the demonstration.")
    parser.add_argument("--reload", action="store_true", help="restart when code changes")
    reload: bool = parser.parse_args(arguments).reload
    for number in STOP_SIGNALS:
        signal.signal(number, _stop)
    try:
        refuse_production()
        prepare_folders(CLONE)
        with LOCK.open("a+") as lock:
            return run_alone(lock, reload=reload)
    except (ServersError, ChildEnded) as error:
        say(str(error))
        return 1
    except Stopped:
        return 0


def _stop(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    raise Stopped


def refuse_production() -> None:
    """Keep made-up people out of a real database."""
    if os.environ.setdefault("USO_ENV", "demo") != "demo":
        raise ServersError(
            "`make run` is the demonstration; see docs/operations.md for production."
        )


def run_alone(lock: IO[str], *, reload: bool) -> int:
    """Run unless another supervisor of this clone does; then say where it answers."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        where = lock.read().partition(" ")[2]
        if where != STOPPING:
            say(f"Already running: {where or 'just starting'}")
            return 0
        say("The one before is stopping: waiting for its end …")
        fcntl.flock(lock, fcntl.LOCK_EX)
    follow_make()
    note(lock, "")
    try:
        return run(lock, reload=reload)
    finally:
        servers.leave()
        lock.truncate(0)


def note(lock: IO[str], url: str) -> None:
    """Write down, for another `make run` and for `make reset`, who runs and where it answers."""
    lock.truncate(0)
    lock.write(f"{os.getpid()} {url}")
    lock.flush()


def follow_make() -> None:
    """End with `make` when this was started by it, also when it is killed."""
    if "MAKELEVEL" in os.environ:
        processes.end_with(os.getppid())


def run(lock: IO[str], *, reload: bool) -> int:
    """Start everything in order, say where it answers, and watch until a signal comes."""
    began = time.monotonic()
    embedded = "DATABASE_URL" not in os.environ or "REDIS_URL" not in os.environ
    started: list[Child] = []
    if reload:
        os.environ.setdefault("USO_DEBUG", "1")
    try:
        say("Starting PostgreSQL and Valkey …" if embedded else "Using the servers you named …")
        servers.ensure()
        name_address(next(ports.choose(os.environ.get("PORT"))))  # for links in the first mails
        prepare()
        url = start_all(started, reload=reload)
        note(lock, url)
        say(f"\n  {url}    (ready in {time.monotonic() - began:.0f} s)\n")
        say_signins(url)
        watch(started, embedded=embedded, reload=reload)
    except Stopped:
        say("\nStopping …")
    finally:
        ignore_signals()
        note(lock, STOPPING)
        children.stop(started)
    return 0


def say_signins(url: str) -> None:
    """Say who may sign in, and how to stop."""
    from uso.roof.demo import signins  # noqa: PLC0415 -- slow import, the service is up by now

    say("\n".join([*signins.lines(url.rstrip("/")), "", "  Logs: var/log. Stop: Ctrl-C.", ""]))


def ignore_signals() -> None:
    """Stop in peace: a second Ctrl-C must not leave anything behind."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def prepare() -> None:
    """Bring the database and the static files up to date, in a process of its own."""
    command = [sys.executable, "-m", "uso.roof.demo.prepare"]
    process = processes.start(command, log=None, cwd=ROOT)
    try:
        if process.wait():
            raise ChildEnded("The database could not be prepared; the reason stands above.")
    finally:
        processes.kill_session(process)


def name_address(port: int) -> None:
    """Tell every process started from here where the service answers."""
    os.environ["USO_BASE_URL"] = f"http://localhost:{port}"


def start_all(started: list[Child], *, reload: bool) -> str:
    """Start web on the first port that holds, then workers and clock; return the address."""
    for port in ports.choose(os.environ.get("PORT")):
        name_address(port)
        started[:] = [children.web(port, CLONE.log, reload=reload)]
        started[0].start()
        if wait_for_answer(started[0], port):
            break
        children.stop(started)
    for child in children.background(CLONE.log, CLONE.var / "beat"):
        started.append(child)
        child.start()
    return f"{os.environ['USO_BASE_URL']}/"


def wait_for_answer(web: Child, port: int) -> bool:
    """Return True when the web server answers, False if another took its port meanwhile."""
    until = time.monotonic() + ANSWER_SECONDS
    while not answers(port):
        if web.ended and not ports.is_free(port):
            return False
        if web.ended or time.monotonic() > until:
            raise ChildEnded(f"The web server does not answer. {last_words(web)}")
        time.sleep(0.1)
    return not web.ended


def answers(port: int) -> bool:
    """Say whether /healthz answers 200."""
    connection = http.client.HTTPConnection("localhost", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def watch(started: list[Child], *, embedded: bool, reload: bool) -> None:
    """Look after the processes until a signal comes or one of them cannot be kept up."""
    changes = Changes() if reload else None
    keepers = Child("PostgreSQL and Valkey", [], None)
    while True:
        time.sleep(LOOK_SECONDS)
        if embedded and not servers.keeper_alive():
            count_restart(keepers)
            servers.join(CLONE)
        if changes is None:
            restart_ended(started)
        elif changes.any():
            restart(started)


def restart_ended(started: list[Child]) -> None:
    """Start again what has ended; a worker that ends each time stays off, and the rest goes on."""
    for child in [child for child in started if child.ended]:
        children.stop([child])  # what is left of its session
        try:
            count_restart(child)
        except ChildEnded as error:
            if child is started[0]:  # the web: nothing is left to look at
                raise
            say(f"{error}\nIt stays off; the rest goes on.")
            started.remove(child)
        else:
            child.start()


def count_restart(child: Child) -> None:
    """Say that a part is started again, or refuse where that was done too often."""
    if child.restarts == MOST_RESTARTS:
        raise ChildEnded(f"{child.name} has ended {child.restarts + 1} times. {last_words(child)}")
    child.restarts += 1
    say(f"{child.name} has ended: starting it again …")


def restart(started: list[Child]) -> None:
    """Restart the processes that do not reload themselves."""
    stale = [child for child in started if child.reloads]
    say("Code has changed: restarting the workers …")
    children.stop(stale)
    for child in stale:
        child.start()


def last_words(child: Child) -> str:
    """Return the end of a process's log, for the message."""
    return f"{child.log} ends:\n{processes.tail(child.log)}" if child.log else ""


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
