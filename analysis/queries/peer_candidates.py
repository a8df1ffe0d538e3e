"""The municipalities to choose peers from, as the page shows them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from analysis.content.peer_choice import GROUP_NAMES
from analysis.engine.similarity import (
    FACTORS,
    NORMAL,
    Landscape,
    Likeness,
    Weights,
    likenesses,
    suggested,
    unknown_of,
)
from analysis.enums import PeerGroup
from analysis.queries.groups import ReadyGroup, ready_groups
from analysis.queries.landscape import landscape
from analysis.wording.likeness import (
    FACTOR_WORDS,
    distance_words,
    figure_heads,
    reason_words,
    written_figure,
)
from municipalities.facts import names_of
from municipalities.models import Municipality, Population
from seasons.models import Season
from uso.ground.lib.languages import current_language
from uso.ground.lib.order import finnish
from uso.ground.lib.tables import has_words


@dataclass(frozen=True, slots=True)
class PeerChoice:
    """One municipality that can be chosen; a suggested one is ticked in the suggestion instead."""

    id: int
    name: str
    population: int | None
    chosen: bool
    suggested: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A region with its municipalities; ours is open, or those with what was sought."""

    name: str
    choices: tuple[PeerChoice, ...]
    open: bool

    @property
    def chosen_count(self) -> int:
        """How many of them are chosen."""
        return sum(choice.chosen for choice in self.choices)


@dataclass(frozen=True, slots=True)
class FigurePair:
    """A figure of ours and of theirs, as written."""

    name: str
    own: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A municipality that is suggested, how near it is and why, in the active language."""

    choice: PeerChoice
    level: str
    words: str
    figures: tuple[FigurePair, ...]


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A factor whose weight can be chosen, and the figures it is measured by."""

    key: str
    name: str
    figures: str
    weight: int


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A ready group: who is in it, and how many."""

    key: str
    name: str
    rule: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class PeersPage:
    """All there is to choose from."""

    suggestions: tuple[Suggestion, ...]
    lacking: tuple[str, ...]
    factors: tuple[FactorRow, ...]
    groups: tuple[GroupRow, ...]
    regions: tuple[Region, ...]
    found: int

    @property
    def chosen(self) -> list[str]:
        """The names of what is ticked, in Finnish order."""
        ticked = (choice for region in self.regions for choice in region.choices if choice.chosen)
        return sorted((choice.name for choice in ticked), key=finnish)

    @property
    def group(self) -> GroupRow | None:
        """The ready group that is chosen."""
        return next((group for group in self.groups if group.chosen), None)


# What the page shows of a municipality: a quarter of the columns of three hundred rows.
SHOWN = ("code", "slug", "name_fi", "name_sv", "region_code", "region_fi", "region_sv")


def every_municipality() -> list[Municipality]:
    """List all municipalities, each with `latest_count`, its newest population (one query)."""
    latest = Population.objects.filter(municipality=OuterRef("pk")).order_by("-year")
    counted = Municipality.objects.in_force(on=timezone.localdate()).annotate(
        latest_count=Subquery(latest.values("count")[:1])
    )
    return list(counted.only(*SHOWN))


def peers_page(
    us: Municipality,
    season: Season,
    *,
    weights: Weights,
    ticked: Iterable[int],
    group: str,
    take: bool = False,
    sought: str = "",
) -> PeersPage:
    """Gather what the page of peers shows (five queries).

    Parameters
    ----------
    us, season
        Who chooses, and for which season.
    weights
        Factor to weight, at least one above 0.
    ticked
        Ids of the municipalities that are ticked.
    group
        The ready group that is marked, or the own choice.
    take
        Tick what is suggested as well.
    sought
        Words by which municipalities are sought: others than those found or ticked are left out.
    """
    every = every_municipality()
    known = landscape({each.code: each.region_code for each in every})
    near = suggested(likenesses(us.code, known, weights)) if us.code in known.regions else []
    codes = {each.code for each in near}
    chosen = {*ticked, *(each.pk for each in every if take and each.code in codes)}
    choices = {
        each.code: PeerChoice(
            each.pk, each.name, each.latest_count, each.pk in chosen, each.code in codes
        )
        for each in every
        if each.code != us.code
    }
    found = {
        each.code
        for each in every
        if not sought or has_words(f"{each.name} {names_of(each.code)}", sought)
    }
    populations = {each.pk: each.latest_count for each in every if each.latest_count is not None}
    return PeersPage(
        suggestions=tuple(_suggestion(us, each, choices, known, weights) for each in near),
        lacking=tuple(_name(key) for key in unknown_of(us.code, known) if weights.get(key)),
        factors=tuple(_factor(factor.key, known, weights) for factor in FACTORS),
        groups=tuple(
            _group_row(ready, group) for ready in ready_groups(us, season, every, populations)
        ),
        regions=tuple(_regions(us, every, choices, found, is_sought=bool(sought))),
        found=len(found & choices.keys()),
    )


def suggested_peers(us: Municipality, weights: Weights = NORMAL) -> list[Municipality]:
    """List the municipalities that are suggested, the nearest first (three queries)."""
    every = {each.code: each for each in Municipality.objects.all()}
    known = landscape({code: each.region_code for code, each in every.items()})
    return [every[each.code] for each in suggested(likenesses(us.code, known, weights))]


def _regions(
    us: Municipality,
    every: Sequence[Municipality],
    choices: Mapping[str, PeerChoice],
    found: Collection[str],
    *,
    is_sought: bool,
) -> list[Region]:
    names: dict[str, str] = {}
    regions: dict[str, list[PeerChoice]] = {}
    opened = set() if is_sought else {us.region_code}
    for each in every:
        choice = choices.get(each.code)
        if choice and (choice.chosen or each.code in found):
            regions.setdefault(each.region_code, []).append(choice)
            names.setdefault(each.region_code, each.region)
            if is_sought and each.code in found:
                opened.add(each.region_code)
    return [
        _region(names[code], regions[code], is_open=code in opened)
        for code in sorted(regions, key=lambda code: (code != us.region_code, finnish(names[code])))
    ]


def _region(name: str, choices: list[PeerChoice], *, is_open: bool) -> Region:
    listed = tuple(sorted(choices, key=lambda choice: finnish(choice.name)))
    return Region(name, listed, is_open)


def _suggestion(
    us: Municipality,
    likeness: Likeness,
    choices: Mapping[str, PeerChoice],
    known: Landscape,
    weights: Weights,
) -> Suggestion:
    language = current_language()
    keys = [key for factor in FACTORS if weights.get(factor.key) for key in factor.figures]
    return Suggestion(
        choice=choices[likeness.code],
        level=distance_words(likeness.distance)[language],
        words=reason_words(likeness, weights)[language],
        figures=tuple(
            FigurePair(
                figure_heads(key, known)[language],
                written_figure(key, known.figures[key].get(us.code), language),
                written_figure(key, known.figures[key].get(likeness.code), language),
            )
            for key in keys
            if key in known.figures
        ),
    )


def _factor(key: str, known: Landscape, weights: Weights) -> FactorRow:
    language = current_language()
    figures = next(factor.figures for factor in FACTORS if factor.key == key)
    listed = [figure_heads(each, known)[language] for each in figures if each in known.figures]
    return FactorRow(key, _name(key), ", ".join(listed), weights.get(key, 0))


def _name(key: str) -> str:
    return FACTOR_WORDS[key].name[current_language()]


def _group_row(ready: ReadyGroup, group: str) -> GroupRow:
    language = current_language()
    return GroupRow(
        key=ready.key,
        name=GROUP_NAMES[ready.key][language],
        rule=ready.rule[language],
        count=len(ready.members),
        chosen=ready.key == group and group != PeerGroup.OWN,
    )
