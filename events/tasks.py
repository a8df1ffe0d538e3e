"""Celery entry points of events: notifying people of what is new and what has changed."""

from collections.abc import Sequence

from celery import shared_task
from django.utils import timezone

from events.actions.announcing import announce_cancelling, announce_events
from events.actions.notifying import notify_participants, notify_registrar
from events.models import Event
from events.queries import municipalities_to_notify
from municipalities.models import Municipality, User


@shared_task(name="events.notify", ignore_result=True, time_limit=300)
def notify_municipality(
    *,
    municipality_id: int,
    registration_ids: Sequence[int] = (),
    saved_by_id: int | None = None,
    save_key: str = "",
) -> None:
    """Notify a municipality's participants, and whoever saved, of what has changed."""
    municipality = Municipality.objects.get(pk=municipality_id)
    by = User.objects.filter(pk=saved_by_id).first() if saved_by_id else None
    if by:
        notify_registrar(
            municipality=municipality,
            registration_ids=registration_ids,
            by=by,
            save_key=save_key,
        )
    notify_participants(municipality=municipality, by=by, at=timezone.now())


@shared_task(name="events.notify_all", ignore_result=True, time_limit=300)
def notify_all() -> None:
    """Notify in every municipality whoever does not know the latest (beat; moved, cancelled)."""
    for municipality_id in municipalities_to_notify(at=timezone.now()):
        notify_municipality.delay(municipality_id=municipality_id)


@shared_task(name="events.announce", ignore_result=True, time_limit=300)
def announce() -> None:
    """Notify contact persons of events published lately (beat)."""
    announce_events(by=None, at=timezone.now())


@shared_task(name="events.announce_cancelling", ignore_result=True, time_limit=300)
def announce_cancelling_of(*, event_id: int) -> None:
    """Notify contact persons whose people were coming of a cancelled event."""
    announce_cancelling(
        event=Event.objects.select_related("cancelled_by").get(pk=event_id), by=None
    )
