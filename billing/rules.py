"""Who may see invoices and run the billing."""

from municipalities.enums import Role, Roles

MAY_READ = frozenset({Role.COORDINATOR, Role.CONTACT, Role.LEADER, Role.BILLING})


def can_see_invoices(roles: Roles) -> bool:
    """Read a municipality's invoices; an expert sees no money."""
    return bool(roles & MAY_READ)


def can_edit_buyer(roles: Roles) -> bool:
    """Let whoever answers for the municipality's people or invoices, and coordinators, give and confirm it."""
    return bool(roles & {Role.COORDINATOR, Role.CONTACT, Role.BILLING})


def can_run_billing(roles: Roles) -> bool:
    """See what the whole network owes, make drafts and remove them."""
    return Role.COORDINATOR in roles
