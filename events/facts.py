"""The programme of a season as its invitation has it, from the data files beside this module."""

import tomllib
from pathlib import Path

from django.db import transaction

from events.models import Event
from seasons.facts import flat
from seasons.models import Season

DATA = Path(__file__).parent / "data"


@transaction.atomic
def load_programme(season: Season) -> list[Event]:
    """Add the season's known events as drafts without dates; return those that were added.

    A season that has events stays as its coordinators have it, so loading again changes nothing.
    """
    path = DATA / f"season_{season.number}.toml"
    if not path.exists() or season.events.exists():
        return []
    phases = {phase.position: phase for phase in season.phases.all()}
    return [
        Event.objects.create(season=season, **{**facts, "phase": phases.get(facts["phase"])})
        for facts in map(flat, tomllib.loads(path.read_text())["events"])
    ]
