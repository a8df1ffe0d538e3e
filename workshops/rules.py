"""Who may see, ask for and agree on workshops."""

from municipalities.enums import NETWORK_ROLES, Role


def can_see_workshops(roles: frozenset[str]) -> bool:
    """Let in a municipality's contact persons and leaders, and the network's staff."""
    return bool(roles & (NETWORK_ROLES | {Role.CONTACT, Role.LEADER}))


def can_ask_workshops(roles: frozenset[str]) -> bool:
    """Let contact persons, and coordinators for them, wish, mend a wish and cancel."""
    return bool(roles & {Role.CONTACT, Role.COORDINATOR})


def can_follow_workshops(roles: frozenset[str]) -> bool:
    """Let the network's staff see every municipality's workshops."""
    return bool(roles & NETWORK_ROLES)


def can_plan_workshops(roles: frozenset[str]) -> bool:
    """Let coordinators answer wishes and note what was held."""
    return Role.COORDINATOR in roles
