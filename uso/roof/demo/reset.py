"""`make reset`: stop the service of this clone and throw its data away."""

import argparse
import os
import shutil
import signal
import sys
import time

from uso.roof.demo import servers
from uso.roof.demo.places import CLONE, ServersError
from uso.roof.demo.supervisor import LOCK

STOP_SECONDS = 30


def main(arguments: list[str]) -> int:
    """Ask, stop what runs, remove `var/`; return the exit code."""
    parser = argparse.ArgumentParser(prog="make reset", description="Throw the data away.")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    if not CLONE.var.exists():
        print("Nothing to reset.")
        return 0
    if not (parser.parse_args(arguments).yes or agreed()):
        print("Nothing was changed. Without a question: make reset ARGS=--yes")
        return 1
    try:
        stop_service()
    except ServersError as error:
        print(error)
        return 1
    for folder in (CLONE.sockets, CLONE.var):
        shutil.rmtree(folder, ignore_errors=True)
    print("The demonstration's data is gone; `make run` makes it anew.")
    return 0


def agreed() -> bool:
    """Ask a person; nobody there means no."""
    if not sys.stdin.isatty():
        return False
    question = f"This deletes everything in {CLONE.var} and cannot be undone. Go on? [y/N] "
    return input(question).strip().lower() in {"y", "yes"}


def stop_service() -> None:
    """Stop a running `make run`, and refuse while tests or commands use the servers."""
    if LOCK.exists() and not servers.can_lock(LOCK):
        os.kill(int(LOCK.read_text().split()[0]), signal.SIGTERM)
    until = time.monotonic() + STOP_SECONDS
    while servers.keeper_alive(CLONE):
        if time.monotonic() > until:
            raise ServersError("Tests or commands still use the servers: stop them first.")
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
