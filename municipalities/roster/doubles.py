"""People who may be on a roster twice, found by name and address."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from municipalities.models import Person
from municipalities.roster.headings import folded

#: How alike two names are at least, 0 to 100: with one address, and without.
NEAR_WITH_ADDRESS: Final = 75
NEAR: Final = 90
#: So many pairs are shown at once; the next ones come when these are done with.
MOST_SHOWN: Final = 50


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
    """Return the pairs that may be one person, the surest first.

    Names are compared in small plain letters and in any order. Those are compared whose words begin
    with the same letters, or who have one address: a roster of thousands takes no minutes.

    Parameters
    ----------
    distinct
        Keys of pairs, the lower first, of whom somebody has said that they are two people.
    """
    found = {}
    for one, other in _candidates(people):
        keys = (min(one.pk, other.pk), max(one.pk, other.pk))
        if keys not in distinct and keys not in found and (pair := _compare(one, other)):
            found[keys] = pair
    order = sorted(found.values(), key=lambda pair: pair.kept.pk)
    return sorted(order, key=lambda pair: (pair.likeness, pair.same_address), reverse=True)


def _candidates(people: Iterable[Person]) -> Iterator[tuple[Person, Person]]:
    blocks: dict[str, list[Person]] = {}
    for person in people:
        initials = "".join(sorted(word[0] for word in folded(person.name).split()))
        blocks.setdefault(initials, []).append(person)
        if person.email:
            blocks.setdefault(f"@{person.email.casefold()}", []).append(person)
    for block in blocks.values():
        yield from combinations(block, 2)


def _compare(one: Person, other: Person) -> Pair | None:
    if one.has_left and other.has_left:
        return None
    same_address = bool(one.email) and one.email.casefold() == other.email.casefold()
    likeness = fuzz.token_sort_ratio(folded(one.name), folded(other.name))
    shares_first = folded(one.first_name) == folded(other.first_name)
    if likeness >= NEAR or (same_address and (likeness >= NEAR_WITH_ADDRESS or shares_first)):
        kept, double = sorted((one, other), key=_sort_key)
        return Pair(kept, double, likeness, same_address)
    return None


def _sort_key(person: Person) -> tuple[bool, int, int]:
    """Order by who is on the list, of whom more is known, who was there first."""
    facts = (person.title, person.body, person.email, person.phone)
    return person.has_left, -sum(map(bool, facts)), person.pk
