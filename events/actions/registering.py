"""Registering a municipality's people: one save, a result for each choice."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models.query import RawQuerySet
from django.utils.translation import gettext as _

from events.enums import EventState, Mode, RegistrationState
from events.models import Event, Registration, Seats
from events.queries import Cell
from municipalities.models import Municipality, Person, User
from municipalities.queries import distinct_names, kept_of
from seasons.enums import TAKING_PART
from uso.ground.actions import action
from uso.ground.lib import dates
from uso.ground.lib.after_commit import send_or_run_after_commit
from uso.ground.lib.errors import RuleViolation

Choice = Mode | None
"""Way of attending; None means not coming."""


@dataclass(frozen=True)
class Refusal:
    """A choice that was not saved and why, in words for the user.

    Parameters
    ----------
    instead
        The other way of attending, where that one has room.
    """

    person_id: int
    event_id: int
    wanted: Choice
    message: str
    instead: Mode | None = None


@dataclass(frozen=True)
class SaveResult:
    """What became of one save."""

    done: tuple[Registration, ...]
    refused: tuple[Refusal, ...]


def save_registrations(
    *, municipality: Municipality, choices: Mapping[Cell, Choice], by: User, at: datetime
) -> SaveResult:
    """Save what fits of the choices and name what does not; the participants are notified.

    Who has been merged into another person of the roster meanwhile is registered as that one.

    Parameters
    ----------
    choices
        Wanted changes by person and event; what is not in it stays.
    """
    while True:
        try:
            return _save_at_once(municipality=municipality, choices=choices, by=by, at=at)
        except _MergedMeanwhile as merged:  # its locks are gone: the kept ones are taken in order
            choices = _follow(choices, merged.kept)


class _MergedMeanwhile(Exception):
    """Some of the people were merged into others: `kept` by their former keys."""

    def __init__(self, kept: Mapping[int, int]) -> None:
        super().__init__()
        self.kept = kept


def _follow(choices: Mapping[Cell, Choice], kept: Mapping[int, int]) -> dict[Cell, Choice]:
    """Turn choices for former keys into ones for the people kept; one who is coming comes."""
    followed: dict[Cell, Choice] = {}
    for (person_id, event_id), choice in choices.items():
        cell = (kept.get(person_id, person_id), event_id)
        followed[cell] = followed.get(cell) or choice
    return followed


@action(of="municipality")
def _save_at_once(
    *, municipality: Municipality, choices: Mapping[Cell, Choice], by: User, at: datetime
) -> SaveResult:
    """Save the choices in one transaction.

    The people, then the seats of all events in question are locked, in one order, so that what is
    checked here still holds when it is written; the database's own constraints stand behind it.
    """
    batch = _lock_batch(municipality, choices, by, at)
    done: list[Registration] = []
    refused: list[Refusal] = []
    for cell in _freeing_first(batch, choices):
        try:
            done.append(_save_cell(batch, cell, choices[cell]))
        except _ChoiceRefused as no:
            refused.append(Refusal(*cell, choices[cell], no.message, no.instead))
    if done:
        send_or_run_after_commit(  # no round of the clock knows who saved what
            "events.notify",
            municipality_id=municipality.pk,
            saved_by_id=by.pk,
            save_key=uuid.uuid4().hex,
            registration_ids=[registration.pk for registration in done],
        )
    return SaveResult(tuple(done), tuple(refused))


class _ChoiceRefused(RuleViolation):
    def __init__(self, message: str, instead: Mode | None = None) -> None:
        super().__init__(message)
        self.instead = instead


@dataclass
class RegistrationBatch:
    """What is known and locked while one save runs."""

    municipality: Municipality
    by: User
    at: datetime
    people: dict[int, Person]
    registrations: dict[Cell, Registration]
    seats: dict[tuple[int, str], Seats]
    events: dict[int, Event]

    def current(self, cell: Cell) -> Choice:
        """Way of attending that is stored now."""
        registration = self.registrations.get(cell)
        return registration.choice if registration else None


# Written out: while others wait, composing these takes the ORM longer than all the rest of a save
# (docs/adr/0011).
LOCK_PEOPLE = "SELECT * FROM municipalities_person WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
REGISTRATIONS = """
    SELECT * FROM events_registration WHERE event_id = ANY(%s) AND person_id = ANY(%s)
"""
EVENT_FIELDS = ("title_fi", "title_sv", "title_en", "starts_at", "deadline_at", "state")
LOCK_SEATS = """
    SELECT seats.*, event.title_fi, event.title_sv, event.title_en,
        event.starts_at, event.deadline_at, event.state
    FROM events_seats seats
    JOIN events_event event ON event.id = seats.event_id
    JOIN seasons_participation participation
      ON participation.season_id = event.season_id
     AND participation.municipality_id = %(municipality)s
     AND participation.state = ANY(%(taking_part)s)
    WHERE event.id = ANY(%(events)s) AND event.state <> %(draft)s
    ORDER BY seats.event_id, seats.mode
    FOR SHARE OF participation FOR NO KEY UPDATE OF seats, event
"""


def _lock_batch(
    municipality: Municipality, cells: Iterable[Cell], by: User, at: datetime
) -> RegistrationBatch:
    """Read and lock: the people, so that nobody else changes theirs; the seats last and shortest."""
    person_ids = list({person_id for person_id, _event_id in cells})
    event_ids = list({event_id for _person_id, event_id in cells})
    people = {person.pk: person for person in Person.objects.raw(LOCK_PEOPLE, [person_ids])}
    if len(people) < len(person_ids) and (kept := kept_of(set(person_ids) - set(people))):
        raise _MergedMeanwhile(kept)
    registrations = Registration.objects.raw(REGISTRATIONS, [event_ids, person_ids])
    known = {(row.person_id, row.event_id): row for row in registrations}
    seats = list(_lock_seats(municipality, event_ids))
    by_mode = {(row.event_id, row.mode): row for row in seats}
    events = {row.event_id: _event_of(row) for row in seats}
    return RegistrationBatch(municipality, by, at, people, known, by_mode, events)


def _lock_seats(municipality: Municipality, event_ids: list[int]) -> "RawQuerySet[Seats]":
    """Lock the seats of the events offered to the municipality, and the events, in one order.

    Whoever publishes, changes or cancels an event, or ends the participation, waits for the same
    rows: what is read after this is as it stays. An event that is published always has seats.
    """
    values = {
        "municipality": municipality.pk,
        "taking_part": [state.value for state in TAKING_PART],
        "events": event_ids,
        "draft": EventState.DRAFT.value,
    }
    return Seats.objects.raw(LOCK_SEATS, values)


def _event_of(seats: Seats) -> Event:
    """Return the event locked with its seats; what was not read with it is read when asked for."""
    read = {name: getattr(seats, name) for name in EVENT_FIELDS} | {"id": seats.event_id}
    names = [field.attname for field in Event._meta.concrete_fields if field.attname in read]
    return Event.from_db(seats._state.db, names, [read[name] for name in names])


def _freeing_first(batch: RegistrationBatch, choices: Mapping[Cell, Choice]) -> list[Cell]:
    """Order the choices so that seats freed in this save can be taken in it."""

    def turn(cell: Cell) -> int:
        if choices[cell] is None:
            return 0
        return 1 if batch.current(cell) else 2

    return sorted(choices, key=turn)


def _save_cell(batch: RegistrationBatch, cell: Cell, choice: Choice) -> Registration:
    before = batch.current(cell)
    _check(batch, cell, before, choice)
    try:
        with transaction.atomic():
            registration = _write(batch, cell, choice)
    except IntegrityError as error:
        raise _ChoiceRefused(_violation_in_words(batch, cell, error)) from error
    _move_seat(batch, cell[1], before, choice)
    batch.registrations[cell] = registration
    return registration


# Without what messages leave: who notifies the participants may have written it since the row was read.
CHANGED = ("state", "mode", "registered_at", "registered_by", "cancelled_at", "cancelled_by")


def _write(batch: RegistrationBatch, cell: Cell, choice: Choice) -> Registration:
    registration = batch.registrations.get(cell) or Registration(
        municipality=batch.municipality, person=batch.people[cell[0]], event=batch.events[cell[1]]
    )
    if choice is None:
        registration.state = RegistrationState.CANCELLED
        registration.cancelled_at, registration.cancelled_by = batch.at, batch.by
    else:
        registration.state, registration.mode = RegistrationState.CONFIRMED, choice
        registration.registered_at, registration.registered_by = batch.at, batch.by
        registration.cancelled_at = registration.cancelled_by = None
    registration.save(update_fields=CHANGED if registration.pk else None)
    return registration


def _move_seat(batch: RegistrationBatch, event_id: int, before: Choice, after: Choice) -> None:
    """Count in memory what the trigger counts in the database, for the choices that follow."""
    for mode, change in ((before, -1), (after, 1)):
        if mode and (seats := batch.seats.get((event_id, mode))):
            seats.taken += change


# -- What is refused, in words --------------------------------------------------------------------


def _name(batch: RegistrationBatch, person: Person) -> str:
    return distinct_names(batch.people.values())[person.pk]


def _check(batch: RegistrationBatch, cell: Cell, before: Choice, choice: Choice) -> None:
    """Raise `_ChoiceRefused` with the first reason against the choice."""
    person, event = batch.people.get(cell[0]), batch.events.get(cell[1])
    if person is None:
        raise _ChoiceRefused(
            _("Somebody is not on your municipality's list, so nothing was saved there.")
        )
    if event is None:
        raise _ChoiceRefused(_("One of the events is not open to your municipality."))
    names = {"event": event.title, "person": _name(batch, person)}
    _check_time(event, batch.at, choice, names)
    if before == choice:
        raise _ChoiceRefused(_already(choice) % names)
    if choice is not None:
        _check_room(batch, person, event, choice, names)


def _check_time(event: Event, at: datetime, choice: Choice, names: dict[str, str]) -> None:
    """Refuse what comes too late; somebody may be withdrawn until the event begins."""
    if event.state == EventState.CANCELLED:
        raise _ChoiceRefused(_("%(event)s is cancelled. %(person)s was left as before.") % names)
    if event.begun(at=at):
        raise _ChoiceRefused(
            _("%(event)s has begun already. %(person)s was left as before.") % names
        )
    if choice is not None and not event.open_for_registration(at=at):
        ended = dates.moment(event.deadline_at) if event.deadline_at else ""
        text = _("%(event)s: registration ended %(ended)s. %(person)s was left as before.")
        raise _ChoiceRefused(text % {**names, "ended": ended})


def _already(choice: Choice) -> str:
    if choice is None:
        return _("%(event)s: %(person)s is not registered, so there was nothing to withdraw.")
    return _("%(event)s: %(person)s is registered already.")


def _check_room(
    batch: RegistrationBatch, person: Person, event: Event, choice: Mode, names: dict[str, str]
) -> None:
    if person.has_left:
        raise _ChoiceRefused(
            _("%(person)s no longer takes part. Mend the list of people first.") % names
        )
    seats = batch.seats.get((event.pk, choice))
    if seats is None:
        raise _ChoiceRefused(_not_offered(choice) % names, _room_elsewhere(batch, event, choice))
    if seats.full:
        raise _full(batch, event, choice, names)


def _full(
    batch: RegistrationBatch, event: Event, choice: Mode, names: dict[str, str]
) -> _ChoiceRefused:
    instead = _room_elsewhere(batch, event, choice)
    if choice == Mode.IN_PERSON:
        text = _("%(event)s is full on site: %(person)s did not fit.")
        offer = _("There is room remotely.")
    else:
        text = _("%(event)s is full for remote participants: %(person)s did not fit.")
        offer = _("There is room on site.")
    return _ChoiceRefused(" ".join([text % names, *([offer] if instead else [])]), instead)


def _not_offered(choice: Mode) -> str:
    if choice == Mode.IN_PERSON:
        return _("%(event)s is remote only: %(person)s cannot come on site.")
    return _("%(event)s cannot be attended remotely: %(person)s was left as before.")


def _room_elsewhere(batch: RegistrationBatch, event: Event, choice: Mode) -> Mode | None:
    """Return the other way of attending if it has room."""
    other = Mode.REMOTE if choice == Mode.IN_PERSON else Mode.IN_PERSON
    seats = batch.seats.get((event.pk, other))
    return other if seats and not seats.full else None


def _violation_in_words(batch: RegistrationBatch, cell: Cell, error: IntegrityError) -> str:
    """Say what the database refused; only a write past this module leads here."""
    diagnosis = getattr(error.__cause__, "diag", None)
    names = {"event": batch.events[cell[1]].title, "person": _name(batch, batch.people[cell[0]])}
    texts = {
        "seats_never_oversold": _("%(event)s is full: %(person)s did not fit."),
        "registration_once": _already(Mode.IN_PERSON),
    }
    text = texts.get(getattr(diagnosis, "constraint_name", ""))
    if text is None:
        raise error
    return text % names
