"""A database for benchmarks alone: made anew, migrated, thrown away; the demonstration is not touched."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases

from uso.ground.tenancy.scope import OWNER_ROLE


@contextmanager
def own_database() -> Iterator[None]:
    """Work in a fresh database as the application role."""
    with as_owner():
        configured = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        with as_owner():
            teardown_databases(configured, verbosity=0)


@contextmanager
def as_owner() -> Iterator[None]:
    """Connect as the owner, who may make and drop databases and tables."""
    settings = connection.settings_dict
    before = settings["USER"]
    _disconnect()
    settings["USER"] = OWNER_ROLE
    try:
        yield
    finally:
        _disconnect()
        settings["USER"] = before


def _disconnect() -> None:
    connections.close_all()
    connection.close_pool()  # type: ignore[attr-defined]
