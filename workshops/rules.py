"""Who may see, ask for and agree on workshops; of one workshop, whether it is so far."""

from typing import TYPE_CHECKING

from municipalities.enums import NETWORK_ROLES, Role, Roles
from workshops.enums import CHANGEABLE, WorkshopState

if TYPE_CHECKING:
    from workshops.models import Workshop


def can_see_workshops(roles: Roles) -> bool:
    """Let in a municipality's contact persons and leaders, and the network's staff."""
    return bool(roles & (NETWORK_ROLES | {Role.CONTACT, Role.LEADER}))


def can_ask_workshops(roles: Roles) -> bool:
    """Let contact persons, and coordinators for them, wish, mend a wish and cancel."""
    return bool(roles & {Role.CONTACT, Role.COORDINATOR})


def can_revise(roles: Roles, workshop: "Workshop") -> bool:
    """Let a wish be mended until its day is agreed."""
    return can_ask_workshops(roles) and workshop.state == WorkshopState.WISHED


def can_cancel(roles: Roles, workshop: "Workshop") -> bool:
    """Let a workshop be cancelled until it was held."""
    return can_ask_workshops(roles) and workshop.state in CHANGEABLE


def can_follow_workshops(roles: Roles) -> bool:
    """Let the network's staff see every municipality's workshops."""
    return bool(roles & NETWORK_ROLES)


def can_plan_workshops(roles: Roles) -> bool:
    """Let coordinators answer wishes and note what was held."""
    return Role.COORDINATOR in roles


def can_plan(roles: Roles, workshop: "Workshop") -> bool:
    """Let coordinators agree on the day, ask back and note as held what is ahead."""
    return can_plan_workshops(roles) and workshop.state in CHANGEABLE


def can_undo_held(roles: Roles, workshop: "Workshop") -> bool:
    """Let coordinators take back the note that a workshop was held."""
    return can_plan_workshops(roles) and workshop.state == WorkshopState.HELD
