"""Reads of events: a municipality's own, a season's programme, participants of the network."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from events.enums import Mode
from events.models import Event, Registration, Seats
from events.notices import news_for
from events.planning import by_day, day_doubts
from municipalities.enums import Group
from municipalities.models import Municipality, Person
from municipalities.queries import distinct_names
from seasons.enums import TAKING_PART
from seasons.models import Participation, Phase, Season
from uso.ground.lib.languages import localized
from uso.ground.lib.order import by_surname, finnish
from uso.ground.tenancy.crossing import across_municipalities

# A deadline nearer than this is drawn as something that needs somebody now.
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Offer:
    """One event as a municipality sees it: seats by way of attending, who of it is going.

    `registrations` holds withdrawn ones too.
    """

    event: Event
    in_person: Seats | None
    remote: Seats | None
    registrations: tuple[Registration, ...]
    going: tuple[Registration, ...]
    open: bool
    closes_soon: bool

    def seats(self, mode: Mode) -> Seats | None:
        """Seats of a way of attending, None where it is not offered."""
        return self.in_person if mode == Mode.IN_PERSON else self.remote

    def takes(self, mode: Mode) -> bool:
        """Whether somebody may choose this way; a seat of ours can pass from hand to hand."""
        seats = self.seats(mode)
        ours = any(registration.mode == mode for registration in self.going)
        return bool(self.open and seats and (ours or not seats.full))

    @property
    def remote_instead(self) -> bool:
        """Whether the room is full and the remote way has space."""
        room, remote = self.in_person, self.remote
        return bool(room and room.full and remote and not remote.full)

    @property
    def names(self) -> list[tuple[str, Registration]]:
        """Those going, each with a name that tells namesakes apart."""
        apart = distinct_names(row.person for row in self.going)
        return [(apart[row.person_id], row) for row in self.going]

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
    return _offers(_readable(municipality).filter(ends_at__gt=at).order_by("starts_at"), at)


def past_events(
    municipality: Municipality, *, at: datetime, most: int | None = None
) -> list[Offer]:
    """List events that are over, latest first, in the municipality's scope; at most so many."""
    over = _readable(municipality).filter(ends_at__lte=at)
    return _offers(over.order_by("-starts_at"), at, most)


def find_offer(municipality: Municipality, event_id: int, *, at: datetime) -> Offer | None:
    """Find one event the municipality may read, in its scope."""
    return next(iter(_offers(_readable(municipality).filter(pk=event_id), at)), None)


def _readable(municipality: Municipality) -> QuerySet[Event]:
    return Event.objects.readable_by(municipality)


def _offers(events: QuerySet[Event], at: datetime, most: int | None = None) -> list[Offer]:
    ours = Registration.objects.select_related("person")
    rows = events.order_by(*events.query.order_by, "pk").prefetch_related(
        "seats", Prefetch("registrations", ours, to_attr="ours")
    )
    return [_offer(event, at) for event in rows[:most]]


def _offer(event: Event, at: datetime) -> Offer:
    seats = seats_by_mode(event.seats.all())
    is_open = event.open_for_registration(at=at)
    ours: list[Registration] = event.ours  # set by the prefetch
    return Offer(
        event=event,
        in_person=seats.get(Mode.IN_PERSON),
        remote=seats.get(Mode.REMOTE),
        registrations=tuple(ours),
        going=tuple(
            sorted((row for row in ours if row.choice), key=lambda row: by_surname(row.person))
        ),
        open=is_open,
        closes_soon=bool(is_open and event.deadline_at and event.deadline_at - at < SOON),
    )


def seats_by_mode(rows: Iterable[Seats]) -> dict[Mode, Seats]:
    """Key seats by their way of attending."""
    return {Mode(row.mode): row for row in rows}


# -- The registration grid --------------------------------------------------------------------------

Cell = tuple[int, int]
"""Person id and event id."""


@dataclass(frozen=True)
class GridOverlay:
    """What one visit of the grid adds to what is stored.

    Parameters
    ----------
    typed
        Choices that were not saved and stay on the screen.
    refused
        Choices that were not saved, with the other way of attending where that one has room.
    saved_at
        Moment of the save whose cells say that they were saved.
    """

    typed: Mapping[Cell, Mode | None] = field(default_factory=dict)
    refused: Mapping[Cell, Mode | None] = field(default_factory=dict)
    saved_at: datetime | None = None


@dataclass(frozen=True)
class Option:
    """One of the three choices of a cell."""

    value: str
    label: str
    checked: bool
    stored: bool
    disabled: bool


@dataclass(frozen=True)
class GridCell:
    """One person's choice for one event."""

    key: str
    label: str
    event_title: str
    options: tuple[Option, ...]
    refused: str
    saved: bool


@dataclass(frozen=True)
class GridRow:
    """One person with a cell for each event."""

    person: Person
    name: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class Grid:
    """The municipality's people, grouped, by the events ahead."""

    offers: tuple[Offer, ...]
    groups: tuple[tuple[str, tuple[GridRow, ...]], ...]
    loaded: str

    @property
    def people_count(self) -> int:
        """How many people there are."""
        return sum(len(rows) for _label, rows in self.groups)


GROUP_LABELS = {
    Group.ELECTED: gettext_lazy("Elected officials"),
    Group.OFFICE: gettext_lazy("Office holders"),
}
NOTHING_OVER = GridOverlay()


def registration_grid(
    municipality: Municipality, *, at: datetime, overlay: GridOverlay = NOTHING_OVER
) -> Grid:
    """Lay the municipality's people against the events that have not begun, in its scope."""
    ahead = Event.objects.offered_to(municipality).ahead(at=at)
    offers = tuple(_offers(ahead.order_by("starts_at"), at))
    stored = _stored(offers)
    people = [row for row in Person.objects.all() if not row.has_left or _is_going(row, stored)]
    people.sort(key=by_surname)
    draw = _Drawer(offers, stored, overlay, distinct_names(people))
    rows = [draw.row(person) for person in people]
    groups = [
        (str(label), tuple(row for row in rows if row.person.group == group))
        for group, label in GROUP_LABELS.items()
    ]
    return Grid(offers, tuple(group for group in groups if group[1]), _loaded(stored))


def _stored(offers: Iterable[Offer]) -> dict[Cell, Registration]:
    rows = (row for offer in offers for row in offer.registrations)
    return {(row.person_id, row.event_id): row for row in rows}


def _is_going(person: Person, stored: Mapping[Cell, Registration]) -> bool:
    return any(cell[0] == person.pk and row.choice for cell, row in stored.items())


def _loaded(stored: Mapping[Cell, Registration]) -> str:
    """Write down who is coming how, so that a save knows what was changed on this page."""
    return " ".join(
        f"{person}-{event}:{row.choice}" for (person, event), row in stored.items() if row.choice
    )


class _Drawer:
    """Draws the rows of a grid; what every cell of an event repeats is worked out once."""

    def __init__(
        self,
        offers: Iterable[Offer],
        stored: Mapping[Cell, Registration],
        overlay: GridOverlay,
        names: Mapping[int, str],
    ) -> None:
        self.names = names
        self.columns = [(offer, offer.event.title) for offer in offers]
        self.stored = stored
        self.overlay = overlay
        self.words = {
            None: _("Not coming"),
            Mode.IN_PERSON: pgettext("choice", "On site"),
            Mode.REMOTE: pgettext("choice", "Remotely"),
        }

    def row(self, person: Person) -> GridRow:
        """Lay one person against the events."""
        cells = tuple(self._cell(person, *column) for column in self.columns)
        return GridRow(person, self.names[person.pk], cells)

    def _cell(self, person: Person, offer: Offer, title: str) -> GridCell:
        cell = (person.pk, offer.event.pk)
        row = self.stored.get(cell)
        now = row.choice if row else None
        refused = self.overlay.refused
        return GridCell(
            key=f"{cell[0]}-{cell[1]}",
            label=f"{self.names[person.pk]}, {title}",
            event_title=title,
            options=_options(offer, now, self.overlay.typed.get(cell, now), self.words),
            refused=_refused(refused[cell]) if cell in refused else "",
            saved=_saved_at(row, self.overlay.saved_at),
        )


def _refused(instead: Mode | None) -> str:
    offers = {
        Mode.IN_PERSON: _("There is room on site."),
        Mode.REMOTE: _("There is room remotely."),
    }
    return " ".join([_("Not saved."), *([offers[instead]] if instead else [])])


def _saved_at(row: Registration | None, moment: datetime | None) -> bool:
    return bool(row and moment and moment in {row.registered_at, row.cancelled_at})


def _options(
    offer: Offer, now: Mode | None, chosen: Mode | None, words: Mapping[Mode | None, str]
) -> tuple[Option, ...]:
    return tuple(
        Option(
            value=way.value if way else "none",
            label=label,
            checked=way == chosen,
            stored=way == now,
            disabled=way not in {None, now, chosen} and not offer.takes(way),
        )
        for way, label in words.items()
        if way is None or way == now or offer.seats(way)
    )


# -- The programme of a season, for coordinators and experts --------------------------------------


@dataclass(frozen=True)
class PlannedEvent:
    """One event of the programme with its seats; of a draft season, what its days are doubtful for."""

    event: Event
    in_person: Seats | None
    remote: Seats | None
    doubts: Sequence[str] = ()


@dataclass(frozen=True)
class PhaseOfProgramme:
    """The events of a phase; `phase` is None for those that belong to none."""

    phase: Phase | None
    events: tuple[PlannedEvent, ...]


def programme(season: Season) -> list[PhaseOfProgramme]:
    """Group a season's events by phase, in order of time, then kind and number."""
    events = Event.objects.filter(season=season).prefetch_related("seats")
    phases: list[Phase | None] = [*season.phases.order_by("position"), None]
    phase_of = {phase.pk if phase else None: phase for phase in phases}
    by_phase: dict[int | None, list[PlannedEvent]] = {}
    drafted = season.is_draft
    days = by_day(events) if drafted else {}
    for event in sorted(events, key=_in_programme):
        seats = seats_by_mode(event.seats.all())
        doubts = day_doubts(event, season, phase_of[event.phase_id], days) if drafted else []
        planned = PlannedEvent(event, seats.get(Mode.IN_PERSON), seats.get(Mode.REMOTE), doubts)
        by_phase.setdefault(event.phase_id, []).append(planned)
    return [
        PhaseOfProgramme(phase, tuple(by_phase[key]))
        for key, phase in phase_of.items()
        if key in by_phase
    ]


def _in_programme(event: Event) -> tuple[bool, float, str, int]:
    moment = event.starts_at.timestamp() if event.starts_at else 0.0
    return (event.starts_at is None, moment, event.kind, event.position or 0)


def missing_for_publishing(event: Event) -> list[str]:
    """Name what the event lacks before it can be published, in the user's language."""
    seats = {row.mode for row in event.seats.all()}
    lacks = {
        _("date and time"): event.starts_at is None,
        _("end"): event.ends_at is None,
        _("deadline of registration"): event.deadline_at is None,
        _("place"): Mode.IN_PERSON in seats and not event.place_fi,
        _("seats, or remote participation"): not seats,
    }
    return [name for name, lacking in lacks.items() if lacking]


@dataclass(frozen=True)
class Participant:
    """One participant on the list of an event, for coordinators and the door."""

    municipality: str
    municipality_code: str
    last_name: str
    first_name: str
    title: str
    group: str
    way: str
    registered_at: datetime

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


# What the list of an event shows: hundreds of rows, read without making three objects of each.
SHOWN = (
    "mode", "registered_at", "municipality__code", "municipality__name_fi", "municipality__name_sv",
    "person__last_name", "person__first_name", "person__title", "person__group",
)  # fmt: skip


def participants(event: Event) -> list[Participant]:
    """List who is coming to an event from every municipality, by municipality and name."""
    with across_municipalities(reason="whoever runs an event sees who comes from where"):
        confirmed = Registration.objects.confirmed().filter(event=event)
        rows = list(confirmed.values_list(*SHOWN, named=True))
    groups = {value: str(label) for value, label in Group.choices}
    ways = {value: str(label) for value, label in Mode.choices}
    found = [
        Participant(
            municipality=localized(row, "municipality__name"),
            municipality_code=row.municipality__code,
            last_name=row.person__last_name,
            first_name=row.person__first_name,
            title=row.person__title,
            group=groups[row.person__group],
            way=ways[row.mode],
            registered_at=row.registered_at,
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (finnish(each.municipality), *by_surname(each)))


def municipalities_offered(events: Iterable[Event]) -> dict[Municipality, set[int]]:
    """Map the municipalities that take part in the seasons of the events to those seasons."""
    with across_municipalities(reason="what is published is offered to every municipality of it"):
        rows = list(
            Participation.objects.filter(
                season__in={event.season_id for event in events}, state__in=TAKING_PART
            ).select_related("municipality")
        )
    found: dict[Municipality, set[int]] = {}
    for row in rows:
        found.setdefault(row.municipality, set()).add(row.season_id)
    return found


def municipalities_registered(event: Event) -> list[Municipality]:
    """List the municipalities with somebody registered to an event."""
    with across_municipalities(reason="a cancelled event concerns whoever was coming"):
        coming = Registration.objects.confirmed().filter(event=event)
        return list(Municipality.objects.filter(pk__in=coming.values("municipality")))


def municipalities_to_notify(*, at: datetime) -> list[int]:
    """List the municipalities where a participant does not know the latest yet (one query)."""
    with across_municipalities(reason="the clock's round looks for whoever was not notified"):
        rows = list(Registration.objects.to_look_at(at=at))
    return sorted({row.municipality_id for row in rows if news_for(row)})
