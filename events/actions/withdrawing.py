"""Giving back the seats of those who no longer take part."""

from collections.abc import Iterable
from datetime import datetime

from events.actions.registering import Choice, SaveResult, save_registrations
from events.models import Registration
from events.queries import Cell
from municipalities.models import Municipality, Person, User
from seasons.models import Season
from uso.ground.actions import action


@action(of="municipality")
def withdraw_people_of_season(
    *, municipality: Municipality, season: Season, by: User, at: datetime
) -> SaveResult:
    """Withdraw everybody from a season's events ahead; its participation is locked by the caller."""
    rows = Registration.objects.ahead(at=at).filter(event__season=season)
    return _withdraw(rows.values_list("person_id", "event_id"), municipality, by, at)


@action(of="municipality")
def withdraw_people(
    *, municipality: Municipality, people: Iterable[Person], by: User, at: datetime
) -> SaveResult:
    """Withdraw some people of one municipality from every event ahead; they are locked by the caller."""
    rows = Registration.objects.ahead(at=at).filter(person__in=list(people))
    return _withdraw(rows.values_list("person_id", "event_id"), municipality, by, at)


def _withdraw(
    cells: Iterable[Cell], municipality: Municipality, by: User, at: datetime
) -> SaveResult:
    """Withdraw as the grid does: seats are given back, and the participants are notified."""
    choices: dict[Cell, Choice] = dict.fromkeys(cells)
    return save_registrations(municipality=municipality, choices=choices, by=by, at=at)
