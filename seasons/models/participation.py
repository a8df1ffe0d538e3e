"""Who joins a season: their interest, the board's decision, the confirmed fee."""

from decimal import Decimal
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from municipalities.enums import Language
from municipalities.models import Municipality
from seasons.enums import (
    BEFORE_THE_CONFIRMATION,
    BEFORE_THE_DECISION,
    NOT_TAKING_PART,
    TAKING_PART,
    ExitReason,
    ParticipationSource,
    ParticipationState,
)
from seasons.models.fee_tier import FeeTier
from seasons.models.season import Season
from seasons.pricing import costs_less
from uso.ground.lib.dates import day
from uso.ground.lib.models import paired


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Participation(models.Model):
    """One municipality in one season, from the invitation to the confirmed decision.

    What the coordinators do next, and whose municipality it is, stands beside it until the
    confirmation; of who does not take part, the stage it had reached and why.
    """

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
    state_on = models.DateField(_("in this state since"), null=True, blank=True)
    source = models.CharField(
        _("how it came to the list"),
        max_length=11,
        choices=ParticipationSource,
        default=ParticipationSource.COORDINATOR,
    )
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("by"), null=True, blank=True)
    owner = models.ForeignKey(
        "municipalities.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("coordinator in charge"),
    )
    exit_stage = models.CharField(
        _("stage before"), max_length=12, choices=ParticipationState, blank=True
    )
    exit_reason = models.CharField(_("reason"), max_length=15, choices=ExitReason, blank=True)
    exit_note = models.CharField(_("in their own words"), max_length=300, blank=True)
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
    first_year_fee_eur = models.DecimalField(
        _("fee of its first year"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    joining_year = models.PositiveSmallIntegerField(
        _("first year that it pays for"), null=True, blank=True
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "municipalities.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    paper_link = models.PositiveSmallIntegerField(
        default=1,
        editable=False,
        help_text="Which link to the board's paper works; renewing it makes the one before worthless.",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "season"],
                name="participation_once",
                violation_error_message=_("The municipality is on this season's list already."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ParticipationState.CONFIRMED)
                | Q(confirmed_at__isnull=False)
                | Q(source=ParticipationSource.RECORD),
                name="participation_confirmed_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state_on__isnull=False) & ~Q(source=ParticipationSource.RECORD)
                | Q(
                    source=ParticipationSource.RECORD,
                    state=ParticipationState.CONFIRMED,
                    state_on__isnull=True,
                    decided_on__isnull=True,
                    confirmed_at__isnull=True,
                    fee_tier__isnull=True,
                    population__isnull=True,
                    annual_fee_eur__isnull=True,
                ),
                name="participation_of_a_record_is_its_name_alone",
            ),
            paired("confirmed_at", "confirmed_by", name="participation_confirmed_at_with_by"),
            paired("population", "population_year", name="participation_population_with_year"),
            paired(
                "first_year_fee_eur", "joining_year", name="participation_first_year_fee_with_year"
            ),
            models.CheckConstraint(
                condition=Q(first_year_fee_eur__isnull=True)
                | Q(first_year_fee_eur__gte=0, first_year_fee_eur__lte=F("annual_fee_eur")),
                name="participation_first_year_costs_a_year_at_most",
            ),
            models.CheckConstraint(
                condition=Q(next_step="", next_step_on__isnull=True)
                | (
                    ~Q(next_step="")
                    & Q(next_step_on__isnull=False, state__in=sorted(BEFORE_THE_CONFIRMATION))
                ),
                name="participation_next_step_has_its_day",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=ParticipationState.DECLINED, exit_stage__in=sorted(BEFORE_THE_DECISION))
                    & ~Q(exit_reason="")
                )
                | (
                    Q(state=ParticipationState.WITHDRAWN, exit_stage__in=sorted(TAKING_PART))
                    & ~Q(exit_reason="")
                )
                | (
                    ~Q(state__in=sorted(NOT_TAKING_PART))
                    & Q(exit_stage="", exit_reason="", exit_note="")
                ),
                name="participation_exit_has_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(exit_reason=ExitReason.OTHER) | ~Q(exit_note=""),
                name="participation_other_reason_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} USO{self.season_id} {self.state}"

    @property
    def first_year_costs_less(self) -> bool:
        """Whether the confirmed fee of the first year is less than that of a whole one."""
        return costs_less(self.first_year_fee_eur, self.annual_fee_eur)

    def fee_of(self, year: int) -> Decimal | None:
        """Return the confirmed fee of a year: the joining year's is its own, any other's the annual one."""
        return self.first_year_fee_eur if year == self.joining_year else self.annual_fee_eur

    @property
    def joined_late(self) -> bool:
        """Whether its board decided when the season had begun (reads the season)."""
        return self.decided_on is not None and self.decided_on >= self.season.first_day

    @property
    def is_from_record(self) -> bool:
        """Whether a list of an ended season names it, and nothing else of it is known."""
        return self.source == ParticipationSource.RECORD

    @property
    def decision(self) -> str:
        """The decision as boards write it: `Kaupunginhallitus 22.10.2024 § 140`."""
        day_of = day(self.decided_on, weekday=False) if self.decided_on else ""
        section = f"§\N{NO-BREAK SPACE}{self.decision_section}" if self.decision_section else ""
        return " ".join(part for part in (self.decided_by_fi, day_of, section) if part)


class Interest(models.Model):
    """Somebody of a municipality asked on the season's public page to hear more; never changed.

    It is erased when the season has ended (`seasons/actions/erasing.py`).
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="interests"
    )
    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="interests")
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("title or position"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"))
    message = models.TextField(_("message"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    at = models.DateTimeField(_("sent"))

    def __str__(self) -> str:
        return f"{self.municipality_id} USO{self.season_id} {self.at:%Y-%m-%d}"

    @property
    def language_in_words(self) -> str:
        """In which language the sender wishes to be answered."""
        return Language(self.language).in_words
