"""The choice of peers."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from analysis.engine.group_figures import MOST_PEERS
from analysis.engine.similarity import NORMAL, WEIGHTS, Weights
from analysis.enums import PeerGroup
from analysis.models import PeerSet, PeerSetMember
from analysis.queries.groups import ready_group
from analysis.refusals import AnalysisRefused
from municipalities.models import Municipality, User
from seasons.models import Season
from uso.ground.actions import action


@action(of="municipality")
def choose_peers(
    *,
    municipality: Municipality,
    season: Season,
    peers: Sequence[Municipality],
    reason: str,
    by: User,
    group: str = PeerGroup.OWN,
    weights: Weights | None = None,
) -> PeerSet:
    """Set the municipalities to be compared with; editions made before keep theirs.

    A ready group takes the place of the own choice, which stays stored and may then be empty.
    """
    _check_peers(municipality, peers, needed=group == PeerGroup.OWN)
    _check_group(municipality, season, group)
    _check_weights(weights or {})
    peer_set, _created = PeerSet.objects.update_or_create(
        municipality=municipality,
        season=season,
        defaults={
            "group": group,
            "weights": dict(weights or {}),
            "reason": reason,
            "chosen_by": by,
            "chosen_at": timezone.now(),
        },
    )
    PeerSetMember.objects.filter(peer_set=peer_set).delete()
    PeerSetMember.objects.bulk_create(
        PeerSetMember(municipality=municipality, peer_set=peer_set, peer=peer, position=position)
        for position, peer in enumerate(peers, 1)
    )
    return peer_set


def _check_peers(
    municipality: Municipality, peers: Sequence[Municipality], *, needed: bool
) -> None:
    if needed and not peers:
        raise AnalysisRefused(_("Choose at least one municipality."), field="peers")
    if len(peers) > MOST_PEERS:
        raise AnalysisRefused(
            _("Choose at most %(most)d municipalities; you chose %(count)d.")
            % {"most": MOST_PEERS, "count": len(peers)},
            field="peers",
        )
    if municipality in peers:
        raise AnalysisRefused(
            _("%(name)s is compared with others: leave it out of the peers.")
            % {"name": municipality.name},
            field="peers",
        )


def _check_group(municipality: Municipality, season: Season, group: str) -> None:
    if group == PeerGroup.OWN:
        return
    found = ready_group(municipality, season, group) if group in PeerGroup.values else None
    if found is None or not found.members:
        raise AnalysisRefused(
            _("The group has no other municipalities: choose another group or municipalities."),
            field="group",
        )


def _check_weights(weights: Weights) -> None:
    if not weights:
        return
    if set(weights) - set(NORMAL) or any(weight not in WEIGHTS for weight in weights.values()):
        raise AnalysisRefused(_("A weight is not counted, normal or double."))
    if not any(weights.values()):
        raise AnalysisRefused(
            _("Let at least one factor count: with none there is no likeness to measure.")
        )
