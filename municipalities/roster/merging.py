"""Two people of a roster who are one: what is kept, and who are two after all."""

from dataclasses import dataclass
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from municipalities.models import DistinctPeople, MergedPerson, Person, User
from uso.ground.actions import action
from uso.ground.lib.errors import RuleViolation

FIELDS: Final = (
    "first_name", "last_name", "group", "title", "body", "email", "phone", "language", "left_on",
)  # fmt: skip
#: What is filled from the double where the kept person lacks it.
_FILLED: Final = ("title", "body", "email", "phone")


@dataclass(frozen=True)
class PeopleToMerge:
    """Two people of a roster, of whom one is kept."""

    person: Person
    double: Person

    @property
    def kept(self) -> dict[str, object]:
        """What the kept person has afterwards: their own, filled from the double; on the list if either is."""
        values = {name: getattr(self.person, name) for name in FIELDS}
        for name in _FILLED:
            values[name] = values[name] or getattr(self.double, name)
        if not self.double.has_left:
            values["left_on"] = None
        return values


def lock_pair(person: Person, double: Person) -> PeopleToMerge:
    """Lock two people, in the order in which saves do.

    Raises
    ------
    RuleViolation
        When one of them has been merged already, or they are the same.
    """
    rows = Person.objects.filter(pk__in=[person.pk, double.pk]).order_by("pk")
    found = {row.pk: row for row in rows.select_for_update(of=("self",))}
    if len(found) < 2:
        raise RuleViolation(_("One of them has been merged already. Look at the list again."))
    return PeopleToMerge(found[person.pk], found[double.pk])


@action(of="person")
def join_people(*, person: Person, double: Person, by: User) -> Person:
    """Keep one of two people, with what the other knew; the other's key leads to them.

    Their registrations are brought together with it in `uso.roof.home.actions.merge_people`.
    """
    merger = lock_pair(person, double)
    for name, value in merger.kept.items():
        setattr(merger.person, name, value)
    MergedPerson.objects.filter(person=merger.double).update(person=merger.person)
    MergedPerson.objects.create(
        municipality_id=merger.person.municipality_id,
        former_id=merger.double.pk,
        person=merger.person,
    )
    merger.double.delete()
    try:
        with transaction.atomic():
            merger.person.save()
    except IntegrityError:
        raise RuleViolation(
            _("Somebody else on the list has this name and address. Merge with that one first.")
        ) from None
    return merger.person


@action(of="one")
def mark_distinct(*, one: Person, other: Person, by: User) -> None:
    """Note that two people are not one; noted twice it is once."""
    first, second = sorted((one, other), key=lambda each: each.pk)
    pair = DistinctPeople(municipality_id=one.municipality_id, one=first, other=second)
    DistinctPeople.objects.bulk_create([pair], ignore_conflicts=True)


def distinct_pairs() -> set[tuple[int, int]]:
    """Return the keys of the pairs of the open scope who are two people, the lower first."""
    return set(DistinctPeople.objects.values_list("one_id", "other_id"))
