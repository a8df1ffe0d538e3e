"""The embedded PostgreSQL: made once, started by the keeper, reached by a socket alone."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from uso.roof.demo import clock, processes
from uso.roof.demo.places import Place, ServersError, postgres_program

NOBODY = 65534
IN_NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
AS_NOBODY = (
    "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--pdeathsig=INT",
    "--inh-caps=+dac_override", "--ambient-caps=+dac_override",
)  # fmt: skip
# Recovery after a power cut may take long; a start that makes no progress ends by itself.
START_SECONDS = 300
ROLES = Path(__file__).with_name("roles.sql")


def start(place: Place) -> subprocess.Popen[bytes]:
    """Make the data folder if there is none, start the server, and wait until it answers."""
    prefix = unprivileged_prefix()
    _end_leftover(place)
    _give_folders(place, NOBODY if prefix == AS_NOBODY else os.geteuid())
    if not place.postgres.exists():
        _make_data(place, prefix)
    _check_version(place)
    server = processes.start(
        [*prefix, *_server_command(place)],
        log=place.log / "postgres.log",
        death_signal=signal.SIGINT,
        environment=_environment(),
    )
    _wait(place, server)
    return server


def make_roles(place: Place) -> None:
    """Make the roles and the database that are not there yet."""
    _run([postgres_program("psql"), *_as_superuser(place), "-qX", "-v", "ON_ERROR_STOP=1",
          "-d", "postgres", "-f", str(ROLES)])  # fmt: skip


def stop(server: subprocess.Popen[bytes]) -> None:
    """Stop fast: sessions are cut, committed data is safe."""
    processes.stop(server, by=signal.SIGINT, seconds=30)


def unprivileged_prefix() -> tuple[str, ...]:
    """Return the command that lets PostgreSQL, which refuses root, run for root."""
    if os.geteuid() != 0:
        return ()
    for prefix in (IN_NAMESPACE, AS_NOBODY):
        if shutil.which(prefix[0]) and _succeeds([*prefix, "true"]):
            return prefix
    raise ServersError(
        "PostgreSQL refuses to run as root, and neither unshare nor setpriv works here: "
        "run as an ordinary user, or name your own servers by DATABASE_URL and REDIS_URL."
    )


def _server_command(place: Place) -> list[str]:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(place.sockets),
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "timezone": "Europe/Helsinki",
        "log_timezone": "Europe/Helsinki",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [postgres_program("postgres"), "-D", str(place.postgres), "-p", "5432", *options]


def _make_data(place: Place, prefix: tuple[str, ...]) -> None:
    """Run initdb beside the final folder, so that a half-made one is never taken for data."""
    draft = place.var / "postgres.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    if prefix == AS_NOBODY:
        os.chown(draft, NOBODY, NOBODY)
    _run([*prefix, postgres_program("initdb"), "-D", str(draft), "-U", "postgres",
          "--auth=trust", "--encoding=UTF8", "--locale-provider=builtin",
          "--locale=C.UTF-8", "--builtin-locale=C.UTF-8"])  # fmt: skip
    draft.rename(place.postgres)


def _check_version(place: Place) -> None:
    found = (place.postgres / "PG_VERSION").read_text().strip()
    answer = _run([postgres_program("postgres"), "--version"])
    ours = answer.split()[2].split(".")[0]
    if found != ours:
        raise ServersError(
            f"{place.postgres} was made by PostgreSQL {found}, this is {ours}: `make reset` "
            "makes the demonstration anew."
        )


def _end_leftover(place: Place) -> None:
    """End a server whose keeper was killed; forget a pid that is another program's by now."""
    pid_file = place.postgres / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text().split("\n", 1)[0] or 0)
    until = time.monotonic() + 30
    while program_of(pid) == "postgres" and time.monotonic() < until:
        os.kill(pid, signal.SIGINT)
        time.sleep(0.1)
    if program_of(pid) not in {"postgres", ""}:
        pid_file.unlink(missing_ok=True)


def program_of(pid: int) -> str:
    """Return the name of the program a process runs, empty if there is none."""
    try:
        return (Path("/proc") / str(pid) / "exe").readlink().name
    except OSError:
        return ""


def _give_folders(place: Place, owner: int) -> None:
    """Let the server's user own its data and sockets, also after the way it is run has changed."""
    if os.geteuid() != 0:
        return
    if place.postgres.exists() and place.postgres.stat().st_uid != owner:
        for path in (place.postgres, *place.postgres.rglob("*")):
            os.chown(path, owner, owner, follow_symlinks=False)


def _wait(place: Place, server: subprocess.Popen[bytes]) -> None:
    ready = [postgres_program("pg_isready"), "-q", *_as_superuser(place)]
    until = time.monotonic() + START_SECONDS
    while not _succeeds(ready):
        if server.poll() is not None or time.monotonic() > until:
            log = place.log / "postgres.log"
            raise ServersError(f"PostgreSQL did not start; {log} ends:\n{processes.tail(log)}")
        time.sleep(0.03)


def _as_superuser(place: Place) -> list[str]:
    return ["-h", str(place.sockets), "-p", "5432", "-U", "postgres"]


def _environment() -> dict[str, str]:
    """Return an environment in which no PG… or locale variable of the shell has a say."""
    environment = {
        name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ
    }
    return environment | clock.inherited() | {"LC_ALL": "C.UTF-8", "TZ": "Europe/Helsinki"}


def _succeeds(command: list[str]) -> bool:
    done = subprocess.run(command, capture_output=True, check=False, env=_environment())
    return done.returncode == 0


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_environment())
    if done.returncode:
        raise ServersError(f"{Path(command[-1]).name}: {done.stderr.strip() or done.stdout}")
    return done.stdout
