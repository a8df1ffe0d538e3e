"""Who may see and run a season; of one participation, which steps its state allows."""

from typing import TYPE_CHECKING

from municipalities.enums import MUNICIPALITY_ROLES, NETWORK_ROLES, Role, Roles
from seasons.enums import (
    BEFORE_THE_CONFIRMATION,
    BEFORE_THE_DECISION,
    FUNNEL,
    NOT_TAKING_PART,
    ParticipationState,
)

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


def can_write_board_paper(roles: Roles) -> bool:
    """Let a municipality's own people, and coordinators, have the paper for its board."""
    return bool(roles & MUNICIPALITY_ROLES) or can_run_seasons(roles)


def can_read_decision(roles: Roles) -> bool:
    """Let a municipality's own people, and coordinators, read the file of its decision."""
    return can_write_board_paper(roles)


def can_read_letters(roles: Roles) -> bool:
    """Let a municipality's contact persons and leaders, and coordinators, read what it was sent."""
    return bool(roles & {Role.CONTACT, Role.LEADER}) or can_run_seasons(roles)


def can_note_stage(roles: Roles, participation: "Participation") -> bool:
    """Let a municipality move along the pipeline until its decision."""
    return can_run_seasons(roles) and participation.state in BEFORE_THE_DECISION


def moves_from(participation: "Participation") -> dict[ParticipationState, str]:
    """Say where a municipality can be moved: each stage with the page that asks for more, or "".

    Between undecided stages, and back from those not taking part, nothing more is asked.
    """
    now = ParticipationState(participation.state)
    if participation.is_from_record:
        return {}
    if now in NOT_TAKING_PART:
        return {ParticipationState(participation.exit_stage): ""}
    if now == ParticipationState.CONFIRMED:
        return {ParticipationState.WITHDRAWN: "withdraw"}
    if now == ParticipationState.DECIDED:
        return {
            ParticipationState.CONFIRMED: "confirm",
            ParticipationState.WITHDRAWN: "withdraw",
        }
    others = {stage: "" for stage in FUNNEL if stage in BEFORE_THE_DECISION - {now}}
    asking = {ParticipationState.DECIDED: "member", ParticipationState.DECLINED: "withdraw"}
    return others | asking


def can_record_decision(roles: Roles, participation: "Participation") -> bool:
    """Let the decision be recorded and mended until the confirmation."""
    return can_run_seasons(roles) and participation.state in BEFORE_THE_CONFIRMATION


def can_correct_decision(roles: Roles, participation: "Participation") -> bool:
    """Let a typing error in a confirmed decision be corrected."""
    confirmed = participation.state == ParticipationState.CONFIRMED
    return can_run_seasons(roles) and confirmed and not participation.is_from_record


def can_confirm(roles: Roles, participation: "Participation") -> bool:
    """Let a decided municipality be confirmed."""
    return can_run_seasons(roles) and participation.state == ParticipationState.DECIDED


def can_withdraw(roles: Roles, participation: "Participation") -> bool:
    """Let any municipality be noted as not taking part; what a record names stays as it is."""
    takes_part = participation.state not in NOT_TAKING_PART
    return can_run_seasons(roles) and takes_part and not participation.is_from_record


def can_restore(roles: Roles, participation: "Participation") -> bool:
    """Let a note that a municipality does not take part be undone."""
    return can_run_seasons(roles) and participation.state in NOT_TAKING_PART


def can_plan_next_step(roles: Roles, participation: "Participation") -> bool:
    """Let the next step of a municipality be written until its confirmation."""
    return can_run_seasons(roles) and participation.state in BEFORE_THE_CONFIRMATION
