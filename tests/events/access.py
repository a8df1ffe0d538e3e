"""Who gets what: events and registrations (see tests/access.py)."""

from tests.access import Arguments, World
from tests.events.factories import EventFactory, RegistrationFactory, published_event
from tests.municipalities.factories import PersonFactory

#                         nobody coord expert contact leader billing jämsä
TABLE = {
    "events:list":            "in  200 200 200 200 403 404",
    "events:detail":          "in  200 200 200 200 403 404",
    "events:grid":            "in  200 403 200 403 403 404",
    "events_network:list":    "in  200 200 403 403 403 403",
    "events_network:detail":  "in  200 200 403 403 403 403",
    "events_network:plan":    "in  200 403 403 403 403 403",
    "events_network:new":     "in  200 403 403 403 403 403",
    "events_network:edit":    "in  200 403 403 403 403 403",
    "events_network:publish": "in  200 403 403 403 403 403",
    "events_network:cancel":  "in  200 403 403 403 403 403",
}  # fmt: skip


def of_season(world: World) -> Arguments:
    return {
        "event_id": published_event(season=world.season).pk,
        "events_network:publish.event_id": EventFactory(season=world.season).pk,
    }


def add_row(world: World, n: int) -> None:
    event = published_event(season=world.season)
    person = PersonFactory(municipality=world.municipality)
    RegistrationFactory(event=event, person=person)
