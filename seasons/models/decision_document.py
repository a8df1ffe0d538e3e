"""The board's decision as a file."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality
from seasons.models.participation import Participation


class DecisionDocument(models.Model):
    """A municipality's decision to join as a PDF, the latest one; its people and coordinators read it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    participation = models.ForeignKey(
        Participation,
        on_delete=models.CASCADE,
        related_name="decision_documents",
        db_constraint=False,
    )
    name = models.CharField(_("name of the file"), max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    at = models.DateTimeField(_("stored"))
    by = models.ForeignKey("municipalities.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participation"], name="decision_document_once")
        ]

    def __str__(self) -> str:
        return f"{self.participation_id} {self.name}"
