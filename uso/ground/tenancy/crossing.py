"""The one door across municipalities. The import contract lists who may import it."""

from collections.abc import Iterator
from contextlib import contextmanager

from uso.ground.tenancy.scope import network_scope, scope


@contextmanager
def across_municipalities(*, reason: str) -> Iterator[None]:
    """Show every municipality's rows while the block runs.

    Return finished values from it: a lazy queryset or a generator that leaves the block runs
    outside it (docs/architecture.md).

    Parameters
    ----------
    reason
        Why this read or write concerns the whole network; for the reader of the code.
    """
    if not reason:
        raise ValueError("Say why this crosses municipalities.")
    with network_scope():
        yield


@contextmanager
def scope_of(municipality_id: int | None, *, reason: str) -> Iterator[None]:
    """Open the scope a row lives in: its municipality's, or with the reason the whole network's."""
    if municipality_id is None:
        with across_municipalities(reason=reason):
            yield
    else:
        with scope(municipality_id):
            yield
