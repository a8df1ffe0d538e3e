"""Writes of peers and documents, and the jobs that build and print. In the scope of their municipality."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from analysis import tasks
from analysis.documents import report_pdf
from analysis.enums import DocumentKind, PeerGroup
from analysis.models import Analysis, AnalysisDocument, PeerSet, PeerSetMember
from analysis.queries import analyses as queries
from analysis.queries import board
from analysis.queries.groups import ready_group
from analysis.similarity import NORMAL, WEIGHTS, Weights
from municipalities.longwork import start_job
from municipalities.models import Municipality, User
from municipalities.tenancy import scope
from seasons.models import Season
from uso.jobs.models import Job
from uso.lib.errors import RuleViolation
from uso.lib.pdf import Pdf

MOST_PEERS = 15


class AnalysisRefused(RuleViolation):
    """The analysis cannot be changed so."""


# -- Peers -------------------------------------------------------------------------------------------


@transaction.atomic
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

    A ready group takes the place of the own choice, which is kept and may then be empty.
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
    if found is None or not found.municipalities:
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


# -- Documents ---------------------------------------------------------------------------------------


def make_document(*, analysis_id: int, municipality_id: int, language: str) -> bool:
    """Make and store the PDF of an edition in a language; False when it was there already.

    Opens its own scopes: the seconds of drawing hold no transaction. A draft built again
    meanwhile is drawn anew.
    """
    while True:
        with scope(municipality_id):
            analysis = Analysis.objects.get(pk=analysis_id)
            if _documents(analysis, language).exists():
                return False
        pdf = report_pdf(analysis.content, language)
        with scope(municipality_id):
            if _store(analysis, language, pdf):
                return True


def _documents(analysis: Analysis, language: str) -> Any:
    return AnalysisDocument.objects.filter(
        analysis=analysis, language=language, kind=DocumentKind.PDF
    )


def _store(analysis: Analysis, language: str, pdf: Pdf) -> bool:
    """Keep the file if the edition is still the one it was made of."""
    now = Analysis.objects.select_for_update(of=("self",)).defer("content").get(pk=analysis.pk)
    if now.sha256 != analysis.sha256:
        return False
    if not _documents(analysis, language).exists():
        AnalysisDocument.objects.create(
            municipality_id=analysis.municipality_id,
            analysis=analysis,
            language=language,
            kind=DocumentKind.PDF,
            content=pdf.content,
            sha256=pdf.sha256,
            pages=pdf.pages,
        )
    return True


# -- Long work ---------------------------------------------------------------------------------------


def start_document(*, analysis: Analysis, language: str, by: User) -> Job:
    """Start making the PDF of one edition, or return the job that is at it."""
    running = queries.unfinished_document_job(analysis, language)
    return running or start_job(
        task=tasks.make_document,
        kind=queries.DOCUMENT_JOB,
        title=gettext_noop("PDF of the situation analysis"),
        by=by,
        municipality=analysis.municipality,
        parameters={"analysis_id": analysis.pk, "language": language},
    )


def start_building(*, season: Season, by: User) -> Job:
    """Start building the drafts of all members, each a part of its own."""
    members = board.members(season)
    if not members:
        raise AnalysisRefused(_("The season has no members yet."))
    return start_building_of(members, season=season, by=by)


def start_building_of(members: Sequence[Municipality], *, season: Season, by: User) -> Job:
    """Start building the drafts of some members."""
    return start_job(
        task=tasks.build_analysis,
        kind=board.BUILD_JOB,
        title=gettext_noop("Situation analyses of the season"),
        by=by,
        parameters={"season_id": season.pk},
        items=[
            (each.code, each.pk, {"municipality_id": each.pk, "season_id": season.pk})
            for each in members
        ],
    )


def start_documents(*, season: Season, by: User) -> Job:
    """Start making the PDFs that are missing, of every member in its own languages."""
    items = list(_wanted_documents(board.season_board(season)))
    if not items:
        raise AnalysisRefused(
            _("There is nothing to make: build the analyses first, or all PDFs are ready.")
        )
    return start_job(
        task=tasks.make_season_document,
        kind=board.ALL_DOCUMENTS_JOB,
        title=gettext_noop("PDFs of the season's situation analyses"),
        by=by,
        parameters={"season_id": season.pk},
        items=items,
    )


def _wanted_documents(
    rows: Iterable[board.BoardRow],
) -> Iterable[tuple[str, int, dict[str, Any]]]:
    for row in rows:
        languages = row.municipality.language_status.split("-") if row.edition else []
        for language in languages:
            if language not in row.documents:
                given = row.named | {"language": language}
                yield f"{row.municipality.code}-{language}", row.municipality.pk, given
