"""Reads of downloads: how often and when for staff, by whom for coordinators."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from analysis.models import Analysis, AnalysisDownload

LISTED = 30


@dataclass(frozen=True, slots=True)
class DownloadCount:
    """How often an edition was downloaded, and when last."""

    count: int
    last: datetime | None


NEVER = DownloadCount(0, None)


def downloads_by_edition(editions: Iterable[Analysis]) -> dict[int, DownloadCount]:
    """Count the downloads of editions by their keys (one query)."""
    rows = AnalysisDownload.objects.filter(analysis__in=[each.pk for each in editions])
    counted = rows.values("analysis").annotate(count=Count("pk"), last=Max("at"))
    return {row["analysis"]: DownloadCount(row["count"], row["last"]) for row in counted}


def downloads_of(analysis: Analysis) -> list[AnalysisDownload]:
    """List the newest downloads of an edition with who took them."""
    rows = AnalysisDownload.objects.filter(analysis=analysis).select_related("by")
    return list(rows.order_by("-at")[:LISTED])
