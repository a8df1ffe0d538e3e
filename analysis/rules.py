"""Who may read analyses, choose peers and run the season's analyses."""

from municipalities.enums import NETWORK_ROLES, Role

READERS = NETWORK_ROLES | {Role.CONTACT, Role.LEADER}


def can_read_analysis(roles: frozenset[str]) -> bool:
    """Let the municipality's people read and download it, but for the billing contact."""
    return bool(roles & READERS)


def can_choose_peers(roles: frozenset[str]) -> bool:
    """Let the contact person choose; a coordinator may on their behalf."""
    return bool(roles & {Role.CONTACT, Role.COORDINATOR})


def can_see_season_analyses(roles: frozenset[str]) -> bool:
    """Let the network's staff see how far the season's analyses are."""
    return bool(roles & NETWORK_ROLES)


def can_run_analyses(roles: frozenset[str]) -> bool:
    """Let coordinators build, publish and print."""
    return Role.COORDINATOR in roles


def can_read_edition(roles: frozenset[str], *, published: bool, assigned: bool) -> bool:
    """Keep a draft between the coordinators and the experts it was given to."""
    return published or can_edit_texts(roles, assigned=assigned)


def can_review(roles: frozenset[str]) -> bool:
    """Let those ask for drafts whose part they may be; which draft is another question."""
    return bool(roles & NETWORK_ROLES)


def can_edit_texts(roles: frozenset[str], *, assigned: bool) -> bool:
    """Let the experts an analysis was given to edit and comment it; a coordinator may any."""
    return Role.COORDINATOR in roles or (Role.EXPERT in roles and assigned)


def is_counted_reader(roles: frozenset[str]) -> bool:
    """Count the downloads of the municipality's own people, not those of staff who check a file."""
    return bool(roles & {Role.CONTACT, Role.LEADER})


def can_see_who_downloaded(roles: frozenset[str]) -> bool:
    """Let coordinators alone see who has taken an analysis."""
    return Role.COORDINATOR in roles
