"""Changes of one person of the roster."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from municipalities.models import Municipality, Person, User
from municipalities.queries import find_namesakes
from uso.ground.actions import action
from uso.ground.lib.errors import RuleViolation


def lock_roster(municipality_id: int) -> None:
    """Let additions to a roster wait for each other: whoever looks for twins sees them all.

    Locked before any person is.
    """
    rows = Municipality.objects.filter(pk=municipality_id)
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk"))


@action(of="person")
def save_person(
    *,
    person: Person,
    first_name: str,
    last_name: str,
    title: str,
    body: str,
    group: str,
    email: str,
    phone: str,
    language: str,
    by: User,
) -> Person:
    """Save somebody of the roster; whoever is on it already is refused by name."""
    if person.pk is None:
        lock_roster(person.municipality_id)
    person.first_name, person.last_name, person.title = first_name, last_name, title
    person.body, person.group, person.language = body, group, language
    person.email, person.phone = email, phone
    if namesakes := find_namesakes(person):
        raise RuleViolation(_explain_twin(person, namesakes[0]), field="last_name")
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:  # the same person came in from elsewhere meanwhile
        raise RuleViolation(_("This person is on your list already."), field="last_name") from None
    return person


def _explain_twin(person: Person, twin: Person) -> str:
    if twin.has_left:
        return _(
            "%(name)s is among those who no longer take part: put them back on the list. If this"
            " is another person, give both an e-mail address, so that they can be told apart."
        ) % {"name": person.name}
    return _(
        "%(name)s is on your list already. If this is another person, give both an e-mail"
        " address, so that they can be told apart."
    ) % {"name": person.name}


@action(of="person")
def archive_person(*, person: Person, on: date, by: User) -> Person:
    """Take somebody off the lists of people to register, from a day on; what they took part in stays.

    Their seats are given back with it in `uso.roof.home.actions.take_off_person`.
    """
    person.left_on = on
    person.save(update_fields=["left_on"])
    return person


@action(of="person")
def put_person_back(*, person: Person, by: User) -> Person:
    """Put somebody who had left back on the list."""
    person.left_on = None
    person.save(update_fields=["left_on"])
    return person
