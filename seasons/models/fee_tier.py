"""Fee tiers: what a year costs by population."""

from functools import lru_cache
from typing import ClassVar

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from seasons.models.season import Season
from uso.ground.lib.languages import current_language
from uso.ground.lib.money import number


class CurrentTiers(models.Manager["FeeTier"]):
    """Tiers that hold today, without those that amendments have replaced (`FeeTier.ever`)."""

    def get_queryset(self) -> models.QuerySet["FeeTier"]:
        """Leave out what was replaced."""
        return super().get_queryset().filter(replaced_at__isnull=True)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class FeeTier(models.Model):
    """Annual fee of the municipalities whose population lies in a range."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="fee_tiers")
    population = IntegerRangeField(
        _("population"), help_text=_("From, and up to but not including.")
    )
    annual_fee_eur = models.DecimalField(
        _("annual fee"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    replaced_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="When an amendment put other tiers in its place; confirmed fees rest on it still.",
    )

    objects = CurrentTiers()
    ever = models.Manager["FeeTier"]()

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="fee_tiers_do_not_overlap",
                expressions=[
                    ("season", RangeOperators.EQUAL),
                    ("population", RangeOperators.OVERLAPS),
                ],
                condition=Q(replaced_at__isnull=True),
                violation_error_message=_("This range overlaps another tier of the season."),
            ),
            models.CheckConstraint(
                condition=Q(annual_fee_eur__isnull=True) | Q(annual_fee_eur__gte=0),
                name="fee_tier_fee_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(
                    population__isempty=False,
                    population__lower_inf=False,
                    population__startswith__gte=0,
                ),
                name="fee_tier_starts_somewhere",
                violation_error_message=_("A tier starts at 0 inhabitants or above."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.population}: {self.annual_fee_eur}"

    @property
    def lower(self) -> int:
        """The smallest population of the tier."""
        return int(self.population.lower)

    @property
    def upper(self) -> int | None:
        """The first population above the tier; None where it has no end."""
        upper: int | None = self.population.upper
        return upper

    @property
    def limits(self) -> str:
        """The tier's populations as the documents print them: below, from–to, above."""
        return _limits(self.lower, self.upper, current_language())


@lru_cache(maxsize=256)  # a list of the country says the same three, row after row
def _limits(lower: int, upper: int | None, _language: str) -> str:
    if upper is None and lower == 0:
        return gettext("every municipality")
    if upper is None:
        return gettext("above %(last)s inhabitants") % {"last": number(lower - 1)}
    if lower == 0:
        return gettext("below %(first)s inhabitants") % {"first": number(upper)}
    return gettext("%(first)s–%(last)s inhabitants") % {
        "first": number(lower),
        "last": number(upper - 1),
    }
