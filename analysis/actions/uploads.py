"""A file of figures that a coordinator brings: read, shown, and then taken or not."""

import gzip
import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from analysis import tasks
from analysis.actions.starting import refuse_a_second
from analysis.models import ImportRun, RawAnswer, Source
from analysis.queries import statistics as queries
from analysis.queries.plans import table_plans
from analysis.sources import mapping, sheets
from analysis.sources.base import SourceError, TablePlan
from analysis.sources.files import Packed
from analysis.sources.mapping import FileMapping
from municipalities.longwork import start_job
from municipalities.models import User
from uso.jobs.models import Job
from uso.lib.errors import RuleViolation


class UploadRefused(RuleViolation):
    """The file or its mapping cannot be used; `field` names which."""


@transaction.atomic
def offer_file(*, source: Source, name: str, content: bytes, mapping_text: str, by: User) -> Job:
    """Keep a file with its mapping and start the job that says what it would change.

    Raises
    ------
    UploadRefused
        When the file is not what its name says or too large, or the mapping cannot be used.
    RuleViolation
        When an import is under way already.
    """
    rules, plan = _mapping(source, mapping_text)
    try:
        sheets.check(name, content)
    except SourceError as error:
        raise UploadRefused(error.message, field="file") from error
    refuse_a_second()
    run = ImportRun.objects.create(source=source, origin=name[:300], by=by)
    body = Packed(name, rules, content).body()
    RawAnswer.objects.create(
        run=run,
        table=plan.table,
        origin=name[:300],
        retrieved_at=timezone.now(),
        sha256=hashlib.sha256(body).hexdigest(),
        body_gzip=gzip.compress(body, 4, mtime=0),
    )
    job = start_job(
        task=tasks.preview_import_task,
        kind=queries.STATISTICS_JOB,
        title=gettext_noop("Reading of a file of statistics"),
        by=by,
        parameters={"run_id": run.pk},
    )
    ImportRun.objects.filter(pk=run.pk).update(job_id=job.pk)
    return job


def _mapping(source: Source, text: str) -> tuple[FileMapping, TablePlan]:
    """Return the mapping and the table it names, checked."""
    try:
        rules = mapping.parse(text)
    except SourceError as error:
        raise UploadRefused(error.message, field="mapping") from error
    plans = table_plans(source)
    table = rules.table.rsplit("/", 1)[-1]
    plan = next((plan for plan in plans if plan.table_id == table), None)
    if plan is None:
        raise UploadRefused(
            _("No indicator is read from table “%(table)s” of this source; there are: %(tables)s.")
            % {"table": table, "tables": ", ".join(plan.table_id for plan in plans) or "–"},
            field="mapping",
        )
    return rules, plan
