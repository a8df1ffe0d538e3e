"""A file of figures that a coordinator brings: kept, read, shown, and then taken or not."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from analysis.statistics.actions import storing
from analysis.statistics.actions.starting import refuse_a_second
from analysis.statistics.enums import ImportState
from analysis.statistics.models import ImportRun, RawAnswer, Source
from analysis.statistics.queries import source_list as queries
from analysis.statistics.queries.uploaded_file import SETTLED
from analysis.statistics.sources import files, guesses, sheets
from analysis.statistics.sources.base import Raw, SourceError
from analysis.statistics.sources.files import Packed
from analysis.statistics.sources.mapping import FileMapping
from municipalities.models import User
from uso.ground.jobs.models import Job
from uso.ground.jobs.runner import start_job
from uso.ground.lib.errors import RuleViolation

#: So long a file waits for somebody to say how it is read.
KEPT_FOR = timedelta(days=1)


class UploadRefused(RuleViolation):
    """The file cannot be used; `field` names what is wrong."""


@transaction.atomic
def keep_file(*, source: Source, name: str, content: bytes, by: User) -> ImportRun:
    """Keep a file until somebody says how it is read; those nobody went on with go.

    Raises
    ------
    UploadRefused
        When the file is not what its name says, too large or broken.
    """
    try:
        sheets.glanced(name, content, guesses.separator(content))
    except SourceError as error:
        raise UploadRefused(error.message, field="file") from error
    now = timezone.now()
    _forget(Q(source=source, by=by) | Q(started_at__lt=now - KEPT_FOR))
    run = ImportRun.objects.create(
        source=source, origin=name[:300], by=by, state=ImportState.UPLOADED, finished_at=now
    )
    _keep(run, "", Packed(name, None, content))
    return run


@transaction.atomic
def forget_files() -> None:
    """Let the files go that nobody has gone on with for a day."""
    _forget(Q(started_at__lt=timezone.now() - KEPT_FOR))


def _forget(which: Q) -> None:
    chosen = ImportRun.objects.filter(which, state=ImportState.UPLOADED)
    # One that somebody reads at this moment stays, and so does one that comes in between.
    free = chosen.select_for_update(of=("self",), skip_locked=True)
    left = list(free.values_list("pk", flat=True))
    RawAnswer.objects.filter(run__in=left).delete()
    ImportRun.objects.filter(pk__in=left).delete()


def _keep(run: ImportRun, table: str, file: Packed) -> None:
    storing.keep(run, Raw(table, file.body(), None, file.name, timezone.now()))


@transaction.atomic
def read_file(*, run: ImportRun, table: str, rules: FileMapping, by: User) -> Job:
    """Start the job that says what a file would change when it is read so.

    Raises
    ------
    RuleViolation
        When an import is under way already, or the file has been taken or is gone.
    """
    refuse_a_second()
    held = ImportRun.objects.select_for_update(of=("self",)).exclude(state__in=SETTLED)
    now = held.filter(pk=run.pk).first()
    kept = now.answers.first() if now else None
    if kept is None:
        raise RuleViolation(_("This file has been read already: bring it again."))
    file = files.unpacked(kept.body)
    kept.delete()
    _keep(run, table, Packed(file.name, rules, file.content))
    job = start_job(
        task="statistics.preview_import",
        kind=queries.STATISTICS_JOB,
        title=gettext_noop("Reading of a file of statistics"),
        by=by,
        parameters={"run_id": run.pk},
    )
    ImportRun.objects.filter(pk=run.pk).update(
        job_id=job.pk, by=by, state=ImportState.RUNNING, report={}, error="",
        started_at=timezone.now(), finished_at=None,
    )  # fmt: skip
    return job
