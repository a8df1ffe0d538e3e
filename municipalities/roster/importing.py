"""People brought to a roster from a table: nothing is stored that the preview did not show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from municipalities.models import Municipality, Person, User
from municipalities.queries import former_keys
from municipalities.roster.matching import (
    OTHER,
    Change,
    Outcome,
    Plan,
    PlannedRow,
    changes_of,
    plan_import,
)
from municipalities.roster.reading import ReadTable
from municipalities.roster.rows import PersonRow
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
        When a question has no answer, two rows are of one person, or nothing is left to do.
    """
    plan = plan_import(table, lock_people(municipality.pk), former_keys())
    _require_answers(plan, answers)
    chosen = {
        row.number: person
        for row in plan.rows
        if (person := _chosen_person(row, answers, accepts_all or row.number in accepted))
    }
    _refuse_chosen_twice(chosen)
    new = [row.row for row in plan.rows if _adds_somebody(row, answers)]
    changed = [
        person
        for row in plan.rows
        if (person := chosen.get(row.number)) and _change(person, changes_of(person, row.row))
    ]
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


def _adds_somebody(row: PlannedRow, answers: Mapping[int, str]) -> bool:
    if row.outcome == Outcome.ASKED:
        return answers[row.number] == OTHER
    return row.outcome == Outcome.NEW


def _chosen_person(row: PlannedRow, answers: Mapping[int, str], accepts: bool) -> Person | None:
    """Return whom a row is of; None where it adds somebody, or its change is not accepted."""
    if row.outcome == Outcome.ASKED:
        return next((one for one in row.candidates if str(one.pk) == answers[row.number]), None)
    return row.person if row.outcome == Outcome.SAME or accepts else None


def _refuse_chosen_twice(chosen: Mapping[int, Person]) -> None:
    """Refuse what would let the last of several rows win."""
    rows_of: dict[int, list[int]] = {}
    for number, person in chosen.items():
        rows_of.setdefault(person.pk, []).append(number)
    sentence = _(
        "Rows %(rows)s are chosen as one person, %(name)s. Leave only one of them: give the others another answer, do not tick their change, or remove them."
    )
    refusals = [
        sentence % {"rows": ", ".join(map(str, rows[:MOST_NAMED])), "name": chosen[rows[0]].name}
        for rows in rows_of.values()
        if len(rows) > 1
    ]
    if refusals:
        raise RuleViolation(" ".join(refusals[:MOST_NAMED]))


def _change(person: Person, changes: Sequence[Change]) -> bool:
    """Give somebody what a row has otherwise; say whether that is anything."""
    for change in changes:
        setattr(person, change.name, change.value)
    return bool(changes)


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
