"""Finding one's way in the content of an analysis (docs/analysis-content.md): pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.engine.group_figures import median

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


def group_of(content: Json, measure: Json) -> Json | None:
    """Tell what the figure of a measure's peers is: `figure`, `label`, `weight`; None without one.

    Editions before schema 4 tell of all measures at once, and their peers' figure is the median.
    """
    if "group" in measure:
        told: Json | None = measure["group"]
        return told
    lone = len(content["peers"]["members"]) == 1
    return {
        "figure": "one" if lone else "median", "label": content["peers_label"], "weight": None
    }  # fmt: skip


def group_pairs(figures: Json) -> list[list[float]]:
    """Take the peers' figure by year out of a `series` or a `chart`."""
    pairs: list[list[float]] = figures["mean"] if "mean" in figures else figures["median"]
    return pairs


def group_at(place: Json) -> float | None:
    """Take the peers' figure out of a position; before schema 4 it was the median of the peers shown."""
    if "group" in place:
        told: float | None = place["group"]
        return told
    return median(list(place["peers"].values()))


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
