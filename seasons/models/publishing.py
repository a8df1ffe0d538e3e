"""What a season's readers get: its amendments, and its invitation as a file."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.enums import Language
from seasons.enums import SeasonPart
from seasons.models.season import Season
from uso.ground.lib.models import Localized


class Amendment(models.Model):
    """One change of a season that was open; a row of history, never changed."""

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="amendments")
    part = models.CharField(_("part"), max_length=16, choices=SeasonPart)
    holds_from = models.DateField(_("holds from"))
    reason_fi = models.TextField(_("reason in Finnish"), max_length=2000)
    reason_sv = models.TextField(_("reason in Swedish"), max_length=2000, blank=True)
    reason_en = models.TextField(_("reason in English"), max_length=2000, blank=True)
    reason = Localized("reason")
    changes = models.JSONField(
        help_text="By language: a list of [what, as it was, as it is], in words."
    )
    at = models.DateTimeField(_("made"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stored_at = models.DateTimeField(
        db_default=TransactionNow(),
        editable=False,
        help_text="When its transaction began: what a part changes by is of the same one.",
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["season", "at"], name="amendment_by_season")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(reason_fi=""), name="amendment_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.season} {self.part} {self.holds_from}"


class InvitationDocument(models.Model):
    """A season's invitation as a PDF in one language, the latest one made."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="invitations")
    language = models.CharField(_("language"), max_length=2, choices=Language)
    content = models.BinaryField()
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    of_sha256 = models.CharField(
        max_length=64, help_text="Fingerprint of what was printed: another one asks for a new file."
    )
    pages = models.PositiveSmallIntegerField(_("pages"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["season", "language"], name="invitation_document_once")
        ]

    def __str__(self) -> str:
        return f"{self.season} {self.language}"
