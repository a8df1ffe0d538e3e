"""Events and registrations for tests; registrations are made in an open scope."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from events.enums import EventKind, EventState, Mode
from events.models import Event, Registration, Seats
from municipalities.enums import Role
from tests.municipalities.factories import UserFactory, user_with_role
from tests.seasons.factories import SeasonFactory


class EventFactory(DjangoModelFactory):
    """A draft; `published_event` makes one the municipalities see."""

    class Meta:
        model = Event

    season = factory.SubFactory(SeasonFactory)
    kind = EventKind.SEMINAR
    position = factory.Sequence(lambda n: n % 30_000)
    title_fi = factory.Sequence(lambda n: f"Teemaseminaari {n}")


class SeatsFactory(DjangoModelFactory):
    class Meta:
        model = Seats

    event = factory.SubFactory(EventFactory)
    mode = Mode.IN_PERSON
    capacity = 100


def published_event(
    *, in_person: int | None = 100, remote: int | None = None, days: float = 30, **fields: object
) -> Event:
    """Make a published event so many days from now, open until two days before; seats by mode."""
    starts_at = timezone.now() + timedelta(days=days)
    event = EventFactory(
        **{
            "starts_at": starts_at,
            "ends_at": fields.get("starts_at", starts_at) + timedelta(hours=6),
            "deadline_at": starts_at - timedelta(days=2),
            "place_fi": "Helsinki",
            "state": EventState.PUBLISHED,
            "published_at": timezone.now(),
            "published_by": user_with_role(Role.COORDINATOR),
            **fields,
        }
    )
    SeatsFactory(event=event, mode=Mode.IN_PERSON, capacity=in_person)
    SeatsFactory(event=event, mode=Mode.REMOTE, capacity=remote)
    return event


class RegistrationFactory(DjangoModelFactory):
    class Meta:
        model = Registration

    municipality = factory.SelfAttribute("person.municipality")
    mode = Mode.IN_PERSON
    registered_by = factory.SubFactory(UserFactory)
