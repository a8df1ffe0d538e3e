"""Mail to contact persons about events that are open for registration."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse

from events.models import Event
from events.queries import municipalities_offered
from municipalities.enums import Role
from municipalities.models import Municipality, User
from municipalities.queries import coordinator_in_charge, users_in_role
from uso.ground.actions import action, notify

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
