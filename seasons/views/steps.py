"""The form of a municipality's next step, as its own page and the board draw it."""

from django import forms
from django.utils import timezone

from seasons.forms.membership import NextStepForm
from seasons.models import Participation
from seasons.proposals import Proposal, proposed_step
from seasons.queries import Member
from uso.ground.drawn_rows import drawn_for
from uso.ground.lib import pages
from uso.ground.lib.drawn import Drawn


def proposal_for(member: Member) -> Proposal | None:
    """Propose a step where none is planned."""
    if member.participation.next_step:
        return None
    return proposed_step(member.state, today=timezone.localdate())


def drawn_step_form(member: Member, *, proposal: Proposal | None = None) -> forms.BaseForm:
    """Draw the form with what is planned, or with a proposal, which nothing stores but a press."""
    row = member.participation
    step, on = (proposal.step, proposal.on) if proposal else (row.next_step, row.next_step_on)
    initial = {"next_step": step, "next_step_on": on, "owner": row.owner_id or ""}
    return pages.draw(NextStepForm(initial=initial, participation=row), drawn_step(row))


def drawn_step(participation: Participation) -> Drawn:
    """Let the form be refused where somebody has planned another step meanwhile."""
    return drawn_for(participation, "next_step", "next_step_on", "owner")
