"""Whether two people with one address may be one: the rule of the import and of the list of doubles."""

from typing import Final, Protocol

from rapidfuzz import fuzz

from municipalities.roster.headings import folded

#: How alike two names are at least, 0 to 100, that may be one person's with one address.
NEAR_WITH_ADDRESS: Final = 75
#: A mailbox of more people says nothing of any two.
MOST_OF_ONE_ADDRESS: Final = 50


class Named(Protocol):
    """Somebody of the roster, or of a row of a table."""

    @property
    def first_name(self) -> str:
        """All first names."""

    @property
    def name(self) -> str:
        """First and last name."""


class ComparedName:
    """A name in small plain letters, its words in any order."""

    def __init__(self, named: Named) -> None:
        self.words = tuple(sorted(folded(named.name).split()))
        self.text = " ".join(self.words)
        self.initials = "".join(word[0] for word in self.words)
        self.called = folded(named.first_name).partition(" ")[0]


def likeness(one: ComparedName, other: ComparedName) -> float:
    """Return how alike two names are, 0 to 100."""
    return fuzz.ratio(one.text, other.text)


def may_be_one(one: ComparedName, other: ComparedName) -> bool:
    """Say whether two names with one address may be one person's, such as one with a new last name.

    The first of the first names is compared: the others are often left out.
    """
    shares_first = bool(one.called) and one.called == other.called
    return shares_first or likeness(one, other) >= NEAR_WITH_ADDRESS
