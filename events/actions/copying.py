"""The programme of a season made from an earlier one: the same events as drafts, days moved."""

from events.enums import EventState
from events.models import Event, Seats
from municipalities.models import User
from seasons.models import Season
from seasons.moving import moved_moment, moved_words
from uso.ground.actions import action
from uso.ground.lib.languages import LANGUAGES

# What of an event is the same in the next season; the link of a meeting, who published it and
# whom it was announced to are not.
SAME = (
    "kind", "position",
    *(f"{text}_{language}" for text in ("title", "description", "place") for language in LANGUAGES),
)  # fmt: skip


@action()
def copy_events(*, source: Season, season: Season, by: User) -> list[Event]:
    """Plan the events of an earlier season for another one, as drafts with seats that are free.

    Whatever falls on a weekend or a holiday stays there until a coordinator looks at it. What was
    cancelled is left out.
    """
    years = season.first_year - source.first_year
    phases = {phase.position: phase for phase in season.phases.all()}
    rows = source.events.exclude(state=EventState.CANCELLED).select_related("phase")
    copies = []
    for event in rows.prefetch_related("seats").order_by("pk"):
        copy = _moved(event, source, years)
        copy.season = season
        copy.phase = phases.get(event.phase.position) if event.phase else None
        copy.save()
        Seats.objects.bulk_create(
            Seats(event=copy, mode=row.mode, capacity=row.capacity) for row in event.seats.all()
        )
        copies.append(copy)
    return copies


def _moved(event: Event, source: Season, years: int) -> Event:
    copy = Event(**{name: getattr(event, name) for name in SAME})
    for name in (f"title_{language}" for language in LANGUAGES):
        text = moved_words(getattr(event, name), years=years, of=source.each_year)
        setattr(copy, name, text)
    for name in ("starts_at", "ends_at", "deadline_at"):
        if moment := getattr(event, name):
            setattr(copy, name, moved_moment(moment, years=years))
    if copy.starts_at and event.starts_at:  # 29 February and the day before it are one day now
        if copy.ends_at and event.ends_at and copy.ends_at <= copy.starts_at:
            copy.ends_at = copy.starts_at + (event.ends_at - event.starts_at)
        if copy.deadline_at:
            copy.deadline_at = min(copy.deadline_at, copy.starts_at)
    return copy
