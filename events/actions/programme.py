"""Planning the programme: writing, publishing and cancelling events."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.enums import EventState, Mode
from events.models import Event, Seats
from events.planning import MissingEvent, season_plan
from events.queries import missing_for_publishing
from municipalities.models import User
from seasons.days import deadline_days, season_days
from seasons.models import Season
from uso.ground.actions import action
from uso.ground.lib.after_commit import send_after_commit, send_or_run_after_commit
from uso.ground.lib.dates import HELSINKI
from uso.ground.lib.errors import RuleViolation


@action()
def save_event(*, event: Event, capacities: Mapping[Mode, int | None], by: User) -> Event:
    """Save a new or changed event with its seats; participants are notified of what concerns them.

    Parameters
    ----------
    capacities
        Seats by way of attending that is offered; None means room for everybody.
    """
    before = locked_event(event.pk) if event.pk else None
    if before and before.state == EventState.CANCELLED:
        raise RuleViolation(_("A cancelled event stays as it is."))
    _check_days(event)
    if before and before.state == EventState.PUBLISHED and not capacities:
        raise RuleViolation(_("A published event needs seats or remote participation."))
    if before:
        event.state = before.state
        event.published_at, event.published_by = before.published_at, before.published_by
    event.save()
    _set_seats(event, capacities)
    if event.state == EventState.PUBLISHED:
        send_after_commit("events.notify_all")
    return event


def _check_days(event: Event) -> None:
    """Refuse a day that no event of the season can have, at its field."""
    within = {name: season_days(event.season) for name in ("starts_at", "ends_at")}
    for name, days in {**within, "deadline_at": deadline_days(event.season)}.items():
        if moment := getattr(event, name):
            days.require(timezone.localdate(moment), field=name)


def locked_event(event_id: int) -> Event:
    """Lock the event's seats, as registrations do, and then the event; return it as stored."""
    list(Seats.objects.select_for_update(of=("self",)).filter(event=event_id).order_by("mode"))
    return Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event_id)


def _set_seats(event: Event, capacities: Mapping[Mode, int | None]) -> None:
    stored = {Mode(row.mode): row for row in Seats.objects.filter(event=event)}
    for mode in Mode:
        row, offered = stored.get(mode), mode in capacities
        if row and not _fits(row, capacities):
            raise RuleViolation(_too_few(row), field=f"{mode}_seats")
        if offered:
            Seats.objects.update_or_create(
                event=event, mode=mode, defaults={"capacity": capacities[mode]}
            )
        elif row:
            row.delete()


def _fits(row: Seats, capacities: Mapping[Mode, int | None]) -> bool:
    """Whether those registered already have seats."""
    capacity = capacities.get(Mode(row.mode), 0)
    return capacity is None or row.taken <= capacity


def _too_few(row: Seats) -> str:
    return ngettext(
        "%(taken)d person is registered already: leave at least as many seats.",
        "%(taken)d people are registered already: leave at least as many seats.",
        row.taken,
    ) % {"taken": row.taken}


@action()
def plan_from_package(*, season: Season, days: Mapping[str, date | None], by: User) -> list[Event]:
    """Make the events that a draft season's package promises and that are missing, as drafts.

    Who plans them at the same moment waits, and finds none missing.

    Parameters
    ----------
    days
        By `MissingEvent.key`; None leaves an event without its date.
    """
    season = Season.objects.select_for_update(of=("self",), no_key=True).get(pk=season.pk)
    if not season.is_draft:
        raise RuleViolation(_("The season is no longer a draft: plan its events one by one."))
    missing = [each for each in season_plan(season).missing if each.key in days]
    return [_plan(season, each, days[each.key], by) for each in missing]


def _plan(season: Season, missing: MissingEvent, on: date | None, by: User) -> Event:
    if on:
        season_days(season).require(on, field=missing.key)
    event = Event(
        season=season,
        phase=missing.phase,
        kind=missing.kind,
        position=missing.number,
        starts_at=on and datetime.combine(on, missing.starts, HELSINKI),
        **missing.titles,
    )
    return save_event(event=event, capacities={}, by=by)


@action()
def publish_event(*, event: Event, by: User, at: datetime) -> Event:
    """Show the event to the municipalities and open its registration."""
    event = locked_event(event.pk)
    if event.state != EventState.DRAFT:
        raise RuleViolation(_("The event is published already."))
    if missing := missing_for_publishing(event):
        names = ", ".join(missing)
        raise RuleViolation(_("Not published. Add first: %(missing)s.") % {"missing": names})
    if event.begun(at=at):
        raise RuleViolation(_("Not published. The event begins in the past: mend its date."))
    event.state, event.published_at, event.published_by = EventState.PUBLISHED, at, by
    event.save()
    return event


@action()
def cancel_event(*, event: Event, by: User, at: datetime) -> Event:
    """Cancel a published event; who is registered gets a message that removes the entry.

    Their contact persons read of it too, with the names of those who have no address.
    """
    event = locked_event(event.pk)
    if event.state != EventState.PUBLISHED:
        raise RuleViolation(_("Only a published event can be cancelled."))
    if event.begun(at=at):
        raise RuleViolation(_("The event has begun: it can no longer be cancelled."))
    event.state, event.cancelled_at, event.cancelled_by = EventState.CANCELLED, at, by
    event.save()
    send_after_commit("events.notify_all")
    send_or_run_after_commit("events.announce_cancelling", event_id=event.pk)  # no round finds it
    return event
