"""The content an edition would have today."""

from datetime import date

from analysis.composition import Edition, Json, compose
from analysis.queries.analyses import areas, chosen_peers, peer_municipalities
from analysis.queries.material import material
from analysis.queries.measures import measures_in_use
from municipalities.models import Municipality
from seasons.models import Season


def content_now(*, municipality: Municipality, season: Season, number: int, on: date) -> Json:
    """Compose an edition from the newest figures and the chosen peers, in the open scope."""
    peer_set = chosen_peers(season)
    peers = peer_municipalities(peer_set) if peer_set else []
    known = areas([municipality, *peers])
    measures = measures_in_use()
    return compose(
        area=known[municipality.pk],
        peers=[known[peer.pk] for peer in peers],
        reason=peer_set.reason if peer_set else "",
        edition=Edition(season.number, season.years, number, on.isoformat()),
        material=material([municipality.code, *(peer.code for peer in peers)], measures),
        measures=measures,
    )
