"""The publishing of a season: it opens to municipalities, and changes by amendments alone."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import User
from seasons.completeness import lacking, musts
from seasons.enums import SeasonPart, SeasonState
from seasons.models import Season
from seasons.queries import content_of, lock_season
from uso.ground.actions import action, claim
from uso.ground.lib.errors import RuleViolation


class SeasonNotReady(RuleViolation):
    """The season cannot be published as it is."""


@action()
def open_season(*, season: Season, by: User, at: datetime) -> Season:
    """Publish a drafted season that has what it must have, before its years have passed."""
    lock_season(season)  # tiers and package stay until it is done
    if season.has_ended(on=timezone.localdate(at)):
        raise SeasonNotReady(
            _("The season's years %(years)s have passed.") % {"years": season.years}
        )
    content = content_of(season, [SeasonPart.FEES, SeasonPart.PACKAGE])
    if lacks := next(iter(lacking(list(musts(content)))), None):
        raise SeasonNotReady(
            _("The season cannot be published yet. %(what)s: %(missing)s.")
            % {"what": lacks.label, "missing": lacks.missing}
        )
    return claim(
        season,
        where=Q(state=SeasonState.DRAFT),
        refusal=SeasonNotReady(_("The season is published or ended already.")),
        state=SeasonState.OPEN,
    )
