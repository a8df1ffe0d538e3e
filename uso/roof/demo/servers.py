"""Join the clone's embedded PostgreSQL and Valkey, starting them if nobody has yet."""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path

from uso.roof.demo.places import CLONE, ROOT, Place, ServersError, prepare_folders

JOIN_SECONDS = 60
READY = "ready"
# Open as long as this process lives: the kernel gives the lock back however it ends. Plain numbers,
# for a file object would complain when the interpreter ends.
_held: dict[Path, int] = {}


def ensure(environment: MutableMapping[str, str] = os.environ, place: Place = CLONE) -> None:
    """Name the servers in the environment; start or join the embedded ones if any is missing."""
    if "DATABASE_URL" in environment and "REDIS_URL" in environment:
        return
    join(place)
    environment.setdefault("USO_ENV", "demo")
    environment.setdefault("REDIS_URL", place.redis_url)
    if "DATABASE_URL" not in environment:
        environment["DATABASE_URL"] = place.database_url("uso_app")
        environment["DATABASE_OWNER_URL"] = place.database_url("uso_owner")


def join(place: Place) -> None:
    """Become a user of the servers until this process ends or leaves."""
    prepare_folders(place)
    if place.var not in _held:
        _held[place.var] = _hold(place)
    with _locked(place.start_lock):
        if not (keeper_alive(place) and _word(place, lambda: keeper_alive(place)) == READY):
            _start_keeper(place)


def leave(place: Place = CLONE) -> None:
    """Stop being a user, and wait until the servers have ended unless others use them."""
    held = _held.pop(place.var, None)
    if held is None:
        return
    os.close(held)
    until = time.monotonic() + JOIN_SECONDS
    while keeper_alive(place) and not used(place) and time.monotonic() < until:
        time.sleep(0.05)


def keeper_alive(place: Place = CLONE) -> bool:
    """Say whether a keeper holds its lock."""
    return not can_lock(place.keeper_lock, fcntl.LOCK_SH)


def used(place: Place = CLONE) -> bool:
    """Say whether any process, this one included, uses the servers."""
    return can_lock(place.users_lock, fcntl.LOCK_SH) and not can_lock(
        place.users_lock, fcntl.LOCK_EX
    )


def can_lock(path: Path, mode: int = fcntl.LOCK_EX) -> bool:
    """Say whether a lock on a file is to be had right now."""
    if not path.exists():
        return True
    with path.open("a") as file:
        try:
            fcntl.flock(file, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _hold(place: Place) -> int:
    """Take the users' lock; a keeper that is just stopping the servers lets go of it soon."""
    number = os.open(place.users_lock, os.O_RDWR | os.O_CREAT, 0o600)
    until = time.monotonic() + JOIN_SECONDS
    while True:
        try:
            fcntl.flock(number, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                os.close(number)
                raise ServersError(f"The servers under {place.var} do not stop.") from None
            time.sleep(0.05)
        else:
            return number


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _start_keeper(place: Place) -> None:
    """Start the keeper in a session of its own and wait for its word."""
    place.keeper_lock.write_text("")
    with (place.log / "keeper.log").open("ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "uso.roof.demo.keeper", str(place.var)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=ROOT,
            start_new_session=True,
        )
    word = _word(place, lambda: keeper.poll() is None)
    if word != READY:
        keeper.wait()
        raise ServersError(word or f"The servers did not start: see {place.log}/keeper.log.")
    keeper.returncode = 0  # it outlives this process on purpose: nobody waits for it


def _word(place: Place, alive: Callable[[], bool]) -> str:
    """Return what the keeper has written, waiting for it as long as the keeper lives."""
    while alive() and not place.keeper_lock.read_text().endswith("\n"):
        time.sleep(0.02)
    return place.keeper_lock.read_text().strip()
