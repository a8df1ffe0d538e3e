"""The next step that a stage calls for: proposed in the form, stored only when somebody saves it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from seasons.enums import ParticipationState
from uso.ground.lib.days import unusual

State = ParticipationState


@dataclass(frozen=True)
class Proposal:
    """What might be done next, and by when."""

    step: str
    on: date


def proposed_step(state: State, *, today: date) -> Proposal | None:
    """Propose what usually comes next in a stage; nothing once a municipality is confirmed or out."""
    usual = {
        State.INVITED: (_("Ask whether the invitation has reached them"), 14),
        State.INTERESTED: (_("Call them and agree when the board decides"), 7),
        State.DECIDING: (_("Ask what the board decided"), 21),
        State.DECIDED: (_("Check the decision and confirm the participation"), 7),
    }
    if state not in usual:
        return None
    step, days = usual[state]
    return Proposal(step, _working_day(today + timedelta(days=days)))


def _working_day(on: date) -> date:
    while unusual(on):
        on += timedelta(days=1)
    return on
