"""Finding one's way in the content of an analysis (docs/analysis-content.md): pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: A content, or a part of it, that is read and left as it is.
Json = Mapping[str, Any]


def measures_of(content: Json) -> Iterator[Any]:
    """Give the measures of all groups, in their order."""
    for group in content["groups"]:
        yield from group["measures"]


def by_year(pairs: Iterable[Sequence[float]]) -> dict[int, float]:
    """Read a series of a content: year to value.

    Examples
    --------
    >>> by_year([[2023, 5.5], [2024, 6.0]])
    {2023: 5.5, 2024: 6.0}
    """
    return {int(year): value for year, value in pairs}


@dataclass(frozen=True, slots=True)
class Found:
    """A measure with its group and its neighbours' keys and measures."""

    group: Json
    measure: Json
    before: Json | None
    after: Json | None


def find_measure(content: Json, key: str) -> Found | None:
    """Find a measure of a content by its key."""
    every = [(group, each) for group in content["groups"] for each in group["measures"]]
    for place, (group, each) in enumerate(every):
        if each["key"] == key:
            before = every[place - 1][1] if place else None
            after = every[place + 1][1] if place + 1 < len(every) else None
            return Found(group, each, before, after)
    return None
