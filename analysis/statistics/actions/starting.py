"""Starting an import as a job, and taking or declining one that waits for a person."""

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from analysis.statistics.actions.imports import check_waiting
from analysis.statistics.enums import ImportState
from analysis.statistics.models import ImportRun
from analysis.statistics.queries import source_list as queries
from municipalities.models import User
from uso.ground.jobs.models import Job
from uso.ground.jobs.runner import start_job
from uso.ground.lib.errors import RuleViolation


@transaction.atomic
def start_import(*, source: str, origin: str, by: User, held_run_id: int | None = None) -> Job:
    """Start the job that reads a source, or that stores a held import.

    Raises
    ------
    RuleViolation
        When one is at it already.
    """
    refuse_a_second()
    return start_job(
        task="statistics.import",
        kind=queries.STATISTICS_JOB,
        title=gettext_noop("Import of statistics"),
        by=by,
        parameters={"source": source, "origin": origin, "held_run_id": held_run_id},
    )


@transaction.atomic
def start_accepting(*, run: ImportRun, by: User) -> Job:
    """Start the job that stores an import which waits for a person.

    Raises
    ------
    RuleViolation
        When an import is under way already, or this one waits no more: somebody was quicker.
    """
    refuse_a_second()
    check_waiting(ImportRun.objects.select_related("source").get(pk=run.pk))
    return start_import(source=run.source.code, origin=run.origin, by=by, held_run_id=run.pk)


@transaction.atomic
def start_live(*, by: User | None) -> Job:
    """Start the job that reads every source that is asked over the network.

    Raises
    ------
    RuleViolation
        When an import is under way already.
    """
    refuse_a_second()
    return start_job(
        task="statistics.import_live",
        kind=queries.STATISTICS_JOB,
        title=gettext_noop("Import of statistics"),
        by=by,
    )


def refuse_a_second() -> None:
    """Refuse to begin while another import is at it; call it in the transaction that starts the job.

    Whoever asks at the same moment waits until that transaction ends, and then sees its job.
    """
    with connection.cursor() as cursor:
        name = queries.STATISTICS_JOB
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
    if queries.is_importing():
        raise RuleViolation(_("An import is under way already: it is shown on this page."))


@transaction.atomic
def decline_import(*, run: ImportRun, by: User) -> ImportRun:
    """Leave the figures as they are: an import that waits for a person is not taken."""
    waiting = ImportRun.objects.filter(
        pk=run.pk, state__in=(ImportState.HELD, ImportState.PREVIEWED)
    )
    if not waiting.update(state=ImportState.DECLINED):
        raise RuleViolation(_("This import is not waiting for a check."))
    run.refresh_from_db()
    return run
