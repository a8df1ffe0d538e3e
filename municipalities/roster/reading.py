"""What a table of people says: which column is what, and each row's person with what is wrong in it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from municipalities.enums import Group, Language
from municipalities.models import Person
from municipalities.roster.headings import (
    Order,
    Part,
    folded,
    group_of,
    language_of,
    names_body,
    order_of,
    part_of,
)
from municipalities.roster.tables import MOST_PEOPLE, rows_of, too_many
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.fields import EmailField, PhoneField
from uso.ground.lib.sheets import CellRef

#: Among so many first rows the headings are looked for.
MOST_ROWS_ABOVE: Final = 10
#: Of a table without headings.
MOST_ROWS_LOOKED_AT: Final = 500
#: How alike two names in a table with one address are at least, 0 to 100: a couple's are not.
ONE_PERSON: Final = 95
_PARTICLES: Final = frozenset({"von", "af", "de", "van", "der", "da", "di", "la", "le"})
_SURNAME: Final = re.compile(r"(?:nen|sson|ström|berg|lund|qvist|mäki|niemi|lahti|koski|ranta)$")
_PHONE: Final = re.compile(r"\+?[\d\s()\-‐–]{6,}")
#: Finnish mobile numbers whose first 0 a spreadsheet has taken away.
_LOST_ZERO: Final = re.compile(r"(?:4\d|50)\d{5,8}")
_NAME_IN_BRACKETS: Final = re.compile(r"^.*<\s*([^<>]+?)\s*>$")
#: Blanks beside a sign of an address; one between letters may stand for anything.
_LOOSE_BLANKS: Final = re.compile(r"\s*([.@_-])\s*")
_EMAIL: Final = EmailField()
_TELEPHONE: Final = PhoneField(required=False)


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


@dataclass(frozen=True)
class ReadTable:
    """The people of a table and how its columns were read.

    Parameters
    ----------
    columns
        Letter of each column that was read, and what it holds.
    unused
        What stands above the columns that were not.
    example
        Somebody whose names were told apart by their looks alone.
    """

    rows: tuple[PersonRow, ...]
    columns: tuple[tuple[str, str], ...]
    unused: tuple[str, ...] = ()
    last_name_first: bool = False
    example: PersonRow | None = None

    @property
    def order_in_words(self) -> str:
        """In which order the names were read where nobody has said it; empty where somebody has."""
        if self.example is None:
            return ""
        first, last = self.example.first_name, self.example.last_name
        if self.last_name_first:
            sentence = _("The names were read in the order last name, first name: %(name)s.")
            return sentence % {"name": f"{last} {first}"}
        sentence = _("The names were read in the order first name, last name: %(name)s.")
        return sentence % {"name": f"{first} {last}"}


def read_people(
    text: str, *, group: str = "", language: str = Language.FINNISH, order: str = Order.GUESSED
) -> ReadTable:
    """Return the people of a pasted table, a row each.

    Parameters
    ----------
    group, language
        Of new people whose row names none.
    order
        Which name comes first where no heading says so.

    Raises
    ------
    RuleViolation
        When nothing, no names or far too many people are in it.
    """
    rows = rows_of(text)
    if not rows:
        raise RuleViolation(_("Paste rows of people, or choose a file with them."), field="rows")
    layout = _find_layout(rows)
    order = layout.told_order or order
    layout = _in_order(layout, order)
    if len(layout.data) > MOST_PEOPLE:
        raise too_many()
    people = tuple(_joined(_RowReader(layout, group, language).read()))
    shown = tuple(
        (CellRef(1, at + 1).letter, str(part.label)) for at, part in sorted(layout.columns.items())
    )
    example = None if order else _find_example(layout, people)
    return ReadTable(people, shown, layout.unused, layout.last_name_first, example)


def _find_example(layout: "_Layout", people: Sequence[PersonRow]) -> PersonRow | None:
    """Find somebody whose row does not say which name is which; a comma says it."""
    told = {row[0] for row in layout.data if "," in layout.cell(row, Part.NAME)}
    return next((each for each in people if each.number not in told and not each.errors), None)


# -- Which column is what ------------------------------------------------------------------------

Row = tuple[int, Sequence[str]]


@dataclass(frozen=True)
class _Layout:
    """What the columns hold, by their place from 0, and the rows below the headings."""

    columns: Mapping[int, Part]
    data: Sequence[Row]
    unused: tuple[str, ...] = ()
    told_order: str = ""
    last_name_first: bool = False

    def cells(self, part: Part) -> list[str]:
        """Return what a column holds, without blanks."""
        return [cell for row in self.data if (cell := self.cell(row, part))]

    def cell(self, row: Row, part: Part) -> str:
        """Return what a row has in a column; empty where there is none."""
        at = next((at for at, each in self.columns.items() if each == part), None)
        return row[1][at] if at is not None and at < len(row[1]) else ""


def _find_layout(rows: Sequence[Row]) -> _Layout:
    """Find the columns by their headings, else by what stands in them."""
    for place, (_number, cells) in enumerate(rows[:MOST_ROWS_ABOVE]):
        found = {at: part_of(cell) for at, cell in enumerate(cells) if part_of(cell)}
        if len(found) >= 2 or (found and len(found) == sum(map(bool, cells))):
            columns: dict[int, Part] = {}
            for at, part in found.items():
                if part not in columns.values():
                    columns[at] = Part(part)
            unused = tuple(cell for at, cell in enumerate(cells) if cell and at not in columns)
            told = _told_order({part: cells[at] for at, part in columns.items()})
            return _require_names(_Layout(columns, rows[place + 1 :], unused, told))
    return _require_names(_Layout(_guess_columns(rows[:MOST_ROWS_LOOKED_AT]), rows))


def _told_order(headings: Mapping[Part, str]) -> str:
    """Return the order the headings say; that of one column may name both."""
    if {Part.FIRST_NAME, Part.LAST_NAME} <= set(headings):
        return Order.FIRST_NAME
    return order_of(headings.get(Part.NAME, ""))


def _require_names(layout: _Layout) -> _Layout:
    parts = set(layout.columns.values())
    if Part.NAME not in parts and not {Part.FIRST_NAME, Part.LAST_NAME} <= parts:
        raise RuleViolation(
            _(
                "No column of names was found. Call the columns “First name” and “Last name”, or one column “Name”."
            ),
            field="rows",
        )
    return layout


def _guess_columns(rows: Sequence[Row]) -> dict[int, Part]:
    """Say what the columns of a table without headings hold, by the most of their cells."""
    columns: dict[int, Part] = {}
    rest: list[int] = []
    for at in range(max(len(cells) for _number, cells in rows)):
        cells = [row[at] for _number, row in rows if len(row) > at and row[at]]
        part = next((part for part, fits in _LOOKS.items() if _mostly(cells, fits)), None)
        if part and part not in columns.values():
            columns[at] = part
        elif cells:
            rest.append(at)
    return columns | (_guess_names(rest, rows) if rest else {})


_LOOKS: Final[Mapping[Part, Callable[[str], bool]]] = {
    Part.EMAIL: lambda cell: "@" in cell,
    Part.PHONE: lambda cell: _PHONE.fullmatch(cell) is not None,
    Part.GROUP: lambda cell: group_of(cell) != "",
    Part.LANGUAGE: lambda cell: language_of(cell) != "",
    Part.BODY: names_body,
}


def _mostly(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return 2 * sum(map(fits, cells)) > len(cells)


def _guess_names(rest: Sequence[int], rows: Sequence[Row]) -> dict[int, Part]:
    first = rest[0]
    cells = [row[first] for _number, row in rows if len(row) > first and row[first]]
    if len(rest) == 1 or _mostly(cells, lambda cell: " " in cell):
        names, others = {first: Part.NAME}, rest[1:]
    else:
        names, others = {first: Part.FIRST_NAME, rest[1]: Part.LAST_NAME}, rest[2:]
    return names | ({others[0]: Part.TITLE} if others else {})


def _in_order(layout: _Layout, order: str) -> _Layout:
    """Say which name comes first: by the headings, as asked, else by how the names look."""
    if Part.NAME in layout.columns.values():
        words = [cell.split() for cell in layout.cells(Part.NAME) if " " in cell]
        firsts, lasts = [each[0] for each in words], [each[-1] for each in words]
        return replace(layout, last_name_first=_is_turned(firsts, lasts, order))
    firsts, lasts = layout.cells(Part.FIRST_NAME), layout.cells(Part.LAST_NAME)
    if layout.told_order or not _is_turned(firsts, lasts, order):
        return layout
    turned = {Part.FIRST_NAME: Part.LAST_NAME, Part.LAST_NAME: Part.FIRST_NAME}
    columns = {at: turned.get(part, part) for at, part in layout.columns.items()}
    return replace(layout, columns=columns, last_name_first=True)


def _is_turned(firsts: Iterable[str], lasts: Iterable[str], order: str) -> bool:
    """Say whether last names stand first: as asked, else by their endings.

    >>> _is_turned(["Meikäläinen", "Virtanen"], ["Maija", "Matti"], "")
    True
    """
    if order:
        return order == Order.LAST_NAME
    ends = [
        sum(_SURNAME.search(each.casefold()) is not None for each in names)
        for names in (firsts, lasts)
    ]
    return ends[0] > ends[1]


# -- What a row says -----------------------------------------------------------------------------


@dataclass
class _RowReader:
    """Reads the rows; a row that names nothing but a group is a heading of those below it."""

    layout: _Layout
    group: str
    language: str
    section: str = ""

    def read(self) -> Iterator[PersonRow]:
        """Yield the people in order."""
        for row in self.layout.data:
            filled = [cell for cell in row[1] if cell]
            if len(filled) == 1 and (group := group_of(filled[0])):
                self.section = group
            else:
                yield self._person(row)

    def _person(self, row: Row) -> PersonRow:
        first, last = self._names(row)
        person = PersonRow(
            row[0],
            key=self.layout.cell(row, Part.KEY),
            first_name=first,
            last_name=last,
            title=self.layout.cell(row, Part.TITLE),
            body=self.layout.cell(row, Part.BODY),
            group=self.section,
            assumed_group=self.group,
            assumed_language=self.language,
        )
        for part, check in _CHECKS.items():
            person = check(person, self.layout.cell(row, part))
        return _check_lengths(_check_names(person, " ".join(filter(None, row[1]))))

    def _names(self, row: Row) -> tuple[str, str]:
        whole = self.layout.cell(row, Part.NAME)
        first, last = (self.layout.cell(row, each) for each in (Part.FIRST_NAME, Part.LAST_NAME))
        if first and last:
            return first, last
        return (
            split_name(whole, last_name_first=self.layout.last_name_first)
            if whole
            else (first, last)
        )


def split_name(name: str, *, last_name_first: bool) -> tuple[str, str]:
    """Return first and last name; a comma stands after the last name, whatever the order.

    >>> split_name("Meikäläinen, Maija", last_name_first=False)
    ('Maija', 'Meikäläinen')
    >>> split_name("von Essen Carl Gustaf", last_name_first=True)
    ('Carl Gustaf', 'von Essen')
    >>> split_name("Maija Liisa af Forselles", last_name_first=False)
    ('Maija Liisa', 'af Forselles')
    """
    if "," in name:
        last, _comma, first = name.partition(",")
        return first.strip(), last.strip()
    words = name.split()
    particles = [at for at, word in enumerate(words) if word.casefold() in _PARTICLES]
    if last_name_first:
        cut = 1
        while cut < len(words) and words[cut - 1].casefold() in _PARTICLES:
            cut += 1
        return " ".join(words[cut:]), " ".join(words[:cut])
    cut = particles[0] if particles and particles[0] else len(words) - 1
    return " ".join(words[:cut]), " ".join(words[cut:])


def _check_names(person: PersonRow, row: str) -> PersonRow:
    for part, name in ((Part.FIRST_NAME, person.first_name), (Part.LAST_NAME, person.last_name)):
        if not name:
            sentence = _(
                "Write the name; the row holds “%(row)s”. If it is no person, remove the row."
            )
            person = person.with_error(part, sentence % {"row": row[:60]})
        elif "@" in name or not any(sign.isalpha() for sign in folded(name)):
            sentence = _("“%(name)s” is no name: look whether the columns are in their places.")
            person = person.with_error(part, sentence % {"name": name[:60]})
    return person


def _longest(part: Part) -> int:
    length: int = Person._meta.get_field(part.value).max_length  # type: ignore[assignment, union-attr]
    return length


def _check_lengths(person: PersonRow) -> PersonRow:
    for part in (Part.FIRST_NAME, Part.LAST_NAME, Part.TITLE, Part.BODY):
        most = _longest(part)
        typed = getattr(person, part.value)
        if len(typed) > most:
            sentence = _("Shorten this to %(most)d characters; it has %(length)d.")
            person = person.with_error(part, sentence % {"most": most, "length": len(typed)})
    return person


def _check_group(person: PersonRow, typed: str) -> PersonRow:
    group = group_of(typed)
    if typed and not group:
        sentence = _("“%(typed)s” is no group here: write “elected official” or “office holder”.")
        return person.with_error(Part.GROUP, sentence % {"typed": typed[:60]})
    return replace(person, group=group or person.group)


def _check_language(person: PersonRow, typed: str) -> PersonRow:
    language = language_of(typed)
    if typed and not language:
        sentence = _("“%(typed)s” is not used here: write Finnish, Swedish or English.")
        return person.with_error(Part.LANGUAGE, sentence % {"typed": typed[:60]})
    return replace(person, language=language)


def _check_phone(person: PersonRow, typed: str) -> PersonRow:
    number = typed
    if _LOST_ZERO.fullmatch(re.sub(r"[\s-]", "", typed)):
        number = f"0{typed}"
        person = person.with_warning(
            Part.PHONE, _("0 was added before the number: %(number)s.") % {"number": number}
        )
    try:
        return replace(person, phone=_TELEPHONE.clean(number))
    except ValidationError as error:
        sentence = f"“{typed[:60]}”: {' '.join(error.messages)}"
        return person.with_error(Part.PHONE, sentence)


def _check_email(person: PersonRow, typed: str) -> PersonRow:
    """Take an address out of what mail programs write around it, and without blanks."""
    bare = _NAME_IN_BRACKETS.sub(r"\1", typed.strip(" ;,.")).removeprefix("mailto:").strip(" .")
    if not bare:
        return person
    closed = _LOOSE_BLANKS.sub(r"\1", bare)
    try:
        email = _EMAIL.clean(closed)
    except ValidationError:
        return person.with_error(Part.EMAIL, _explain_email(typed, closed))
    if closed != bare:
        sentence = _("Blanks were taken out: %(email)s. Look whether it is right.")
        person = person.with_warning(Part.EMAIL, sentence % {"email": email})
    return replace(person, email=email)


def _explain_email(typed: str, bare: str) -> str:
    if " " in bare:
        return _("There is a blank within “%(typed)s”: write one address without blanks.") % {
            "typed": typed[:80]
        }
    local, at, domain = bare.casefold().rpartition("@")
    plain = ".".join(folded(word).replace(" ", "-") for word in local.split("."))
    if at and not local.isascii():
        return _("“%(typed)s” has letters that no address has. Is it %(plain)s@%(domain)s?") % {
            "typed": typed[:80],
            "plain": plain,
            "domain": domain[:80],
        }
    return _(
        "“%(typed)s” is no e-mail address: write one such as name@example.fi, or leave it out."
    ) % {"typed": typed[:80]}


_CHECKS: Final[Mapping[Part, Callable[[PersonRow, str], PersonRow]]] = {
    Part.GROUP: _check_group,
    Part.EMAIL: _check_email,
    Part.PHONE: _check_phone,
    Part.LANGUAGE: _check_language,
}


# -- Rows compared with each other ---------------------------------------------------------------


def _joined(rows: Iterable[PersonRow]) -> list[PersonRow]:
    """Join the rows of one person into the first of them; say where two people share an address."""
    people: list[PersonRow] = []
    by_name: dict[str, list[int]] = {}
    for row in rows:
        places = by_name.setdefault(row.folded_name, [])
        at = next((each for each in places if _are_same(people[each], row)), None)
        if at is None:
            places.append(len(people))
            people.append(row)
        else:
            people[at] = _join(people[at], row)
    return _warn_of_shared_addresses(people)


def _are_same(one: PersonRow, other: PersonRow) -> bool:
    """Say whether two rows of one name are one person: nothing tells them apart."""
    if one.errors or other.errors or not one.folded_name:
        return False
    pairs = ((one.email, other.email), (one.key, other.key))
    return all(not mine or not theirs or mine == theirs for mine, theirs in pairs)


def _join(one: PersonRow, other: PersonRow) -> PersonRow:
    """Fill what the first row lacks from a later one; somebody may sit in several bodies."""
    lost: list[str] = []
    filled: dict[str, Any] = {}
    for part in _JOINED:
        mine, theirs = getattr(one, part.value), getattr(other, part.value)
        if part == Part.BODY and _fit_together(mine, theirs):
            filled[part.value] = f"{mine}, {theirs}"
        elif mine and theirs and mine.casefold() != theirs.casefold():
            lost.append(theirs)
        else:
            filled[part.value] = mine or theirs
    sentence = _("Row %(row)d is the same person, so the rows were joined.")
    if lost:
        sentence = _(
            "Row %(row)d is the same person, so the rows were joined. Left out: %(lost)s. If they are two people, give both an e-mail address."
        )
    words = {"row": other.number, "lost": ", ".join(lost)}
    return replace(one, **filled, warnings=(*one.warnings, *other.warnings)).with_warning(
        Part.NAME, sentence % words
    )


_JOINED: Final = (
    Part.KEY, Part.TITLE, Part.BODY, Part.GROUP, Part.EMAIL, Part.PHONE, Part.LANGUAGE,
)  # fmt: skip


def _fit_together(mine: str, theirs: str) -> bool:
    differ = bool(mine and theirs) and theirs.casefold() not in mine.casefold()
    return differ and len(mine) + len(theirs) + 2 <= _longest(Part.BODY)


def _warn_of_shared_addresses(people: Sequence[PersonRow]) -> list[PersonRow]:
    users: dict[str, list[PersonRow]] = {}
    for row in people:
        if row.email:
            users.setdefault(row.email, []).append(row)
    return [_warn_of_shared_address(row, users.get(row.email, [])) for row in people]


def _are_apparently_one(one: PersonRow, other: PersonRow) -> bool:
    """Say whether two names with one address are one person's: in another order, or longer."""
    names = one.folded_name, other.folded_name
    return all(names) and fuzz.token_set_ratio(*names) >= ONE_PERSON


def _warn_of_shared_address(row: PersonRow, users: Sequence[PersonRow]) -> PersonRow:
    others = [each for each in users if each.number != row.number]
    twins = [each for each in others if _are_apparently_one(row, each)]
    if twins and twins[0].number < row.number:
        sentence = _(
            "Rows %(first)d and %(row)d are apparently the same person: remove one of them."
        )
        words = {"first": twins[0].number, "row": row.number}
        row = row.with_warning(Part.NAME, sentence % words)
    other = next((each for each in others if each not in twins), None)
    if other is None:
        return row
    sentence = _("%(name)s in row %(row)d has the same address: both get each other's messages.")
    return row.with_warning(Part.EMAIL, sentence % {"name": other.name, "row": other.number})
