"""Registrations of somebody who was on a roster twice, brought together."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import translation

from events.actions.notifying import remove_entry
from events.models import Registration, Seats
from municipalities.models import Person, User
from uso.ground.actions import action


@action(of="person")
def move_registrations(*, person: Person, double: Person, by: User, at: datetime) -> int:
    """Give a person the registrations of their double; return how many events had both.

    Where both were registered the person's own stays, unless only the double is coming; a second
    seat is free for others. Both people are locked by the caller, the seats here.
    """
    own = {row.event_id: row for row in _of(person)}
    moving = _of(double)
    _lock_seats(row.event_id for row in moving if row.event_id in own)
    for row in moving:
        mine = own.get(row.event_id)
        if mine and (mine.choice or not row.choice):
            _drop(row, double, at)
            continue
        if mine:
            mine.delete()
        row.person = person
        row.save(update_fields=["person"])
    return sum(row.event_id in own for row in moving)


def _of(person: Person) -> list[Registration]:
    rows = Registration.objects.filter(person=person).select_related("event", "person")
    return list(rows.order_by("event_id"))


def _lock_seats(event_ids: Iterable[int]) -> None:
    """Lock in the one order in which saves do."""
    seats = Seats.objects.filter(event__in=list(event_ids)).order_by("event_id", "mode")
    list(seats.select_for_update(of=("self",), no_key=True))


def _drop(row: Registration, double: Person, at: datetime) -> None:
    """Take a second registration away; its calendar entry goes where it is still in somebody's way."""
    if row.coming and not row.event.begun(at=at) and row.last_notice and double.email:
        with translation.override(double.language):
            remove_entry(row, at=at)
    row.delete()
