"""Reads of the statistics page: sources, their last import and the versions in use."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from analysis.statistics.catalogue import catalogue_entries, catalogue_sources
from analysis.statistics.enums import Doubt, ImportState, MissingReason, RejectReason
from analysis.statistics.models import DataVersion, ImportRun, Indicator, RawAnswer, Source
from analysis.statistics.sources import registry
from municipalities import division, facts
from uso.ground.jobs.models import UNFINISHED, Job
from uso.ground.lib import numerals
from uso.ground.tenancy.crossing import across_municipalities

#: Kind of every job that reads or stores figures.
STATISTICS_JOB = "analysis.statistics"
#: States of a run that waits for a person.
WAITING = (ImportState.HELD, ImportState.PREVIEWED)

_TAG_KINDS = {
    ImportState.UPLOADED: "",
    ImportState.RUNNING: "strong",
    ImportState.STORED: "good",
    ImportState.UNCHANGED: "good",
    ImportState.HELD: "wait",
    ImportState.PREVIEWED: "wait",
    ImportState.DECLINED: "",
    ImportState.FAILED: "bad",
}


def waiting_runs() -> QuerySet[ImportRun]:
    """Return the imports that wait for a person: the last of their sources."""
    return ImportRun.objects.filter(pk=_last_run_of_source(), state__in=WAITING)


def held_sources() -> set[str]:
    """Return the codes of the sources whose last import is held (one query)."""
    held = waiting_runs().filter(state=ImportState.HELD)
    return set(held.values_list("source__code", flat=True))


@dataclass(frozen=True)
class ReportLine:
    """One line of a report: what was counted, how many, and details where there are some."""

    label: str
    count: int
    detail: str = ""


@dataclass(frozen=True)
class SourceCard:
    """A source as the page displays it; `versions` holds the newest of each table."""

    source: Source
    indicator_count: int
    run: ImportRun | None = None
    versions: tuple[DataVersion, ...] = ()
    #: Whether it is in the database, as from the first import on.
    is_loaded: bool = True
    #: Whether an answer of the last import is stored.
    has_answer: bool = False
    #: Some figures of a previewed file.
    sample: tuple[ReportLine, ...] = ()

    @property
    def kind(self) -> str:
        """Colour of the last import's state."""
        return _TAG_KINDS[ImportState(self.run.state)] if self.run else ""

    @property
    def is_held(self) -> bool:
        """Whether the last import is held, for it would lose figures."""
        return self.run is not None and self.run.state == ImportState.HELD

    @property
    def is_previewed(self) -> bool:
        """Whether the last file was read and waits to be accepted."""
        return self.run is not None and self.run.state == ImportState.PREVIEWED

    @property
    def can_remap_file(self) -> bool:
        """Whether the last file failed or changed nothing, and may be read by another mapping."""
        ended = (ImportState.FAILED, ImportState.UNCHANGED, ImportState.DECLINED)
        return self.takes_files and bool(self.run and self.run.state in ended and self.has_answer)

    @property
    def is_live(self) -> bool:
        """Whether it is asked over the network."""
        return self.source.code in registry.LIVE_SOURCES

    @property
    def is_bundled(self) -> bool:
        """Whether figures of it come with the service."""
        return self.source.code in registry.BUNDLED_SOURCES

    @property
    def takes_files(self) -> bool:
        """Whether people upload its figures as files."""
        return self.is_loaded and registry.is_file_source(self.source.code)

    @property
    def report(self) -> dict[str, Any]:
        """Report of the last import; empty where there is none."""
        return self.run.report if self.run else {}

    @property
    def missing(self) -> list[ReportLine]:
        """Missing figures of the last import by reason."""
        counts = self.report.get("missing", {})
        return [
            ReportLine(str(MissingReason(reason).label), count) for reason, count in counts.items()
        ]

    @property
    def doubts(self) -> list[ReportLine]:
        """What the last import read and a person should check against the file."""
        return [
            ReportLine(str(Doubt(one["doubt"]).label), one["cells"], one["detail"])
            for one in self.report.get("doubts", [])
        ]

    @property
    def rejected(self) -> list[ReportLine]:
        """Rows of the last import that were not used, by reason."""
        counts: Counter[tuple[str, str]] = Counter()
        for row in self.report.get("rejected", []):
            counts[row["reason"], row["detail"]] += row["rows"]
        return [
            ReportLine(str(RejectReason(reason).label), count, detail)
            for (reason, detail), count in counts.items()
        ]


def source_cards() -> list[SourceCard]:
    """Return the sources: the live ones, those that come with the service, those of files (two queries).

    One that has never been read is displayed as the catalogue has it; the sample of a previewed file
    takes one query more.
    """
    versions = list(_newest_versions())
    loaded = [
        SourceCard(
            run.source,
            run.indicator_count + _count_bundled_indicators(run.source.code),
            run,
            tuple(version for version in versions if version.source_id == run.source_id),
            has_answer=run.has_answer,
            sample=tuple(_sample(run)),
        )
        for run in _last_runs()
    ]
    codes = {card.source.code for card in loaded}
    others = [
        SourceCard(Source(code=code, **texts), count, is_loaded=bool(loaded))
        for code, texts in catalogue_sources().items()
        if code not in codes and (count := _count_indicators(code))
    ]
    return sorted(
        [*loaded, *others],
        key=lambda card: (not card.is_live, registry.is_file_source(card.source.code)),
    )


def _sample(run: ImportRun) -> Iterator[ReportLine]:
    """Return some figures of a previewed file, as they would be displayed (one query for such)."""
    rows = run.report.get("sample", []) if run.state == ImportState.PREVIEWED else []
    if not rows:
        return
    indicators = Indicator.objects.in_bulk([code for code, *_rest in rows], field_name="code")
    names = {code: name for name, code in _area_names()}
    for code, area, year, value, *marks in rows:
        indicator = indicators[code]
        number = numerals.number(value, indicator.decimals, get_language() or "fi")
        figure = f"{indicator.name} {number} {indicator.unit}"
        if any(marks):
            figure += f" ({_('preliminary')})"
        yield ReportLine(f"{names.get(area, area)} {year}", 0, figure)


def _area_names() -> Iterator[tuple[str, str]]:
    yield from facts.region_codes_by_name().items()
    yield from division.codes_by_name().items()


def _count_indicators(source: str) -> int:
    """Count the indicators of the catalogue that are read from a source."""
    live = sum(entry.source == source for entry in catalogue_entries())
    return live + _count_bundled_indicators(source)


def _count_bundled_indicators(source: str) -> int:
    """Count the indicators that have figures in the files of a source and are read elsewhere today."""
    if source not in registry.COMPILED_SOURCES:
        return 0
    return sum(entry.bundled_table[0] == source != entry.source for entry in catalogue_entries())


def _last_runs() -> Iterable[Any]:
    """Return the last run of each source, with the number of the source's indicators in use."""
    in_use = Count("source__indicators", filter=Q(source__indicators__is_active=True))
    answers = Exists(RawAnswer.objects.filter(run=OuterRef("pk")))
    runs = ImportRun.objects.filter(pk=_last_run_of_source())
    counted = runs.annotate(indicator_count=in_use, has_answer=answers)
    return counted.select_related("by", "source").order_by("source")


def _last_run_of_source() -> Subquery:
    runs = ImportRun.objects.filter(source=OuterRef("source")).exclude(state=ImportState.UPLOADED)
    return Subquery(runs.order_by("-started_at", "-pk").values("pk")[:1])


def _newest_versions() -> Iterable[DataVersion]:
    versions = DataVersion.objects.select_related("answer").defer("answer__body_gzip")
    return versions.order_by("source_id", "table", "-number").distinct("source_id", "table")


def last_job() -> Job | None:
    """Return the last job that read statistics, None before the first (one query, in network scope)."""
    with across_municipalities(reason="statistics are read for the whole network"):
        return _jobs().order_by("-created_at").first()


def running_import() -> Job | None:
    """Return the job that reads statistics and has yet to end (one query, in network scope)."""
    with across_municipalities(reason="statistics are read for the whole network"):
        return _jobs().filter(state__in=UNFINISHED).first()


def _jobs() -> QuerySet[Job]:
    return Job.objects.filter(kind=STATISTICS_JOB, municipality=None)


def card_of_job(job: Job | None, cards: Iterable[SourceCard]) -> SourceCard | None:
    """Return the source whose last import a job made (no query)."""
    return next((card for card in cards if job and card.run and card.run.job_id == job.pk), None)


def job_of(job_id: UUID | None) -> Job | None:
    """Return a job that reads statistics by its key (one query, in network scope)."""
    with across_municipalities(reason="statistics are read for the whole network"):
        return _jobs().filter(pk=job_id).first() if job_id else None
