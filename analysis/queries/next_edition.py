"""The content an edition would have today."""

from datetime import date

from analysis.content.compose import compose
from analysis.content.edition import Edition, EditionContent
from analysis.content.peer_choice import Choice
from analysis.enums import PeerGroup
from analysis.models import PeerSet
from analysis.queries.edition_list import areas, chosen_peers, peer_municipalities
from analysis.queries.groups import ready_group
from analysis.queries.landscape import landscape
from analysis.queries.material import material
from analysis.queries.measures_in_use import measures_in_use
from municipalities.models import Municipality
from seasons.models import Season


def content_now(
    *, municipality: Municipality, season: Season, number: int, on: date
) -> EditionContent:
    """Compose an edition from the newest figures and the chosen peers, in the open scope."""
    peer_set = chosen_peers(season)
    peers, choice = chosen(municipality, season, peer_set)
    known = areas([municipality, *peers])
    measures = measures_in_use()
    return compose(
        area=known[municipality.pk],
        peers=[known[peer.pk] for peer in peers],
        reason=peer_set.reason if peer_set else "",
        choice=choice,
        edition=Edition(season.number, season.years, number, on),
        material=material([municipality.code, *(peer.code for peer in peers)], measures),
        measures=measures,
    )


def chosen(
    us: Municipality, season: Season, peer_set: PeerSet | None
) -> tuple[list[Municipality], Choice]:
    """Find the peers as they are today and how they came about; none where none were chosen."""
    if peer_set is None:
        return [], Choice()
    ready = None
    if peer_set.group != PeerGroup.OWN:
        ready = ready_group(us, season, peer_set.group)
    peers = ready.municipalities if ready else peer_municipalities(peer_set)
    choice = Choice(
        group=ready.key if ready else PeerGroup.OWN,
        rule=ready.rule if ready else {},
        weights=peer_set.weights,
        landscape=landscape(dict(Municipality.objects.values_list("code", "region_code"))),
    )
    return peers, choice
