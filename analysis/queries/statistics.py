"""Reads of the statistics page: sources, their last import and the versions in use."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from analysis.enums import ImportState, MissingReason, RejectReason
from analysis.models import DataVersion, ImportRun, Source
from municipalities.crossing import across_municipalities
from uso.jobs.models import Job

STATISTICS_JOB = "analysis.statistics"

_KINDS = {
    ImportState.RUNNING: "strong",
    ImportState.STORED: "good",
    ImportState.UNCHANGED: "good",
    ImportState.HELD: "wait",
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
    run: ImportRun
    versions: tuple[DataVersion, ...]

    @property
    def kind(self) -> str:
        """Colour of the last import's state."""
        return _KINDS[ImportState(self.run.state)]

    @property
    def held(self) -> bool:
        """Whether the last import waits for a person."""
        return self.run.state == ImportState.HELD

    @property
    def missing(self) -> list[Line]:
        """Missing figures of the last import by reason."""
        report = self.run.report.get("missing", {})
        return [Line(str(MissingReason(reason).label), count) for reason, count in report.items()]

    @property
    def rejected(self) -> list[Line]:
        """Rows of the last import that were not taken, by reason."""
        rows: Counter[tuple[str, str]] = Counter()
        for row in self.run.report.get("rejected", []):
            rows[row["reason"], row["detail"]] += row["rows"]
        return [
            Line(str(RejectReason(reason).label), count, detail)
            for (reason, detail), count in rows.items()
        ]


def sources() -> list[SourceView]:
    """Return the sources that have been read, or tried (two queries)."""
    versions = list(_newest_versions())
    return [
        SourceView(
            run.source,
            run.indicator_count,
            run,
            tuple(version for version in versions if version.source_id == run.source_id),
        )
        for run in _last_runs()
    ]


def _last_runs() -> Iterable[Any]:
    """Return the last run of each source, with the number of the source's indicators in use."""
    used = Count("source__indicators", filter=Q(source__indicators__is_active=True))
    of_source = ImportRun.objects.filter(source=OuterRef("source")).order_by("-started_at", "-pk")
    runs = ImportRun.objects.filter(pk=Subquery(of_source.values("pk")[:1]))
    return runs.select_related("by", "source").annotate(indicator_count=used).order_by("source")


def _newest_versions() -> Iterable[DataVersion]:
    versions = DataVersion.objects.select_related("answer").defer("answer__body_gzip")
    return versions.order_by("source_id", "table", "-number").distinct("source_id", "table")


def last_job() -> Job | None:
    """Return the last job that read statistics, None before the first (one query, in network scope)."""
    with across_municipalities(reason="statistics are read for the whole network"):
        jobs = Job.objects.filter(kind=STATISTICS_JOB, municipality=None)
        return jobs.order_by("-created_at").first()


def run_of(job: Job | None, views: Iterable[SourceView]) -> ImportRun | None:
    """Return the import a job made, where it is its source's last (no query)."""
    runs = (view.run for view in views)
    return next((run for run in runs if job is not None and run.job_id == job.pk), None)
