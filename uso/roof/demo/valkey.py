"""The embedded Valkey: queue and cache, kept on disk, reached by a socket alone."""

import os
import signal
import socket
import subprocess
import time

from uso.roof.demo import processes
from uso.roof.demo.places import Place, ServersError, valkey_program
from uso.roof.demo.postgres import program_of

START_SECONDS = 60


def start(place: Place) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers."""
    _end_leftover(place)
    place.valkey_socket.unlink(missing_ok=True)
    server = processes.start(_command(place), log=place.log / "valkey.log")
    until = time.monotonic() + START_SECONDS
    while not answers(place):
        if server.poll() is not None or time.monotonic() > until:
            log = place.log / "valkey.log"
            raise ServersError(f"Valkey did not start; {log} ends:\n{processes.tail(log)}")
        time.sleep(0.03)
    return server


def stop(server: subprocess.Popen[bytes]) -> None:
    """Stop after the append-only file is written."""
    processes.stop(server, by=signal.SIGTERM, seconds=10)


def answers(place: Place) -> bool:
    """Say whether the server answers PING, which it does not while it reads its file."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(place.valkey_socket))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def _command(place: Place) -> list[str]:
    settings = {
        "port": "0",
        "unixsocket": str(place.valkey_socket),
        "unixsocketperm": "700",
        "dir": str(place.valkey),
        "appendonly": "yes",
        "save": "",
        "pidfile": str(place.valkey / "valkey.pid"),
        "daemonize": "no",
    }
    options = [part for name, value in settings.items() for part in (f"--{name}", value)]
    return [valkey_program(), *options]


def _end_leftover(place: Place) -> None:
    """End a server whose keeper was killed: two on one folder would spoil its file."""
    pid_file = place.valkey / "valkey.pid"
    pid = int(pid_file.read_text() or 0) if pid_file.exists() else 0
    until = time.monotonic() + 10
    while program_of(pid) == "valkey-server":
        os.kill(pid, signal.SIGTERM if time.monotonic() < until else signal.SIGKILL)
        time.sleep(0.1)
