"""Closed lists of events and registrations."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventKind(models.TextChoices):
    """Values are those of the season's package (`seasons.enums.EntitlementKind`)."""

    SEMINAR = "seminar", _("Theme seminar")
    SPARRING = "sparring", _("Sparring for elected officials")
    LIVE_CONTACT_MEETING = "live_contact_meeting", _("Contact persons' meeting on site")
    CONTACT_MEETING = "contact_meeting", _("Contact persons' meeting on Teams")
    DEVELOPER_SEMINAR = "developer_seminar", _("Working seminar for developers")
    ELECTED_TRAINING = "elected_training", _("Training for elected officials")
    CHANGE_CLINIC = "change_clinic", _("Change clinic")
    PEER_DISCUSSION = "peer_discussion", _("Peer discussion or development event")
    OTHER = "other", _("Other event")


class EventState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CANCELLED = "cancelled", _("Cancelled")


class Mode(models.TextChoices):
    """Way of attending."""

    IN_PERSON = "in_person", _("In person")
    REMOTE = "remote", _("Remotely")


class RegistrationState(models.TextChoices):
    CONFIRMED = "confirmed", _("Registered")
    CANCELLED = "cancelled", pgettext_lazy("registration", "Withdrawn")
