"""A file that was brought, what is wanted of it, and how the last one was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from analysis.statistics.enums import ImportState
from analysis.statistics.models import ImportRun, Indicator, RawAnswer, Source
from analysis.statistics.queries.plans import table_plans
from analysis.statistics.sources import files, registry
from analysis.statistics.sources.base import SourceError, TablePlan
from analysis.statistics.sources.files import Packed
from analysis.statistics.sources.mapping import FileMapping

#: A file that is being read, or whose figures are in use, is read in one way only.
SETTLED = (ImportState.RUNNING, ImportState.STORED)


@dataclass(frozen=True)
class Wanted:
    """A content of a table: what the mapping calls it, and the indicators read from it."""

    key: str
    indicators: Sequence[Indicator]

    @property
    def name(self) -> str:
        """Name of the first field of a form that asks for it."""
        return self.indicators[0].code

    @property
    def label(self) -> str:
        """Names of its indicators."""
        return ", ".join(one.name for one in self.indicators)

    @property
    def texts(self) -> list[str]:
        """Texts by which a heading may tell it, the likeliest first."""
        names = [
            text
            for one in self.indicators
            for text in (one.content_label, one.name_fi, one.name_sv, one.name_en)
        ]
        return [text for text in (self.key, *names) if text]


@dataclass(frozen=True)
class Upload:
    """A file that was brought, and the tables of its source."""

    run: ImportRun
    file: Packed
    plans: Sequence[TablePlan]

    def plan(self, table_id: str) -> TablePlan:
        """Return the table of an id, the first one where there is none."""
        wanted = table_id.rsplit("/", 1)[-1]
        return next((one for one in self.plans if one.table_id == wanted), self.plans[0])

    @cached_property
    def wanted(self) -> dict[str, list[Wanted]]:
        """What is wanted of each table, by its id (one query)."""
        codes = [one.indicator for plan in self.plans for one in plan.series]
        known = Indicator.objects.in_bulk(codes, field_name="code")
        return {plan.table_id: _wanted(plan, known) for plan in self.plans}

    def before(self, table_id: str = "") -> FileMapping | None:
        """Return how this file was read, or the last one of its table or source (at most one query)."""
        own = self.file.mapping
        if own and (not table_id or self.plan(own.table) == self.plan(table_id)):
            return own
        return last_mapping(self.run.source, table_id and self.plan(table_id).table)


def upload(run_id: int) -> Upload | None:
    """Find a file that may be read in another way; None where there is none any more (four queries)."""
    run = ImportRun.objects.select_related("source").filter(pk=run_id).first()
    if run is None or run.state in SETTLED or not registry.of_files(run.source.code):
        return None
    kept = list(run.answers.all()[:2])
    plans = table_plans(run.source)
    return Upload(run, files.unpacked(kept[0].body), plans) if len(kept) == 1 and plans else None


def last_mapping(source: Source, table: str = "") -> FileMapping | None:
    """Return how the last file of a source, or of one of its tables, was read (one query)."""
    kept = RawAnswer.objects.filter(run__source=source).exclude(table="")
    last = (kept.filter(table=table) if table else kept).order_by("-pk").first()
    try:
        return files.unpacked(last.body).mapping if last else None
    except SourceError:
        return None


def _wanted(plan: TablePlan, known: Mapping[str, Indicator]) -> list[Wanted]:
    by_key: dict[str, list[Indicator]] = {}
    for one in plan.series:
        by_key.setdefault(one.key, []).append(known[one.indicator])
    return [Wanted(key, indicators) for key, indicators in by_key.items()]


def read_from(source: Source) -> list[str]:
    """Return the names of the indicators read from a source (at most three queries)."""
    codes = [one.indicator for plan in table_plans(source) for one in plan.series]
    return [one.name for one in Indicator.objects.filter(code__in=codes).order_by("position")]


def file_source(code: str) -> Source | None:
    """Find a source whose figures people bring as files (one query)."""
    return Source.objects.filter(code=code).first() if registry.of_files(code) else None
