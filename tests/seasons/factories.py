"""Seasons, prices and participations for tests; participations are made in an open scope."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from municipalities.models import Municipality
from seasons.enums import (
    NOT_TAKING_PART,
    EntitlementKind,
    ExitReason,
    ParticipationState,
    SeasonPart,
    SeasonState,
)
from seasons.models import Amendment, Entitlement, FeeTier, Letter, Participation, Season
from tests.clock import TODAY
from tests.municipalities.factories import UserFactory


class SeasonFactory(DjangoModelFactory):
    class Meta:
        model = Season
        django_get_or_create = ("number",)

    number = 8
    first_year = factory.LazyAttribute(lambda season: 2009 + 2 * season.number)
    last_year = factory.LazyAttribute(lambda season: season.first_year + 1)
    theme_fi = "Siiloista silloille"
    population_year = 2024
    vat_on_top = True


class FeeTierFactory(DjangoModelFactory):
    class Meta:
        model = FeeTier

    season = factory.SubFactory(SeasonFactory)
    population = (0, 9_000)
    annual_fee_eur = 9_000


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = Participation

    season = factory.SubFactory(SeasonFactory)
    state = ParticipationState.INVITED
    state_on = date(2024, 9, 2)
    exit_stage = factory.LazyAttribute(lambda row: exit_from(row.state).get("exit_stage", ""))
    exit_reason = factory.LazyAttribute(lambda row: exit_from(row.state).get("exit_reason", ""))


def exit_from(state: str) -> dict[str, str]:
    """Return what a participation in this state has of its end; nothing of who may still join."""
    if state not in NOT_TAKING_PART:
        return {}
    withdrew = state == ParticipationState.WITHDRAWN
    stage = ParticipationState.DECIDED if withdrew else ParticipationState.INVITED
    return {"state": state, "exit_stage": stage, "exit_reason": ExitReason.FINANCES}


WITHDRAWN = exit_from(ParticipationState.WITHDRAWN)
# What a coordinator types on the page that notes that a municipality does not take part.
EXIT = {"exit_reason": ExitReason.FINANCES, "exit_note": "", "state_on": TODAY}


class EntitlementFactory(DjangoModelFactory):
    class Meta:
        model = Entitlement
        django_get_or_create = ("season", "kind")

    season = factory.SubFactory(SeasonFactory)
    kind = EntitlementKind.WORKSHOP
    quantity = 5


class AmendmentFactory(DjangoModelFactory):
    class Meta:
        model = Amendment

    season = factory.SubFactory(SeasonFactory)
    part = SeasonPart.BASICS
    holds_from = date(2026, 1, 1)
    reason_fi = "Näin päätettiin."
    changes = factory.LazyFunction(
        lambda: {language: [["Teema", "A", "B"]] for language in ("fi", "sv", "en")}
    )
    at = datetime(2025, 12, 1, 9, tzinfo=UTC)


class LetterFactory(DjangoModelFactory):
    class Meta:
        model = Letter

    season = factory.SubFactory(SeasonFactory)
    stage = ParticipationState.INVITED
    subject_fi = "Kutsu: {kunta}"
    subject_sv = "Inbjudan: {kunta}"
    text_fi = "Hyvä {kunta}!"
    text_sv = "Bästa {kunta}!"
    made_by = factory.SubFactory(UserFactory)


def member_of(season: Season, municipality: Municipality, **fields: object) -> Participation:
    """Put a municipality into a season from its first year, confirmed at 9 000 €; needs its scope."""
    fee = fields.get("annual_fee_eur", Decimal(9_000))
    return ParticipationFactory(
        **{
            "season": season,
            "municipality": municipality,
            "state": ParticipationState.CONFIRMED,
            "fee_tier": FeeTier.objects.filter(season=season).order_by("population").first(),
            "population": 5_264,
            "population_year": 2024,
            "annual_fee_eur": fee,
            "first_year_fee_eur": fee,
            "joining_year": None if fee is None else season.first_year,
            "confirmed_at": datetime(2024, 12, 16, 9, tzinfo=UTC),
            "confirmed_by": UserFactory(),
            **fields,
        }
    )


def opened_season(**fields: object) -> Season:
    """A season that anybody may see: it prices every municipality and is open."""
    season = SeasonFactory(**fields)
    if season.state == SeasonState.DRAFT:
        FeeTierFactory(season=season, population=(0, None))
        Season.objects.filter(pk=season.pk).update(state=SeasonState.OPEN)
        season.refresh_from_db()
    return season
