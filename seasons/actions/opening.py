"""A season before it opens, and its opening."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import User
from seasons.enums import SeasonState
from seasons.models import FeeTier, Season
from seasons.pricing import first_gap
from uso.ground.actions import action, claim
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.money import number


class SeasonNotReady(RuleViolation):
    """The season cannot be opened as it is."""


@action()
def set_fee_terms(
    *, season: Season, population_year: int, vat_on_top: bool, travel_on_top: bool, by: User
) -> Season:
    """Choose the year whose population decides the fees to come, and what is billed on top."""
    season.population_year = population_year
    season.vat_on_top, season.travel_on_top = vat_on_top, travel_on_top
    season.save(update_fields=["population_year", "vat_on_top", "travel_on_top"])
    return season


@action()
def open_season(*, season: Season, by: User, at: datetime) -> Season:
    """Open a drafted season once its tiers price every population, before its years have passed."""
    if season.has_ended(on=timezone.localdate(at)):
        raise SeasonNotReady(
            _("The season's years %(years)s have passed.") % {"years": season.years}
        )
    tiers = list(FeeTier.objects.filter(season=season))
    if gap := first_gap(tiers):
        raise SeasonNotReady(_name_gap(*gap))
    if nameless := next((tier for tier in tiers if tier.annual_fee_eur is None), None):
        raise SeasonNotReady(
            _("The fee of the tier %(tier)s is missing: give it before opening the season.")
            % {"tier": nameless.limits}
        )
    return claim(
        season,
        where=Q(state=SeasonState.DRAFT),
        refusal=SeasonNotReady(_("The season is open or ended already.")),
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
