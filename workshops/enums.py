"""Closed lists of the workshops."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkshopState(models.TextChoices):
    WISHED = "wished", _("Wished for")
    PLANNED = "planned", _("Agreed")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


#: Neither held nor cancelled: the day can be agreed, moved or cancelled.
CHANGEABLE = (WorkshopState.WISHED, WorkshopState.PLANNED)
