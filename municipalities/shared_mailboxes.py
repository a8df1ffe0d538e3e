"""Shared mailboxes of a municipality: addresses that are written to and are no accounts."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from municipalities.models import ContactAddress, User
from uso.ground.actions import action
from uso.ground.lib.errors import RuleViolation


@action(of="address")
def save_contact_address(
    *, address: ContactAddress, email: str, label: str, language: str, by: User, at: datetime
) -> ContactAddress:
    """Add a shared mailbox or change it; who added it and when stays."""
    address.email, address.label, address.language = email.lower(), label, language
    if address.pk is None:
        address.added_by, address.added_at = by, at
    try:
        with transaction.atomic():
            address.save()
    except IntegrityError:
        raise RuleViolation(_("This address is on the list already."), field="email") from None
    return address


@action(of="address")
def remove_contact_address(*, address: ContactAddress, by: User) -> None:
    """Take a shared mailbox off the municipality's list; what was sent to it stays sent."""
    address.delete()
