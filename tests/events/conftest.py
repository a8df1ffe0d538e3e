"""A published seminar, two municipalities that take part, and their people."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from events.actions.registering import SaveResult, save_registrations
from events.enums import Mode
from events.models import Event, Registration, Seats
from municipalities.models import Municipality, Person, User
from seasons.enums import ParticipationState
from seasons.models import Season
from tests.events.factories import published_event
from tests.municipalities.factories import PersonFactory
from tests.seasons.factories import ParticipationFactory
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope


def person_of(municipality: Municipality, **fields: object) -> Person:
    with scope(municipality.pk):
        return PersonFactory(municipality=municipality, **fields)


def join(municipality: Municipality, season: Season) -> None:
    with scope(municipality.pk):
        ParticipationFactory(
            municipality=municipality, season=season, state=ParticipationState.DECIDED
        )


def taken(event: Event) -> dict[str, int]:
    return dict(Seats.objects.filter(event=event).values_list("mode", "taken"))


def confirmed_rows(event: Event) -> dict[str, int]:
    """Count what the seats ought to say, across the municipalities."""
    with across_municipalities(reason="the test counts registrations"):
        rows = list(Registration.objects.confirmed().filter(event=event))
    return {mode: sum(row.mode == mode for row in rows) for mode in Mode.values}


@pytest.fixture(autouse=True)
def members(kannus: Municipality, jamsa: Municipality, season8: Season) -> None:
    """Kannus and Jämsä take part in season 8."""
    join(kannus, season8)
    join(jamsa, season8)


@pytest.fixture
def seminar(season8: Season) -> Event:
    return published_event(season=season8, title_fi="Teemaseminaari IV", in_person=2, remote=None)


@pytest.fixture
def eero(kannus: Municipality) -> Person:
    return person_of(kannus, first_name="Eero", last_name="Esimerkki", email="eero@kannus.example")


@pytest.fixture
def maija(kannus: Municipality) -> Person:
    return person_of(kannus, first_name="Maija", last_name="Malli", email="maija@kannus.example")


@pytest.fixture
def sulo(kannus: Municipality) -> Person:
    """He has no e-mail address."""
    return person_of(kannus, first_name="Sulo", last_name="Sähkötön", email="")


@pytest.fixture
def jukka(jamsa: Municipality) -> Person:
    return person_of(jamsa, first_name="Jukka", last_name="Jämsäläinen", email="j@jamsa.example")


@pytest.fixture
def save(kannus: Municipality, kannus_contact: User) -> Callable[..., SaveResult]:
    """Save choices as the contact person of Kannus: `save({(eero, seminar): Mode.REMOTE})`."""

    def saved(choices, *, municipality=kannus, by=kannus_contact, at=None):
        cells = {(person.pk, event.pk): choice for (person, event), choice in choices.items()}
        return save_registrations(
            municipality=municipality, choices=cells, by=by, at=at or timezone.now()
        )

    return saved


@pytest.fixture
def stored(kannus: Municipality) -> Callable[..., Registration]:
    """The registration of a person and event as it stands in Kannus."""

    def found(person, event):
        with scope(kannus.pk):
            return Registration.objects.select_related("event", "person").get(
                person=person, event=event
            )

    return found
