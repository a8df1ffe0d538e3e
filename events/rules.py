"""Who may see, plan and register; of one event, whether it is so far."""

from datetime import datetime
from typing import TYPE_CHECKING

from events.enums import EventState
from municipalities.enums import NETWORK_ROLES, Role, Roles

if TYPE_CHECKING:
    from events.models import Event


def can_see_events(roles: Roles) -> bool:
    """Read a municipality's events and who of it is going; a billing contact sees invoices alone."""
    return bool(roles & (NETWORK_ROLES | {Role.CONTACT, Role.LEADER}))


def can_register(roles: Roles) -> bool:
    """Register a municipality's people and withdraw them."""
    return bool(roles & {Role.COORDINATOR, Role.CONTACT})


def can_see_programme(roles: Roles) -> bool:
    """Read the programme of a season and who comes from where."""
    return bool(roles & NETWORK_ROLES)


def can_plan_events(roles: Roles) -> bool:
    """Write, publish and cancel events."""
    return Role.COORDINATOR in roles


def can_edit(roles: Roles, event: "Event") -> bool:
    """Change an event until it is cancelled."""
    return can_plan_events(roles) and event.state != EventState.CANCELLED


def can_publish(roles: Roles, event: "Event") -> bool:
    """Publish a draft."""
    return can_plan_events(roles) and event.state == EventState.DRAFT


def can_cancel(roles: Roles, event: "Event", *, at: datetime) -> bool:
    """Cancel a published event until it begins."""
    published = event.state == EventState.PUBLISHED
    return can_plan_events(roles) and published and not event.begun(at=at)
