"""What hangs on a thing that is about to end, over the apps."""

from analysis.models import ExpertAssignment
from municipalities.enums import Role
from municipalities.models import Membership
from uso.ground.tenancy.crossing import across_municipalities


def unfinished_analyses(membership: Membership) -> list[ExpertAssignment]:
    """List the analyses an expert was given and has not noted as ready; none of another role."""
    if membership.role != Role.EXPERT:
        return []
    with across_municipalities(reason="an expert has analyses of several municipalities"):
        rows = ExpertAssignment.objects.filter(expert=membership.user, ready_at__isnull=True)
        return list(rows.select_related("municipality", "season").order_by("pk"))
