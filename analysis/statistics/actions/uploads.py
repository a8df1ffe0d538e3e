"""A file of figures that a coordinator uploads: stored, previewed, and then accepted or declined."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from analysis.statistics.actions import storing
from analysis.statistics.actions.starting import lock_imports, start_import_job
from analysis.statistics.enums import ImportState
from analysis.statistics.models import ImportRun, RawAnswer, Source
from analysis.statistics.queries.uploaded_file import READ_ONCE
from analysis.statistics.sources.base import Response
from analysis.statistics.sources.files import FileWithMapping
from analysis.statistics.sources.mapping import FileMapping
from municipalities.models import User
from uso.ground.actions import action
from uso.ground.jobs.models import Job
from uso.ground.lib import sheets
from uso.ground.lib.errors import RuleViolation, UnreadableFile

#: An uploaded file waits so long for its mapping.
UPLOAD_LIFETIME = timedelta(days=1)


class UploadRefused(RuleViolation):
    """The file cannot be used; `field` names what is wrong."""


@action()
def upload_file(*, source: Source, file: FileWithMapping, by: User) -> ImportRun:
    """Store a file until somebody gives its mapping; abandoned ones are deleted.

    Raises
    ------
    UploadRefused
        When the file is not what its name says, too large or broken.
    """
    try:
        sheets.open_all_sheets(file.name, file.content, sheets.guess_separator(file.content))
    except UnreadableFile as error:
        raise UploadRefused(error.message, field="file") from error
    now = timezone.now()
    _delete_uploads(Q(source=source, by=by) | Q(started_at__lt=now - UPLOAD_LIFETIME))
    run = ImportRun.objects.create(
        source=source, origin=file.name[:300], by=by, state=ImportState.UPLOADED, finished_at=now
    )
    _store_file(run, "", file)
    return run


@action()
def delete_abandoned_files(*, by: User | None) -> None:
    """Delete the files that have waited for their mapping longer than a day."""
    _delete_uploads(Q(started_at__lt=timezone.now() - UPLOAD_LIFETIME))


def _delete_uploads(which: Q) -> None:
    uploads = ImportRun.objects.filter(which, state=ImportState.UPLOADED)
    # One that is being read at this moment stays, and so does one that comes in between.
    unlocked = uploads.select_for_update(of=("self",), skip_locked=True)
    ids = list(unlocked.values_list("pk", flat=True))
    RawAnswer.objects.filter(run__in=ids).delete()
    ImportRun.objects.filter(pk__in=ids).delete()


def _store_file(run: ImportRun, table: str, file: FileWithMapping) -> None:
    storing.store_answer(run, Response(table, file.as_bytes(), None, file.name, timezone.now()))


@action()
def start_preview(*, run: ImportRun, table: str, mapping: FileMapping, by: User) -> Job:
    """Start the job that reports what a file would change when it is read by a mapping.

    Raises
    ------
    RuleViolation
        When an import is under way already, or the file has been accepted or is gone.
    """
    lock_imports()
    unread = ImportRun.objects.select_for_update(of=("self",)).exclude(state__in=READ_ONCE)
    current = unread.filter(pk=run.pk).first()
    answer = current.answers.first() if current else None
    if answer is None:
        raise RuleViolation(_("This file has been read already: bring it again."))
    file = FileWithMapping.from_bytes(answer.body)
    answer.delete()
    _store_file(run, table, FileWithMapping(file.name, mapping, file.content))
    job = start_import_job(
        "statistics.preview_import",
        title=gettext_noop("Reading of a file of statistics"),
        by=by,
        run_id=run.pk,
    )
    ImportRun.objects.filter(pk=run.pk).update(
        job_id=job.pk, by=by, state=ImportState.RUNNING, report={}, error="",
        started_at=timezone.now(), finished_at=None,
    )  # fmt: skip
    return job
