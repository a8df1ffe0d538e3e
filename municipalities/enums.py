"""Closed lists of the municipalities and their people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("Coordinator")
    EXPERT = "expert", _("Expert")
    CONTACT = "contact", _("Contact person")
    LEADER = "leader", _("Municipal leader")
    BILLING = "billing", _("Billing contact")


NETWORK_ROLES = frozenset({Role.COORDINATOR, Role.EXPERT})
MUNICIPALITY_ROLES = frozenset({Role.CONTACT, Role.LEADER, Role.BILLING})


class Group(models.TextChoices):
    ELECTED = "elected", _("Elected official")
    OFFICE = "office", _("Office holder")


class Language(models.TextChoices):
    FINNISH = "fi", "Suomi"
    SWEDISH = "sv", "Svenska"
    ENGLISH = "en", "English"
