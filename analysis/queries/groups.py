"""Ready groups of peers: who is in them today, and how that is said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from analysis.content.peer_choice import country_rule, network_rule, region_rule, size_rule
from analysis.enums import PeerGroup
from analysis.queries.board import member_ids
from municipalities.models import Municipality, Population
from seasons.models import Season
from seasons.pricing import tier_for
from uso.ground.lib.order import finnish
from uso.ground.lib.texts import Text

Populations = dict[int, int]


@dataclass(frozen=True, slots=True)
class ReadyGroup:
    """A group with its rule and its members, ours left out."""

    key: str
    rule: Text
    members: tuple[Municipality, ...]

    @property
    def municipalities(self) -> list[Municipality]:
        """The members in Finnish order."""
        return sorted(self.members, key=lambda each: finnish(each.name_fi))


def latest_populations() -> Populations:
    """Give each municipality's newest published population (one query)."""
    rows = Population.objects.order_by("municipality", "-year").distinct("municipality")
    return dict(rows.values_list("municipality_id", "count"))


def ready_groups(
    us: Municipality,
    season: Season,
    every: Sequence[Municipality],
    populations: Populations,
    keys: Iterable[str] = (PeerGroup.REGION, PeerGroup.SIZE, PeerGroup.NETWORK, PeerGroup.COUNTRY),
) -> list[ReadyGroup]:
    """List the ready groups a municipality can be compared with (one query each, at most).

    Parameters
    ----------
    us, season
        Whose groups, and in which season: its fee tiers are the size classes.
    every
        All municipalities.
    populations
        Their newest populations; a municipality without one is in no size class.
    keys
        The groups wanted.
    """
    found = (_group(key, us, season, every, populations) for key in keys)
    return [group for group in found if group]


def _group(
    key: str,
    us: Municipality,
    season: Season,
    every: Sequence[Municipality],
    populations: Populations,
) -> ReadyGroup | None:
    if key == PeerGroup.SIZE:
        return _size_class(us, season, every, populations)
    if key == PeerGroup.REGION:
        same = [each for each in every if each.region_code == us.region_code]
        return _ready(key, region_rule(us.region_fi, us.region_sv), us, same)
    if key == PeerGroup.NETWORK:
        rule = network_rule(season.number, season.years)
        ours = member_ids(season)
        return _ready(key, rule, us, [each for each in every if each.pk in ours])
    return _ready(key, country_rule(), us, every)


def _size_class(
    us: Municipality, season: Season, every: Sequence[Municipality], populations: Populations
) -> ReadyGroup | None:
    tiers = list(season.fee_tiers.all())
    own = tier_for(populations[us.pk], tiers) if us.pk in populations else None
    if own is None:
        return None
    inside = {pk for pk, count in populations.items() if tier_for(count, [own])}
    same = [each for each in every if each.pk in inside]
    return _ready(PeerGroup.SIZE, size_rule(own.lower, own.upper), us, same)


def _ready(key: str, rule: Text, us: Municipality, found: Iterable[Municipality]) -> ReadyGroup:
    return ReadyGroup(key, rule, tuple(each for each in found if each.code != us.code))


def ready_group(us: Municipality, season: Season, key: str) -> ReadyGroup | None:
    """Find one ready group as it is today (three queries); None where it is not to be had."""
    every = list(Municipality.objects.in_force(on=timezone.localdate()))
    populations = latest_populations() if key == PeerGroup.SIZE else {}
    return next(iter(ready_groups(us, season, every, populations, [key])), None)
