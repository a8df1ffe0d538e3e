"""Reads of editions: what a municipality sees, and the season's board of all members."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Max

from analysis.composition import Area
from analysis.enums import AnalysisState
from analysis.models import Analysis, AnalysisDocument, PeerSet, PeerSetMember
from analysis.names import Name
from municipalities.crossing import across_municipalities
from municipalities.enums import NETWORK_ROLES
from municipalities.models import Municipality, Population
from seasons.enums import ParticipationState
from seasons.models import Participation, Season
from uso.jobs.models import UNFINISHED, Job, JobState
from uso.lib.order import finnish

DOCUMENT_JOB, BUILD_JOB, ALL_DOCUMENTS_JOB = "analysis.document", "analysis.build", "analysis.pdfs"


# -- One municipality, in its scope ----------------------------------------------------------------


def shown_analysis(roles: frozenset[str]) -> Analysis | None:
    """Give the newest edition a reader may see: staff a draft too (one query)."""
    editions = Analysis.objects.all()
    return (editions if roles & NETWORK_ROLES else editions.published()).newest()


def chosen_peers(season: Season) -> PeerSet | None:
    """Give the peers chosen for a season, members in order (three queries)."""
    return PeerSet.objects.filter(season=season).first()


def peer_municipalities(peer_set: PeerSet) -> list[Municipality]:
    """List the peers in the order they are printed."""
    members = PeerSetMember.objects.filter(peer_set=peer_set).select_related("peer")
    return [member.peer for member in members.order_by("position")]


def areas(municipalities: Sequence[Municipality]) -> dict[int, Area]:
    """Know municipalities as an analysis does, each with its latest population (two queries)."""
    rows = Population.objects.filter(municipality__in=municipalities).order_by("year")
    latest = dict(rows.values_list("municipality_id", "count"))
    return {each.pk: Area(each.code, Name.of(each), latest.get(each.pk)) for each in municipalities}


@dataclass(frozen=True, slots=True)
class Download:
    """A language of the PDF: ready, being made, failed, or not asked for yet."""

    language: str
    label: str
    document: AnalysisDocument | None
    job: Job | None


def downloads(analysis: Analysis) -> list[Download]:
    """Tell of each language whether its PDF is there, and the job that makes it (two queries)."""
    documents = {
        document.language: document
        for document in AnalysisDocument.objects.filter(analysis=analysis).defer("content")
    }
    jobs: dict[str, Job] = {}
    rows = Job.objects.filter(kind=DOCUMENT_JOB, parameters__analysis_id=analysis.pk)
    for job in rows.exclude(state=JobState.DONE).order_by("created_at"):
        jobs[job.parameters["language"]] = job
    return [
        Download(
            code, str(label), documents.get(code), None if code in documents else jobs.get(code)
        )
        for code, label in settings.LANGUAGES
    ]


def unfinished_document_job(analysis: Analysis, language: str) -> Job | None:
    """Find the job that is making a PDF now."""
    wanted = {"analysis_id": analysis.pk, "language": language}
    return Job.objects.filter(
        kind=DOCUMENT_JOB, parameters__contains=wanted, state__in=UNFINISHED
    ).first()


# -- The whole network -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A member on the coordinator's board."""

    municipality: Municipality
    peer_count: int
    analysis_id: int | None
    edition: int | None
    state: str
    built_at: Any
    published_at: Any
    documents: tuple[str, ...]

    @property
    def state_label(self) -> str:
        """State in the active language; empty without an edition."""
        return str(AnalysisState(self.state).label) if self.state else ""


def members(season: Season) -> list[Municipality]:
    """List the municipalities that take part in a season, by name."""
    with across_municipalities(reason="the coordinator's list of a season's members"):
        rows = Participation.objects.filter(season=season, state=ParticipationState.CONFIRMED)
        found = [row.municipality for row in rows.select_related("municipality")]
    return sorted(found, key=lambda each: finnish(each.name))


def season_board(season: Season) -> list[BoardRow]:
    """Tell of each member how far its analysis is (six queries, whatever the number of members)."""
    listed = members(season)
    with across_municipalities(reason="the coordinator's board of all members' analyses"):
        newest = _newest(season)
        peers = _peer_counts(season)
        documents: dict[int, list[str]] = defaultdict(list)
        ids = [edition.pk for edition in newest.values()]
        rows = AnalysisDocument.objects.filter(analysis__in=ids).order_by("language")
        for analysis_id, language in rows.values_list("analysis_id", "language"):
            documents[analysis_id].append(language)
    return [_row(each, newest.get(each.pk), peers.get(each.pk, 0), documents) for each in listed]


def _newest(season: Season) -> dict[int, Analysis]:
    """Give each municipality's newest edition of a season without its content."""
    rows = Analysis.objects.filter(season=season).defer("content").order_by("edition")
    return {row.municipality_id: row for row in rows}


def _peer_counts(season: Season) -> dict[int, int]:
    rows = PeerSetMember.objects.filter(peer_set__season=season).values("municipality_id")
    counted = rows.annotate(last=Max("position"))
    return {row["municipality_id"]: row["last"] for row in counted}


def _row(
    municipality: Municipality,
    edition: Analysis | None,
    peer_count: int,
    documents: dict[int, list[str]],
) -> BoardRow:
    return BoardRow(
        municipality=municipality,
        peer_count=peer_count,
        analysis_id=edition.pk if edition else None,
        edition=edition.edition if edition else None,
        state=edition.state if edition else "",
        built_at=edition.built_at if edition else None,
        published_at=edition.published_at if edition else None,
        documents=tuple(documents[edition.pk]) if edition else (),
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """The board in numbers."""

    members: int
    without_peers: int
    built: int
    published: int
    publishable: int
    printed: int

    @property
    def drafts(self) -> int:
        """Built and not published yet."""
        return self.built - self.published


def counts(board: Sequence[BoardRow]) -> Counts:
    """Count the board."""
    return Counts(
        members=len(board),
        without_peers=sum(row.peer_count == 0 for row in board),
        built=sum(row.edition is not None for row in board),
        published=sum(row.state == AnalysisState.PUBLISHED for row in board),
        publishable=sum(row.state == AnalysisState.DRAFT and row.peer_count > 0 for row in board),
        printed=sum(bool(row.documents) for row in board),
    )


def season_jobs(season: Season) -> list[Job]:
    """Give the newest building job and the newest PDF job of a season."""
    with across_municipalities(reason="jobs of the whole network have no municipality"):
        kinds = (BUILD_JOB, ALL_DOCUMENTS_JOB)
        found = [
            Job.objects.filter(kind=kind, parameters__season_id=season.pk)
            .order_by("-created_at")
            .first()
            for kind in kinds
        ]
    return [job for job in found if job]


def drafts(season: Season) -> list[tuple[int, int, str]]:
    """List the drafts of a season: analysis, municipality, name."""
    with across_municipalities(reason="the coordinator publishes all drafts of a season"):
        rows = Analysis.objects.filter(season=season, state=AnalysisState.DRAFT)
        return [
            (row.pk, row.municipality_id, row.municipality.name)
            for row in rows.select_related("municipality").defer("content")
        ]
