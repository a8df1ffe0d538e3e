"""What every action does: whole, in its scope, whose it is in the history, once."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.models import Q

from municipalities.models import Person
from tests.municipalities.factories import PersonFactory
from uso.ground.actions import action, claim
from uso.ground.lib.errors import RuleViolation
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import ForeignScopeError, scope

pytestmark = pytest.mark.django_db

LEFT = date(2026, 11, 24)


@action(of="person")
def rename(*, person, by, title, fails=False):
    person.title = title
    person.save()
    if fails:
        raise RuleViolation("No.")
    return person


def make(municipality):
    with scope(municipality.pk):
        return PersonFactory(municipality=municipality)


def stored(person):
    with across_municipalities(reason="the test looks at any municipality"):
        return Person.objects.get(pk=person.pk)


def test_action_runs_in_the_scope_of_its_row(kannus, kannus_contact):
    person = make(kannus)

    assert rename(person=person, by=kannus_contact, title="Rehtori") == person
    assert stored(person).title == "Rehtori"


def test_page_of_one_municipality_reaches_no_row_of_another(kannus, jamsa, kannus_contact):
    theirs = make(jamsa)

    with pytest.raises(ForeignScopeError), scope(kannus.pk):
        rename(person=theirs, by=kannus_contact, title="Rehtori")
    assert stored(theirs).title == ""


def test_network_page_is_back_in_its_own_scope_after_the_action(kannus, jamsa, kannus_contact):
    ours, theirs = make(kannus), make(jamsa)

    with across_municipalities(reason="the test acts as a network page"):
        rename(person=theirs, by=kannus_contact, title="Rehtori")
        assert set(Person.objects.all()) == {ours, theirs}


def test_action_that_refuses_leaves_nothing(kannus, kannus_contact):
    person = make(kannus)

    with pytest.raises(RuleViolation), scope(kannus.pk):
        rename(person=person, by=kannus_contact, title="Rehtori", fails=True)
    assert stored(person).title == ""


def test_action_writes_its_author_to_the_history(kannus, kannus_contact):
    person = make(kannus)

    @action(of="person")
    def leave(*, person, by):
        person.left_on = LEFT
        person.save()

    leave(person=person, by=kannus_contact)

    with scope(kannus.pk):
        event = person._meta.apps.get_model("municipalities", "PersonEvent").objects.latest(
            "pgh_id"
        )
    assert (event.left_on, event.pgh_context["user"]) == (LEFT, kannus_contact.pk)


def test_action_of_a_municipality_runs_in_its_scope(kannus, kannus_contact):
    @action(of="municipality")
    def count(*, municipality, by):
        return Person.objects.count()

    make(kannus)

    assert count(municipality=kannus, by=kannus_contact) == 1


def test_action_may_take_the_fields_of_a_form_as_they_are(kannus_contact):
    @action()
    def save(*, by, **fields):
        return fields

    assert save(by=kannus_contact, name="a", unit="b") == {"name": "a", "unit": "b"}


def test_action_without_a_row_is_atomic(kannus_contact):
    @action()
    def look(*, by):
        return connection.in_atomic_block

    assert look(by=None) is True


@pytest.mark.parametrize(
    "function",
    [lambda *, row: None, lambda row, *, by: None, lambda *, by=None: None, lambda *, by: None],
)
def test_function_that_is_no_action_is_refused_when_the_module_is_read(function):
    with pytest.raises(TypeError, match="is no action"):
        action(of="row")(function)


def test_claim_changes_a_row_once(kannus):
    person = make(kannus)
    refusal = RuleViolation("Gone.")

    with scope(kannus.pk):
        changed = claim(person, where=Q(title=""), refusal=refusal, title="Rehtori")
        with pytest.raises(RuleViolation, match="Gone"), transaction.atomic():
            claim(person, where=Q(title=""), refusal=refusal, title="Sihteeri")
        assert (changed, changed.title) == (person, "Rehtori")
        person.refresh_from_db()
        assert person.title == "Rehtori"


def test_action_of_a_row_without_a_municipality_is_refused(coordinator):
    @action(of="user")
    def look(*, user, by):
        return user

    with pytest.raises(TypeError, match="is of no municipality"):
        look(user=coordinator, by=coordinator)
