"""What coordinators do while they follow a municipality: move its card, plan the next step."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import User
from seasons.actions.joining import (
    ParticipationRefused,
    claim_in,
    note_stage,
    restore_participation,
)
from seasons.days import step_days
from seasons.enums import BEFORE_THE_CONFIRMATION, NOT_TAKING_PART, ParticipationState
from seasons.models import Participation
from uso.ground.actions import action
from uso.ground.history import last_author
from uso.ground.lib.errors import RuleViolation


@action(of="participation")
def move_card(
    *, participation: Participation, was: str, state: str, by: User, at: datetime
) -> Participation:
    """Move a municipality to another stage as of today, from the stage that its card was drawn in.

    Who moves it second is told where it is. Back from those not taking part it goes where it was.
    """
    if participation.state != was:
        raise _moved_meanwhile(participation)
    if was in NOT_TAKING_PART and state == participation.exit_stage:
        return restore_participation(participation=participation, by=by, at=at)
    on = timezone.localdate(at)
    return note_stage(participation=participation, state=state, state_on=on, by=by, at=at)


def _moved_meanwhile(participation: Participation) -> ParticipationRefused:
    words = {
        "municipality": participation.municipality.name,
        "stage": ParticipationState(participation.state).label,
        "author": last_author(participation),
    }
    said = (
        _("%(municipality)s was moved meanwhile (%(author)s): it is in “%(stage)s” now.")
        if words["author"]
        else _("%(municipality)s was moved meanwhile: it is in “%(stage)s” now.")
    )
    return ParticipationRefused(said % words)


@action(of="participation")
def plan_next_step(
    *,
    participation: Participation,
    next_step: str,
    next_step_on: date | None,
    owner: User | None,
    by: User,
    at: datetime,
) -> Participation:
    """Write what is done next, by when, and who is in charge; without words there is no step."""
    if bool(next_step) != bool(next_step_on):
        missing = "next_step_on" if next_step else "next_step"
        raise RuleViolation(_("Give both the step and its day, or neither."), field=missing)
    if next_step_on and next_step_on != participation.next_step_on:
        days = step_days(participation.season, today=timezone.localdate(at))
        days.require(next_step_on, field="next_step_on")
    return claim_in(
        participation,
        BEFORE_THE_CONFIRMATION,
        next_step=next_step,
        next_step_on=next_step_on,
        owner=owner,
    )


@action(of="participation")
def change_owner(*, participation: Participation, former: User, owner: User, by: User) -> None:
    """Put another coordinator in charge of a municipality, if the former one still is."""
    rows = Participation.objects.filter(pk=participation.pk, owner=former)
    rows.update(owner=owner)
