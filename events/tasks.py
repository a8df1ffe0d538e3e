"""Celery entry points of events: telling participants what has changed."""

from collections.abc import Sequence

from celery import shared_task
from django.utils import timezone

from events.actions import tell_participants, tell_registrar
from events.queries import municipalities_with_untold
from municipalities.models import Municipality, User
from uso.ground.tenancy.scope import scope


@shared_task(name="events.tell", ignore_result=True, time_limit=300)
def tell(
    *,
    municipality_id: int,
    registration_ids: Sequence[int] = (),
    saved_by_id: int | None = None,
    save_key: str = "",
) -> None:
    """Tell a municipality's participants, and whoever saved, what has changed."""
    municipality = Municipality.objects.get(pk=municipality_id)
    by = User.objects.filter(pk=saved_by_id).first() if saved_by_id else None
    with scope(municipality_id):
        if by:
            tell_registrar(
                municipality=municipality,
                registration_ids=registration_ids,
                by=by,
                save_key=save_key,
            )
        tell_participants(municipality=municipality, at=timezone.now())


@shared_task(name="events.tell_all", ignore_result=True, time_limit=300)
def tell_all() -> None:
    """Tell in every municipality whoever does not know the latest (beat; moved and cancelled events)."""
    for municipality_id in municipalities_with_untold():
        tell.delay(municipality_id=municipality_id)
