"""A run of an import from start to end: fetch everything first, then store everything or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from analysis.statistics import reports
from analysis.statistics.actions import storing
from analysis.statistics.actions.loading import load_catalogue
from analysis.statistics.actions.notifications import notify_of_held_import
from analysis.statistics.enums import ImportState, RejectReason
from analysis.statistics.models import ImportRun, Source
from analysis.statistics.queries.plans import (
    CHANGE_MARKS,
    change_mark,
    stored_change_marks,
    table_plans,
)
from analysis.statistics.reports import TableReport
from analysis.statistics.sources import registry
from analysis.statistics.sources.base import (
    Adapter,
    NoSuchTable,
    Progress,
    RejectedRows,
    Response,
    SourceError,
    TablePlan,
)
from municipalities.models import User
from uso.ground.lib.characters import clean, storable
from uso.ground.lib.errors import RuleViolation

NETWORK, BUNDLED = registry.NETWORK, registry.BUNDLED


class ImportHeld(RuleViolation):
    """The figures were read but not stored: too many are missing that were known before."""


class FetchResult(NamedTuple):
    """The responses of a source, and a report of each table that has none."""

    responses: Sequence[Response]
    reports: Sequence[TableReport] = ()
    change_marks: Mapping[str, str] = {}


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
    if _is_done(run):
        return run
    with _closing_if_it_fails(run):
        adapter = registry.adapter_of(source)
        plans = table_plans(run.source, origin)
        if not plans:
            raise SourceError(
                _("No indicator is read from %(source)s yet: add one first.")
                % {"source": run.source.name}
            )
        if origin == NETWORK:
            fetched = _fetch_changed(run, adapter, plans, progress)
        else:
            folder = str(registry.BUNDLE_FOLDER / source) if origin == BUNDLED else origin
            fetched = FetchResult(registry.saved_responses(adapter, folder, plans))
        return _store(run, fetched, accept_losses=accept_losses)


def import_bundled(*, by: User | None) -> list[ImportRun]:
    """Read every source that has figures with the service; what is stored already stays as it is."""
    return [
        import_statistics(source=source, origin=BUNDLED, by=by)
        for source in registry.BUNDLED_SOURCES
    ]


def accept_import(*, run_id: int, by: User | None, job_id: UUID | None = None) -> ImportRun:
    """Store an import that waits for a person, from the answers stored with it.

    Raises
    ------
    RuleViolation
        When the import waits for nobody, or newer figures have been stored since.
    """
    waiting = ImportRun.objects.select_related("source").get(pk=run_id)
    check_waits(waiting)
    run = _open_run(waiting.source.code, waiting.origin, by, job_id)
    if _is_done(run):
        return run
    responses = [storing.response_of(answer) for answer in waiting.answers.all()]
    fetched = FetchResult(responses, change_marks=waiting.report.get(CHANGE_MARKS, {}))
    with _closing_if_it_fails(run):
        return _store(run, fetched, accept_losses=True)


def preview_import(*, run_id: int, progress: Progress = lambda done, total: None) -> ImportRun:
    """Read the file of a run and report what it would change; a person then accepts or declines it.

    Raises
    ------
    SourceError
        When the file cannot be read.
    """
    run = ImportRun.objects.select_related("source").get(pk=run_id)
    if run.state not in (ImportState.RUNNING, ImportState.FAILED):
        return run
    answers = [(answer, storing.response_of(answer)) for answer in run.answers.all()]
    progress(0, 1)
    with _closing_if_it_fails(run):
        with transaction.atomic():
            tables = storing.store_tables(run, answers)
            sample = storing.sample(run)
            transaction.set_rollback(True)
        _close(
            run,
            ImportState.PREVIEWED if _is_any_stored(tables) else ImportState.UNCHANGED,
            reports.as_json(tables) | {"sample": sample},
            storing.describe_alarm(tables),
        )
    progress(1, 1)
    return run


def check_waits(run: ImportRun) -> None:
    """Refuse an import that waits for nobody, or whose figures newer ones have overtaken."""
    if run.state not in (ImportState.HELD, ImportState.PREVIEWED):
        raise RuleViolation(_("This import is not waiting for a check."))
    if run.source.versions.filter(stored_at__gt=run.started_at).exists():
        raise RuleViolation(_("Newer figures have been stored since: start a new import."))


def _open_run(source: str, origin: str, by: User | None, job_id: UUID | None) -> ImportRun:
    """Return the run of the job, opened again, or a new one."""
    found = Source.objects.filter(code=source).first()
    if found is None:
        registry.adapter_of(source)
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


def _is_done(run: ImportRun) -> bool:
    """Return whether the run's job was delivered before, and stored its figures then."""
    return run.state in (ImportState.STORED, ImportState.UNCHANGED)


@contextmanager
def _closing_if_it_fails(run: ImportRun) -> Iterator[None]:
    """Close a run that fails: a known error with its sentence, any other with a general one."""
    try:
        yield
    except ImportHeld as refusal:
        _close(run, ImportState.HELD, run.report, refusal.message)
        notify_of_held_import(run)
        raise
    except RuleViolation as error:
        _close(run, ImportState.FAILED, {}, error.message)
        raise
    except Exception:
        _close(run, ImportState.FAILED, {}, _("Something went wrong on our side."))
        raise


def _close(run: ImportRun, state: ImportState, report: dict[str, Any], error: str = "") -> None:
    run.state, run.report, run.error = state, storable(report), clean(error)
    run.finished_at = timezone.now()
    run.save(update_fields=["state", "report", "error", "finished_at"])


def _fetch_changed(
    run: ImportRun, adapter: Adapter, plans: Sequence[TablePlan], progress: Progress
) -> FetchResult:
    """Fetch each table that has changed; one that its source does not know is reported and the rest goes on.

    Any other failure ends the import: what the source knows it may give the next time.
    """
    marks = {
        plan.table: change_mark(plan, moment)
        for plan in plans
        if (moment := adapter.last_changed(plan))
    }
    unchanged_tables = marks.items() & stored_change_marks(run.source).items()
    changed = [plan for plan in plans if plan.table not in dict(unchanged_tables)]
    responses, unknown, errors = [], [], []
    for number, plan in enumerate(changed):
        try:
            responses.append(adapter.fetch(plan, _table_progress(progress, number, len(changed))))
        except NoSuchTable as error:
            errors.append(error)
            rejected = RejectedRows(RejectReason.NO_TABLE, 0, plan.table_id)
            unknown.append(TableReport(plan.table, ImportState.FAILED, rejected=(rejected,)))
    if len(errors) == len(plans):
        raise errors[0]
    unchanged = [
        TableReport(plan.table, ImportState.UNCHANGED) for plan in plans if plan not in changed
    ]
    return FetchResult(responses, [*unknown, *unchanged], marks)


def _table_progress(progress: Progress, number: int, tables: int) -> Progress:
    """Return the progress of one table as a part of all: a hundred steps for each."""

    def report(done: int, total: int) -> None:
        progress(number * 100 + 100 * done // max(total, 1), tables * 100)

    return report


def _store(run: ImportRun, fetched: FetchResult, *, accept_losses: bool) -> ImportRun:
    """Store the responses as new versions, all of them or none, and close the run with its report."""
    answers = [(storing.store_new_answer(run, one), one) for one in fetched.responses]
    with transaction.atomic():
        tables = storing.store_tables(run, answers)
        run.report = reports.as_json([*tables, *fetched.reports])
        run.report[CHANGE_MARKS] = dict(fetched.change_marks)
        if not accept_losses and (sentence := storing.describe_alarm(tables)):
            raise ImportHeld(sentence)
    state = ImportState.STORED if _is_any_stored(tables) else ImportState.UNCHANGED
    _close(run, state, run.report)
    return run


def _is_any_stored(tables: Sequence[TableReport]) -> bool:
    return any(table.state == ImportState.STORED for table in tables)
