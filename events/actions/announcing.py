"""Mail to contact persons about events that are open for registration, or cancelled."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse

from events.models import Event, Registration
from events.queries import municipalities_offered, municipalities_registered
from municipalities.enums import Role
from municipalities.models import Municipality, User
from municipalities.queries import coordinator_in_charge, users_in_role
from uso.ground.actions import action, notify
from uso.ground.lib.order import by_surname

# A season's programme is published event by event at one sitting: it is one message.
SITTING: Final = timedelta(minutes=15)


@action()
def announce_events(*, by: User | None, at: datetime) -> int:
    """Notify contact persons of newly published events, one message each; return of how many.

    It waits until nothing was published for a quarter of an hour. Run twice it notifies once.
    """
    new = Event.objects.unannounced(at=at)
    if new.filter(published_at__gt=at - SITTING).exists():
        return 0
    locked = new.select_for_update(of=("self",), no_key=True).select_related("published_by")
    events = list(locked.order_by("starts_at", "pk"))
    Event.objects.filter(pk__in=[event.pk for event in events]).update(announced_at=at)
    for municipality, seasons in municipalities_offered(events).items():
        offered = [event for event in events if event.season_id in seasons]
        _announce(municipality=municipality, events=offered, by=by, at=at)
    return len(events)


@action(of="municipality")
def _announce(
    *, municipality: Municipality, events: Sequence[Event], by: User | None, at: datetime
) -> None:
    for contact in users_in_role(Role.CONTACT, municipality=municipality):
        notify(
            contact,
            about=municipality,
            template="events_published",
            reply_to=coordinator_in_charge(events[0].published_by),
            occasion=at.isoformat(),
            municipality=municipality,
            events=events,
            grid_url=settings.BASE_URL + reverse("events:grid", args=[municipality.slug]),
        )


@action()
def announce_cancelling(*, event: Event, by: User | None) -> None:
    """Notify contact persons whose people were coming of a cancelled event; twice is once."""
    for municipality in municipalities_registered(event):
        _announce_cancelling(municipality=municipality, event=event, by=by)


@action(of="municipality")
def _announce_cancelling(*, municipality: Municipality, event: Event, by: User | None) -> None:
    rows = Registration.objects.confirmed().filter(event=event).select_related("person")
    registrations = sorted(rows, key=lambda row: by_surname(row.person))
    for contact in users_in_role(Role.CONTACT, municipality=municipality):
        notify(
            contact,
            about=municipality,
            template="event_cancelled_here",
            reply_to=coordinator_in_charge(event.cancelled_by),
            occasion=f"event {event.pk}",
            municipality=municipality,
            event=event,
            registrations=registrations,
        )
