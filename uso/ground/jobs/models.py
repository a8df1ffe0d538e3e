"""Progress and result of a long task."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    QUEUED = "queued", _("Waiting for its turn")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


class Job(models.Model):
    """A long task: the row comes first, the Celery task after commit.

    Its parts, if it has any, are `JobItem` rows that run side by side.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=160, help_text="English text, translated when shown")
    task_name = models.CharField(max_length=80)
    parameters = models.JSONField(default=dict)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=JobState, default=JobState.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=1)
    starts = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="How often a worker began it in this attempt"
    )
    leased_until = models.DateTimeField(null=True, help_text="A worker is at it until then")
    leased_by = models.UUIDField(null=True, help_text="Drawn by chance at each start of a worker")
    total = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)
    failed_count = models.PositiveIntegerField(default=0)
    doing = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    started_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(null=True, help_text="When it last went forward")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=UNFINISHED, finished_at__isnull=True)
                | Q(state__in=(JobState.DONE, JobState.FAILED), finished_at__isnull=False),
                name="job_finished_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(total=0) | Q(done_count__lte=F("total") - F("failed_count")),
                name="job_done_not_above_total",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def finished(self) -> bool:
        """It ended, well or badly."""
        return self.state not in UNFINISHED

    @property
    def title_text(self) -> str:
        """Title in the active language."""
        return gettext(self.title) if self.title else ""

    @property
    def doing_text(self) -> str:
        """What is being done, in the active language."""
        return gettext(self.doing) if self.doing else ""

    @property
    def error_text(self) -> str:
        """Why it failed, in the active language where the sentence is one of ours."""
        return gettext(self.error) if self.error else ""

    @property
    def handled_count(self) -> int:
        """Parts that ended, well or badly."""
        return self.done_count + self.failed_count

    @property
    def seconds_left(self) -> int | None:
        """Time left at the pace so far; None while too little is known."""
        if not (self.started_at and self.total and self.handled_count) or self.finished:
            return None
        pace = (timezone.now() - self.started_at).total_seconds() / self.handled_count
        return round(pace * (self.total - self.handled_count))


class JobItem(models.Model):
    """One part of a job that is done on its own, such as one municipality's PDF."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="items")
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, null=True, related_name="+"
    )
    key = models.CharField(max_length=80)
    parameters = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=JobState, default=JobState.QUEUED)
    starts = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="How often a worker began it in this attempt"
    )
    leased_until = models.DateTimeField(null=True, help_text="A worker is at it until then")
    leased_by = models.UUIDField(null=True, help_text="Drawn by chance at each start of a worker")
    error = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["job", "key"], name="job_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"
