"""Reads of events: a municipality's own, a season's programme, participants of the network."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from events.enums import EventState, Mode
from events.models import Event, Registration, Seats
from municipalities.crossing import across_municipalities
from municipalities.models import Municipality
from seasons.models import Phase, Season


@dataclass(frozen=True)
class Offer:
    """One event as a municipality sees it: seats by way of attending, who of it is going."""

    event: Event
    in_person: Seats | None
    remote: Seats | None
    going: tuple[Registration, ...]
    open: bool

    @property
    def remote_instead(self) -> bool:
        """Whether the room is full and the remote way has space."""
        room, remote = self.in_person, self.remote
        return bool(room and room.full and remote and not remote.full)

    @property
    def going_in_person(self) -> int:
        """How many of ours come on site."""
        return sum(registration.mode == Mode.IN_PERSON for registration in self.going)

    @property
    def going_remotely(self) -> int:
        """How many of ours take part remotely."""
        return len(self.going) - self.going_in_person


def coming_events(municipality: Municipality, *, at: datetime) -> list[Offer]:
    """List published events that have not ended, soonest first, in the municipality's scope."""
    return _offers(municipality, Q(starts_at__gt=at) | Q(ends_at__gt=at), "starts_at", at)


def past_events(municipality: Municipality, *, at: datetime) -> list[Offer]:
    """List events that are over, latest first, in the municipality's scope."""
    over = Q(starts_at__lte=at) & (Q(ends_at__isnull=True) | Q(ends_at__lte=at))
    return _offers(municipality, over, "-starts_at", at)


def find_offer(municipality: Municipality, event_id: int, *, at: datetime) -> Offer | None:
    """Find one published event of the municipality's seasons, in its scope."""
    return next(iter(_offers(municipality, Q(pk=event_id), "pk", at)), None)


def _offers(municipality: Municipality, which: Q, order: str, at: datetime) -> list[Offer]:
    going = Registration.objects.confirmed().select_related("person")
    events = (
        Event.objects.offered_to(municipality)
        .filter(which)
        .order_by(order, "pk")
        .prefetch_related(
            "seats",
            Prefetch(
                "registrations",
                queryset=going.order_by("person__last_name", "person__first_name"),
                to_attr="going",
            ),
        )
    )
    return [_offer(event, at) for event in events]


def _offer(event: Event, at: datetime) -> Offer:
    seats = seats_by_mode(event.seats.all())
    return Offer(
        event=event,
        in_person=seats.get(Mode.IN_PERSON),
        remote=seats.get(Mode.REMOTE),
        going=tuple(getattr(event, "going", ())),
        open=event.open_for_registration(at=at),
    )


def seats_by_mode(rows: Iterable[Seats]) -> dict[Mode, Seats]:
    """Key seats by their way of attending."""
    return {Mode(row.mode): row for row in rows}


# -- The programme of a season, for coordinators and experts --------------------------------------


@dataclass(frozen=True)
class PlannedEvent:
    """One event of the programme with its seats."""

    event: Event
    seats: tuple[Seats, ...]


@dataclass(frozen=True)
class PhaseOfProgramme:
    """The events of a phase; `phase` is None for those that belong to none."""

    phase: Phase | None
    events: tuple[PlannedEvent, ...]


def programme(season: Season) -> list[PhaseOfProgramme]:
    """Group a season's events by phase, in order of time, then kind and number."""
    events = Event.objects.filter(season=season).prefetch_related("seats")
    by_phase: dict[int | None, list[PlannedEvent]] = {}
    for event in sorted(events, key=_in_programme):
        seats = tuple(sorted(event.seats.all(), key=lambda row: row.mode))
        by_phase.setdefault(event.phase_id, []).append(PlannedEvent(event, seats))
    phases: list[Phase | None] = [*season.phases.order_by("position")]
    return [
        PhaseOfProgramme(phase, tuple(by_phase[key]))
        for phase in [*phases, None]
        if (key := phase.pk if phase else None) in by_phase
    ]


def _in_programme(event: Event) -> tuple[bool, float, str, int]:
    moment = event.starts_at.timestamp() if event.starts_at else 0.0
    return (event.starts_at is None, moment, event.kind, event.position or 0)


def missing_for_publishing(event: Event) -> list[str]:
    """Name what the event lacks before it can be published, in the user's language."""
    seats = {row.mode for row in event.seats.all()}
    lacks = {
        _("date and time"): event.starts_at is None,
        _("deadline of registration"): event.deadline_at is None,
        _("place"): Mode.IN_PERSON in seats and not event.place,
        _("seats, or remote participation"): not seats,
    }
    return [name for name, lacking in lacks.items() if lacking]


@dataclass(frozen=True)
class Participant:
    """One participant on the list of an event, for coordinators and the door."""

    municipality: str
    last_name: str
    first_name: str
    title: str
    group: str
    mode: Mode
    registered_at: datetime

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


def participants(event: Event) -> list[Participant]:
    """List who is coming to an event from every municipality, by municipality and name."""
    with across_municipalities(reason="whoever runs an event sees who comes from where"):
        rows = list(
            Registration.objects.confirmed()
            .filter(event=event)
            .select_related("person", "municipality")
        )
    found = [_participant(row) for row in rows]
    return sorted(found, key=lambda p: (p.municipality, p.last_name, p.first_name))


def _participant(row: Registration) -> Participant:
    person = row.person
    return Participant(
        municipality=row.municipality.name,
        last_name=person.last_name,
        first_name=person.first_name,
        title=person.title,
        group=person.get_group_display(),
        mode=Mode(row.mode),
        registered_at=row.registered_at,
    )


def municipalities_with_untold() -> list[int]:
    """List the municipalities where a participant does not know the latest yet."""
    with across_municipalities(reason="the sender's round looks for whoever was not told"):
        untold = Registration.objects.untold().exclude(event__state=EventState.DRAFT)
        return list(untold.order_by().values_list("municipality_id", flat=True).distinct())
