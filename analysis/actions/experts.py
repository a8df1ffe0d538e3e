"""Who reads a municipality's analysis as an expert, and how far they are."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from analysis.models import Analysis, ExpertAssignment
from analysis.refusals import AnalysisRefused
from municipalities.enums import Role
from municipalities.models import User
from municipalities.queries import lock_role
from uso.ground.actions import action, notify


@action(of="analysis")
def assign_expert(*, analysis: Analysis, expert: User, by: User) -> ExpertAssignment:
    """Give an expert a municipality's analysis of a season and notify them; twice is once.

    Raises
    ------
    AnalysisRefused
        They are no expert today, or the edition is published: there is nothing left to edit.
    """
    if analysis.published:
        raise AnalysisRefused(
            _("The edition has been published: give the next draft to an expert.")
        )
    if not lock_role(expert, Role.EXPERT):
        raise AnalysisRefused(_("Choose somebody who is an expert today."), field="expert")
    assignment, is_new = ExpertAssignment.objects.get_or_create(
        municipality_id=analysis.municipality_id,
        season=analysis.season,
        expert=expert,
        defaults={"assigned_by": by},
    )
    if is_new:
        _notify(assignment, analysis)
    return assignment


def _notify(assignment: ExpertAssignment, analysis: Analysis) -> None:
    """Write to the expert, once for an assignment: what, whose, and where to begin."""
    municipality = analysis.municipality
    notify(
        assignment.expert,
        about=assignment,
        template="analysis_assigned",
        reply_to=assignment.assigned_by,
        analysis=analysis,
        municipality=municipality,
        by=assignment.assigned_by,
        path=reverse("analysis:review", args=[municipality.slug, analysis.pk]),
    )


@action(of="assignment")
def remove_expert(*, assignment: ExpertAssignment, by: User) -> None:
    """Take the analysis away from an expert; what they wrote stays."""
    assignment.delete()


@action(of="assignment")
def hand_over_assignment(*, assignment: ExpertAssignment, expert: User, by: User) -> None:
    """Give an unfinished analysis to another expert; what the former one wrote stays theirs."""
    same = ExpertAssignment.objects.filter(season=assignment.season_id, expert=expert)
    if same.exists():  # in the assignment's own municipality: its scope is open
        assignment.delete()
        return
    assignment.expert, assignment.assigned_by, assignment.assigned_at = expert, by, timezone.now()
    assignment.save(update_fields=["expert", "assigned_by", "assigned_at"])


@action(of="assignment")
def note_ready(*, assignment: ExpertAssignment, is_ready: bool, by: User) -> ExpertAssignment:
    """Say that the expert has done their part, or that they go on with it."""
    assignment.ready_at = timezone.now() if is_ready else None
    assignment.save(update_fields=["ready_at"])
    return assignment
