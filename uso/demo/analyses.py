"""Situation analyses of the demonstration: true figures; that these peers were chosen is made up."""

from collections.abc import Sequence

from django.utils import timezone

from analysis.actions.analyses import choose_peers
from analysis.actions.building import build_analysis
from analysis.actions.imports import import_bundled
from analysis.actions.publishing import approve_analysis, publish_analysis
from municipalities.models import Municipality, User
from municipalities.tenancy import scope
from seasons.models import Season

# Municipality → peers "chosen" by it.
PEERS = {
    "217": ("849", "236", "535", "009", "746", "069", "208", "074"),
    "182": ("291", "992", "931", "598", "850", "020", "508"),
}
REASON = "Esittelyä varten valitut kunnat: lähialueelta tai samaa kokoluokkaa."


def load_analyses(season: Season, members: Sequence[Municipality], *, by: User) -> None:
    """Import the figures kept with the code; publish two analyses and draft one more."""
    import_bundled(by=by)
    for municipality in members[:3]:
        with scope(municipality.pk):
            if municipality.code in PEERS:
                choose_peers(
                    municipality=municipality,
                    season=season,
                    peers=list(Municipality.objects.filter(code__in=PEERS[municipality.code])),
                    reason=REASON,
                    by=by,
                )
            analysis = build_analysis(
                municipality=municipality, season=season, by=by, on=timezone.localdate()
            )
            if municipality.code in PEERS:
                analysis = approve_analysis(analysis=analysis, seen=analysis.sha256, by=by)
                publish_analysis(analysis=analysis, by=by)
