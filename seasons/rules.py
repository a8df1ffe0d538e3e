"""Who may see and run a season."""

from municipalities.enums import NETWORK_ROLES, Role


def can_see_seasons(roles: frozenset[str]) -> bool:
    """Let the network's staff see the seasons and who takes part."""
    return bool(roles & NETWORK_ROLES)


def can_run_seasons(roles: frozenset[str]) -> bool:
    """Let coordinators invite, record decisions, confirm and open."""
    return Role.COORDINATOR in roles
