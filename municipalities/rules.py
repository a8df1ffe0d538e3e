"""Who may do what with people, roles and the roster (design §6)."""

from municipalities.enums import MUNICIPALITY_ROLES, NETWORK_ROLES, Role, Roles


def needs_second_factor(roles: Roles) -> bool:
    """Ask it of whoever sees more than one municipality."""
    return bool(roles & NETWORK_ROLES)


def anyone(roles: Roles) -> bool:
    """Let in whoever has signed in, with any role or none."""
    return True


def can_see_municipalities(roles: Roles) -> bool:
    """Let the network's staff open any municipality's page."""
    return bool(roles & NETWORK_ROLES)


def can_merge_municipalities(roles: Roles) -> bool:
    """Let coordinators look at a merger of municipalities and do it."""
    return Role.COORDINATOR in roles


def can_see_roster(roles: Roles) -> bool:
    """Let in the municipality's contact persons and leaders, and coordinators."""
    return bool(roles & {Role.CONTACT, Role.LEADER, Role.COORDINATOR})


def can_edit_roster(roles: Roles) -> bool:
    """Let in the municipality's contact persons, and coordinators."""
    return bool(roles & {Role.CONTACT, Role.COORDINATOR})


def can_see_roles(roles: Roles) -> bool:
    """Let in whoever may know who holds which role in the municipality."""
    return can_see_roster(roles)


def can_manage_roles(roles: Roles) -> bool:
    """Let in whoever may invite into the municipality and end roles there."""
    return can_edit_roster(roles)


def can_invite(roles: Roles) -> bool:
    """Let contact persons, leaders and coordinators invite into the municipality."""
    return can_see_roles(roles)


def can_manage_network_roles(roles: Roles) -> bool:
    """Let coordinators invite coordinators and experts."""
    return Role.COORDINATOR in roles


def invitable_roles(roles: Roles, *, in_municipality: bool) -> list[Role]:
    """List the roles somebody may invite to, in a municipality or in the network.

    Who may not manage roles invites into none that may: a leader invites leaders and billing contacts.
    """
    if in_municipality:
        may = can_invite(roles)
        managing = frozenset() if can_manage_roles(roles) else frozenset({Role.CONTACT})
        listed = MUNICIPALITY_ROLES - managing
    else:
        may, listed = can_manage_network_roles(roles), NETWORK_ROLES
    return [role for role in Role if may and role in listed]
