"""Who may open the start pages and the pages of jobs."""

from municipalities.enums import NETWORK_ROLES, Role, Roles


def is_anybody(roles: Roles) -> bool:
    """Let everybody in who has signed in, roles or none."""
    return True


def can_see_today(roles: Roles) -> bool:
    """Let coordinators and experts see the day's board."""
    return bool(roles & NETWORK_ROLES)


def can_act_on_the_board(roles: Roles) -> bool:
    """Let coordinators take the steps that wait on the day's board; experts look at them."""
    return Role.COORDINATOR in roles


def can_see_municipality(roles: Roles) -> bool:
    """Let in whoever holds a role in the municipality, and the network's staff."""
    return bool(roles)


def can_retry_jobs(roles: Roles) -> bool:
    """Let those who may start a municipality's long tasks run a failed one again."""
    return bool(roles & {Role.COORDINATOR, Role.CONTACT, Role.LEADER})


def can_run_network_jobs(roles: Roles) -> bool:
    """Let coordinators see and retry the network's long tasks."""
    return Role.COORDINATOR in roles
