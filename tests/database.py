"""The database of the tests: a copy of a migrated one, which is made once for each set of migrations."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase

from uso.ground.tenancy.scope import OWNER_ROLE
from uso.roof.demo.places import CLONE, ROOT

TEMPLATE = "uso_migrated_"
# What migrating fills and no test changes: it stays when a transactional test is cleaned up.
MIGRATED = ("auth_permission", "django_content_type", "django_migrations")


@contextmanager
def as_owner() -> Iterator[None]:
    """Use the owner's connection, as migrations do."""
    connections.close_all()
    before = connection.settings_dict["USER"]
    connection.settings_dict["USER"] = OWNER_ROLE
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["USER"] = before


def make(name: str) -> None:
    """Make the database of this process anew and use it from now on."""
    template = TEMPLATE + _mark_of_migrations()
    with as_owner(), _one_at_a_time():
        if template not in _databases():
            _migrate(template)
        _run(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name} TEMPLATE {template}")
    _use(name)


def drop(name: str) -> None:
    """Drop the database of this process, ending what threads of tests left connected."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user"
            " AND pid <> pg_backend_pid()"
        )
    with as_owner():
        _run(f"DROP DATABASE {name}")


def truncate_after_transactional_tests() -> None:
    """Clean up as the owner, for the application may not; only what has been written to."""

    def truncate(self: TransactionTestCase) -> None:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r'"
                " AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0"
                " AND relname <> ALL (%s)",
                [list(MIGRATED)],
            )
            if written := ", ".join(row[0] for row in cursor):
                cursor.execute(f"TRUNCATE {written} CASCADE")

    TransactionTestCase._fixture_teardown = truncate


def url_of_this_database() -> str:
    """Return the address of the test database, for a process a test starts."""
    head, _, tail = os.environ["DATABASE_URL"].rpartition("/")
    query = tail.partition("?")[2]
    return f"{head}/{connection.settings_dict['NAME']}" + (f"?{query}" if query else "")


def _mark_of_migrations() -> str:
    """Return a mark of all that migrating executes, the installed packages' versions included."""
    folders = [Path(app.path) / "migrations" for app in apps.get_app_configs()]
    files = [ROOT / "uv.lock", *(ROOT / "uso/ground/tenancy").glob("*.py")]
    files += [file for folder in folders for file in sorted(folder.glob("*.py"))]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let the processes of a run wait for the one that migrates."""
    with (CLONE.var / "tests.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(template: str) -> None:
    """Make the template, in place of earlier ones; a half-made one has another name."""
    draft = f"{TEMPLATE}new"
    _run(*(f"DROP DATABASE {one}" for one in _databases() if one.startswith(TEMPLATE)))
    _run(f"CREATE DATABASE {draft}")
    before = connection.settings_dict["NAME"]
    _use(draft)
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()
    _use(before)
    _run(f"ALTER DATABASE {draft} RENAME TO {template}")


def _databases() -> set[str]:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {row[0] for row in cursor.fetchall()}


def _run(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _use(name: str) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
