"""From one season to the next: who stayed, came back, joined anew, left. Pure.

Of a season whose members are not all known nothing is concluded from a name that is missing: who
is not on such a list may have taken part.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.db.backends.postgresql.psycopg_any import NumericRange

from seasons.enums import Move
from seasons.models import FeeTier, Season

#: Where a size class begins. The fee tiers of seasons 6–8 have these limits; a later season's tiers
#: may have others, so the classes are fixed, or the seasons could not be compared.
SIZES_FROM: Final = (0, 9_000, 45_001)


@dataclass(frozen=True)
class Roll:
    """The members of a season, by municipality.

    Parameters
    ----------
    members
        Keys of those taking part.
    gone
        Keys of those who declined or withdrew.
    coming
        Keys of those who are deciding, or have decided and wait for the confirmation.
    is_whole
        Every member is known.
    is_filling
        The season has not begun: others may join yet.
    """

    season: Season
    members: frozenset[int]
    gone: frozenset[int] = frozenset()
    coming: frozenset[int] = frozenset()
    is_whole: bool = True
    is_filling: bool = False


@dataclass(frozen=True)
class Transition:
    """What each municipality did between two neighbouring seasons, as far as is known."""

    earlier: Roll
    later: Roll
    moves: Mapping[int, Move]

    @property
    def is_whole(self) -> bool:
        """Whether the members of both seasons are all known: the counts are exact then."""
        return self.earlier.is_whole and self.later.is_whole

    @property
    def missing_numbers(self) -> list[int]:
        """Numbers of the seasons between the two, of which nothing is known."""
        return list(range(self.earlier.season.number + 1, self.later.season.number))


def transitions(rolls: Sequence[Roll]) -> list[Transition]:
    """Compare each season with the one before it, from rolls in order of time."""
    return [
        Transition(earlier, later, _moves(earlier, later, rolls[:place]))
        for place, (earlier, later) in enumerate(pairwise(rolls))
    ]


def _moves(earlier: Roll, later: Roll, before: Collection[Roll]) -> dict[int, Move]:
    moves = dict.fromkeys(earlier.members & later.members, Move.STAYED)
    once = frozenset[int]().union(*(roll.members for roll in before))
    for each in later.members - earlier.members:
        if earlier.is_whole:
            moves[each] = Move.RETURNED if each in once else Move.JOINED
        elif each in once:
            moves[each] = Move.EARLIER
    for each in earlier.members - later.members:
        if each in later.coming:
            moves[each] = Move.UNDECIDED
        elif each in later.gone or (later.is_whole and not later.is_filling):
            moves[each] = Move.LEFT
        elif later.is_filling:
            moves[each] = Move.UNDECIDED
    return moves


def size_of(population: int | None) -> int | None:
    """Return where the size class of a population begins; None where it is not known."""
    if population is None:
        return None
    return max(start for start in SIZES_FROM if start <= population)


def size_in_words(start: int) -> str:
    """Name a size class by its populations, as the network's documents do."""
    ends = dict(pairwise(SIZES_FROM))
    return FeeTier(population=NumericRange(start, ends.get(start))).limits
