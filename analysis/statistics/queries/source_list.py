"""Reads of the statistics page: sources, their last import and the versions in use."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import get_language

from analysis.statistics.catalogue import catalogue_entries, catalogue_sources
from analysis.statistics.enums import ImportState, MissingReason, RejectReason
from analysis.statistics.models import DataVersion, ImportRun, Indicator, RawAnswer, Source
from analysis.statistics.sources import registry
from municipalities import facts
from municipalities.enums import Role
from municipalities.models import Membership, User
from uso.ground.jobs.models import UNFINISHED, Job
from uso.ground.lib import numerals
from uso.ground.tenancy.crossing import across_municipalities


def coordinators() -> list[User]:
    """List the people who are told of an import that waits (one query, in network scope)."""
    with across_municipalities(reason="coordinators are told of imports held for a check"):
        rows = Membership.objects.active(on=timezone.localdate()).filter(
            role=Role.COORDINATOR, user__is_active=True
        )
        found = {row.user_id: row.user for row in rows.select_related("user").order_by("user_id")}
    return list(found.values())


def waiting_runs() -> QuerySet[ImportRun]:
    """Return the imports that wait for a person: the last of their sources."""
    waits = (ImportState.HELD, ImportState.PREVIEWED)
    return ImportRun.objects.filter(pk=_last_of_source(), state__in=waits)


def held_sources() -> set[str]:
    """Return the codes of the sources whose last import is held (one query)."""
    held = waiting_runs().filter(state=ImportState.HELD)
    return set(held.values_list("source__code", flat=True))


STATISTICS_JOB = "analysis.statistics"

_KINDS = {
    ImportState.UPLOADED: "",
    ImportState.RUNNING: "strong",
    ImportState.STORED: "good",
    ImportState.UNCHANGED: "good",
    ImportState.HELD: "wait",
    ImportState.PREVIEWED: "wait",
    ImportState.DECLINED: "",
    ImportState.FAILED: "bad",
}


@dataclass(frozen=True)
class Line:
    """One line of a report: what was counted, how many, and which codes where they are told."""

    label: str
    count: int
    detail: str = ""


@dataclass(frozen=True)
class SourceView:
    """A source as the page shows it; `versions` holds the newest of each table."""

    source: Source
    indicator_count: int
    run: ImportRun | None
    versions: tuple[DataVersion, ...]
    #: Whether it is in the database, as from the first import on.
    known: bool = True
    #: Whether the file of the last import is kept.
    has_file: bool = False
    #: Some figures of a file that waits to be taken.
    sample: tuple[Line, ...] = ()

    @property
    def kind(self) -> str:
        """Colour of the last import's state."""
        return _KINDS[ImportState(self.run.state)] if self.run else ""

    @property
    def held(self) -> bool:
        """Whether the last import is held, for it would lose figures."""
        return self.run is not None and self.run.state == ImportState.HELD

    @property
    def offered(self) -> bool:
        """Whether the last file read waits to be taken."""
        return self.run is not None and self.run.state == ImportState.PREVIEWED

    @property
    def file_to_mend(self) -> bool:
        """Whether the last file failed or changed nothing, and may be read in another way."""
        ended = (ImportState.FAILED, ImportState.UNCHANGED, ImportState.DECLINED)
        return self.of_files and bool(self.run and self.run.state in ended and self.has_file)

    @property
    def live(self) -> bool:
        """Whether it is asked over the network."""
        return self.source.code in registry.LIVE

    @property
    def bundled(self) -> bool:
        """Whether figures of it come with the service."""
        return self.source.code in registry.BUNDLED_SOURCES

    @property
    def of_files(self) -> bool:
        """Whether people bring its figures as files."""
        return self.known and registry.of_files(self.source.code)

    @property
    def report(self) -> dict[str, Any]:
        """Report of the last import; empty where there is none."""
        return self.run.report if self.run else {}

    @property
    def missing(self) -> list[Line]:
        """Missing figures of the last import by reason."""
        report = self.report.get("missing", {})
        return [Line(str(MissingReason(reason).label), count) for reason, count in report.items()]

    @property
    def rejected(self) -> list[Line]:
        """Rows of the last import that were not taken, by reason."""
        rows: Counter[tuple[str, str]] = Counter()
        for row in self.report.get("rejected", []):
            rows[row["reason"], row["detail"]] += row["rows"]
        return [
            Line(str(RejectReason(reason).label), count, detail)
            for (reason, detail), count in rows.items()
        ]


def sources() -> list[SourceView]:
    """Return the sources: the live ones, those that come with the service, those of files (two queries).

    One that has never been read is told as the catalogue knows it; a file that waits to be taken
    is read for its sample (one query more for each).
    """
    versions = list(_newest_versions())
    read = [
        SourceView(
            run.source,
            run.indicator_count + _shipped(run.source.code),
            run,
            tuple(version for version in versions if version.source_id == run.source_id),
            has_file=run.has_file,
            sample=tuple(_sample(run)),
        )
        for run in _last_runs()
    ]
    seen = {view.source.code for view in read}
    unread = [
        SourceView(Source(code=code, **told), _known(code), None, (), known=bool(read))
        for code, told in catalogue_sources().items()
        if code not in seen and _known(code)
    ]
    return sorted([*read, *unread], key=_order)


def _sample(run: ImportRun) -> Iterator[Line]:
    """Tell some figures of a file that waits to be taken, as they would be told (one query for such)."""
    rows = run.report.get("sample", []) if run.state == ImportState.PREVIEWED else []
    if not rows:
        return
    indicators = Indicator.objects.in_bulk([code for code, *_rest in rows], field_name="code")
    names = {code: name for name, code in facts.codes_by_name().items()}
    for code, area, year, value in rows:
        one = indicators[code]
        told = numerals.number(value, one.decimals, get_language() or "fi")
        yield Line(f"{names.get(area, area)} {year}", 0, f"{one.name} {told} {one.unit}")


def _known(source: str) -> int:
    """Count the indicators of the catalogue that are read from a source."""
    return sum(row.source == source for row in catalogue_entries()) + _shipped(source)


def _shipped(source: str) -> int:
    """Count the indicators that have figures in the files of a source and are read elsewhere today."""
    if source not in registry.COMPILED:
        return 0
    return sum(row.bundled_table[0] == source != row.source for row in catalogue_entries())


def _order(view: SourceView) -> tuple[bool, bool]:
    return not view.live, registry.of_files(view.source.code)


def _last_runs() -> Iterable[Any]:
    """Return the last run of each source, with the number of the source's indicators in use."""
    used = Count("source__indicators", filter=Q(source__indicators__is_active=True))
    runs = ImportRun.objects.filter(pk=_last_of_source())
    kept = Exists(RawAnswer.objects.filter(run=OuterRef("pk")))
    told = runs.annotate(indicator_count=used, has_file=kept)
    return told.select_related("by", "source").order_by("source")


def _last_of_source() -> Subquery:
    of_source = ImportRun.objects.filter(source=OuterRef("source")).exclude(
        state=ImportState.UPLOADED
    )
    return Subquery(of_source.order_by("-started_at", "-pk").values("pk")[:1])


def _newest_versions() -> Iterable[DataVersion]:
    versions = DataVersion.objects.select_related("answer").defer("answer__body_gzip")
    return versions.order_by("source_id", "table", "-number").distinct("source_id", "table")


def last_job() -> Job | None:
    """Return the last job that read statistics, None before the first (one query, in network scope)."""
    with across_municipalities(reason="statistics are read for the whole network"):
        jobs = Job.objects.filter(kind=STATISTICS_JOB, municipality=None)
        return jobs.order_by("-created_at").first()


def is_importing() -> bool:
    """Tell whether a job that reads statistics has yet to end (one query, in network scope)."""
    with across_municipalities(reason="statistics are read for the whole network"):
        jobs = Job.objects.filter(kind=STATISTICS_JOB, municipality=None)
        return jobs.filter(state__in=UNFINISHED).exists()


def view_of(job: Job | None, views: Iterable[SourceView]) -> SourceView | None:
    """Return the source whose last import a job made (no query)."""
    read = (view for view in views if view.run)
    return next((view for view in read if job and view.run and view.run.job_id == job.pk), None)
