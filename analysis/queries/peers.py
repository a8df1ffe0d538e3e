"""The municipalities to choose peers from, as the page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from municipalities.models import Municipality, Population
from uso.lib.order import finnish


@dataclass(frozen=True, slots=True)
class PeerChoice:
    """One municipality that can be chosen."""

    id: int
    name: str
    population: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Region:
    """A region with its municipalities; ours stands open."""

    name: str
    choices: tuple[PeerChoice, ...]
    open: bool

    @property
    def chosen_count(self) -> int:
        """How many of them are chosen."""
        return sum(choice.chosen for choice in self.choices)


def peer_choices(us: Municipality, chosen: Iterable[int]) -> list[Region]:
    """List all other municipalities by region, ours first (one query)."""
    ticked = set(chosen)
    latest = Population.objects.filter(municipality=OuterRef("pk")).order_by("-year")
    others = Municipality.objects.exclude(pk=us.pk).annotate(
        latest_count=Subquery(latest.values("count")[:1])
    )
    regions: dict[str, list[PeerChoice]] = {}
    for each in others:
        choice = PeerChoice(each.pk, each.name, each.latest_count, each.pk in ticked)
        regions.setdefault(each.region, []).append(choice)
    return [
        _region(name, regions[name], ours=name == us.region)
        for name in sorted(regions, key=lambda name: (name != us.region, finnish(name)))
    ]


def _region(name: str, choices: list[PeerChoice], *, ours: bool) -> Region:
    listed = tuple(sorted(choices, key=lambda choice: finnish(choice.name)))
    return Region(name, listed, ours)


def chosen_names(regions: Iterable[Region]) -> list[str]:
    """List the names of what is ticked, in Finnish order."""
    names = [choice.name for region in regions for choice in region.choices if choice.chosen]
    return sorted(names, key=finnish)
