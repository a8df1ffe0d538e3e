"""The season: what it is called, what it is about, what its fee buys.

Rows of a part may change places, kinds or days with each other, and are written one by one: what
no two of them share is asked at the end of the transaction.
"""

from datetime import date
from decimal import Decimal
from typing import ClassVar

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from seasons import pricing
from seasons.enums import EntitlementKind, LateJoining, SeasonState
from uso.ground.lib.languages import localized, localized_list
from uso.ground.lib.models import Localized


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
    billing_months = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(12)]),
        verbose_name=_("months in which the year's fee is billed"),
        default=list,
        blank=True,
        help_text=_("One or two; empty where it is not settled."),
    )
    late_joining = models.CharField(
        _("the first year's fee of who joins late"),
        max_length=9,
        choices=LateJoining,
        blank=True,
        help_text=_("Empty where it is not settled."),
    )

    objects = SeasonQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="season_years_in_order"
            ),
            models.CheckConstraint(
                condition=Q(billing_months__len__lte=2), name="season_billed_at_most_twice_a_year"
            ),
            ExclusionConstraint(
                name="season_years_do_not_overlap",
                expressions=[
                    (
                        Func(F("first_year"), F("last_year"), Value("[]"), function="int4range"),
                        RangeOperators.OVERLAPS,
                    )
                ],
                violation_error_message=_("Another season has some of these years."),
                violation_error_code="first_year",
            ),
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

    @property
    def is_draft(self) -> bool:
        """Whether the season waits for its publishing: only the network's staff sees it."""
        return self.state == SeasonState.DRAFT

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

    def first_year_fee(self, annual_fee_eur: Decimal, *, decided_on: date) -> Decimal:
        """Price the first year of who decides on a day, by the season's rule of joining late."""
        return pricing.first_year_fee(
            annual_fee_eur,
            first_year=self.first_year,
            decided_on=decided_on,
            by_months=self.late_joining == LateJoining.BY_MONTHS,
        )


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
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
            models.UniqueConstraint(
                fields=["season", "position"],
                name="theme_position_once",
                deferrable=Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def topics(self) -> list[str]:
        """Topics in the active language."""
        return localized_list(self, "topics")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
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
            models.UniqueConstraint(
                fields=["season", "position"],
                name="phase_position_once",
                deferrable=Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="phase_dates_in_order"
            ),
            ExclusionConstraint(
                name="phases_do_not_overlap",
                expressions=[
                    ("season", RangeOperators.EQUAL),
                    (
                        Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                deferrable=Deferrable.DEFERRED,
                violation_error_message=_("Another phase of the season has some of these days."),
                violation_error_code="starts_on",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
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
    ongoing = models.BooleanField(_("runs through the season, without a number"), default=False)
    for_each_municipality = models.BooleanField(
        _("for each municipality"), default=False, help_text=_("Otherwise all share it.")
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["season", "kind"],
                name="entitlement_kind_once",
                deferrable=Deferrable.DEFERRED,
                violation_error_message=_("The package has a line of this kind already."),
                violation_error_code="kind",
            ),
            models.CheckConstraint(
                condition=Q(ongoing=False) | Q(quantity__isnull=True),
                name="entitlement_ongoing_has_no_number",
                violation_error_message=_("What runs through the whole season has no number."),
                violation_error_code="quantity",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.quantity}"

    @property
    def name(self) -> str:
        """The season's own words in the active language; the kind's where it has none."""
        return localized(self, "name") or self.get_kind_display()

    @property
    def in_all(self) -> int | None:
        """How many the whole season holds; None where no number was promised (reads the season)."""
        if self.quantity is None or not self.yearly:
            return self.quantity
        return self.quantity * len(self.season.each_year)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
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
                fields=["season", "position"],
                name="workshop_theme_position_once",
                deferrable=Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.name


class SeasonContact(models.Model):
    """Somebody of the network who answers questions about a season; printed in its invitation."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="contacts")
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=120)
    title_fi = models.CharField(_("title in Finnish"), max_length=120, blank=True)
    title_sv = models.CharField(_("title in Swedish"), max_length=120, blank=True)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    title = Localized("title")
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["season", "position"],
                name="season_contact_position_once",
                deferrable=Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.name
