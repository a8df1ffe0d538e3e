"""Who reads a municipality's analysis as an expert, and how far they are."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from analysis.models import ExpertAssignment
from analysis.queries.texts import experts
from analysis.refusals import AnalysisRefused
from municipalities.models import Municipality, User
from seasons.models import Season


@transaction.atomic
def assign_expert(
    *, municipality: Municipality, season: Season, expert: User, by: User
) -> ExpertAssignment:
    """Give an expert the municipality's analysis of a season; assigned twice is assigned once."""
    if expert not in experts():
        raise AnalysisRefused(_("Choose somebody who is an expert today."), field="expert")
    assignment, _created = ExpertAssignment.objects.get_or_create(
        municipality=municipality, season=season, expert=expert, defaults={"assigned_by": by}
    )
    return assignment


@transaction.atomic
def remove_expert(*, assignment: ExpertAssignment, by: User) -> None:
    """Take the analysis away from an expert; what they wrote stays."""
    assignment.delete()


@transaction.atomic
def note_ready(*, assignment: ExpertAssignment, is_ready: bool, by: User) -> ExpertAssignment:
    """Say that the expert has done their part, or that they go on with it."""
    assignment.ready_at = timezone.now() if is_ready else None
    assignment.save(update_fields=["ready_at"])
    return assignment
