"""Runs of an import from start to end: read everything first, then store everything or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from analysis.statistics import reports
from analysis.statistics.actions import storing
from analysis.statistics.actions.change_detection import CHANGE_MARKS, change_marks, is_unchanged
from analysis.statistics.actions.loading import load_catalogue
from analysis.statistics.actions.notifications import notify_of_held_import
from analysis.statistics.enums import ImportState, RejectReason
from analysis.statistics.models import ImportRun, Source
from analysis.statistics.queries.plans import table_plans
from analysis.statistics.reports import TableReport
from analysis.statistics.sources import registry
from analysis.statistics.sources.base import (
    Adapter,
    NoSuchTable,
    Progress,
    Raw,
    Rejected,
    SourceError,
    TablePlan,
)
from municipalities.models import User
from uso.ground.lib.errors import RuleViolation

NETWORK, BUNDLED = registry.NETWORK, registry.BUNDLED


class ImportHeld(RuleViolation):
    """The figures were read but not stored: too many are missing that were known before."""


def import_statistics(
    *,
    source: str,
    origin: str = NETWORK,
    by: User | None,
    job_id: UUID | None = None,
    accept_losses: bool = False,
    progress: Progress = lambda done, total: None,
) -> ImportRun:
    """Read one source and store what is new, or fail and leave the figures as they are.

    Parameters
    ----------
    source : str
        Code of the source.
    origin : str
        `network`, `bundled`, or a file, a folder or an address with saved answers.
    job_id : UUID, optional
        The job this belongs to; a job that is run again continues its own import.
    accept_losses : bool
        Store even when many figures are lost.

    Raises
    ------
    SourceError
        When the source did not give what was asked; nothing was stored.
    ImportHeld
        When too many known figures would be lost; nothing was stored.
    """
    load_catalogue()
    run = _open_run(source, origin, by, job_id)
    if run.state in (ImportState.STORED, ImportState.UNCHANGED):
        return run
    with _ending(run):
        adapter = registry.adapter(source)
        plans = table_plans(run.source, origin)
        if not plans:
            raise SourceError(
                _("No indicator is read from %(source)s yet: add one first.")
                % {"source": run.source.name}
            )
        marks = change_marks(adapter, plans) if origin == NETWORK else {}
        wanted = [plan for plan in plans if not is_unchanged(run.source, plan, marks)]
        any_same = len(wanted) < len(plans)
        brought = _bring(adapter, wanted, _path(source, origin), progress, any_same=any_same)
        return _store_answers(
            run,
            brought.answers,
            others=[*brought.unknown, *_as_before(plans, wanted)],
            marks=marks,
            accept_losses=accept_losses,
        )


def import_bundled(*, by: User | None) -> list[ImportRun]:
    """Read every source that has figures with the service; what is stored already stays as it is."""
    return [
        import_statistics(source=source, origin=BUNDLED, by=by)
        for source in registry.BUNDLED_SOURCES
    ]


def accept_import(*, run_id: int, by: User | None, job_id: UUID | None = None) -> ImportRun:
    """Store an import that waits for a person, from the answers that were kept.

    Raises
    ------
    RuleViolation
        When the import is not held, or newer figures have been stored since.
    """
    held = ImportRun.objects.select_related("source").get(pk=run_id)
    check_waiting(held)
    run = _open_run(held.source.code, held.origin, by, job_id)
    if run.state in (ImportState.STORED, ImportState.UNCHANGED):
        return run
    answers = [storing.raw_of(kept) for kept in held.answers.all()]
    with _ending(run):
        stored = _store_answers(run, answers, accept_losses=True)
    if marks := held.report.get(CHANGE_MARKS):
        stored.report[CHANGE_MARKS] = marks
        stored.save(update_fields=["report"])
    return stored


def preview_import(*, run_id: int, progress: Progress = lambda done, total: None) -> ImportRun:
    """Read the file of a run and say what it would change; a person then takes it or does not.

    Raises
    ------
    SourceError
        When the file cannot be read.
    """
    run = ImportRun.objects.select_related("source").get(pk=run_id)
    if run.state not in (ImportState.RUNNING, ImportState.FAILED):
        return run
    kept = list(run.answers.all())
    progress(0, 1)
    with _ending(run):
        with transaction.atomic():
            tables = storing.stored_tables(run, [(row, storing.raw_of(row)) for row in kept])
            sample = storing.sample(run)
            transaction.set_rollback(True)
        changed = any(table.state == ImportState.STORED for table in tables)
        _close(
            run,
            ImportState.PREVIEWED if changed else ImportState.UNCHANGED,
            reports.as_json(tables) | {"sample": sample},
            storing.losses(tables),
        )
    progress(1, 1)
    return run


def check_waiting(run: ImportRun) -> None:
    """Refuse an import that waits for nobody, or whose figures newer ones have overtaken."""
    if run.state not in (ImportState.HELD, ImportState.PREVIEWED):
        raise RuleViolation(_("This import is not waiting for a check."))
    if run.source.versions.filter(stored_at__gt=run.started_at).exists():
        raise RuleViolation(_("Newer figures have been stored since: start a new import."))


def _open_run(source: str, origin: str, by: User | None, job_id: UUID | None) -> ImportRun:
    """Return the run of the job, opened again, or a new one."""
    found = Source.objects.filter(code=source).first()
    if found is None:
        registry.adapter(source)
        raise SourceError(_("There is no source %(source)s.") % {"source": source})
    fields = {"source": found, "origin": origin[:300], "by": by}
    if job_id is None:
        return ImportRun.objects.create(**fields)
    run, _created = ImportRun.objects.select_related("source").get_or_create(
        job_id=job_id, defaults=fields
    )
    if run.state in (ImportState.FAILED, ImportState.HELD):
        run.state, run.finished_at, run.error = ImportState.RUNNING, None, ""
        run.save(update_fields=["state", "finished_at", "error"])
    return run


@contextmanager
def _ending(run: ImportRun) -> Iterator[None]:
    """Close a run that fails: a known error with its sentence, any other with a general one."""
    try:
        yield
    except ImportHeld as held:
        _close(run, ImportState.HELD, run.report, held.message)
        notify_of_held_import(run)
        raise
    except RuleViolation as error:
        _close(run, ImportState.FAILED, {}, error.message)
        raise
    except Exception:
        _close(run, ImportState.FAILED, {}, _("Something went wrong on our side."))
        raise


def _close(run: ImportRun, state: ImportState, report: dict[str, Any], error: str = "") -> None:
    run.state, run.report, run.error = state, report, error
    run.finished_at = timezone.now()
    run.save(update_fields=["state", "report", "error", "finished_at"])


def _path(source: str, origin: str) -> str:
    """Return where the answers are: of what comes with the service, the source's folder."""
    return str(registry.BUNDLE / source) if origin == BUNDLED else origin


def _as_before(plans: Sequence[TablePlan], asked: Sequence[TablePlan]) -> list[TableReport]:
    return [TableReport(plan.table, ImportState.UNCHANGED) for plan in plans if plan not in asked]


class Brought(NamedTuple):
    """The answers of a source, and the tables it does not know."""

    answers: Sequence[Raw]
    unknown: Sequence[TableReport] = ()


def _bring(
    adapter: Adapter,
    plans: Sequence[TablePlan],
    origin: str,
    progress: Progress,
    *,
    any_same: bool,
) -> Brought:
    """Bring the answer of each table; one that its source does not know is told and the rest goes on.

    `any_same` says that other tables of the source are as they were and are not asked for.

    Any other failure ends the import: what the source does know it may tell the next time.
    """
    if origin != NETWORK:
        return Brought(registry.saved(adapter, origin, plans))
    answers, unknown, failures = [], [], []
    for at, plan in enumerate(plans):
        try:
            answers.append(adapter.ask(plan, _within(progress, at, len(plans))))
        except NoSuchTable as error:
            failures.append(error)
            rejected = Rejected(RejectReason.NO_TABLE, 0, plan.table_id)
            unknown.append(TableReport(plan.table, ImportState.FAILED, rejected=(rejected,)))
    if failures and not answers and not any_same:
        raise failures[0]
    return Brought(answers, unknown)


def _within(progress: Progress, at: int, tables: int) -> Progress:
    """Return the progress of one table as a part of all: a hundred steps for each."""

    def told(done: int, total: int) -> None:
        progress(at * 100 + 100 * done // max(total, 1), tables * 100)

    return told


def _store_answers(
    run: ImportRun,
    answers: Sequence[Raw],
    *,
    others: Sequence[TableReport] = (),
    marks: Mapping[str, str] | None = None,
    accept_losses: bool = False,
) -> ImportRun:
    """Store the answers of a run as new versions, all of them or none, and close it with its report."""
    kept = [(storing.keep_new(run, raw), raw) for raw in answers]
    with transaction.atomic():
        tables = storing.stored_tables(run, kept)
        run.report = reports.as_json([*tables, *others]) | {CHANGE_MARKS: dict(marks or {})}
        if not accept_losses and (sentence := storing.losses(tables)):
            raise ImportHeld(sentence)
    stored = any(table.state == ImportState.STORED for table in tables)
    _close(run, ImportState.STORED if stored else ImportState.UNCHANGED, run.report)
    return run
