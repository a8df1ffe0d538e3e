"""Celery entry points of events: telling participants what has changed."""

from collections.abc import Sequence

from celery import shared_task


@shared_task(name="events.tell", ignore_result=True, time_limit=300)
def tell(
    *,
    municipality_id: int,
    registration_ids: Sequence[int] = (),
    saved_by_id: int | None = None,
    save_key: str = "",
) -> None:
    """Tell a municipality's participants, and whoever saved, what has changed."""
    from django.utils import timezone  # noqa: PLC0415 -- task leaf

    from events.actions import tell_participants, tell_registrar  # noqa: PLC0415 -- task leaf
    from municipalities.models import Municipality, User  # noqa: PLC0415 -- task leaf
    from municipalities.tenancy import scope  # noqa: PLC0415 -- task leaf

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
    from events.queries import municipalities_with_untold  # noqa: PLC0415 -- task leaf

    for municipality_id in municipalities_with_untold():
        tell.delay(municipality_id=municipality_id)
