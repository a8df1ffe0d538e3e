"""The one door across municipalities. Who may import it stands in the import contract."""

from collections.abc import Iterator
from contextlib import contextmanager

from municipalities import tenancy


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
    with tenancy.network_scope():
        yield
