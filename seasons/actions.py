"""Changes of a season and of who takes part. Participations are changed in their own scope."""

from collections.abc import Set as AbstractSet
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from municipalities.models import Municipality, User
from seasons.enums import BEFORE_THE_DECISION, ParticipationState, SeasonState
from seasons.models import FeeTier, Participation, Season
from seasons.pricing import first_gap, tier_for
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.money import number


class SeasonNotReady(RuleViolation):
    """The season cannot be opened as it is."""


class ParticipationRefused(RuleViolation):
    """The municipality's place in the season does not allow this step."""


@transaction.atomic
def open_season(*, season: Season, by: User) -> Season:
    """Open a drafted season once its tiers price every population."""
    tiers = list(FeeTier.objects.filter(season=season))
    if gap := first_gap(tiers):
        raise SeasonNotReady(_name_gap(*gap))
    if nameless := next((tier for tier in tiers if tier.annual_fee_eur is None), None):
        raise SeasonNotReady(
            _("The fee of the tier %(tier)s is missing: give it before opening the season.")
            % {"tier": nameless.limits}
        )
    opened = Season.objects.filter(pk=season.pk, state=SeasonState.DRAFT).update(
        state=SeasonState.OPEN
    )
    if not opened:
        raise SeasonNotReady(_("The season is open or ended already."))
    season.refresh_from_db()
    return season


def _name_gap(first: int, last: int | None) -> str:
    if last is None:
        return _("No fee tier covers %(first)s inhabitants and above: add a tier for them.") % {
            "first": number(first)
        }
    return _("No fee tier covers %(first)s–%(last)s inhabitants: add a tier for them.") % {
        "first": number(first),
        "last": number(last),
    }


@transaction.atomic
def invite_municipality(*, season: Season, municipality: Municipality, by: User) -> Participation:
    """Put a municipality on the season's list, as invited."""
    if season.state == SeasonState.CLOSED:
        raise ParticipationRefused(_("The season has ended: nobody can be added to it any more."))
    try:
        with transaction.atomic():
            return Participation.objects.create(season=season, municipality=municipality)
    except IntegrityError as error:
        raise ParticipationRefused(
            _("%(municipality)s is on this season's list already.")
            % {"municipality": municipality.name},
            field="municipality",
        ) from error


@transaction.atomic
def note_stage(*, participation: Participation, state: str, by: User) -> Participation:
    """Move an undecided municipality along the pipeline, either way."""
    if state not in BEFORE_THE_DECISION:
        raise ParticipationRefused(_("Record the decision instead: it has a body and a date."))
    return _claim(participation, from_states=BEFORE_THE_DECISION, state=state)


@transaction.atomic
def record_decision(
    *,
    participation: Participation,
    body: str,
    on: date,
    section: str,
    diary_number: str,
    by: User,
) -> Participation:
    """Write down the board's decision to join; it may be mended until the confirmation."""
    return _claim(
        participation,
        from_states=BEFORE_THE_DECISION | {ParticipationState.DECIDED},
        state=ParticipationState.DECIDED,
        decided_by_fi=body,
        decided_on=on,
        decision_section=section,
        diary_number=diary_number,
    )


@transaction.atomic
def confirm_participation(*, participation: Participation, by: User, at: datetime) -> Participation:
    """Confirm a decided participation and freeze its tier, fee, population and its year."""
    if participation.state != ParticipationState.DECIDED:
        raise ParticipationRefused(_("Record the municipality's decision first."))
    tier, population, fee = _price(participation)
    return _claim(
        participation,
        from_states={ParticipationState.DECIDED},
        state=ParticipationState.CONFIRMED,
        fee_tier=tier,
        population=population,
        population_year=participation.season.population_year,
        annual_fee_eur=fee,
        confirmed_at=at,
        confirmed_by=by,
    )


def _price(participation: Participation) -> tuple[FeeTier, int, Decimal]:
    """Find what the fee rests on; say which part of it is missing."""
    season, municipality = participation.season, participation.municipality
    if season.population_year is None:
        raise ParticipationRefused(
            _("Choose first which year's population decides the fees of the season.")
        )
    population = municipality.population_in(season.population_year)
    if population is None:
        raise ParticipationRefused(
            _("The population of %(municipality)s in %(year)s is not known: import it first.")
            % {"municipality": municipality.name, "year": season.population_year}
        )
    tier = tier_for(population, list(FeeTier.objects.filter(season=season)))
    if tier is None or tier.annual_fee_eur is None:
        raise ParticipationRefused(
            _("The season has no fee for %(population)s inhabitants: give it first.")
            % {"population": number(population)}
        )
    return tier, population, tier.annual_fee_eur


@transaction.atomic
def withdraw_participation(*, participation: Participation, by: User) -> Participation:
    """Note that the municipality does not take part, or no longer; what was frozen stays."""
    living = {str(state) for state in ParticipationState if state != ParticipationState.WITHDRAWN}
    return _claim(participation, from_states=living, state=ParticipationState.WITHDRAWN)


@transaction.atomic
def restore_participation(*, participation: Participation, by: User) -> Participation:
    """Undo a withdrawal: the municipality is again as far as it had come."""
    if participation.confirmed_at:
        state = ParticipationState.CONFIRMED
    elif participation.decided_on:
        state = ParticipationState.DECIDED
    else:
        state = ParticipationState.INVITED
    return _claim(participation, from_states={ParticipationState.WITHDRAWN}, state=state)


def _claim(
    participation: Participation, *, from_states: AbstractSet[str], **fields: Any
) -> Participation:
    """Change the row if it still is where the caller thinks, so that one of two presses counts."""
    claimed = Participation.objects.filter(pk=participation.pk, state__in=from_states).update(
        **fields
    )
    if not claimed:
        raise ParticipationRefused(
            _("This was done meanwhile, or the municipality's state has changed: look again.")
        )
    participation.refresh_from_db()
    return participation
