"""Find the port the web server listens on, on every address `localhost` may mean."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress

from uso.roof.demo.places import ServersError

FIRST, LAST = 8000, 8099


def loopback() -> list[tuple[socket.AddressFamily, str]]:
    """Return the loopback addresses of this machine; a container may lack IPv6."""
    found = [(socket.AF_INET, "127.0.0.1")]
    with suppress(OSError), socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::1", 0))
        found.append((socket.AF_INET6, "::1"))
    return found


def bind_options(port: int) -> list[str]:
    """Return gunicorn's options for a port on each loopback address."""
    hosts = {"127.0.0.1": "127.0.0.1", "::1": "[::1]"}
    return [part for _, host in loopback() for part in ("--bind", f"{hosts[host]}:{port}")]


def choose(wanted: str | None) -> Iterator[int]:
    """Give the ports to try: the one asked for, else the free ones from 8000 on."""
    if wanted:
        port = int(wanted) if wanted.isdecimal() else 0
        if not 0 < port < 2**16:
            raise ServersError(f"PORT is '{wanted}'; it must be a number from 1 to 65535.")
        if not is_free(port):
            raise ServersError(f"Port {port} is taken: choose another, as in `make run PORT=8123`.")
        yield port
        return
    yield from filter(is_free, range(FIRST, LAST + 1))
    raise ServersError(f"No port from {FIRST} to {LAST} is free: choose one by PORT=….")


def is_free(port: int) -> bool:
    """Say whether nobody listens on the port, on any loopback address."""
    with ExitStack() as stack:
        for family, host in loopback():
            probe = stack.enter_context(socket.socket(family))
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                return False
    return True
