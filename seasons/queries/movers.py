"""Reads of who stayed and who left, from season to season."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from municipalities.models import Municipality, Population
from seasons.enums import NOT_TAKING_PART, ExitReason, Move, ParticipationState, SeasonState
from seasons.facts import is_made_up, numbers_of_unknown_members
from seasons.models import Participation, Season
from seasons.transitions import Roll, Transition, size_of, transitions
from uso.ground.lib.order import finnish
from uso.ground.tenancy.crossing import across_municipalities

READ = ("municipality", "season", "state", "source", "diary_number", "exit_reason", "exit_note")
COMING = frozenset({ParticipationState.DECIDING, ParticipationState.DECIDED})
Rows = Mapping[int, Participation]


@dataclass(frozen=True)
class Mover:
    """What a municipality did between two seasons.

    Parameters
    ----------
    population
        In one year for all seasons; None where it is not known.
    seasons
        Earlier seasons it is known to have taken part in.
    reason, note
        Why it declined or withdrew, where that was given.
    page
        Number of the season whose page of the municipality tells more.
    """

    municipality: Municipality
    earlier: Season
    later: Season
    move: Move
    population: int | None
    seasons: Sequence[str]
    reason: str
    note: str
    page: int
    is_made_up: bool

    @property
    def size(self) -> int | None:
        """Where its size class begins."""
        return size_of(self.population)


@dataclass(frozen=True)
class SeasonStep:
    """Two neighbouring seasons with everybody whose move is known."""

    transition: Transition
    movers: Sequence[Mover]

    @property
    def earlier(self) -> Season:
        """The season left or gone on from."""
        return self.transition.earlier.season

    @property
    def later(self) -> Season:
        """The season joined or not."""
        return self.transition.later.season

    @property
    def counts(self) -> Counter[Move]:
        """How many made each move."""
        return Counter(self.transition.moves.values())

    @property
    def is_made_up(self) -> bool:
        """Whether the demonstration made some of it up."""
        return any(mover.is_made_up for mover in self.movers)


@dataclass(frozen=True)
class Movers:
    """Every step from season to season, the latest first.

    Parameters
    ----------
    population_year
        Of every population; None where no figure is there.
    unknown
        Seasons whose members are not all known.
    """

    steps: Sequence[SeasonStep]
    population_year: int | None
    unknown: Sequence[Season]


def movers(*, on: date) -> Movers:
    """Read who stayed, came back, joined and left in every published season (five queries)."""
    seasons = list(Season.objects.exclude(state=SeasonState.DRAFT).order_by("first_year"))
    rows = _rows(seasons)
    rolls = [_roll(season, rows[season.pk], on=on) for season in seasons]
    places = Municipality.objects.in_bulk({key for found in rows.values() for key in found})
    year = Population.objects.aggregate(latest=Max("year"))["latest"]
    counts = dict(Population.objects.filter(year=year).values_list("municipality_id", "count"))
    steps = [
        SeasonStep(each, _in_order(_movers(each, rows, places, counts, rolls)))
        for each in transitions(rolls)
    ]
    unknown = [roll.season for roll in rolls if not roll.is_whole]
    return Movers(steps[::-1], year, unknown)


def _rows(seasons: Iterable[Season]) -> Mapping[int, dict[int, Participation]]:
    """Return the participations by season and municipality."""
    found: dict[int, dict[int, Participation]] = defaultdict(dict)
    with across_municipalities(reason="members of all seasons are compared over the network"):
        for row in Participation.objects.filter(season__in=seasons).only(*READ):
            found[row.season_id][row.municipality_id] = row
    return found


def _roll(season: Season, rows: Rows, *, on: date) -> Roll:
    """Say who took part; of a season that ended before the service, only who is known."""
    members = frozenset(
        key for key, row in rows.items() if row.state == ParticipationState.CONFIRMED
    )
    gone = frozenset(key for key, row in rows.items() if row.state in NOT_TAKING_PART)
    coming = frozenset(key for key, row in rows.items() if row.state in COMING)
    listed = bool(members) or not season.has_ended(on=on)
    return Roll(
        season,
        members,
        gone,
        frozenset() if season.has_ended(on=on) else coming,
        is_whole=listed and season.number not in numbers_of_unknown_members(),
        is_filling=on < season.first_day,
    )


def _movers(
    step: Transition,
    rows: Mapping[int, Rows],
    places: Mapping[int, Municipality],
    counts: Mapping[int, int],
    rolls: Sequence[Roll],
) -> list[Mover]:
    earlier, later = step.earlier.season, step.later.season
    before_it = rolls[: rolls.index(step.later)]
    found = []
    for key, move in step.moves.items():
        before, after = rows[earlier.pk].get(key), rows[later.pk].get(key)
        for row in filter(None, (before, after)):
            row.municipality = places[key]
        gone = after if after and move == Move.LEFT else None
        found.append(
            Mover(
                places[key],
                earlier,
                later,
                move,
                counts.get(key),
                seasons=[str(roll.season) for roll in before_it if key in roll.members],
                reason=str(ExitReason(gone.exit_reason).label) if gone and gone.exit_reason else "",
                note=gone.exit_note if gone else "",
                page=later.number if after else earlier.number,
                is_made_up=any(
                    row is not None and is_made_up(row, season)
                    for row, season in ((before, earlier), (after, later))
                ),
            )
        )
    return found


def _in_order(found: Iterable[Mover]) -> list[Mover]:
    order = {move: place for place, move in enumerate(Move)}
    return sorted(found, key=lambda each: (order[each.move], finnish(each.municipality.name)))
