"""Registrations of somebody who was on a roster twice, brought together."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation

from events.actions.notifying import remove_entry
from events.models import Registration
from municipalities.models import Person, User
from uso.ground.actions import action


@dataclass(frozen=True)
class PairedRegistrations:
    """What a person and their double have of one event; one of them may have nothing."""

    own: Registration | None
    double: Registration | None

    @property
    def kept(self) -> Registration | None:
        """The person's own, unless only the double is coming."""
        if self.own and (self.own.choice or not (self.double and self.double.choice)):
            return self.own
        return self.double

    @property
    def frees_a_seat(self) -> bool:
        """Whether both are coming; where one has withdrawn, there is one seat and it stays taken."""
        return all(row is not None and row.choice for row in (self.own, self.double))


@action(of="person")
def move_registrations(*, person: Person, double: Person, by: User, at: datetime) -> int:
    """Give a person the registrations of their double; return how many seats are free for others.

    Both people are locked by the caller. Deleting a row gives its seat back, one an event: the rows
    are in the order of their events, in which saves lock the seats.
    """
    own = {row.event_id: row for row in _of(person)}
    freed = 0
    for row in _of(double):
        mine = own.get(row.event_id)
        both = PairedRegistrations(mine, row)
        freed += both.frees_a_seat
        if both.kept is mine:
            _drop(row, double, at)
            continue
        if mine:
            mine.delete()
        row.person = person
        row.save(update_fields=["person"])
    return freed


def _of(person: Person) -> list[Registration]:
    rows = Registration.objects.filter(person=person).select_related("event", "person")
    return list(rows.order_by("event_id"))


def _drop(row: Registration, double: Person, at: datetime) -> None:
    """Take a second registration away; its calendar entry goes where it is still in somebody's way."""
    if row.coming and not row.event.begun(at=at) and row.last_notice and double.email:
        with translation.override(double.language):
            remove_entry(row, at=at)
    row.delete()
