"""The publishing of a season: it opens to municipalities, and changes by amendments alone."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import User
from seasons.enums import SeasonState
from seasons.models import Entitlement, FeeTier, Season
from seasons.pricing import first_gap
from seasons.queries import lock_season
from uso.ground.actions import action, claim
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.money import number


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
    tiers = list(FeeTier.objects.filter(season=season))
    if gap := first_gap(tiers):
        raise SeasonNotReady(_name_gap(*gap))
    if nameless := next((tier for tier in tiers if tier.annual_fee_eur is None), None):
        raise SeasonNotReady(
            _("The fee of the tier %(tier)s is missing: give it before you publish the season.")
            % {"tier": nameless.limits}
        )
    if not Entitlement.objects.filter(season=season).exists():
        raise SeasonNotReady(
            _("The package is empty: write what the fee gives before you publish the season.")
        )
    return claim(
        season,
        where=Q(state=SeasonState.DRAFT),
        refusal=SeasonNotReady(_("The season is published or ended already.")),
        state=SeasonState.OPEN,
    )


def _name_gap(first: int, last: int | None) -> str:
    if last is None:
        return _("No fee tier covers %(first)s inhabitants and above: add a tier for them.") % {
            "first": number(first)
        }
    return _("No fee tier covers %(first)s–%(last)s inhabitants: add a tier for them.") % {
        "first": number(first),
        "last": number(last),
    }
