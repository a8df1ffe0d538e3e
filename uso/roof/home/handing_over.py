"""A role that passes on: what of each table waits for its holder, and moves along."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.dispatch import receiver
from django.utils import timezone

from analysis.actions.experts import hand_over_assignment
from municipalities.actions import handed_over
from municipalities.models import Membership, User
from seasons.actions.following import change_owner
from uso.roof.home.queries import endings
from workshops.actions import hand_over_day

MOVES: Final = "moves"
#: Every relation to a user: whether it waits for them, or is what they did or had. Held by a test.
RELATIONS: Final[Mapping[str, str]] = {
    "seasons.Participation.owner": MOVES,
    "analysis.ExpertAssignment.expert": MOVES,
    "municipalities.Membership.user": "the role itself: it ends, and another begins",
    "municipalities.Invitation.invited_by": "who sent it answers for it",
    "workshops.Workshop.asked_by": "who wished; answers go to the contact persons of the day",
    "workshops.Workshop.asked_back_by": "who asked; the answer goes to a coordinator of the day",
    "jobs.Job.started_by": "whose work it is until it ends",
    "once.UsedPress.user": "whose press it was",
} | dict.fromkeys(
    (
        "municipalities.ContactAddress.added_by",
        "municipalities.Invitation.used_by",
        "municipalities.Invitation.withdrawn_by",
        "seasons.Amendment.by",
        "seasons.DecisionDocument.by",
        "seasons.Letter.made_by",
        "seasons.Letter.sent_by",
        "seasons.Participation.confirmed_by",
        "events.Registration.cancelled_by",
        "events.Registration.registered_by",
        "workshops.Workshop.cancelled_by",
        "analysis.Analysis.approved_by",
        "analysis.Analysis.built_by",
        "analysis.Analysis.published_by",
        "analysis.AnalysisDownload.by",
        "analysis.ExpertAssignment.assigned_by",
        "analysis.ExpertComment.by",
        "analysis.FindingEdit.by",
        "analysis.PeerSet.chosen_by",
        "billing.BusinessIdConfirmation.confirmed_by",
        "billing.BuyerDetails.confirmed_by",
        "billing.Invoice.made_by",
        "statistics.ImportRun.by",
        "statistics.PopulationImport.decided_by",
        "statistics.PopulationImport.started_by",
    ),
    "what they did",
)


@receiver(handed_over)
def move_what_waits(
    former: Membership, successor: User, by: User, at: datetime, **_more: Any
) -> None:
    """Let what waits for the holder of a role wait for the successor, in the same transaction."""
    waiting = endings.waiting_for(former, on=timezone.localdate(at))
    for row in waiting.steps:
        change_owner(participation=row, former=former.user, owner=successor, by=by)
    for assignment in waiting.analyses:
        hand_over_assignment(assignment=assignment, expert=successor, by=by)
    for workshop in waiting.days:
        hand_over_day(workshop=workshop, former=former.user, successor=successor, by=by, at=at)
