"""Who may see and run a season; of one participation, which steps its state allows."""

from typing import TYPE_CHECKING

from municipalities.enums import NETWORK_ROLES, Role, Roles
from seasons.enums import BEFORE_THE_CONFIRMATION, BEFORE_THE_DECISION, ParticipationState

if TYPE_CHECKING:
    from seasons.models import Participation


def can_see_seasons(roles: Roles) -> bool:
    """Let the network's staff see the seasons and who takes part."""
    return bool(roles & NETWORK_ROLES)


def can_run_seasons(roles: Roles) -> bool:
    """Let coordinators invite, record decisions, confirm and open."""
    return Role.COORDINATOR in roles


def can_read_season(roles: Roles) -> bool:
    """Let whoever holds a role in a municipality read what a season gives it."""
    return bool(roles)


def can_note_stage(roles: Roles, participation: "Participation") -> bool:
    """Let a municipality move along the pipeline until its decision."""
    return can_run_seasons(roles) and participation.state in BEFORE_THE_DECISION


def can_record_decision(roles: Roles, participation: "Participation") -> bool:
    """Let the decision be recorded and mended until the confirmation."""
    return can_run_seasons(roles) and participation.state in BEFORE_THE_CONFIRMATION


def can_correct_decision(roles: Roles, participation: "Participation") -> bool:
    """Let a typing error in a confirmed decision be corrected."""
    return can_run_seasons(roles) and participation.state == ParticipationState.CONFIRMED


def can_confirm(roles: Roles, participation: "Participation") -> bool:
    """Let a decided municipality be confirmed."""
    return can_run_seasons(roles) and participation.state == ParticipationState.DECIDED


def can_withdraw(roles: Roles, participation: "Participation") -> bool:
    """Let any municipality be noted as not taking part."""
    return can_run_seasons(roles) and participation.state != ParticipationState.WITHDRAWN


def can_restore(roles: Roles, participation: "Participation") -> bool:
    """Let a withdrawal be undone."""
    return can_run_seasons(roles) and participation.state == ParticipationState.WITHDRAWN
