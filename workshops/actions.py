"""Steps of a workshop: wished, answered, agreed, held, cancelled. Call them in its scope."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.models import User
from seasons.enums import ParticipationState
from seasons.models import Participation, Season, WorkshopTheme
from seasons.queries import workshops_in_all
from uso.ground.lib.errors import RuleViolation
from uso.ground.mail.actions import queue_message
from workshops.enums import WorkshopState
from workshops.models import Workshop

State = WorkshopState


class WorkshopRefused(RuleViolation):
    """The package or the workshop's state does not allow this step."""


@transaction.atomic
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
    _lock(participation)
    if participation.state != ParticipationState.CONFIRMED:
        raise WorkshopRefused(_("Workshops belong to the members of the season."))
    if timezone.localdate(at).year > participation.season.last_year:
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
    _tell(workshop, "workshop_asked", key="asked")
    return workshop


def _lock(participation: Participation) -> None:
    """Let the municipality's wishes of the season wait for each other."""
    Participation.objects.select_for_update(of=("self",), no_key=True).get(pk=participation.pk)


def _free_slot(participation: Participation) -> int:
    promised = workshops_in_all(participation.season)
    standing = Workshop.objects.standing().filter(
        municipality_id=participation.municipality_id, season_id=participation.season_id
    )
    used = set(standing.values_list("slot", flat=True))
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


@transaction.atomic
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
    """Mend a wish or answer the coordinator's question; the wish then waits for the coordinator.

    `asked_at` and `asked_by` tell of the municipality's latest word.
    """
    return _claim(
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


NO_QUESTION: dict[str, Any] = {"question": "", "asked_back_at": None, "asked_back_by": None}


@transaction.atomic
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
    _tell(workshop, "workshop_question", key=f"question:{at.isoformat()}")
    return workshop


@transaction.atomic
def plan_workshop(*, workshop: Workshop, on: date, by: User, at: datetime) -> Workshop:
    """Agree on the day of a workshop, or move an agreed one."""
    if on < timezone.localdate(at):
        raise WorkshopRefused(_("The day has passed: choose a day ahead."), field="planned_on")
    _within(workshop.season, on, "planned_on")
    _claim(
        workshop,
        {State.WISHED, State.PLANNED},
        unless=Q(state=State.PLANNED, planned_on=on),
        state=State.PLANNED,
        planned_on=on,
        **NO_QUESTION,
    )
    _tell(workshop, "workshop_planned", key=f"planned:{at.isoformat()}")
    return workshop


@transaction.atomic
def hold_workshop(*, workshop: Workshop, on: date, by: User, at: datetime) -> Workshop:
    """Note that the workshop was held."""
    if on > timezone.localdate(at):
        raise WorkshopRefused(
            _("The day is still ahead: note it when it was held."), field="held_on"
        )
    _within(workshop.season, on, "held_on")
    return _claim(
        workshop, {State.WISHED, State.PLANNED}, state=State.HELD, held_on=on, **NO_QUESTION
    )


@transaction.atomic
def undo_held(*, workshop: Workshop, by: User) -> Workshop:
    """Take back the note that the workshop was held."""
    state = State.PLANNED if workshop.planned_on else State.WISHED
    return _claim(workshop, {State.HELD}, state=state, held_on=None)


@transaction.atomic
def cancel_workshop(*, workshop: Workshop, by: User, at: datetime) -> Workshop:
    """Cancel a workshop that was not held; its place in the package comes back."""
    _claim(
        workshop,
        {State.WISHED, State.PLANNED},
        state=State.CANCELLED,
        cancelled_at=at,
        cancelled_by=by,
    )
    if by != workshop.asked_by:
        _tell(workshop, "workshop_cancelled", key="cancelled")
    return workshop


def _within(season: Season, on: date, field: str) -> None:
    if on.year not in season.each_year:
        raise WorkshopRefused(
            _("The day is outside the season %(years)s.") % {"years": season.years}, field=field
        )


def _claim(
    workshop: Workshop, from_states: set[State], *, unless: Q | None = None, **fields: Any
) -> Workshop:
    """Change the row if it still is in one of the states; of two presses one counts."""
    rows = Workshop.objects.filter(pk=workshop.pk, state__in=from_states)
    if unless is not None:
        rows = rows.exclude(unless)
    if not rows.update(**fields):
        raise WorkshopRefused(
            _("The workshop was changed meanwhile, or is past this step: look at it again.")
        )
    workshop.refresh_from_db()
    return workshop


def _tell(workshop: Workshop, template: str, *, key: str) -> None:
    """Write to whoever wished for the workshop."""
    reader = workshop.asked_by
    path = reverse("workshops:detail", args=[workshop.municipality.slug, workshop.pk])
    queue_message(
        key=f"workshop:{workshop.pk}:{key}",
        template=template,
        language=reader.language,
        to_email=reader.email,
        to_name=reader.name,
        context={"workshop": workshop, "municipality": workshop.municipality, "path": path},
        municipality_id=workshop.municipality_id,
    )
