"""Somebody registers or wishes while what it hangs on ends."""

import pytest
from django.utils import timezone

from events.actions.registering import save_registrations
from events.enums import Mode
from events.models import Registration
from municipalities.models import Person
from seasons.models import Participation
from tests.events.conftest import confirmed_rows, person_of, taken
from tests.events.factories import published_event
from tests.racing import at_once
from tests.seasons.factories import EXIT, EntitlementFactory, member_of
from uso.ground.tenancy.scope import scope
from uso.roof.home.actions import take_off_person, withdraw_municipality
from workshops.actions import ask_workshop
from workshops.models import Workshop

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

TURNS = pytest.mark.parametrize("turn", range(4))


@pytest.fixture
def member(kannus, season8) -> Participation:
    EntitlementFactory(season=season8, quantity=5)
    with scope(kannus.pk):
        return member_of(season8, kannus)


@pytest.fixture
def events(season8):
    return [published_event(season=season8, in_person=50) for _ in range(3)]


def registering(municipality, by, people, events):
    def save() -> object:
        choices = {(each.pk, event.pk): Mode.IN_PERSON for each in people for event in events}
        return save_registrations(
            municipality=municipality, choices=choices, by=by, at=timezone.now()
        )

    return save


@TURNS
def test_nobody_keeps_a_seat_of_a_municipality_that_leaves(
    kannus, member, events, kannus_contact, coordinator, turn
):
    people = [person_of(kannus, email="") for _ in range(12)]
    first, *rest = [people[n::4] for n in range(4)]
    registering(kannus, kannus_contact, first, events)()

    results = at_once(
        *(registering(kannus, kannus_contact, some, events) for some in rest),
        lambda: withdraw_municipality(
            participation=member, by=coordinator, at=timezone.now(), **EXIT
        ),
    )

    assert [each for each in results if isinstance(each, Exception)] == []
    for event in events:
        assert taken(event) == confirmed_rows(event) == {"in_person": 0, "remote": 0}


@TURNS
def test_nobody_keeps_a_seat_who_is_taken_off_the_list(
    kannus, member, events, kannus_contact, coordinator, turn
):
    eero = person_of(kannus, email="")

    at_once(
        registering(kannus, kannus_contact, [eero], events),
        lambda: take_off_person(person=eero, by=coordinator, at=timezone.now()),
    )

    with scope(kannus.pk):
        assert Person.objects.get(pk=eero.pk).has_left
        assert not Registration.objects.confirmed().exists()


@TURNS
def test_no_wish_outlives_the_participation(kannus, member, kannus_contact, coordinator, turn):
    def wish() -> None:
        with scope(kannus.pk):
            ask_workshop(
                participation=member, topic="Strategia", theme=None, wish="Valtuustolle",
                wished_time="", by=kannus_contact, at=timezone.now(),
            )  # fmt: skip

    at_once(
        wish,
        wish,
        lambda: withdraw_municipality(
            participation=member, by=coordinator, at=timezone.now(), **EXIT
        ),
    )

    with scope(kannus.pk):
        assert not Workshop.objects.uncancelled().exists()
