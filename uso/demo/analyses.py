"""Situation analyses of the demonstration: true figures; that these peers were chosen is made up."""

from collections.abc import Sequence

from django.utils import timezone

from analysis.actions.analyses import choose_peers
from analysis.actions.building import build_analysis
from analysis.actions.imports import import_bundled
from analysis.actions.publishing import approve_analysis, publish_analysis
from analysis.queries.peers import suggested_peers
from analysis.similarity import NORMAL
from municipalities.models import Municipality, User
from municipalities.tenancy import scope
from seasons.models import Season

# Municipality → the weights by which the service suggested its peers: Kannus looks near first.
WEIGHTS = {"217": {**NORMAL, "region": 2}, "182": NORMAL}
REASON = "Keksitty perustelu esittelyä varten: palvelun ehdottamat samankaltaisimmat kunnat."


def load_analyses(season: Season, members: Sequence[Municipality], *, by: User) -> None:
    """Import the figures kept with the code; publish two analyses and draft one more."""
    import_bundled(by=by)
    for municipality in members[:3]:
        with scope(municipality.pk):
            if municipality.code in WEIGHTS:
                _choose(season, municipality, by=by)
            analysis = build_analysis(
                municipality=municipality, season=season, by=by, on=timezone.localdate()
            )
            if municipality.code in WEIGHTS:
                analysis = approve_analysis(analysis=analysis, seen=analysis.sha256, by=by)
                publish_analysis(analysis=analysis, by=by)


def _choose(season: Season, municipality: Municipality, *, by: User) -> None:
    weights = WEIGHTS[municipality.code]
    choose_peers(
        municipality=municipality,
        season=season,
        peers=suggested_peers(municipality, weights),
        reason=REASON,
        by=by,
        weights=weights,
    )
