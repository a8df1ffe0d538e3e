"""Whose rows the database shows. The only place that opens a scope.

Every table with one municipality's data is under forced row-level security. A scope is a pair
of settings of the current transaction: the municipality, and the role the policies look at.
`crossing.py` opens the other scope, that of the whole network. See docs/architecture.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

APP_ROLE = "uso_app"
NETWORK_ROLE = "uso_network"
OWNER_ROLE = "uso_owner"

# What this thread has open: (municipality id or "", database role or "none").
_open_scope: ContextVar[tuple[str, str]] = ContextVar("open_scope", default=("", "none"))


class ForeignScopeError(RuntimeError):
    """A write was asked for in the scope of another municipality than its row's."""


@contextmanager
def scope(municipality_id: int) -> Iterator[None]:
    """Show and accept this municipality's rows alone, inside one transaction."""
    with _scoped(str(int(municipality_id)), "none"):
        yield


@contextmanager
def scope_of_write(municipality_id: int) -> Iterator[None]:
    """Open a municipality's scope for a write, or go on in it where it is open.

    Raises
    ------
    ForeignScopeError
        When another municipality's scope is open: its page reaches no row but its own.
    """
    opened, _role = _open_scope.get()
    if not opened:
        with scope(municipality_id):
            yield
        return
    if opened != str(municipality_id):
        raise ForeignScopeError("A row of another municipality than the one whose scope is open.")
    with transaction.atomic():
        yield


@contextmanager
def network_scope() -> Iterator[None]:
    """Show every municipality's rows. For `crossing.py`, which asks for the reason."""
    with _scoped("", NETWORK_ROLE):
        yield


@contextmanager
def _scoped(municipality_id: str, role: str) -> Iterator[None]:
    before = _open_scope.get()
    outermost = not connection.in_atomic_block  # its commit ends the settings
    with transaction.atomic():
        _set(municipality_id, role)
        token = _open_scope.set((municipality_id, role))
        try:
            yield
        finally:
            _open_scope.reset(token)
        # On an error the rollback restores both settings; a savepoint's release does not.
        if not outermost:
            _set(*before)


def _set(municipality_id: str, role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, true), set_config('uso.municipality', %s, true)",
            [role, municipality_id],
        )
