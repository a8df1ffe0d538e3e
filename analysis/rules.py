"""Who may read analyses, choose peers, work on texts and run the season's analyses."""

from typing import TYPE_CHECKING

from municipalities.enums import NETWORK_ROLES, Role, Roles

if TYPE_CHECKING:
    from analysis.models import Analysis

READERS = NETWORK_ROLES | {Role.CONTACT, Role.LEADER}


def can_read_analysis(roles: Roles) -> bool:
    """Let the municipality's people read and download it, but for the billing contact."""
    return bool(roles & READERS)


def can_choose_peers(roles: Roles) -> bool:
    """Let the contact person choose; a coordinator may on their behalf."""
    return bool(roles & {Role.CONTACT, Role.COORDINATOR})


def can_see_season_analyses(roles: Roles) -> bool:
    """Let the network's staff see how far the season's analyses are."""
    return bool(roles & NETWORK_ROLES)


def can_run_analyses(roles: Roles) -> bool:
    """Let coordinators build, approve, publish and print."""
    return Role.COORDINATOR in roles


def can_read_edition(roles: Roles, analysis: "Analysis", *, assigned: bool) -> bool:
    """Let a draft be read by the coordinators and the experts it was given to alone."""
    return analysis.published or can_review_edition(roles, assigned=assigned)


def can_review(roles: Roles) -> bool:
    """Let the network's staff ask for an edition to work on; which one is another question."""
    return bool(roles & NETWORK_ROLES)


def can_review_edition(roles: Roles, *, assigned: bool) -> bool:
    """Let the experts an analysis was given to work on it; a coordinator on any."""
    return Role.COORDINATOR in roles or (Role.EXPERT in roles and assigned)


def can_edit_texts(roles: Roles, analysis: "Analysis", *, assigned: bool) -> bool:
    """Let the same edit and comment an edition until it is published."""
    return not analysis.published and can_review_edition(roles, assigned=assigned)


def is_counted_reader(roles: Roles) -> bool:
    """Count the downloads of the municipality's own people, not those of staff who check a file."""
    return bool(roles & {Role.CONTACT, Role.LEADER})


def can_see_who_downloaded(roles: Roles) -> bool:
    """Let coordinators alone see who has downloaded an analysis."""
    return Role.COORDINATOR in roles
