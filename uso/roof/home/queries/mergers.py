"""What becomes of two people of a roster who are merged, and of their registrations."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from events.actions.merging import PairedRegistrations
from events.enums import Mode
from events.models import Event, Registration
from municipalities.models import Person
from municipalities.roster.merging import FIELDS, PeopleToMerge, lock_pair
from uso.ground.lib.drawn import Facts, facts_of, in_words, label


@dataclass(frozen=True)
class MergedField:
    """One field of two people, and what is kept of it."""

    label: str
    person: str
    double: str
    kept: str


@dataclass(frozen=True)
class MergedEvent:
    """One event that either is registered to."""

    event: Event
    person: str
    double: str
    kept: str
    frees_a_seat: bool


def merged_fields(merger: PeopleToMerge) -> list[MergedField]:
    """Say what is kept of each field that either has."""
    kept = Person(**merger.kept, municipality_id=merger.person.municipality_id)
    people = [facts_of(each, FIELDS) for each in (merger.person, merger.double, kept)]
    labels = [label(merger.person, name) for name in FIELDS]
    rows = [MergedField(each, *(facts[each] for facts in people)) for each in labels]
    return [row for row in rows if {row.person, row.double} != {"–"}]


def merged_events(merger: PeopleToMerge) -> list[MergedEvent]:
    """Say what becomes of the registrations of both, the earliest event first (one query)."""
    rows = Registration.objects.filter(person__in=[merger.person, merger.double])
    by_event: dict[int, dict[int, Registration]] = {}
    for row in rows.select_related("event").order_by("event__starts_at", "event_id"):
        by_event.setdefault(row.event_id, {})[row.person_id] = row
    return [_merged_event(merger, found) for found in by_event.values()]


def _merged_event(merger: PeopleToMerge, found: dict[int, Registration]) -> MergedEvent:
    both = PairedRegistrations(found.get(merger.person.pk), found.get(merger.double.pk))
    assert both.kept is not None  # noqa: S101 -- one of them is registered
    own, theirs, kept = (_choice_in_words(row) for row in (both.own, both.double, both.kept))
    return MergedEvent(both.kept.event, own, theirs, kept, both.frees_a_seat)


def _choice_in_words(row: Registration | None) -> str:
    if row is None:
        return "–"
    return str(Mode(row.mode).label) if row.choice else _("withdrawn")


def merger_in_words(fields: Iterable[MergedField], events: Iterable[MergedEvent]) -> Facts:
    """Say what a merger does, as its page's form carries it."""
    said = {each.label: f"{each.person} | {each.double}" for each in fields}
    for each in events:
        name = f"{each.event.title} {in_words(each.event.starts_at)}"
        said[name] = f"{each.person} | {each.double}"
    return said


def merges(person: Person, double: Person) -> Facts:
    """Say what a merger does now, with both people locked; in their scope."""
    merger = lock_pair(person, double)
    return merger_in_words(merged_fields(merger), merged_events(merger))
