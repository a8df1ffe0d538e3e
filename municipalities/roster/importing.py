"""People brought to a roster from a table: nothing is stored that the preview did not show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from municipalities.models import Municipality, Person, User
from municipalities.queries import former_keys
from municipalities.roster.matching import (
    LEAVE_OUT,
    OTHER,
    Change,
    Outcome,
    Plan,
    PlannedRow,
    changes_of,
    plan_import,
)
from municipalities.roster.reading import PersonRow, ReadTable
from municipalities.roster.saving import lock_roster
from uso.ground.actions import action
from uso.ground.lib.errors import RuleViolation

#: Of many rows so many are named.
MOST_NAMED: Final = 12
FIELDS: Final = ("first_name", "last_name", "title", "body", "group", "email", "phone", "language")


@dataclass(frozen=True)
class Imported:
    """What became of a table that was brought."""

    added: int
    changed: int
    unchanged: int
    left_out: int


def lock_people(municipality_id: int) -> list[Person]:
    """Lock a roster and everybody on it, those who have left too, so that a plan holds until it is done."""
    lock_roster(municipality_id)
    everybody = Person.objects.filter(municipality=municipality_id).order_by("pk")
    return list(everybody.select_for_update(of=("self",), no_key=True))


@action(of="municipality")
def import_people(
    *,
    municipality: Municipality,
    table: ReadTable,
    accepted: frozenset[int],
    accepts_all: bool,
    answers: Mapping[int, str],
    by: User,
) -> Imported:
    """Add who is new, change who was accepted; rows with something to mend are left out.

    Parameters
    ----------
    accepted
        Rows whose changes of somebody on the roster are accepted.
    answers
        By row: the key of whom it is of, `other` or `none`.

    Raises
    ------
    RuleViolation
        When a question has no answer, or nothing is left to do.
    """
    plan = plan_import(table, lock_people(municipality.pk), former_keys())
    _require_answers(plan, answers)
    new: list[PersonRow] = []
    changed: list[Person] = []
    for each in plan.rows:
        answer = answers.get(each.number, "")
        if each.outcome == Outcome.NEW or (each.outcome == Outcome.ASKED and answer == OTHER):
            new.append(each.row)
        elif each.outcome == Outcome.ASKED and answer != LEAVE_OUT:
            [person] = [one for one in each.candidates if str(one.pk) == answer]
            changed += _changed(person, changes_of(person, each.row))
        elif each.outcome == Outcome.CHANGED and (accepts_all or each.number in accepted):
            assert each.person is not None  # noqa: S101 -- it is of somebody
            changed += _changed(each.person, each.changes)
    if not new and not changed:
        raise RuleViolation(_("Nothing to bring: choose what is to change, or mend the rows."))
    _store(municipality, new, changed)
    return _count(plan, new, changed)


def _require_answers(plan: Plan, answers: Mapping[int, str]) -> None:
    def is_answered(each: PlannedRow) -> bool:
        return answers.get(each.number, "") in {value for value, _words in each.answers}

    if open_rows := [each.number for each in plan.of(Outcome.ASKED) if not is_answered(each)]:
        rows = ", ".join(map(str, open_rows[:MOST_NAMED]))
        raise RuleViolation(_("Say who these rows are of: %(rows)s.") % {"rows": rows})


def _changed(person: Person, changes: Iterable[Change]) -> list[Person]:
    changes = list(changes)
    for change in changes:
        setattr(person, change.name, change.value)
    return [person] if changes else []


def _store(municipality: Municipality, new: Iterable[PersonRow], changed: list[Person]) -> None:
    added = [_person(municipality, row) for row in new]
    try:
        with transaction.atomic():
            Person.objects.bulk_update(changed, [*FIELDS, "left_on"], batch_size=500)
            Person.objects.bulk_create(added, batch_size=1_000)
    except IntegrityError as error:  # two changes that make one person of two
        raise RuleViolation(
            _(
                "Two people would get the same name and address. Nothing was stored: leave one of the changes out."
            )
        ) from error


def _person(municipality: Municipality, row: PersonRow) -> Person:
    return Person(
        municipality=municipality,
        first_name=row.first_name,
        last_name=row.last_name,
        title=row.title,
        body=row.body,
        group=row.new_group,
        email=row.email,
        phone=row.phone,
        language=row.new_language,
    )


def _count(plan: Plan, new: list[PersonRow], changed: list[Person]) -> Imported:
    unchanged = len(plan.of(Outcome.SAME))
    done = len(new) + len(changed) + unchanged
    return Imported(len(new), len(changed), unchanged, len(plan.rows) - done)
