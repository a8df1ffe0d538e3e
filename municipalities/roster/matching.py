"""What bringing a table would do: whose row is of whom on the roster, what is new, changes or is asked.

Pure: the preview and the press read the same people and make the same plan.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from municipalities.enums import Group, Language
from municipalities.models import Person
from municipalities.roster.headings import Part, folded
from municipalities.roster.likeness import MOST_OF_ONE_ADDRESS, ComparedName, may_be_one
from municipalities.roster.reading import ReadTable
from municipalities.roster.rows import PersonRow
from uso.ground.lib.drawn import Facts, fingerprint
from uso.ground.lib.money import number

#: So many rows are told one by one where they have changed meanwhile.
MOST_TOLD: Final = 100
COMPARED: Final = (Part.TITLE, Part.BODY, Part.GROUP, Part.EMAIL, Part.PHONE, Part.LANGUAGE)
OTHER, LEAVE_OUT = "other", "none"


class Outcome(models.TextChoices):
    """What becomes of a row."""

    NEW = "new", gettext_lazy("new")
    SAME = "same", gettext_lazy("on the list already")
    CHANGED = "changed", gettext_lazy("changes")
    ASKED = "asked", gettext_lazy("asked")
    WRONG = "wrong", gettext_lazy("to be mended")


@dataclass(frozen=True)
class Change:
    """One field of somebody on the roster that a row has otherwise; `value` is what would be stored."""

    name: str
    label: str
    before: str
    after: str
    value: str | None

    def __str__(self) -> str:
        return f"{self.label}: {self.before or '–'} → {self.after}"


@dataclass(frozen=True)
class PlannedRow:
    """A row and what becomes of it.

    Parameters
    ----------
    person
        Whom it is of, on the roster or among those who have left it.
    candidates
        Who it may be of, where somebody has to say.
    """

    row: PersonRow
    outcome: Outcome
    person: Person | None = None
    changes: tuple[Change, ...] = ()
    candidates: tuple[Person, ...] = ()

    @property
    def number(self) -> int:
        """Number of the row in the table."""
        return self.row.number

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Give the answers to choose from: one of the candidates, another person, or nobody."""
        return [
            *((str(each.pk), _same_person_in_words(each, self.row)) for each in self.candidates),
            (OTHER, _("Another person: add to the list")),
            (LEAVE_OUT, _("Leave the row out")),
        ]

    @property
    def in_words(self) -> str:
        """What becomes of it, as a form carries it."""
        more = "; ".join(map(str, self.changes))
        return f"{self.outcome.label}: {self.row.name}{f' ({more})' if more else ''}"


def _same_person_in_words(person: Person, row: PersonRow) -> str:
    known = ", ".join(filter(None, [person.title, person.body, person.email]))
    changes = "; ".join(map(str, changes_of(person, row)))
    return _("The same person as %(name)s%(known)s: %(changes)s") % {
        "name": person.name,
        "known": f" ({known})" if known else "",
        "changes": changes or _("nothing changes"),
    }


@dataclass(frozen=True)
class Plan:
    """What bringing a table would do."""

    table: ReadTable
    rows: tuple[PlannedRow, ...]

    @property
    def columns_in_words(self) -> str:
        """How the columns were read."""
        return ", ".join(f"{letter} {part}" for letter, part in self.table.columns)

    def of(self, *outcomes: Outcome) -> list[PlannedRow]:
        """Return the rows that come to something."""
        return [each for each in self.rows if each.outcome in outcomes]

    @property
    def counts_in_words(self) -> str:
        """How many rows come to what, in a sentence each."""
        counts = [
            (_READ, len(self.rows)),
            *((words, len(self.of(outcome))) for outcome, words in _COUNTED.items()),
        ]
        return " ".join(
            words % {"rows": count, "count": number(count)} for words, count in counts if count
        )

    @property
    def facts(self) -> Facts:
        """What the preview displays, as its form carries it: a few rows one by one, many as one."""
        said = {_("Row %(row)d") % {"row": each.number}: each.in_words for each in self.rows}
        if len(said) <= MOST_TOLD:
            return said
        counts = Counter(str(each.outcome.label) for each in self.rows)
        whole = {label: str(count) for label, count in counts.items()}
        return whole | {_("The table"): fingerprint("\n".join(said.values()))}


_READ: Final = ngettext_lazy("%(count)s row was read.", "%(count)s rows were read.", "rows")
_COUNTED: Final = {
    Outcome.NEW: ngettext_lazy("%(count)s person is new.", "%(count)s people are new.", "rows"),
    Outcome.SAME: ngettext_lazy(
        "%(count)s is on the list already.", "%(count)s are on the list already.", "rows"
    ),
    Outcome.CHANGED: ngettext_lazy("%(count)s would change.", "%(count)s would change.", "rows"),
    Outcome.ASKED: ngettext_lazy(
        "%(count)s needs your answer.", "%(count)s need your answer.", "rows"
    ),
    Outcome.WRONG: ngettext_lazy(
        "%(count)s is left out unless you mend it.",
        "%(count)s are left out unless you mend them.",
        "rows",
    ),
}


def plan_import(
    table: ReadTable, people: Iterable[Person], former: Mapping[int, int] = MappingProxyType({})
) -> Plan:
    """Say what becomes of each row of a table.

    Parameters
    ----------
    people
        Everybody of the roster, those who have left too.
    former
        Keys of the people kept, by those of people who were merged into them.
    """
    roster = _Roster(list(people), former)
    taken: dict[int, int] = {}
    rows = []
    for row in table.rows:
        planned = _plan_row(row, roster)
        if (
            planned.person is not None
            and (first := taken.setdefault(planned.person.pk, row.number)) != row.number
        ):
            planned = _wrong(
                row, _("This is %(name)s too, as row %(first)d: leave one of them.")
                % {"name": planned.person.name, "first": first},
            )  # fmt: skip
        rows.append(_require_group(planned))
    return Plan(table, tuple(rows))


@dataclass
class _Roster:
    """Who is found by key, name or address."""

    people: Sequence[Person]
    former: Mapping[int, int]
    by_key: dict[str, Person] = field(default_factory=dict)
    by_name: dict[str, list[Person]] = field(default_factory=dict)
    by_words: dict[tuple[str, ...], list[Person]] = field(default_factory=dict)
    by_email: dict[str, list[Person]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for person in self.people:
            self.by_key[str(person.pk)] = person
            self.by_name.setdefault(folded(person.name), []).append(person)
            self.by_words.setdefault(ComparedName(person).words, []).append(person)
            if person.email:
                self.by_email.setdefault(person.email.casefold(), []).append(person)
        for key, kept in self.former.items():
            if str(kept) in self.by_key:  # else merged into another meanwhile: not known
                self.by_key[str(key)] = self.by_key[str(kept)]


def _wrong(row: PersonRow, sentence: str) -> PlannedRow:
    return PlannedRow(row.with_error(Part.NAME, sentence), Outcome.WRONG)


def _plan_row(row: PersonRow, roster: _Roster) -> PlannedRow:
    if row.errors:
        return PlannedRow(row, Outcome.WRONG)
    if person := roster.by_key.get(row.key):
        return _plan_known(row, person)
    namesakes = roster.by_name.get(row.folded_name, [])
    users = roster.by_email.get(row.email, []) if row.email else []
    if namesakes:
        return _plan_namesake(row, namesakes)
    turned = roster.by_words.get(ComparedName(row).words, [])  # the names the other way round
    near = [each for each in _near_ones(row, users) if each not in turned]
    if turned and (not near or any(each in users for each in turned)):
        return _plan_namesake(row, turned)
    if turned or near:
        return PlannedRow(row, Outcome.ASKED, candidates=(*turned, *near))
    if users:
        sentence = _("%(name)s on the list has the same address: both get each other's messages.")
        row = row.with_warning(Part.EMAIL, sentence % {"name": users[0].name})
    return PlannedRow(row, Outcome.NEW)


def _near_ones(row: PersonRow, users: Sequence[Person]) -> list[Person]:
    """Choose among the users of a row's address those who may be its person with another name."""
    if len(users) >= MOST_OF_ONE_ADDRESS:  # the row is one more
        return []
    name = ComparedName(row)
    return [each for each in users if may_be_one(name, ComparedName(each))]


def _plan_namesake(row: PersonRow, namesakes: Sequence[Person]) -> PlannedRow:
    """Choose among the people of a row's name by the address; by the name alone only where it must be."""
    same = [each for each in namesakes if row.email and each.email.casefold() == row.email]
    nameless = [each for each in namesakes if not each.email]
    if same:  # of several, such as one with and one without dots, whoever is on the list
        return _plan_known(row, min(same, key=lambda each: each.has_left))
    if not row.email:
        found = namesakes if len(namesakes) == 1 else _by_title(row, namesakes)
        return _plan_known(row, found[0]) if len(found) == 1 else _ambiguous(row)
    if (
        len(nameless) == 1
    ):  # nobody may be added beside somebody of the same name without an address
        return _plan_known(row, nameless[0])
    if nameless:
        return _ambiguous(row)
    return PlannedRow(row, Outcome.ASKED, candidates=tuple(namesakes))


def _by_title(row: PersonRow, namesakes: Sequence[Person]) -> list[Person]:
    return [each for each in namesakes if row.title and folded(each.title) == folded(row.title)]


def _ambiguous(row: PersonRow) -> PlannedRow:
    return _wrong(
        row, _("Several people of this name are on the list: give the e-mail address of this one.")
    )


def _plan_known(row: PersonRow, person: Person) -> PlannedRow:
    changes = changes_of(person, row)
    outcome = Outcome.CHANGED if changes else Outcome.SAME
    return PlannedRow(row, outcome, person, tuple(changes))


def changes_of(person: Person, row: PersonRow) -> list[Change]:
    """List what a row has otherwise than the roster; what the row leaves empty stays.

    The same names in another order are no change, unless the row has the key of the person: then
    somebody has mended them in a file taken out of the roster.
    """
    changes = []
    if person.has_left:
        changes.append(Change("left_on", _("The list"), _("has left"), _("is put back"), None))
    names = (Part.FIRST_NAME, Part.LAST_NAME)
    for part in COMPARED if not row.key and _are_turned(person, row) else (*names, *COMPARED):
        before, after = str(getattr(person, part.value)), str(getattr(row, part.value))
        if after and after.casefold() != before.casefold():
            words = _WORDS.get(part, {})
            was, becomes = (str(words.get(each, each)) for each in (before, after))
            changes.append(Change(part.value, str(part.label), was, becomes, after))
    return changes


def _are_turned(person: Person, row: PersonRow) -> bool:
    same_words = ComparedName(person).words == ComparedName(row).words
    return same_words and folded(person.name) != row.folded_name


_WORDS: Final[Mapping[Part, Mapping[str, str]]] = {
    Part.GROUP: {each.value: each.label for each in Group},  # type: ignore[misc]
    Part.LANGUAGE: {each.value: each.label for each in Language},
}


def _require_group(planned: PlannedRow) -> PlannedRow:
    """Say what is missing where a row that may add somebody names no group."""
    row = planned.row
    if planned.outcome not in (Outcome.NEW, Outcome.ASKED) or row.new_group:
        return planned
    sentence = _(
        "The group is missing: write “elected official” or “office holder”, or choose one for all rows without it."
    )
    return replace(planned, row=row.with_error(Part.GROUP, sentence), outcome=Outcome.WRONG)
