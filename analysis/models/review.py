"""What people do with an edition before it is published: experts, their edits and comments."""

from collections.abc import Mapping
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from analysis.enums import Audience
from analysis.models.editions import Analysis
from municipalities.models import Municipality
from seasons.models import Season

Texts = Mapping[str, str]
"""Language code to text; a language that is not there has none."""


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    model_name="ExpertAssignmentEvent",
)
class ExpertAssignment(models.Model):
    """An expert who reads, edits and comments a municipality's analysis of a season."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="+")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(_("assigned"), default=timezone.now)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ready_at = models.DateTimeField(_("ready"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "season", "expert"],
                name="expert_assigned_once",
                violation_error_message=_("The expert has this analysis already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.expert_id}: {self.municipality_id} USO{self.season_id}"


class FindingEditQuerySet(models.QuerySet["FindingEdit"]):
    def open(self) -> "FindingEditQuerySet":
        """Edits that somebody has to answer before the edition is approved."""
        return self.filter(Q(proposed=True) | Q(outdated=True))


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["text", "original"],  # written freely, may name people
    model_name="FindingEditEvent",
)
class FindingEdit(models.Model):
    """A sentence an expert wrote in the place of a rule's; it stands in the content while it holds.

    `original` is the sentence it was written from, with its figures: `{"text": …, "figures": …}`.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    analysis = models.ForeignKey(
        Analysis, on_delete=models.CASCADE, db_constraint=False, related_name="edits"
    )
    measure = models.SlugField(_("indicator"), max_length=60)
    rule = models.SlugField(_("rule"), max_length=60)
    text: "models.JSONField[Texts, Texts]" = models.JSONField(_("text"))
    original: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        _("sentence it was written from")
    )
    proposed = models.BooleanField(
        _("proposed"), default=False, help_text=_("Carried over from the edition before.")
    )
    outdated = models.BooleanField(
        _("outdated"), default=False, help_text=_("The sentence it was written from has changed.")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("written"), default=timezone.now)

    objects = FindingEditQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["analysis", "measure", "rule"], name="finding_edited_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.analysis_id} {self.measure} {self.rule}"

    @property
    def open(self) -> bool:
        """Somebody has to say whether it stands."""
        return self.proposed or self.outdated

    @property
    def version(self) -> str:
        """What a page that showed it sends back, to find out whether it has changed since."""
        return f"{self.at.isoformat()}{'p' * self.proposed}{'o' * self.outdated}"

    def is_text_of(self, version: str) -> bool:
        """Ask whether the words are those of a version, whatever was answered since."""
        return version.rstrip("po") == self.at.isoformat()


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["text"],  # written freely, may name people
    model_name="ExpertCommentEvent",
)
class ExpertComment(models.Model):
    """What an expert says of an indicator or of the whole: in the report, or to the coordinator."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    analysis = models.ForeignKey(
        Analysis, on_delete=models.CASCADE, db_constraint=False, related_name="comments"
    )
    measure = models.SlugField(
        _("indicator"), max_length=60, blank=True, help_text=_("Empty when it is of the whole.")
    )
    audience = models.CharField(
        _("for whom"), max_length=8, choices=Audience, default=Audience.REPORT
    )
    text: "models.JSONField[Texts, Texts]" = models.JSONField(_("text"))
    proposed = models.BooleanField(
        _("proposed"), default=False, help_text=_("Carried over from the edition before.")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("written"), default=timezone.now)

    def __str__(self) -> str:
        return f"{self.analysis_id} {self.measure}"

    @property
    def open(self) -> bool:
        """Somebody has to say whether it stands."""
        return self.proposed

    @property
    def version(self) -> str:
        """What a page that showed it sends back, to find out whether it has changed since."""
        return f"{self.at.isoformat()}{'p' * self.proposed}"

    def is_text_of(self, version: str) -> bool:
        """Ask whether the words are those of a version, whatever was answered since."""
        return version.rstrip("p") == self.at.isoformat()
