"""Keep PostgreSQL and Valkey of one clone alive while anybody uses them.

Every user holds a shared lock on `var/users.lock`; the kernel frees it however the user ends. The
keeper tries for the exclusive lock: when it gets it nobody is left, and it stops the servers while
a new user waits for the lock. The servers in turn are ended by the kernel if the keeper is killed.
"""

import contextlib
import fcntl
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import IO

from uso.roof.demo import postgres, valkey
from uso.roof.demo.places import Place, ServersError

LOOK_SECONDS = 0.2


class Ended(Exception):
    """SIGTERM arrived."""


def main(var: str) -> int:
    """Start the servers, write `ready` into the lock file, and stay until the last user leaves."""
    place = Place(Path(var))
    signal.signal(signal.SIGTERM, _end)
    # Left in reverse: whoever waits for the users' lock must find the keeper's lock free.
    with place.users_lock.open("a") as users, place.keeper_lock.open("w") as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)
        try:
            return _keep(place, users, alive)
        except ServersError as error:
            alive.write(f"{error}\n")
            return 1
        except Ended:
            return 0


def _end(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    raise Ended


def _keep(place: Place, users: IO[str], alive: IO[str]) -> int:
    with contextlib.ExitStack() as stack:
        queue = valkey.start(place)
        stack.callback(valkey.stop, queue)
        database = postgres.start(place)
        stack.callback(postgres.stop, database)
        postgres.make_roles(place)
        alive.write("ready\n")
        alive.flush()
        return _watch([queue, database], users)


def _watch(started: list[subprocess.Popen[bytes]], users: IO[str]) -> int:
    """Return 0 when the last user has left, 1 when a server has died."""
    while all(server.poll() is None for server in started):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(LOOK_SECONDS)
        else:
            return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
