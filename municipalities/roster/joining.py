"""Rows of a table compared with each other: those of one person joined, shared addresses said."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from municipalities.roster.headings import Part
from municipalities.roster.rows import PersonRow, longest

#: How alike two names in a table with one address are at least, 0 to 100: a couple's are not.
ONE_PERSON: Final = 95


def joined_rows(rows: Iterable[PersonRow]) -> list[PersonRow]:
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
    return differ and len(mine) + len(theirs) + 2 <= longest(Part.BODY)


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
