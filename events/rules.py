"""Who may see, plan and register."""

from municipalities.enums import NETWORK_ROLES, Role

Roles = frozenset[str]
MAY_READ = NETWORK_ROLES | {Role.CONTACT, Role.LEADER}
MAY_REGISTER = frozenset({Role.COORDINATOR, Role.CONTACT})


def can_see_events(roles: Roles) -> bool:
    """Read a municipality's events and who of it is going; a billing contact sees invoices alone."""
    return bool(roles & MAY_READ)


def can_register(roles: Roles) -> bool:
    """Register a municipality's people and withdraw them."""
    return bool(roles & MAY_REGISTER)


def can_see_programme(roles: Roles) -> bool:
    """Read the programme of a season and who comes from where."""
    return bool(roles & NETWORK_ROLES)


def can_plan_events(roles: Roles) -> bool:
    """Write, publish and cancel events."""
    return Role.COORDINATOR in roles
