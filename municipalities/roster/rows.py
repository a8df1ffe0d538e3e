"""One person as a row of a table has them, and what is wrong in it or worth a look."""

from dataclasses import dataclass, replace

from municipalities.enums import Group, Language
from municipalities.models import Person
from municipalities.roster.headings import Part, folded


@dataclass(frozen=True)
class Remark:
    """What is wrong in a row, or worth a look: in which field, and what mends it."""

    field: str
    sentence: str


@dataclass(frozen=True)
class PersonRow:
    """One person as a row has them; what the row does not say is empty.

    Parameters
    ----------
    key
        Of an earlier person of the roster, in a table that was taken out of it.
    assumed_group, assumed_language
        What a new person gets whose row names none.
    """

    number: int
    key: str = ""
    first_name: str = ""
    last_name: str = ""
    title: str = ""
    body: str = ""
    group: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    assumed_group: str = ""
    assumed_language: str = Language.FINNISH
    errors: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()

    @property
    def name(self) -> str:
        """First and last name, as far as they are known."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def new_group(self) -> str:
        """The group of somebody new; empty where nobody has said it."""
        return self.group or self.assumed_group

    @property
    def new_language(self) -> str:
        """The language of somebody new."""
        return self.language or self.assumed_language

    @property
    def group_in_words(self) -> str:
        """The group of somebody new, in words."""
        return str(Group(self.new_group).label) if self.new_group else ""

    @property
    def language_in_words(self) -> str:
        """The language of somebody new, in words."""
        return Language(self.new_language).label

    @property
    def folded_name(self) -> str:
        """What the name is compared by."""
        return folded(self.name)

    def with_warning(self, part: Part, sentence: str) -> "PersonRow":
        """Return the row with one thing more to look at."""
        return replace(self, warnings=(*self.warnings, Remark(str(part.label), sentence)))

    def with_error(self, part: Part, sentence: str) -> "PersonRow":
        """Return the row with one thing more to mend."""
        return replace(self, errors=(*self.errors, Remark(str(part.label), sentence)))


def longest(part: Part) -> int:
    """Return how many characters a part of a person may have."""
    length: int = Person._meta.get_field(part.value).max_length  # type: ignore[assignment, union-attr]
    return length
