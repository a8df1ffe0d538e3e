"""The season's board: how far each member's analysis is, and who it waits for."""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analysis.enums import UNPUBLISHED, AnalysisState, PeerGroup
from analysis.models import (
    Analysis,
    AnalysisDocument,
    AnalysisDownload,
    ExpertAssignment,
    ExpertComment,
    FindingEdit,
    PeerSet,
)
from analysis.queries.downloads import NEVER, DownloadCount
from analysis.queries.revisions import later_counts
from municipalities.models import NAMES, Municipality
from seasons.enums import ParticipationState
from seasons.models import Season
from uso.ground.jobs.models import UNFINISHED, Job, JobState
from uso.ground.lib.drawn import Facts
from uso.ground.lib.order import finnish
from uso.ground.tenancy.crossing import across_municipalities

BUILD_JOB, ALL_DOCUMENTS_JOB = "analysis.build", "analysis.pdfs"
APPROVING_JOB, PUBLISHING_JOB = "analysis.approving", "analysis.publishing"
SEASON_JOBS = (BUILD_JOB, ALL_DOCUMENTS_JOB, APPROVING_JOB, PUBLISHING_JOB)


class Stage(models.TextChoices):
    """What an analysis waits for, in the order of the work."""

    PEERS = "peers", _("Waits for the choice of peers")
    BUILD = "build", _("Waits for building")
    EXPERT = "expert", _("Waits for the expert")
    ANSWERS = "answers", _("Has texts that wait for an answer")
    APPROVE = "approve", _("Waits for approval")
    PUBLISH = "publish", _("Approved, waits for publishing")
    DONE = "done", _("Published")


@dataclass(frozen=True, slots=True)
class ChosenPeers:
    """Whom one has chosen to be compared with: how many, or which ready group; and when."""

    count: int
    chosen_at: datetime | None
    group: str = PeerGroup.OWN

    @property
    def chosen(self) -> bool:
        """There is somebody to be compared with."""
        return self.count > 0 or self.group != PeerGroup.OWN

    @property
    def label(self) -> str:
        """The number chosen one by one, or the name of the ready group."""
        return str(self.count if self.group == PeerGroup.OWN else PeerGroup(self.group).label)


NO_PEERS = ChosenPeers(0, None)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A member on the coordinator's board."""

    municipality: Municipality
    peers: ChosenPeers
    edition: Analysis | None  # without its content
    documents: tuple[str, ...]
    experts: tuple[ExpertAssignment, ...] = ()
    open_count: int = 0
    downloads: DownloadCount = NEVER
    later: tuple[int, int] = (0, 0)  # values revised and new years since it was published

    @property
    def state(self) -> str:
        """State of the newest edition; empty without one."""
        return self.edition.state if self.edition else ""

    @property
    def state_label(self) -> str:
        """State in the active language; empty without an edition."""
        return str(AnalysisState(self.state).label) if self.state else ""

    @property
    def built_at(self) -> datetime | None:
        """When the newest edition was built."""
        return self.edition.built_at if self.edition else None

    @property
    def sha256(self) -> str:
        """Fingerprint of the newest edition; empty without one."""
        return self.edition.sha256 if self.edition else ""

    @property
    def named(self) -> dict[str, Any]:
        """The edition and its municipality, as parameters of a task."""
        return {
            "analysis_id": self.edition.pk if self.edition else None,
            "municipality_id": self.municipality.pk,
        }

    @property
    def peers_changed(self) -> bool:
        """The peers were chosen after the edition was built."""
        chosen, built = self.peers.chosen_at, self.built_at
        return bool(chosen and built and chosen > built)

    @property
    def buildable(self) -> bool:
        """There is somebody to compare with: a draft without peers could not be approved."""
        return self.peers.chosen

    @property
    def stage(self) -> Stage:
        """What the analysis waits for."""
        if self.state == AnalysisState.PUBLISHED:
            return Stage.DONE
        if self.state == AnalysisState.APPROVED:
            return Stage.PUBLISH
        if not self.peers.chosen:
            return Stage.PEERS
        if not self.state or self.peers_changed:
            return Stage.BUILD
        if not all(each.ready_at for each in self.experts):
            return Stage.EXPERT
        return Stage.ANSWERS if self.open_count else Stage.APPROVE


def members(season: Season) -> list[Municipality]:
    """List the municipalities that take part in a season, by name."""
    with across_municipalities(reason="the coordinator's list of a season's members"):
        return sorted(_members(season).only(*NAMES), key=lambda each: finnish(each.name))


def member_ids(season: Season) -> set[int]:
    """Return the keys of the municipalities that take part in a season (one query)."""
    with across_municipalities(reason="the group of peers that takes part in a season"):
        return set(_members(season).values_list("pk", flat=True))


def _members(season: Season) -> QuerySet[Municipality]:
    return Municipality.objects.filter(
        participations__season=season, participations__state=ParticipationState.CONFIRMED
    )


def member_choices(season: Season) -> list[tuple[str, str]]:
    """List the members of a season as slug and name, for a choice (one query)."""
    return [(each.slug, each.name) for each in members(season)]


def season_board(season: Season) -> list[BoardRow]:
    """List how far each member's analysis is (six queries, whatever the number of members)."""
    listed = members(season)
    with across_municipalities(reason="the coordinator's board of all members' analyses"):
        newest = _newest(season)
        peers = _peers(season)
        experts = _experts(season)
        waiting = _open_counts(season)
    found = {each.pk: newest.get(each.pk, NO_EDITION) for each in listed}
    later = later_counts(
        {
            each.code: edition
            for each in listed
            if (edition := found[each.pk].edition) and edition.published
        }
    )
    return [
        BoardRow(
            municipality=each,
            peers=peers.get(each.pk, NO_PEERS),
            edition=found[each.pk].edition,
            documents=found[each.pk].documents,
            experts=tuple(experts.get(each.pk, ())),
            open_count=waiting[each.pk],
            downloads=found[each.pk].downloads,
            later=later.get(found[each.pk].key, (0, 0)),
        )
        for each in listed
    ]


@dataclass(frozen=True, slots=True)
class Newest:
    """A municipality's newest edition with its PDFs' languages and its downloads."""

    edition: Analysis | None = None
    documents: tuple[str, ...] = ()
    downloads: DownloadCount = NEVER

    @property
    def key(self) -> int:
        """Key of the edition; 0, which no row has, without one."""
        return self.edition.pk if self.edition else 0


NO_EDITION = Newest()


def _newest(season: Season) -> dict[int, Newest]:
    """Give each municipality's newest edition of a season without its content (one query)."""
    documents = AnalysisDocument.objects.filter(analysis=OuterRef("pk")).order_by("language")
    downloads = AnalysisDownload.objects.filter(analysis=OuterRef("pk")).order_by()
    counted = downloads.values("analysis").annotate(count=Count("pk"), last=Max("at"))
    rows = (
        Analysis.objects.filter(season=season)
        .defer("content", "versions", "measure_keys")
        .annotate(
            languages=ArraySubquery(documents.values("language")),
            download_count=Coalesce(Subquery(counted.values("count")), 0),
            last_download=Subquery(counted.values("last")),
        )
    )
    newest = rows.order_by("municipality_id", "-edition").distinct("municipality_id")
    return {
        row.municipality_id: Newest(
            row, tuple(row.languages), DownloadCount(row.download_count, row.last_download)
        )
        for row in newest
    }


def _peers(season: Season) -> dict[int, ChosenPeers]:
    """Count the peers each municipality has and when they were chosen."""
    rows = PeerSet.objects.filter(season=season).annotate(last=Max("members__position"))
    values = rows.values_list("municipality_id", "last", "chosen_at", "group")
    return {key: ChosenPeers(last or 0, at, group) for key, last, at, group in values}


def _experts(season: Season) -> dict[int, list[ExpertAssignment]]:
    """List the experts of each municipality's analysis."""
    found: dict[int, list[ExpertAssignment]] = {}
    for row in ExpertAssignment.objects.filter(season=season).select_related("expert"):
        found.setdefault(row.municipality_id, []).append(row)
    return found


def _open_counts(season: Season) -> Counter[int]:
    """Count the texts of unpublished editions that wait for an answer, by municipality."""
    unpublished = {"analysis__season": season, "analysis__state__in": UNPUBLISHED}
    edits = FindingEdit.objects.open().filter(**unpublished)
    comments = ExpertComment.objects.filter(proposed=True, **unpublished)
    every = edits.values_list("municipality_id").union(
        comments.values_list("municipality_id"), all=True
    )
    return Counter(municipality_id for (municipality_id,) in every)


@dataclass(frozen=True, slots=True)
class Steps:
    """The board in numbers, and what the coordinator does next."""

    counts: Counter[Stage]
    buildable: int
    """Members of whom a draft can be built, whatever the stage."""

    @property
    def lines(self) -> list[tuple[Stage, int]]:
        """Each stage with its number of members, in the order of the work."""
        return [(stage, self.counts[stage]) for stage in Stage]

    @property
    def approvable(self) -> int:
        """Drafts that wait for the coordinator alone."""
        return self.counts[Stage.APPROVE]

    @property
    def publishable(self) -> int:
        """Approved ones."""
        return self.counts[Stage.PUBLISH]

    @property
    def following(self) -> Stage:
        """The press that brings most further: what is read first, then what is approved."""
        order = (Stage.APPROVE, Stage.PUBLISH)
        return next((stage for stage in order if self.counts[stage]), Stage.BUILD)


def steps(board: Sequence[BoardRow]) -> Steps:
    """Count the members by what their analyses wait for."""
    return Steps(Counter(row.stage for row in board), sum(row.buildable for row in board))


def facts_at(rows: Sequence[BoardRow], stage: Stage) -> Facts:
    """Name the members at a stage, each with the fingerprint of its edition."""
    return {row.municipality.name: f"#{row.sha256}" for row in rows if row.stage == stage}


def build_facts(rows: Sequence[BoardRow]) -> Facts:
    """Say of each member what building starts from, or that it is left out for want of peers."""
    return {
        row.municipality.name: (row.state_label or gettext("Not built"))
        if row.buildable
        else gettext("left out: no peers chosen")
        for row in rows
    }


def locked_build_facts(season: Season) -> Facts:
    """Say the same while no other press on the season's analyses is at work."""
    lock_presses(season)
    return build_facts(season_board(season))


def locked_facts_at(season: Season, stage: Stage) -> Facts:
    """Name the members at a stage while no other press on the season's analyses is at work."""
    lock_presses(season)
    return facts_at(season_board(season), stage)


def lock_presses(season: Season) -> None:
    """Let the presses on a season's analyses wait for each other."""
    Season.objects.select_for_update(of=("self",), no_key=True).get(pk=season.pk)


def running_job(season: Season, kind: str, keys: AbstractSet[str]) -> Job | None:
    """Find the unfinished job that has all of these parts and has not ended every one of them."""
    with across_municipalities(reason="jobs of the whole network have no municipality"):
        jobs = Job.objects.filter(
            kind=kind, parameters__season_id=season.pk, state__in=UNFINISHED
        ).prefetch_related("items")
        for job in jobs.order_by("-created_at"):
            parts = {item.key: item.state for item in job.items.all()}
            if keys <= parts.keys() and any(parts[key] in UNFINISHED for key in keys):
                return job
    return None


def season_jobs(season: Season) -> list[Job]:
    """Give the newest job of a season, and the newest of each kind that is at work or failed."""
    with across_municipalities(reason="jobs of the whole network have no municipality"):
        rows = Job.objects.filter(kind__in=SEASON_JOBS, parameters__season_id=season.pk)
        newest = list(rows.order_by("kind", "-created_at").distinct("kind"))
    newest.sort(key=lambda job: job.created_at, reverse=True)
    return [job for place, job in enumerate(newest) if not place or job.state != JobState.DONE]
