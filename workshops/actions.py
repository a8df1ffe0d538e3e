"""Steps of a workshop: wished, answered, agreed, held, cancelled."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.models import User
from seasons.days import days_ahead, days_behind
from seasons.enums import ParticipationState
from seasons.models import Participation, WorkshopTheme
from seasons.queries import lock_participation, workshops_in_all
from uso.ground.actions import action, claim
from uso.ground.lib.errors import RuleViolation
from workshops.enums import CHANGEABLE, WorkshopState
from workshops.models import Workshop
from workshops.notifying import (
    notify_of_answer,
    notify_of_cancelling,
    notify_of_day,
    notify_of_day_handed_over,
    notify_of_leaving,
    notify_of_question,
    notify_of_release,
    notify_of_wish,
)
from workshops.queries import open_workshops

State = WorkshopState


class WorkshopRefused(RuleViolation):
    """The package or the workshop's state does not allow this step."""


@action(of="participation")
def ask_workshop(
    *,
    participation: Participation,
    topic: str,
    theme: WorkshopTheme | None,
    wish: str,
    wished_time: str,
    by: User,
    at: datetime,
) -> Workshop:
    """Wish for a workshop: it takes the first free place of the package at once."""
    participation = lock_participation(participation)  # of simultaneous wishes, and a withdrawal
    if participation.state != ParticipationState.CONFIRMED:
        raise WorkshopRefused(_("Workshops belong to the members of the season."))
    if participation.season.has_ended(on=timezone.localdate(at)):
        raise WorkshopRefused(_("The season has ended: workshops of it can no longer be wished."))
    workshop = Workshop.objects.create(
        municipality=participation.municipality,
        season=participation.season,
        slot=_free_slot(participation),
        topic=topic,
        theme=theme,
        wish=wish,
        wished_time=wished_time,
        asked_at=at,
        asked_by=by,
    )
    notify_of_wish(workshop)
    return workshop


def _free_slot(participation: Participation) -> int:
    promised = workshops_in_all(participation.season)
    in_use = Workshop.objects.uncancelled().filter(
        municipality_id=participation.municipality_id, season_id=participation.season_id
    )
    used = set(in_use.values_list("slot", flat=True))
    free = [slot for slot in range(1, promised + 1) if slot not in used]
    if not free:
        raise WorkshopRefused(
            ngettext(
                "The %(promised)d workshop of the season is in use. Cancel it if it will not be"
                " held: the place comes back.",
                "All %(promised)d workshops of the season are in use. Cancel one that will not"
                " be held: its place comes back.",
                promised,
            )
            % {"promised": promised}
        )
    return free[0]


@action(of="workshop")
def revise_wish(
    *,
    workshop: Workshop,
    topic: str,
    theme: WorkshopTheme | None,
    wish: str,
    wished_time: str,
    by: User,
    at: datetime,
) -> Workshop:
    """Change a wish or answer the coordinator's question; the wish then waits for the coordinator.

    `asked_at` and `asked_by` are those of the municipality's latest word.
    """
    asker = workshop.asked_back_by
    _claim(
        workshop,
        {State.WISHED},
        topic=topic,
        theme=theme,
        wish=wish,
        wished_time=wished_time,
        asked_at=at,
        asked_by=by,
        **NO_QUESTION,
    )
    if asker:
        notify_of_answer(workshop, asker=asker, at=at)
    return workshop


NO_QUESTION: dict[str, Any] = {"question": "", "asked_back_at": None, "asked_back_by": None}


@action(of="workshop")
def ask_back(*, workshop: Workshop, question: str, by: User, at: datetime) -> Workshop:
    """Ask the municipality something before a day is agreed; the wish waits for its answer."""
    _claim(
        workshop,
        {State.WISHED},
        unless=Q(asked_back_at__isnull=False),
        question=question,
        asked_back_at=at,
        asked_back_by=by,
    )
    notify_of_question(workshop, by=by, at=at)
    return workshop


@action(of="workshop")
def plan_workshop(*, workshop: Workshop, planned_on: date, by: User, at: datetime) -> Workshop:
    """Agree on the day of a workshop, or move an agreed one."""
    days_ahead(workshop.season, today=timezone.localdate(at)).require(
        planned_on, field="planned_on"
    )
    _claim(
        workshop,
        {State.WISHED, State.PLANNED},
        unless=Q(state=State.PLANNED, planned_on=planned_on),
        state=State.PLANNED,
        planned_on=planned_on,
        **NO_QUESTION,
    )
    notify_of_day(workshop, by=by, at=at)
    return workshop


@action(of="workshop")
def hold_workshop(*, workshop: Workshop, held_on: date, by: User, at: datetime) -> Workshop:
    """Note that the workshop was held."""
    days_behind(workshop.season, today=timezone.localdate(at)).require(held_on, field="held_on")
    return _claim(
        workshop, {State.WISHED, State.PLANNED}, state=State.HELD, held_on=held_on, **NO_QUESTION
    )


@action(of="workshop")
def undo_held(*, workshop: Workshop, by: User) -> Workshop:
    """Take back the note that the workshop was held."""
    state = State.PLANNED if workshop.planned_on else State.WISHED
    return _claim(workshop, {State.HELD}, state=state, held_on=None)


@action(of="workshop")
def cancel_workshop(*, workshop: Workshop, by: User, at: datetime) -> Workshop:
    """Cancel a workshop that was not held; its place in the package comes back."""
    _cancel(workshop, by, at)
    notify_of_cancelling(workshop, by=by, at=at)
    return workshop


def _cancel(workshop: Workshop, by: User, at: datetime) -> None:
    _claim(workshop, set(CHANGEABLE), state=State.CANCELLED, cancelled_at=at, cancelled_by=by)


@action(of="participation")
def cancel_open_workshops(
    *, participation: Participation, by: User, at: datetime
) -> list[Workshop]:
    """Cancel what was not held of a municipality that leaves; the caller has locked its place.

    Whoever has an agreed day in the calendar loses it there; of the rest the caller notifies.
    """
    cancelled = list(open_workshops(participation).select_related("municipality", "season"))
    for workshop in cancelled:
        _cancel(workshop, by, at)
        notify_of_leaving(workshop, by=by, at=at)
    return cancelled


@action(of="workshop")
def release_day(*, workshop: Workshop, holder: User, by: User, at: datetime) -> Workshop:
    """Take an agreed day out of the calendar of somebody whose role has ended; it stays agreed."""
    locked = Workshop.objects.select_for_update(of=("self",)).select_related(
        "municipality", "season"
    )
    found = locked.get(pk=workshop.pk)
    if found.state == State.PLANNED and str(holder.pk) in found.notified_days:
        notify_of_release(found, holder, by=by, at=at)
    return found


@action(of="workshop")
def hand_over_day(
    *, workshop: Workshop, former: User, successor: User, by: User, at: datetime
) -> Workshop:
    """Move an agreed day from one calendar to another, as whose role it was is handed over."""
    released = release_day(workshop=workshop, holder=former, by=by, at=at)
    if released.state == State.PLANNED and str(successor.pk) not in released.notified_days:
        notify_of_day_handed_over(released, successor, by=by, at=at)
    return released


def _claim(
    workshop: Workshop, from_states: set[State], *, unless: Q | None = None, **fields: Any
) -> Workshop:
    """Change the workshop if it still is in one of the states."""
    where = Q(state__in=from_states)
    return claim(
        workshop,
        where=where if unless is None else where & ~unless,
        refusal=WorkshopRefused(
            _("The workshop was changed meanwhile, or is past this step: look at it again.")
        ),
        **fields,
    )
