"""Made-up dates, seats and registrations of the demonstration season's programme.

Everything is counted from today, so that something is past and something ahead.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import F
from django.utils import timezone

from events.actions.programme import publish_event, save_event
from events.enums import Mode
from events.facts import load_programme
from events.models import Event, Registration
from events.notices import notice_of
from municipalities.enums import Group
from municipalities.models import Municipality, Person, User
from seasons.models import Season
from uso.ground.lib.languages import LANGUAGES
from uso.ground.tenancy.scope import scope
from uso.roof.demo.days import counted_from, working_day

# Nobody of Kannus is on the way to what is ahead: a visitor registers them.
LEFT_TO_THE_VISITOR = "217"


class Plan(NamedTuple):
    """When and where an event is: days from today, hour, length, place by language, seats on site."""

    days: int
    hour: int
    hours: float
    place: tuple[str, ...] = ()
    seats: int = 0


# In the order of `LANGUAGES`.
HALL = ("Kuntatalo, Helsinki", "Kommunernas hus, Helsingfors", "Kuntatalo, Helsinki")
SEMINAR, SPARRING, LIVE, TEAMS = "seminar", "sparring", "live_contact_meeting", "contact_meeting"
PLANS = {
    (LIVE, 1): Plan(-622, 10, 6, HALL, 30),
    (SEMINAR, 1): Plan(-600, 9, 7, HALL, 40),
    (SPARRING, 1): Plan(-572, 17, 1.5),
    (TEAMS, 1): Plan(-585, 9, 1),
    (SPARRING, 2): Plan(-432, 17, 1.5),
    (SEMINAR, 2): Plan(-410, 9, 7, ("Jyväskylä",), 30),
    (SPARRING, 3): Plan(-388, 17, 1.5),
    (TEAMS, 2): Plan(-380, 9, 1),
    (SPARRING, 4): Plan(-245, 17, 1.5),
    (SEMINAR, 3): Plan(-229, 9, 7, ("Oulu", "Uleåborg"), 30),
    (SPARRING, 5): Plan(-200, 17, 1.5),
    (TEAMS, 3): Plan(-215, 9, 1),
    (LIVE, 2): Plan(9, 9, 6.5, HALL, 18),
    (SEMINAR, 4): Plan(12, 9, 7, ("Tampere", "Tammerfors"), 24),
    (SPARRING, 6): Plan(15, 17, 1.5),
    (TEAMS, 4): Plan(17, 9, 1),
}


def load_events(
    season: Season, members: Iterable[Municipality], contacts: Mapping[int, User], *, by: User
) -> None:
    """Give the programme its made-up dates, publish it, and register people of the members."""
    if not load_programme(season):
        return
    first = counted_from(season, today=timezone.localdate())
    members = list(members)
    for event in season.events.order_by("pk"):
        plan = PLANS[event.kind, event.position or 0]
        _publish(event, plan, working_day(first + timedelta(days=plan.days)), by)
        for place, municipality in enumerate(members):
            if plan.days < 0 or municipality.code != LEFT_TO_THE_VISITOR:
                _register(municipality, event, place, plan, contacts[municipality.pk])
    season.events.update(announced_at=F("published_at"))


def _publish(event: Event, plan: Plan, on: date, by: User) -> None:
    event.starts_at = _at(on, time(plan.hour))
    event.ends_at = event.starts_at + timedelta(hours=plan.hours)
    event.deadline_at = _at(working_day(on - timedelta(days=5)), time(16))
    for language, place in zip(LANGUAGES, plan.place, strict=False):
        setattr(event, f"place_{language}", place)
    on_site = {Mode.IN_PERSON: plan.seats} if plan.seats else {}
    save_event(event=event, capacities={**on_site, Mode.REMOTE: None}, by=by)
    publish_event(event=event, by=by, at=min(timezone.now(), event.starts_at - timedelta(days=60)))


def _at(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


def _register(municipality: Municipality, event: Event, place: int, plan: Plan, by: User) -> None:
    """Register one to three people, some on site, the rest remotely; no message leaves."""
    with scope(municipality.pk):
        people = list(Person.objects.filter(group=_group(event)).order_by("pk"))
        going = people[: 1 + (place + (event.position or 0)) % 3]
        seats = event.seats.filter(mode=Mode.IN_PERSON).first()
        for n, person in enumerate(going):
            free = seats and seats.taken < (seats.capacity or 0) - 4
            mode = Mode.IN_PERSON if free and (place + n) % 4 else Mode.REMOTE
            if seats and mode == Mode.IN_PERSON:
                seats.taken += 1
            registration = Registration(
                municipality=municipality,
                event=event,
                person=person,
                mode=mode,
                registered_by=by,
                registered_at=min(timezone.now(), event.starts_at - timedelta(days=20 + place % 9)),
            )
            if event.starts_at > timezone.now():  # as if they had been notified of it
                registration.last_notice = notice_of(registration).stored()
                registration.sequence = 1
            registration.save()


def _group(event: Event) -> Group:
    return Group.ELECTED if event.kind == SPARRING else Group.OFFICE
