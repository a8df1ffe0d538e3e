"""Closed lists of the municipalities and their people."""

from collections.abc import Iterable

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


class Roles(frozenset[str]):
    """What somebody may act as on a page, and who it is.

    Rules take it with the row they are asked about: `can_plan(roles, workshop)`; what is an
    expert's own is found by `user_id`, None before the sign-in.
    """

    user_id: int | None

    def __new__(cls, roles: Iterable[str] = (), *, user_id: int | None = None) -> "Roles":
        """Name the roles and whose they are."""
        made = super().__new__(cls, roles)
        made.user_id = user_id
        return made


class Group(models.TextChoices):
    ELECTED = "elected", _("Elected official")
    OFFICE = "office", _("Office holder")


class Language(models.TextChoices):
    FINNISH = "fi", "Suomi"
    SWEDISH = "sv", "Svenska"
    ENGLISH = "en", "English"

    @property
    def in_words(self) -> str:
        """Its name in the reader's language, as it stands in a sentence."""
        names = {"fi": _("Finnish"), "sv": _("Swedish"), "en": _("English")}
        return str(names[self.value])
