"""Letters of the coordinators to the municipalities of a season's list, and what each address got."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.enums import Language
from municipalities.models import Municipality
from seasons.enums import ParticipationState
from seasons.models.season import Season
from uso.ground.lib.languages import localized
from uso.ground.lib.models import paired

LONGEST_TEXT = 10_000
SUBJECT_LENGTH = 150  # a municipality's name fits beside it into the subject of a message


class Letter(models.Model):
    """A text to a stage of a season's list or to municipalities picked by hand; a draft until it is sent."""

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="letters")
    stage = models.CharField(
        _("to those in the stage"), max_length=12, choices=ParticipationState, blank=True
    )
    picked = ArrayField(
        models.BigIntegerField(),
        default=list,
        blank=True,
        help_text="Municipalities picked by hand, where no stage is named",
    )
    left_out = ArrayField(
        models.CharField(max_length=300),
        default=list,
        blank=True,
        help_text="Recipients the coordinator leaves out, by key",
    )
    subject_fi = models.CharField(_("subject in Finnish"), max_length=SUBJECT_LENGTH)
    subject_sv = models.CharField(_("subject in Swedish"), max_length=SUBJECT_LENGTH)
    subject_en = models.CharField(_("subject in English"), max_length=SUBJECT_LENGTH, blank=True)
    text_fi = models.TextField(_("text in Finnish"), max_length=LONGEST_TEXT)
    text_sv = models.TextField(_("text in Swedish"), max_length=LONGEST_TEXT)
    text_en = models.TextField(_("text in English"), max_length=LONGEST_TEXT, blank=True)
    reminds = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="reminders"
    )
    made_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    made_by = models.ForeignKey("municipalities.User", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    sent_by = models.ForeignKey(
        "municipalities.User", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    job_id = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            paired("sent_at", "sent_by", name="letter_sent_at_with_by"),
            models.CheckConstraint(
                condition=Q(stage="") | Q(picked=[]), name="letter_to_a_stage_or_to_some"
            ),
            models.CheckConstraint(
                condition=Q(subject_en="", text_en="") | ~Q(subject_en="") & ~Q(text_en=""),
                name="letter_in_english_has_both",
            ),
        ]

    def __str__(self) -> str:
        return self.subject_fi

    @property
    def subject(self) -> str:
        """The subject in the active language, with the season in its place; the rest goes by recipient."""
        season = f"{self.season} ({self.season.years})"
        return localized(self, "subject").replace("{kausi}", season)

    @property
    def is_sent(self) -> bool:
        """Whether it was sent, or is being sent: it never changes any more."""
        return self.sent_at is not None


class SentLetter(models.Model):
    """What one address of a municipality got, word for word; it stays."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="letters")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="sent")
    to_email = models.EmailField(_("e-mail"))
    to_name = models.CharField(_("name"), max_length=130)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    stage = models.CharField(_("stage"), max_length=12, choices=ParticipationState)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "letter", "municipality", Lower("to_email"), name="sent_letter_once_an_address"
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.to_email}"

    @property
    def key(self) -> str:
        """Key of its message in the outbox: one is sent once."""
        return f"letter:{self.pk}"
