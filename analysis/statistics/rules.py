"""Who may see statistics, edit the catalogue and import figures."""

from municipalities.enums import NETWORK_ROLES, Role


def can_see_statistics(roles: frozenset[str]) -> bool:
    """Let the network's staff see where the figures come from."""
    return bool(roles & NETWORK_ROLES)


def can_edit_indicators(roles: frozenset[str]) -> bool:
    """Let coordinators add, change and retire indicators."""
    return Role.COORDINATOR in roles


def can_import_statistics(roles: frozenset[str]) -> bool:
    """Let coordinators import figures."""
    return Role.COORDINATOR in roles
