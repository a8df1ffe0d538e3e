"""The season: what it is called, what its fee buys, who takes part."""

from datetime import date
from typing import ClassVar

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality
from seasons.enums import OWN_KINDS, EntitlementKind, ParticipationState, SeasonState
from uso.ground.lib.dates import day
from uso.ground.lib.languages import localized, localized_list
from uso.ground.lib.models import Localized, paired
from uso.ground.lib.money import number


class SeasonQuerySet(models.QuerySet["Season"]):
    def current(self, *, on: date) -> "Season | None":
        """Season whose years hold the day; else the latest one."""
        return (
            self.filter(first_year__lte=on.year, last_year__gte=on.year).first()
            or self.order_by("-number").first()
        )


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class Season(models.Model):
    """Two calendar years of the network."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    theme_fi = models.CharField(_("lead theme in Finnish"), max_length=120, blank=True)
    theme_sv = models.CharField(_("lead theme in Swedish"), max_length=120, blank=True)
    theme_en = models.CharField(_("lead theme in English"), max_length=120, blank=True)
    theme = Localized("theme")
    background_fi = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    background_sv = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    background_en = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=SeasonState, default=SeasonState.DRAFT
    )
    population_year = models.PositiveSmallIntegerField(
        _("year of the population that decides the fee"), null=True, blank=True
    )
    fee_low_eur = models.DecimalField(
        _("lowest annual fee"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    fee_high_eur = models.DecimalField(
        _("highest annual fee"), max_digits=9, decimal_places=2, null=True, blank=True
    )

    vat_on_top = models.BooleanField(_("VAT comes on top of the fee"), default=False)
    travel_on_top = models.BooleanField(
        _("experts' travel costs come on top, at actual cost"), default=False
    )

    objects = SeasonQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="season_years_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"USO{self.number}"

    @property
    def background(self) -> list[str]:
        """Why the season is about what it is about, in the active language."""
        return localized_list(self, "background")

    @property
    def years(self) -> str:
        """The years as people write them, `2025–2026`."""
        return f"{self.first_year}–{self.last_year}"

    @property
    def first_day(self) -> date:
        """New Year's Day of the first year."""
        return date(self.first_year, 1, 1)

    @property
    def last_day(self) -> date:
        """New Year's Eve of the last year."""
        return date(self.last_year, 12, 31)

    def has_ended(self, *, on: date) -> bool:
        """Whether the season is over by a day: closed, or its years have passed."""
        return self.state == SeasonState.CLOSED or on > self.last_day

    def stage(self, *, on: date) -> SeasonState:
        """Return the state as it is shown on a day: a season whose years have passed has ended."""
        return SeasonState.CLOSED if self.has_ended(on=on) else SeasonState(self.state)

    @property
    def each_year(self) -> range:
        """The calendar years of the season, each with a fee of its own."""
        return range(self.first_year, self.last_year + 1)


class Theme(models.Model):
    """One content theme of a season with its topics."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="themes")
    position = models.PositiveSmallIntegerField(_("position"))
    name_fi = models.CharField(_("name in Finnish"), max_length=160)
    name_sv = models.CharField(_("name in Swedish"), max_length=160, blank=True)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    name = Localized("name")
    topics_fi = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    topics_sv = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    topics_en = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["season", "position"], name="theme_position_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def topics(self) -> list[str]:
        """Topics in the active language."""
        return localized_list(self, "topics")


class Phase(models.Model):
    """Half a year of a season with its focus."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField(_("position"))
    starts_on = models.DateField(_("starts"))
    ends_on = models.DateField(_("ends"))
    name_fi = models.CharField(_("name in Finnish"), max_length=60)
    name_sv = models.CharField(_("name in Swedish"), max_length=60, blank=True)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    name = Localized("name")
    focus_fi = models.TextField(_("focus in Finnish"), blank=True)
    focus_sv = models.TextField(_("focus in Swedish"), blank=True)
    focus_en = models.TextField(_("focus in English"), blank=True)
    focus = Localized("focus")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["season", "position"], name="phase_position_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="phase_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Entitlement(models.Model):
    """What the fee of a season gives: so many of a kind, for all or for each municipality."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="entitlements")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=24, choices=EntitlementKind)
    name_fi = models.CharField(_("name in Finnish"), max_length=160, blank=True)
    name_sv = models.CharField(_("name in Swedish"), max_length=160, blank=True)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    quantity = models.PositiveSmallIntegerField(
        _("how many"), null=True, blank=True, help_text=_("Empty where no number was promised.")
    )
    yearly = models.BooleanField(_("each year"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["season", "kind"], name="entitlement_kind_once")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.quantity}"

    @property
    def name(self) -> str:
        """The season's own words in the active language; the kind's where it has none."""
        return localized(self, "name") or self.get_kind_display()

    @property
    def for_each_municipality(self) -> bool:
        """Tell what each municipality gets for itself from what all share."""
        return self.kind in OWN_KINDS

    @property
    def in_all(self) -> int | None:
        """How many the whole season holds; None where no number was promised (reads the season)."""
        if self.quantity is None or not self.yearly:
            return self.quantity
        return self.quantity * len(self.season.each_year)


class WorkshopTheme(models.Model):
    """A subject on which the season offers development workshops."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="workshop_themes")
    position = models.PositiveSmallIntegerField(_("position"))
    name_fi = models.CharField(_("name in Finnish"), max_length=160)
    name_sv = models.CharField(_("name in Swedish"), max_length=160, blank=True)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    name = Localized("name")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["season", "position"], name="workshop_theme_position_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


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

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="fee_tiers_do_not_overlap",
                expressions=[
                    ("season", RangeOperators.EQUAL),
                    ("population", RangeOperators.OVERLAPS),
                ],
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
        if self.upper is None and self.lower == 0:
            return gettext("every municipality")
        if self.upper is None:
            return gettext("above %(last)s inhabitants") % {"last": number(self.lower - 1)}
        if self.lower == 0:
            return gettext("below %(first)s inhabitants") % {"first": number(self.upper)}
        return gettext("%(first)s–%(last)s inhabitants") % {
            "first": number(self.lower),
            "last": number(self.upper - 1),
        }


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Participation(models.Model):
    """One municipality in one season, from the invitation to the confirmed decision."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="participations"
    )
    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="participations")
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=ParticipationState,
        default=ParticipationState.INVITED,
    )
    state_on = models.DateField(_("in this state since"))
    decided_by_fi = models.CharField(_("deciding body"), max_length=80, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision_section = models.CharField(_("section"), max_length=12, blank=True)
    diary_number = models.CharField(_("diary number"), max_length=40, blank=True)
    contact_fi = models.CharField(_("contact person named"), max_length=120, blank=True)
    on_site_fi = models.CharField(_("who may attend on site"), max_length=300, blank=True)
    fee_tier = models.ForeignKey(
        FeeTier, on_delete=models.PROTECT, null=True, blank=True, related_name="participations"
    )
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(
        _("year of the population"), null=True, blank=True
    )
    annual_fee_eur = models.DecimalField(
        _("annual fee"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "municipalities.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "season"],
                name="participation_once",
                violation_error_message=_("The municipality is on this season's list already."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ParticipationState.CONFIRMED) | Q(confirmed_at__isnull=False),
                name="participation_confirmed_has_its_moment",
            ),
            paired("confirmed_at", "confirmed_by", name="participation_confirmed_at_with_by"),
            paired("population", "population_year", name="participation_population_with_year"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} USO{self.season_id} {self.state}"

    @property
    def decision(self) -> str:
        """The decision as boards write it: `Kaupunginhallitus 22.10.2024 § 140`."""
        day_of = day(self.decided_on, weekday=False) if self.decided_on else ""
        section = f"§\N{NO-BREAK SPACE}{self.decision_section}" if self.decision_section else ""
        return " ".join(part for part in (self.decided_by_fi, day_of, section) if part)
