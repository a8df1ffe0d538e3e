"""Made-up workshops of the demonstration: some held, some agreed, some wished for."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from django.utils import timezone

from municipalities.models import Municipality, User
from seasons.models import Season
from uso.ground.tenancy.scope import scope
from uso.roof.demo.days import counted_from, working_day
from workshops.enums import WorkshopState
from workshops.models import Workshop

TOPICS = (
    "Kuntastrategian väliarviointi",
    "Luottamuselinten pelisäännöt",
    "Johtamisjärjestelmän uudistaminen",
    "Digitiekartta",
    "Talouden ennakointi",
)
# Held, agreed and wished for, by the member's place on the list; Kannus is the first.
PATTERNS = ((2, 0, 0), (3, 1, 0), (2, 0, 1), (1, 1, 0), (3, 0, 0), (0, 1, 1), (4, 1, 0))
LONGEST_GAP, SHORTEST_GAP = 90, 9  # days; holidays at New Year are shorter than that


def load_workshops(
    season: Season, members: Sequence[Municipality], contacts: Mapping[int, User]
) -> None:
    """Give each member its workshops; nobody is written to about what was made up."""
    for place, municipality in enumerate(members):
        held, agreed, wished = PATTERNS[place % len(PATTERNS)]
        gap = _gap(season, held)
        states = (
            [WorkshopState.HELD if gap else WorkshopState.PLANNED] * held
            + [WorkshopState.PLANNED] * agreed
            + [WorkshopState.WISHED] * wished
        )
        with scope(municipality.pk):
            Workshop.objects.bulk_create(
                _workshop(
                    season,
                    municipality,
                    slot,
                    state,
                    gap * (held + 1 - slot),
                    contacts[municipality.pk],
                )
                for slot, state in enumerate(states, 1)
            )


def _gap(season: Season, held: int) -> int:
    """Return the days between workshops that were held, 0 where the season is too young for them."""
    elapsed = (counted_from(season, today=timezone.localdate()) - season.first_day).days
    gap = min(LONGEST_GAP, elapsed // (held + 1))
    return gap if gap >= SHORTEST_GAP else 0


def _workshop(
    season: Season, municipality: Municipality, slot: int, state: WorkshopState, ago: int, by: User
) -> Workshop:
    first = counted_from(season, today=timezone.localdate())
    planned_on = {
        WorkshopState.HELD: working_day(first - timedelta(days=ago)),
        WorkshopState.PLANNED: working_day(first + timedelta(days=9 + slot)),
    }.get(state)
    weeks = 8 if planned_on else int(municipality.code) % 3
    asked_on = working_day((planned_on or first) - timedelta(weeks=weeks, days=2))
    return Workshop(
        municipality=municipality,
        season=season,
        slot=slot,
        topic=TOPICS[(slot + municipality.pk) % len(TOPICS)],
        wish="Valtuusto, hallitus ja johtoryhmä yhdessä.",
        state=state,
        asked_at=timezone.make_aware(datetime.combine(asked_on, time(10))),
        asked_by=by,
        planned_on=planned_on,
        held_on=planned_on if state == WorkshopState.HELD else None,
    )
