"""An uploaded file, the contents that may be in it, and how the last one was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from analysis.statistics.enums import ImportState
from analysis.statistics.models import ImportRun, Indicator, RawAnswer, Source
from analysis.statistics.queries.plans import table_plans
from analysis.statistics.sources import registry
from analysis.statistics.sources.base import SourceError, TablePlan
from analysis.statistics.sources.files import FileWithMapping
from analysis.statistics.sources.mapping import FileMapping

#: A file that is being read, or whose figures are in use, is read in one way only.
READ_ONCE = (ImportState.RUNNING, ImportState.STORED)


@dataclass(frozen=True)
class Content:
    """A content of a table: its key in a mapping, and the indicators read from it."""

    key: str
    indicators: Sequence[Indicator]

    @property
    def name(self) -> str:
        """What the names of its fields in a form end with."""
        return self.indicators[0].code

    @property
    def label(self) -> str:
        """Names of its indicators."""
        return ", ".join(indicator.name for indicator in self.indicators)

    @property
    def texts(self) -> list[str]:
        """Texts that its heading may have, the likeliest first."""
        names = [
            text
            for one in self.indicators
            for text in (one.content_label, one.name_fi, one.name_sv, one.name_en)
        ]
        return [text for text in (self.key, *names) if text]


@dataclass(frozen=True)
class Upload:
    """An uploaded file, and the tables of its source."""

    run: ImportRun
    file: FileWithMapping
    plans: Sequence[TablePlan]

    def plan(self, table_id: str) -> TablePlan:
        """Return the table of an id, the first one where there is none."""
        wanted = table_id.rsplit("/", 1)[-1]
        return next((plan for plan in self.plans if plan.table_id == wanted), self.plans[0])

    @cached_property
    def contents(self) -> dict[str, list[Content]]:
        """Contents of each table by its id (one query)."""
        codes = [series.indicator for plan in self.plans for series in plan.series]
        indicators = Indicator.objects.in_bulk(codes, field_name="code")
        return {plan.table_id: _contents(plan, indicators) for plan in self.plans}

    def previous_mapping(self, table_id: str = "") -> FileMapping | None:
        """Return how this file was read, or the last one of its table or source (at most one query)."""
        own = self.file.mapping
        if own and (not table_id or self.plan(own.table) == self.plan(table_id)):
            return own
        return last_mapping(self.run.source, table_id and self.plan(table_id).table)


def find_upload(run_id: int) -> Upload | None:
    """Find a file that may still be read in another way; None where there is none (four queries)."""
    run = ImportRun.objects.select_related("source").filter(pk=run_id).first()
    if run is None or run.state in READ_ONCE or not registry.is_file_source(run.source.code):
        return None
    answers = list(run.answers.all()[:2])
    plans = table_plans(run.source)
    if len(answers) != 1 or not plans:
        return None
    return Upload(run, FileWithMapping.from_bytes(answers[0].body), plans)


def last_mapping(source: Source, table: str = "") -> FileMapping | None:
    """Return how the last file of a source, or of one of its tables, was read (one query)."""
    answers = RawAnswer.objects.filter(run__source=source).exclude(table="")
    last = (answers.filter(table=table) if table else answers).order_by("-pk").first()
    try:
        return FileWithMapping.from_bytes(last.body).mapping if last else None
    except SourceError:
        return None


def _contents(plan: TablePlan, indicators: Mapping[str, Indicator]) -> list[Content]:
    by_key: dict[str, list[Indicator]] = {}
    for series in plan.series:
        by_key.setdefault(series.key, []).append(indicators[series.indicator])
    return [Content(key, sharing) for key, sharing in by_key.items()]


def indicator_names(source: Source) -> list[str]:
    """Return the names of the indicators read from a source (at most three queries)."""
    codes = [series.indicator for plan in table_plans(source) for series in plan.series]
    indicators = Indicator.objects.filter(code__in=codes).order_by("position")
    return [indicator.name for indicator in indicators]


def file_source(code: str) -> Source | None:
    """Find a source whose figures people upload as files (one query)."""
    return Source.objects.filter(code=code).first() if registry.is_file_source(code) else None
