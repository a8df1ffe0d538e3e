"""The link to a municipality's paper for its board."""

from django.db.models import F

from municipalities.models import User
from seasons.models import Participation
from uso.ground.actions import action


@action(of="participation")
def renew_paper_link(*, participation: Participation, by: User) -> Participation:
    """Make the link there is worthless and another one work."""
    Participation.objects.filter(pk=participation.pk).update(paper_link=F("paper_link") + 1)
    participation.refresh_from_db(fields=["paper_link"])
    return participation
