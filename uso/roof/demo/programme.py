"""Made-up dates, seats and registrations of the programme of the demonstration's seasons.

Each season has the same calendar; which events are past and which ahead follows from today.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import F
from django.utils import timezone

from events.actions.programme import publish_event, save_event
from events.enums import Mode
from events.models import Event, Registration
from events.notices import notice_of
from municipalities.enums import Group
from municipalities.models import Municipality, Person, User
from seasons.models import Season
from uso.ground.lib.languages import LANGUAGES
from uso.ground.tenancy.scope import scope
from uso.roof.demo.days import midweek_day, working_day

# Nobody of Kannus is on the way to what is ahead: a visitor registers them.
LEFT_TO_THE_VISITOR = "217"


class Plan(NamedTuple):
    """When and where an event is: year of the season from 0, day, hour, length, place by language, seats."""

    year: int
    month: int
    day: int
    hour: int
    hours: float
    place: tuple[str, ...] = ()
    seats: int = 0


# In the order of `LANGUAGES`.
HALL = ("Kuntatalo, Helsinki", "Kommunernas hus, Helsingfors", "Kuntatalo, Helsinki")
SEMINAR, SPARRING, LIVE, TEAMS = "seminar", "sparring", "live_contact_meeting", "contact_meeting"
# An event moves back to a midweek day on which nothing else of the season is.
PLANS = {
    (LIVE, 1): Plan(0, 1, 28, 10, 6, HALL, 30),
    (TEAMS, 1): Plan(0, 2, 12, 9, 1),
    (SEMINAR, 1): Plan(0, 4, 9, 9, 7, HALL, 40),
    (SPARRING, 1): Plan(0, 5, 7, 17, 1.5),
    (SPARRING, 2): Plan(0, 9, 24, 17, 1.5),
    (SEMINAR, 2): Plan(0, 10, 16, 9, 7, ("Jyväskylä",), 30),
    (SPARRING, 3): Plan(0, 11, 6, 17, 1.5),
    (TEAMS, 2): Plan(0, 11, 14, 9, 1),
    (SPARRING, 4): Plan(1, 3, 24, 17, 1.5),
    (SEMINAR, 3): Plan(1, 4, 9, 9, 7, ("Oulu", "Uleåborg"), 30),
    (TEAMS, 3): Plan(1, 4, 29, 9, 1),
    (SPARRING, 5): Plan(1, 5, 12, 17, 1.5),
    (SEMINAR, 4): Plan(1, 12, 8, 9, 7, ("Tampere", "Tammerfors"), 24),
    (LIVE, 2): Plan(1, 12, 10, 9, 6.5, HALL, 18),
    (SPARRING, 6): Plan(1, 12, 15, 17, 1.5),
    (TEAMS, 4): Plan(1, 12, 17, 9, 1),
}


def load_events(
    season: Season, members: Sequence[Municipality], contacts: Mapping[int, User], *, by: User
) -> None:
    """Give the programme its made-up dates, publish it, and register people of the members."""
    plan_events(season, by=by)
    now = timezone.now()
    for event in season.events.order_by("pk"):
        starts_at = event.starts_at or now  # each has one by now
        publish_event(event=event, by=by, at=min(now, starts_at - timedelta(days=60)))
        for place, municipality in enumerate(members):
            if starts_at <= now or municipality.code != LEFT_TO_THE_VISITOR:
                _register(municipality, event, place, contacts[municipality.pk])
    season.events.update(announced_at=F("published_at"))


def plan_events(season: Season, *, by: User) -> None:
    """Give the drafts of a season's programme their made-up days, places and seats."""
    taken: set[date] = set()
    for event in season.events.order_by("pk"):
        plan = PLANS[event.kind, event.position or 0]
        asked = date(season.first_year + plan.year, plan.month, plan.day)
        on = midweek_day(asked, taken=taken)
        taken.add(on)
        event.starts_at = _at(on, time(plan.hour))
        event.ends_at = event.starts_at + timedelta(hours=plan.hours)
        event.deadline_at = _at(working_day(on - timedelta(days=5)), time(16))
        for language, place in zip(LANGUAGES, plan.place, strict=False):
            setattr(event, f"place_{language}", place)
        on_site = {Mode.IN_PERSON: plan.seats} if plan.seats else {}
        save_event(event=event, capacities={**on_site, Mode.REMOTE: None}, by=by)


def _at(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


def _register(municipality: Municipality, event: Event, place: int, by: User) -> None:
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
