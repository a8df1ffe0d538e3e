"""What a season's package makes of its programme: which events are there, which are missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from events.enums import EventKind, EventState
from events.models import Event
from events.proposing import Proposal, Span, propose
from seasons.days import season_days
from seasons.models import Entitlement, Phase, Season
from uso.ground.lib.days import unusual
from uso.ground.lib.drawn import Facts
from uso.ground.lib.languages import LANGUAGES

EVENING = frozenset({EventKind.SPARRING, EventKind.ELECTED_TRAINING})


@dataclass(frozen=True)
class DoubtedEvent:
    """An event that is planned already, with what is doubtful about its days."""

    event: Event
    doubts: list[str]


@dataclass(frozen=True)
class MissingEvent:
    """An event that the package promises and nobody has planned."""

    kind: EventKind
    number: int
    phase: Phase | None
    on: date | None

    @property
    def key(self) -> str:
        """Name of its field."""
        return f"{self.kind}_{self.number}"

    @property
    def title(self) -> str:
        """Its kind and number in the active language."""
        return f"{self.kind.label} {self.number}"

    @property
    def titles(self) -> dict[str, str]:
        """The title by the event's fields."""
        titles = {}
        for language in LANGUAGES:
            with translation.override(language):
                titles[f"title_{language}"] = self.title
        return titles

    @property
    def starts(self) -> time:
        """When it starts: elected officials have their work in the daytime."""
        return time(17) if self.kind in EVENING else time(9)


@dataclass(frozen=True)
class PlanLine:
    """A line of the package with a number of events."""

    name: str
    count: int
    planned: list[DoubtedEvent]
    missing: list[MissingEvent]


@dataclass(frozen=True)
class SeasonPlan:
    """The package of a season as events.

    Parameters
    ----------
    numberless
        Names of the lines that promise no number.
    days
        The season's events by day.
    """

    lines: list[PlanLine]
    numberless: list[str]
    days: Mapping[date, list[Event]]

    @property
    def missing(self) -> list[MissingEvent]:
        """The events that are missing of every line."""
        return [each for line in self.lines for each in line.missing]

    @property
    def doubtful(self) -> int:
        """How many of the planned events have a day to be checked."""
        return sum(bool(each.doubts) for line in self.lines for each in line.planned)

    @property
    def facts(self) -> Facts:
        """What the page is drawn for: how many of each line are there."""
        words = _("%(planned)s of %(count)s planned")
        return {
            line.name: words % {"planned": len(line.planned), "count": line.count}
            for line in self.lines
        }


def season_plan(season: Season) -> SeasonPlan:
    """Lay the season's package against its events, and propose those missing (three queries)."""
    phases = list(season.phases.order_by("position"))
    rows = season.events.exclude(state=EventState.CANCELLED).select_related("phase")
    events = list(rows.order_by("starts_at", "position", "pk"))
    days = by_day(events)
    taken = set(days)
    lines, numberless = [], []
    for line in _lines_of_events(season):
        if not (count := line.in_all):
            numberless.append(line.name)
            continue
        ours = [event for event in events if event.kind == line.kind]
        found = _missing(season, EventKind(line.kind), count, ours, phases, taken)
        taken |= {each.on for each in found if each.on}
        planned = [
            DoubtedEvent(event, day_doubts(event, season, event.phase, days)) for event in ours
        ]
        lines.append(PlanLine(line.name, count, planned, found))
    return SeasonPlan(lines, numberless, days)


def _lines_of_events(season: Season) -> Iterable[Entitlement]:
    rows = season.entitlements.filter(kind__in=EventKind.values, for_each_municipality=False)
    return rows.select_related("season").order_by("position", "pk")


def _missing(
    season: Season,
    kind: EventKind,
    count: int,
    ours: list[Event],
    phases: list[Phase],
    taken: set[date],
) -> list[MissingEvent]:
    spans = [Span(phase.starts_on, phase.ends_on) for phase in phases]
    places = {phase.pk: place for place, phase in enumerate(phases)}
    found: list[Proposal] = propose(
        count,
        spans or [Span(season.first_day, season.last_day)],
        numbers={event.position for event in ours if event.position},
        planned=[places.get(event.phase_id or 0, -1 if phases else 0) for event in ours],
        taken=taken,
    )
    return [
        MissingEvent(kind, each.number, phases[each.phase] if phases else None, each.on)
        for each in found
    ]


def by_day(events: Iterable[Event]) -> dict[date, list[Event]]:
    """Lay the events that are not cancelled by the days on which they begin and end."""
    found: dict[date, list[Event]] = {}
    for event in events:
        if event.state != EventState.CANCELLED:
            for on in _days(event):
                found.setdefault(on, []).append(event)
    return found


def _days(event: Event) -> list[date]:
    moments = (event.starts_at, event.ends_at)
    return list(dict.fromkeys(timezone.localdate(moment) for moment in moments if moment))


def day_doubts(
    event: Event, season: Season, phase: Phase | None, days: Mapping[date, list[Event]]
) -> list[str]:
    """Say what is doubtful about the days of an event: free, outside, or of another event too.

    Parameters
    ----------
    days
        The season's events by day.
    """
    found = [
        why
        for on in _days(event)
        for why in (unusual(on), *_outside(on, season, phase), *_shared(event, days.get(on, [])))
        if why
    ]
    return list(dict.fromkeys(found))


def _shared(event: Event, on_the_day: Iterable[Event]) -> list[str]:
    if event.state == EventState.CANCELLED:
        return []
    return [on_the_same_day(other.title) for other in on_the_day if other.pk != event.pk]


def on_the_same_day(title: str) -> str:
    """Say that another event is on the day."""
    return _("%(event)s is on the same day") % {"event": title}


def _outside(on: date, season: Season, phase: Phase | None) -> list[str]:
    if not season.first_day <= on <= season.last_day:
        return [season_days(season).too_late]
    return [outside_phase(on, phase)]


def outside_phase(on: date, phase: Phase | None) -> str:
    """Say that a day is outside its phase; empty where it is within, or there is none."""
    if phase is None or phase.starts_on <= on <= phase.ends_on:
        return ""
    return _("outside the phase %(phase)s") % {"phase": phase.name}
