"""Whose role ends soon is reminded of it, in time to hand it over."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from municipalities.actions import write_about_role
from municipalities.models import Membership
from municipalities.queries import coordinator_in_charge

#: Days before a role ends.
REMINDED_BEFORE: Final = (30, 7)


def remind_of_ending_roles(*, at: datetime) -> int:
    """Write to whose role ends within a month, and again within a week; return how many were written to.

    One message for a role, its end and the time left: a role that was prolonged is another end.
    """
    on = timezone.localdate(at)
    ending = Membership.objects.active(on=on).filter(
        ends_on__lte=on + timedelta(days=max(REMINDED_BEFORE)), user__is_active=True
    )
    written = 0
    for membership in ending.select_related("user", "municipality").order_by("pk"):
        left = ((membership.ends_on or on) - on).days
        days = min(days for days in REMINDED_BEFORE if left <= days)
        done = write_about_role(
            membership.user,
            membership,
            "role_ends_soon",
            coordinator_in_charge(None),
            left=str(days),
        )
        written += done is not None
    return written
