"""People who may be on a roster twice, found by name and address."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from municipalities.models import Person
from municipalities.roster.likeness import (
    MOST_OF_ONE_ADDRESS,
    ComparedName,
    likeness,
    may_be_one,
)

#: How alike two names are at least, 0 to 100, whatever the addresses.
NEAR: Final = 90
#: So many pairs are shown at once; the next ones come when these are done with.
MOST_SHOWN: Final = 50
MOST_FOUND: Final = 500


@dataclass(frozen=True)
class Pair:
    """Two people who may be one; `kept` is the one of whom more is known.

    Parameters
    ----------
    likeness
        Of their names, 0 to 100.
    """

    kept: Person
    double: Person
    likeness: float
    same_address: bool

    @property
    def people(self) -> tuple[Person, Person]:
        """Return both."""
        return self.kept, self.double

    @property
    def in_words(self) -> str:
        """Why they may be one."""
        if self.likeness == 100:
            return _("Same name and address") if self.same_address else _("Same name")
        return _("Similar name, same address") if self.same_address else _("Similar name")


def find_doubles(
    people: Iterable[Person], distinct: AbstractSet[tuple[int, int]] = frozenset()
) -> list[Pair]:
    """Return the pairs that may be one person, the surest first, `MOST_FOUND` at most.

    Names are compared in small plain letters and in any order. Similar ones are sought among those
    whose words begin with the same letters: a roster of thousands takes no minutes.

    Parameters
    ----------
    distinct
        Keys of pairs, the lower first, of whom somebody has said that they are two people.
    """
    found: dict[tuple[int, int], Pair] = {}
    for one, other, score in _alike([_Named(each) for each in people]):
        keys = (min(one.pk, other.pk), max(one.pk, other.pk))
        if keys in distinct or keys in found or (one.has_left and other.has_left):
            continue
        kept, double = sorted((one, other), key=_sort_key)
        found[keys] = Pair(kept, double, score, _same_address(one, other))
        if len(found) == MOST_FOUND:
            break
    order = sorted(found.values(), key=lambda pair: pair.kept.pk)
    return sorted(order, key=lambda pair: (pair.likeness, pair.same_address), reverse=True)


class _Named(ComparedName):
    """A person with the name as it is compared."""

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self.person = person


Alike = tuple[Person, Person, float]


def _alike(people: Sequence[_Named]) -> Iterator[Alike]:
    """Yield pairs of one name, then of one address, then of similar names."""
    for block in _blocks(people, lambda each: each.text):
        yield from ((one.person, other.person, 100.0) for one, other in combinations(block, 2))
    for block in _blocks(people, lambda each: each.person.email.casefold()):
        if len(block) <= MOST_OF_ONE_ADDRESS:  # a mailbox of many says nothing of any two
            yield from _alike_with_one_address(block)
    for block in _blocks(people, lambda each: each.initials):
        names = [each.text for each in block]
        for at, one in enumerate(block):
            later = process.extract(
                one.text, names[at + 1 :], scorer=fuzz.ratio, score_cutoff=NEAR, limit=MOST_FOUND
            )
            for _name, score, place in later:
                yield one.person, block[at + 1 + place].person, score


def _blocks(people: Iterable[_Named], key: Callable[[_Named], str]) -> list[list[_Named]]:
    blocks: dict[str, list[_Named]] = {}
    for each in people:
        if key(each):
            blocks.setdefault(key(each), []).append(each)
    return list(blocks.values())


def _alike_with_one_address(block: Sequence[_Named]) -> Iterator[Alike]:
    for one, other in combinations(block, 2):
        if may_be_one(one, other):
            yield one.person, other.person, likeness(one, other)


def _same_address(one: Person, other: Person) -> bool:
    return bool(one.email) and one.email.casefold() == other.email.casefold()


def _sort_key(person: Person) -> tuple[bool, int, int]:
    """Order by who is on the list, of whom more is known, who was there first."""
    facts = (person.title, person.body, person.email, person.phone)
    return person.has_left, -sum(map(bool, facts)), person.pk
