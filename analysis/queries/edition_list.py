"""Reads of editions in the scope of their municipality."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from analysis.content.edition import Area
from analysis.enums import AnalysisState, DocumentKind
from analysis.models import Analysis, AnalysisDocument, ExpertAssignment, PeerSet, PeerSetMember
from analysis.wording.names import Name
from municipalities.enums import Role
from municipalities.models import Municipality, Population, User
from municipalities.queries import users_in_role
from seasons.models import Season
from uso.ground.jobs.models import UNFINISHED, Job, JobState
from uso.ground.lib.dates import moment
from uso.ground.lib.drawn import Facts, facts_of, fingerprint, in_words

DOCUMENT_JOB = "analysis.document"
# What a list of editions shows nothing of.
CONTENT = ("content", "versions", "measure_keys")


def shown_analysis(user: User, roles: frozenset[str]) -> Analysis | None:
    """Give the newest edition a reader may see (one query).

    Coordinators see any draft, an expert those of the seasons they were assigned to.
    """
    editions = Analysis.objects.all()
    if Role.COORDINATOR not in roles:
        shown = Q(state=AnalysisState.PUBLISHED)
        if Role.EXPERT in roles:
            assigned = ExpertAssignment.objects.filter(expert=user)
            shown |= Q(season__in=assigned.values("season"))
        editions = editions.filter(shown)
    return editions.newest()


def readers(municipality: Municipality) -> list[User]:
    """List the leaders and contact persons of today, who are notified of a published analysis."""
    return users_in_role(Role.LEADER, Role.CONTACT, municipality=municipality)


def published_editions() -> list[Analysis]:
    """List the published editions of the municipality, newest first, without their content."""
    rows = Analysis.objects.published().defer(*CONTENT).select_related("season")
    return list(rows.order_by("-season__number", "-edition"))


def editions_with_files() -> list[Analysis]:
    """List the same editions, each with the languages of its finished PDFs as `languages` (one query)."""
    made = AnalysisDocument.objects.filter(analysis=OuterRef("pk"), kind=DocumentKind.PDF)
    languages = ArraySubquery(made.order_by("language").values("language"))
    rows = Analysis.objects.published().defer(*CONTENT).select_related("season")
    return list(rows.annotate(languages=languages).order_by("-season__number", "-edition"))


def chosen_peers(season: Season) -> PeerSet | None:
    """Give the peers chosen for a season, members in order (three queries)."""
    return PeerSet.objects.filter(season=season).first()


def peer_municipalities(peer_set: PeerSet | None) -> list[Municipality]:
    """List the peers in the order they are printed; none where none were chosen."""
    if peer_set is None:
        return []
    members = PeerSetMember.objects.filter(peer_set=peer_set).select_related("peer")
    return [member.peer for member in members.order_by("position")]


def choice_facts(peer_set: PeerSet | None, peers: Iterable[Municipality]) -> Facts:
    """Say whom one has chosen to be compared with, each of them a fact."""
    chosen = peer_set or PeerSet()
    weights = str(PeerSet._meta.get_field("weights").verbose_name).capitalize()
    return {
        **facts_of(chosen, ("group", "reason")),
        weights: fingerprint(repr(sorted(chosen.weights.items()))),
        **{peer.name: in_words(True) for peer in peers},
    }


def locked_choice_facts(municipality: Municipality, season: Season) -> Facts:
    """Say the same while nobody else chooses for this municipality."""
    Municipality.objects.select_for_update(of=("self",), no_key=True).get(pk=municipality.pk)
    stored = chosen_peers(season)
    return choice_facts(stored, peer_municipalities(stored))


def chooser(season: Season) -> str:
    """Say who chose the peers last and when; empty where nobody has."""
    found = PeerSet.objects.filter(season=season).select_related("chosen_by").first()
    return f"{found.chosen_by.name}, {moment(found.chosen_at)}" if found else ""


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
    """Return for each language whether its PDF is there, and the job that makes it (two queries)."""
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
