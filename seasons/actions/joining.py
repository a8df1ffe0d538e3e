"""The way of a municipality into a season: list, stages, decision, confirmation, and its end."""

import hashlib
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NotRequired, TypedDict, Unpack

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.actions import give_role
from municipalities.models import Municipality, User
from seasons.days import decision_days
from seasons.enums import (
    BEFORE_THE_CONFIRMATION,
    BEFORE_THE_DECISION,
    FUNNEL,
    NOT_TAKING_PART,
    TAKING_PART,
    ParticipationState,
)
from seasons.models import DecisionDocument, FeeTier, Participation, Season
from seasons.notifying import notify_contact_persons
from seasons.pricing import joining_year, tier_for
from seasons.queries import first_invited_on, lock_season
from uso.ground.actions import action, claim
from uso.ground.lib.dates import day
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.money import number
from uso.ground.lib.uploads import SentFile

NO_NEXT_STEP: Final = {"next_step": "", "next_step_on": None}


class ParticipationRefused(RuleViolation):
    """The municipality's place in the season does not allow this step."""


class DecisionFields(TypedDict):
    """The board's decision to join, as its minutes have it."""

    decided_by_fi: str
    decided_on: date
    decision_section: str
    diary_number: str
    contact_fi: NotRequired[str]
    on_site_fi: NotRequired[str]
    document: NotRequired[SentFile | None]


class NamedPerson(TypedDict):
    """Somebody whom the decision names, with the role they get."""

    name: str
    email: str
    role: str


@action(of="municipality")
def invite_municipality(
    *, season: Season, municipality: Municipality, by: User, on: date
) -> Participation:
    """Put a municipality on the season's list, as invited on a day."""
    if season.has_ended(on=on):
        raise ParticipationRefused(_("The season has ended: nobody can be added to it any more."))
    try:
        with transaction.atomic():
            return Participation.objects.create(
                season=season, municipality=municipality, state_on=on
            )
    except IntegrityError as error:
        raise ParticipationRefused(
            _("%(municipality)s is on this season's list already.")
            % {"municipality": municipality.name},
            field="municipality",
        ) from error


@action(of="participation")
def note_stage(
    *, participation: Participation, state: str, state_on: date, by: User, at: datetime
) -> Participation:
    """Move an undecided municipality along the pipeline, either way, as of a day."""
    if state not in BEFORE_THE_DECISION:
        raise ParticipationRefused(_("Record the decision instead: it has a body and a date."))
    days = decision_days(participation.season, today=timezone.localdate(at))
    days.require(state_on, field="state_on")
    _require_order(participation, state, state_on)
    undecided = {participation.state} & BEFORE_THE_DECISION  # of two who move it, one does
    return claim_in(participation, undecided, state=state, state_on=state_on)


def _require_order(participation: Participation, state: str, on: date) -> None:
    now = participation.state
    if now in BEFORE_THE_DECISION and FUNNEL.index(state) > FUNNEL.index(now):
        _require_later(participation, on)


def _require_later(participation: Participation, on: date) -> None:
    since = participation.state_on
    if since and on < since:
        raise RuleViolation(
            _("The stage before began %(day)s: give that day or a later one.")
            % {"day": day(since, weekday=False)},
            field="state_on",
        )


@action(of="participation")
def record_decision(
    *, participation: Participation, by: User, at: datetime, **decision: Unpack[DecisionFields]
) -> Participation:
    """Write down the board's decision to join; it may be mended until the confirmation.

    The step towards the decision ends with it; one that was planned after it stays when it is mended.
    """
    _require_decision_day(participation, decision, at)
    document = decision.pop("document", None)
    now_decided: dict[str, Any] = {
        "state": ParticipationState.DECIDED,
        "state_on": decision["decided_on"],
    }
    if participation.state in BEFORE_THE_DECISION:
        now_decided |= NO_NEXT_STEP
    claim_in(participation, BEFORE_THE_CONFIRMATION, **now_decided, **decision)
    _store(document, participation, by=by, at=at)
    return participation


@action(of="participation")
def correct_decision(
    *,
    participation: Participation,
    reason: str,
    by: User,
    at: datetime,
    **decision: Unpack[DecisionFields],
) -> Participation:
    """Correct a typing error in a confirmed decision; the history keeps both, with the reason.

    What the confirmation froze (population, tier, fees, joining year) does not follow.
    """
    _require_decision_day(participation, decision, at)
    document = decision.pop("document", None)
    with pghistory.context(reason=reason):
        claim_in(participation, {ParticipationState.CONFIRMED}, **decision)
    _store(document, participation, by=by, at=at)
    return participation


def _store(
    document: SentFile | None, participation: Participation, *, by: User, at: datetime
) -> None:
    """Store the decision's file in the place of the one before; without a new one that stays."""
    if document is None:
        return
    DecisionDocument.objects.update_or_create(
        municipality_id=participation.municipality_id,
        participation=participation,
        defaults={
            "name": document.name,
            "content": document.content,
            "sha256": hashlib.sha256(document.content).hexdigest(),
            "at": at,
            "by": by,
        },
    )


def _require_decision_day(
    participation: Participation, decision: DecisionFields, at: datetime
) -> None:
    days = decision_days(participation.season, today=timezone.localdate(at))
    days.require(decision["decided_on"], field="decided_on")
    invited_on = first_invited_on(participation)
    if invited_on and decision["decided_on"] < invited_on:
        raise RuleViolation(
            _(
                "The municipality was invited %(day)s: give that day or a later one. If it was invited earlier, note the stage “Invited” with its right day first."
            )
            % {"day": day(invited_on, weekday=False)},
            field="decided_on",
        )


@dataclass(frozen=True)
class Confirmation:
    """What a confirmation did: the addresses that were invited, and those that have a role now."""

    participation: Participation
    invited: list[str]
    in_role: list[str]


@action(of="participation")
def confirm_participation(
    *,
    participation: Participation,
    by: User,
    at: datetime,
    people: Sequence[NamedPerson] = (),
) -> Confirmation:
    """Confirm a decided participation and freeze its tier, fees, population and joining year.

    Who amends the season's fees, or mends the decision, at the same moment waits, or is waited for.

    Parameters
    ----------
    people
        Whom the decision names: whoever has an account gets the role, the others an invitation.
    """
    season = lock_season(participation.season)
    locked = Participation.objects.select_for_update(of=("self",), no_key=True)
    participation.refresh_from_db(from_queryset=locked)
    if participation.state in BEFORE_THE_DECISION:
        raise ParticipationRefused(_("Record the municipality's decision first."))
    on = timezone.localdate(at)
    if season.has_ended(on=on):
        raise ParticipationRefused(_("The season has ended: nobody joins it any more."))
    claim_in(
        participation,
        {ParticipationState.DECIDED},
        state=ParticipationState.CONFIRMED,
        state_on=on,
        confirmed_at=at,
        confirmed_by=by,
        **_terms(season, participation, on=on),
        **NO_NEXT_STEP,
    )
    return _give_roles(people, participation, by=by, at=at)


def _terms(season: Season, participation: Participation, *, on: date) -> dict[str, Any]:
    """Find what a confirmation freezes: what the fee rests on, the fees and the joining year."""
    tier, population, fee = _price(season, participation.municipality)
    decided_on = participation.decided_on or on
    return {
        "fee_tier": tier,
        "population": population,
        "population_year": season.population_year,
        "annual_fee_eur": fee,
        "first_year_fee_eur": season.first_year_fee(fee, decided_on=decided_on),
        "joining_year": joining_year(season.first_year, decided_on),
    }


def _give_roles(
    people: Sequence[NamedPerson], participation: Participation, *, by: User, at: datetime
) -> Confirmation:
    done = Confirmation(participation, [], [])
    for person in people:
        is_invited = give_role(
            email=person["email"],
            name=person["name"],
            role=person["role"],
            municipality=participation.municipality,
            by=by,
            at=at,
        )
        (done.invited if is_invited else done.in_role).append(person["email"])
    return done


def _price(season: Season, municipality: Municipality) -> tuple[FeeTier, int, Decimal]:
    """Find what the fee rests on; say which part of it is missing."""
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


@action(of="participation")
def withdraw_participation(
    *,
    participation: Participation,
    exit_reason: str,
    exit_note: str,
    state_on: date,
    by: User,
    at: datetime,
) -> Participation:
    """Note that a municipality declined, or withdrew after its decision; what was frozen stays.

    What hangs on it in other apps ends with it in `uso.roof.home.actions.withdraw_municipality`.
    """
    stage = participation.state
    decision_days(participation.season, today=timezone.localdate(at)).require(
        state_on, field="state_on"
    )
    _require_later(participation, state_on)
    undecided = stage in BEFORE_THE_DECISION
    return claim_in(
        participation,
        {stage} - NOT_TAKING_PART,
        state=ParticipationState.DECLINED if undecided else ParticipationState.WITHDRAWN,
        state_on=state_on,
        exit_stage=stage,
        exit_reason=exit_reason,
        exit_note=exit_note,
        **NO_NEXT_STEP,
    )


@action(of="participation")
def restore_participation(*, participation: Participation, by: User, at: datetime) -> Participation:
    """Undo that a municipality declined or withdrew: it is again as far as it had come.

    What was withdrawn and cancelled with it does not come back. Who takes part again reads of it.
    """
    stage = participation.exit_stage
    restored = {"state": stage, "state_on": timezone.localdate(at)}
    no_exit = {"exit_stage": "", "exit_reason": "", "exit_note": ""}
    claim_in(participation, NOT_TAKING_PART, Q(exit_stage=stage), **restored, **no_exit)
    if stage in TAKING_PART:
        notify_contact_persons(
            participation, "participation_restored", by=by, occasion=at.isoformat()
        )
    return participation


def claim_in(
    participation: Participation,
    from_states: AbstractSet[str],
    still: Q | None = None,
    /,
    **fields: Any,
) -> Participation:
    """Change a participation if it still is in one of the states, and as said; within an action."""
    if participation.is_from_record:
        raise ParticipationRefused(
            _("Of this participation the network's records have the name alone: it stays as it is.")
        )
    return claim(
        participation,
        where=Q(state__in=from_states) & (still or Q()),
        refusal=ParticipationRefused(
            _("This was done meanwhile, or the municipality's state has changed: look again.")
        ),
        **fields,
    )
