"""Starting an import as a job, and accepting or declining one that waits for a person."""

from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from analysis.statistics.actions.imports import check_waits
from analysis.statistics.enums import ImportState
from analysis.statistics.models import ImportRun
from analysis.statistics.queries import source_list as queries
from analysis.statistics.sources import registry
from municipalities.models import User
from uso.ground.actions import action, claim
from uso.ground.jobs.models import Job
from uso.ground.jobs.runner import start_job
from uso.ground.lib.errors import RuleViolation

IMPORT_TITLE = gettext_noop("Import of statistics")
#: Sources that a press may read, by where they are read from.
SOURCES_OF = {
    registry.NETWORK: registry.LIVE_SOURCES,
    registry.BUNDLED: registry.BUNDLED_SOURCES,
}


@action()
def start_import(*, source: str, origin: str, by: User) -> Job:
    """Start the job that reads a source.

    Parameters
    ----------
    origin
        `network`, or `bundled` for the figures that come with the service.

    Raises
    ------
    RuleViolation
        When the source is not read from there, or another import is under way.
    """
    if source not in SOURCES_OF.get(origin, ()):
        raise RuleViolation(_("This source is not read from there."))
    return _start_or_find("statistics.import", by=by, source=source, origin=origin)


@action()
def start_live(*, by: User | None) -> Job:
    """Start the job that reads every source that is asked over the network.

    Raises
    ------
    RuleViolation
        When another import is under way.
    """
    return _start_or_find("statistics.import_live", by=by)


@action()
def start_accepting(*, run: ImportRun, by: User) -> Job:
    """Start the job that stores an import which waits for a person.

    Raises
    ------
    RuleViolation
        When another import is under way, or this one waits no more: somebody was quicker.
    """
    _wait_for_others()
    check_waits(ImportRun.objects.select_related("source").get(pk=run.pk))
    return _start_or_find("statistics.accept_import", by=by, run_id=run.pk)


@action()
def decline_import(*, run: ImportRun, by: User) -> ImportRun:
    """Leave the figures as they are: an import that waits for a person is not stored."""
    return claim(
        run,
        where=Q(state__in=queries.WAITING),
        refusal=RuleViolation(_("This import is not waiting for a check.")),
        state=ImportState.DECLINED,
    )


def lock_imports() -> None:
    """Refuse to start while another import is under way; call it in the transaction that starts the job.

    Whoever asks at the same moment waits until that transaction ends, and then sees its job.
    """
    _wait_for_others()
    if queries.running_import():
        raise _refused()


def _wait_for_others() -> None:
    with connection.cursor() as cursor:
        name = queries.STATISTICS_JOB
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _refused() -> RuleViolation:
    return RuleViolation(_("An import is under way already: it is shown on this page."))


def _start_or_find(task: str, *, by: User | None, **parameters: Any) -> Job:
    """Start an import, or return the one that is at the same already; while another runs, refuse."""
    _wait_for_others()
    running = queries.running_import()
    if running is None:
        return start_import_job(task, by=by, **parameters)
    if (running.task_name, running.parameters) != (task, parameters):
        raise _refused()
    return running


def start_import_job(
    task: str, *, by: User | None, title: str = IMPORT_TITLE, **parameters: Any
) -> Job:
    """Start a job that reads or stores figures; imports are locked already."""
    return start_job(
        task=task, kind=queries.STATISTICS_JOB, title=title, by=by, parameters=parameters
    )
