"""Reads of the statistics page: sources, their last import and the versions in use."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

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
    run: ImportRun | None
    versions: tuple[DataVersion, ...]

    @property
    def kind(self) -> str:
        """Colour of the last import's state."""
        return _KINDS[ImportState(self.run.state)] if self.run else ""

    @property
    def held(self) -> bool:
        """Whether the last import waits for a person."""
        return self.run is not None and self.run.state == ImportState.HELD

    @property
    def missing(self) -> list[Line]:
        """Missing figures of the last import by reason."""
        report = self._report.get("missing", {})
        return [Line(str(MissingReason(reason).label), count) for reason, count in report.items()]

    @property
    def rejected(self) -> list[Line]:
        """Rows of the last import that were not taken, by reason."""
        rows: Counter[tuple[str, str]] = Counter()
        for row in self._report.get("rejected", []):
            rows[row["reason"], row["detail"]] += row["rows"]
        return [
            Line(str(RejectReason(reason).label), count, detail)
            for (reason, detail), count in rows.items()
        ]

    @property
    def _report(self) -> dict[str, Any]:
        return self.run.report if self.run else {}


def sources() -> list[SourceView]:
    """Return the sources indicators are read from (three queries)."""
    found = Source.objects.annotate(
        indicator_count=Count("indicators", filter=Q(indicators__is_active=True))
    ).filter(indicator_count__gt=0)
    runs = {run.source_id: run for run in _last_runs()}
    versions = list(_newest_versions())
    return [
        SourceView(
            source,
            source.indicator_count,
            runs.get(source.pk),
            tuple(version for version in versions if version.source_id == source.pk),
        )
        for source in found.order_by("pk")
    ]


def _last_runs() -> Iterable[ImportRun]:
    runs = ImportRun.objects.select_related("by")
    return runs.order_by("source_id", "-started_at", "-pk").distinct("source_id")


def _newest_versions() -> Iterable[DataVersion]:
    versions = DataVersion.objects.select_related("answer").defer("answer__body_gzip")
    return versions.order_by("source_id", "table", "-number").distinct("source_id", "table")


def last_job() -> Job | None:
    """Return the last job that read statistics, None before the first (one query, in network scope)."""
    with across_municipalities(reason="statistics are read for the whole network"):
        jobs = Job.objects.filter(kind=STATISTICS_JOB, municipality=None)
        return jobs.order_by("-created_at").first()
