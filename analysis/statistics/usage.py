"""Who uses the indicators: an app above registers itself here when it starts.

Statistics imports no app that displays its figures (docs/adr/0013), yet its pages say which analyses an
indicator stands in, and no new indicator may take the code of a measure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.statistics.catalogue import catalogue_entries, measure_key


@dataclass(frozen=True)
class EditionCount:
    """How many editions display an indicator."""

    drafts: int
    published: int


@dataclass(frozen=True)
class IndicatorUser:
    """An app whose editions display measures of the indicators.

    Parameters
    ----------
    derived_measures
        Key of each measure that is computed in code, to the codes of the indicators it is computed from.
    count_editions
        Counts the editions, of all municipalities, that display any of the measures with these keys.
    """

    derived_measures: Mapping[str, Sequence[str]]
    count_editions: Callable[[Sequence[str]], EditionCount]


_users: list[IndicatorUser] = []


def register(user: IndicatorUser) -> None:
    """Add an app that uses the indicators; call it once, when the app is ready."""
    _users.append(user)


def derived_measure_keys() -> set[str]:
    """Return the keys of all measures computed in code."""
    return {key for user in _users for key in user.derived_measures}


def measures_derived_from(code: str) -> list[str]:
    """Return the keys of the measures computed from an indicator."""
    return [key for user in _users for key, codes in user.derived_measures.items() if code in codes]


def measures_displaying(code: str) -> list[str]:
    """Return the keys of the measures that display an indicator: its own, and those computed from it."""
    entries = {entry.code: entry for entry in catalogue_entries()}
    own = entries[code].measure_key if code in entries else measure_key(code)
    return [own, *measures_derived_from(code)]


def count_editions_displaying(code: str) -> EditionCount:
    """Count the editions of all municipalities that display an indicator."""
    keys = measures_displaying(code)
    counts = [user.count_editions(keys) for user in _users]
    return EditionCount(
        drafts=sum(count.drafts for count in counts),
        published=sum(count.published for count in counts),
    )
