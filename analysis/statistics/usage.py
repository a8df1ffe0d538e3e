"""Where indicators are used above: whoever uses them says so here when it starts.

Statistics imports none of the apps that are made of its figures (docs/architecture.md).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.statistics.catalogue import rows


@dataclass(frozen=True)
class EditionCount:
    """How many editions show an indicator."""

    drafts: int
    published: int


@dataclass
class _Usage:
    derived: Mapping[str, Sequence[str]] = field(default_factory=dict)
    count: Callable[[Sequence[str]], EditionCount] | None = None


_usage = _Usage()


def register(
    *, derived: Mapping[str, Sequence[str]], count: Callable[[Sequence[str]], EditionCount]
) -> None:
    """Say what is made of the indicators.

    Parameters
    ----------
    derived
        Key of each measure computed in code, to the codes of the indicators it needs.
    count
        Counts the editions that show any of the measures with these keys.
    """
    _usage.derived, _usage.count = derived, count


def measures_from(code: str) -> list[str]:
    """List the keys of the measures computed from an indicator."""
    return [key for key, needs in _usage.derived.items() if code in needs]


def measure_keys(code: str) -> list[str]:
    """List the keys of the measures that show an indicator: its own, and those computed from it."""
    row = next((row for row in rows() if row.code == code), None)
    own = row.key if row and row.key else code.replace("_", "-")
    return [own, *measures_from(code)]


def reserved_codes() -> set[str]:
    """Collect the codes that no new indicator may have: of the catalogue and of its measures."""
    keys = {row.key for row in rows() if row.key} | set(_usage.derived)
    return {row.code for row in rows()} | {key.replace("-", "_") for key in keys}


def editions_showing(code: str) -> EditionCount:
    """Count the editions of all municipalities that show an indicator."""
    return _usage.count(measure_keys(code)) if _usage.count else EditionCount(0, 0)
