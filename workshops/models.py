"""Development workshops: a municipality's own, as many as the season's package holds."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality, User
from seasons.models import Season, WorkshopTheme
from uso.ground.lib.models import paired
from workshops.enums import WorkshopState

# What a page of a workshop shows and anybody's step may change: its forms are drawn for these.
CHANGING = (
    "state", "topic", "theme", "wish", "wished_time", "question", "planned_on", "held_on",
)  # fmt: skip


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def uncancelled(self) -> "WorkshopQuerySet":
        """Workshops that hold a place: all but the cancelled ones."""
        return self.exclude(state=WorkshopState.CANCELLED)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    # Written freely, may name people; and what messages note for themselves.
    exclude=["topic", "wish", "question", "notified_days", "sequence"],
    model_name="WorkshopEvent",
)
class Workshop(models.Model):
    """One workshop of a municipality, from the wish to the day it was held.

    `slot` is its place in the season's package, 1 to the number the package gives. The database
    holds that number, and that the municipality is on the season's list
    (workshops/migrations/0002_protection.py).
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="workshops"
    )
    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="workshops")
    slot = models.PositiveSmallIntegerField(_("number"))
    topic = models.CharField(_("topic"), max_length=160)
    theme = models.ForeignKey(
        WorkshopTheme,
        verbose_name=_("subject"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    wish = models.TextField(_("what is wanted and for whom"), max_length=2000)
    wished_time = models.CharField(_("wished time"), max_length=120, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=WorkshopState, default=WorkshopState.WISHED
    )
    asked_at = models.DateTimeField(_("wished"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    question = models.TextField(_("question to the municipality"), max_length=1000, blank=True)
    asked_back_at = models.DateTimeField(_("asked back"), null=True, blank=True)
    asked_back_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    planned_on = models.DateField(_("agreed day"), null=True, blank=True)
    held_on = models.DateField(_("held"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    notified_days = models.JSONField(
        default=dict,
        db_default={},
        editable=False,
        help_text="Day each user was last notified of.",
    )
    sequence = models.PositiveIntegerField(
        default=0,
        db_default=0,
        editable=False,
        help_text="Of the calendar entries: raised with every message.",
    )

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "season", "slot"],
                condition=~Q(state=WorkshopState.CANCELLED),
                name="workshop_slot_once",
                violation_error_message=_("This workshop of the season is in use already."),
            ),
            models.CheckConstraint(condition=Q(slot__gte=1), name="workshop_slots_start_at_one"),
            models.CheckConstraint(
                condition=~Q(state=WorkshopState.PLANNED) | Q(planned_on__isnull=False),
                name="workshop_planned_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(state=WorkshopState.HELD, held_on__isnull=False)
                | (~Q(state=WorkshopState.HELD) & Q(held_on__isnull=True)),
                name="workshop_held_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(question="", asked_back_at__isnull=True, asked_back_by__isnull=True)
                | (~Q(question="") & Q(asked_back_at__isnull=False, asked_back_by__isnull=False)),
                name="workshop_question_at_with_by",
            ),
            paired(
                "cancelled_at",
                "cancelled_by",
                only_if=Q(state=WorkshopState.CANCELLED),
                name="workshop_cancelled_at_with_by",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["season", "municipality"], name="workshop_by_season")
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} USO{self.season_id} {self.slot} {self.state}"

    @property
    def waits_for_the_municipality(self) -> bool:
        """Whether the coordinator asked something back and the municipality has not answered."""
        return self.state == WorkshopState.WISHED and self.asked_back_at is not None

    @property
    def waits_for_the_network(self) -> bool:
        """Whether the wish waits for the coordinator's answer."""
        return self.state == WorkshopState.WISHED and self.asked_back_at is None
