"""Situation analyses of the demonstration: true figures; that these peers were chosen is made up."""

from collections.abc import Sequence

from django.utils import timezone

from analysis.actions.building import build_analysis
from analysis.actions.expert_texts import write_comment
from analysis.actions.experts import assign_expert, note_ready
from analysis.actions.peer_sets import choose_peers
from analysis.actions.publishing import approve_analysis, publish_analysis
from analysis.engine.similarity import NORMAL
from analysis.enums import Audience
from analysis.models import Analysis
from analysis.queries.peer_candidates import suggested_peers
from analysis.statistics.actions.imports import import_bundled
from municipalities.models import Municipality, User
from seasons.models import Season
from uso.ground.tenancy.scope import scope
from uso.roof.demo.people import EXPERT

# Municipality → the weights by which the service suggested its peers: Kannus looks near first.
WEIGHTS = {
    "217": {**NORMAL, "region": 2},
    "182": NORMAL,
    "075": NORMAL,
    "111": NORMAL,
    "178": NORMAL,
}
# How far each analysis is, so that every state is seen; whoever is not here has none yet.
PUBLISHED, APPROVED, AT_THE_EXPERT = ("217", "182"), ("178",), "075"
DRAFTS = ("061", "111")
COMMENT = {
    "fi": "Esittelyä varten keksitty kommentti: väestön ikärakenne kannattaa lukea yhdessä"
    " huoltosuhteen kanssa.",
    "sv": "Påhittad kommentar för förevisningen: läs åldersstrukturen tillsammans med"
    " försörjningskvoten.",
    "en": "Comment made up for the demonstration: read the age structure together with the"
    " dependency ratio.",
}
REASON = "Keksitty perustelu esittelyä varten: palvelun ehdottamat samankaltaisimmat kunnat."


def load_analyses(season: Season, members: Sequence[Municipality], *, by: User) -> None:
    """Import the figures kept with the code; bring some analyses to each state."""
    import_bundled(by=by)
    shown = {*PUBLISHED, *APPROVED, AT_THE_EXPERT, *DRAFTS}
    for municipality in members:
        if municipality.code in shown:
            with scope(municipality.pk):
                _analyse(season, municipality, by=by)


def _analyse(season: Season, municipality: Municipality, *, by: User) -> None:
    code = municipality.code
    if code in WEIGHTS:
        _choose(season, municipality, by=by)
    analysis = build_analysis(
        municipality=municipality, season=season, by=by, on=timezone.localdate()
    )
    if code in (AT_THE_EXPERT, PUBLISHED[0]):
        analysis = _comment(analysis, by=by)
    if code in (*PUBLISHED, *APPROVED):
        analysis = approve_analysis(analysis=analysis, seen=analysis.sha256, by=by)
    if code in PUBLISHED:
        publish_analysis(analysis=analysis, by=by)


def _comment(analysis: Analysis, *, by: User) -> Analysis:
    """Let the demonstration's expert comment on the whole; the words say that they are made up."""
    expert = User.objects.get(email=EXPERT)
    assignment = assign_expert(analysis=analysis, expert=expert, by=by)
    write_comment(
        analysis=analysis, comment=None, measure="", audience=Audience.REPORT, text=COMMENT,
        seen="", by=expert,
    )  # fmt: skip
    if analysis.municipality.code in PUBLISHED:
        note_ready(assignment=assignment, is_ready=True, by=expert)
    return Analysis.objects.select_related("municipality", "season").get(pk=analysis.pk)


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
