"""Pages of a full season, each held against a bare signed-in view through the same middleware."""

import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from municipalities.access import requires
from municipalities.models import User
from uso.roof.bench.full_season import NUMBER, SLUG, People, full_season, nine_seasons_more
from uso.roof.bench.registry import Budget, Measured, benchmark
from uso.roof.bench.timing import fastest_pair
from uso.roof.demo.prepare import collect_static
from uso.roof.home.rules import can_see_municipality
from uso.urls import urlpatterns as all_patterns

BUDGET = Budget(at_most=8)
MOST_QUERIES = 12
YEAR = 2020
READ_OR_WRITE = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


@requires(can_see_municipality)
def bare(request: HttpRequest) -> HttpResponse:
    """Answer with nothing but what the middleware does."""
    return HttpResponse("bare")


urlpatterns = [
    path("k/<municipality:slug>/bare/", bare),
    path("bare/", bare),
    path("", include(all_patterns)),
]

OF_THE_NETWORK = {
    "board": f"/seasons/{NUMBER}/today/",
    "members": f"/seasons/{NUMBER}/members/",
    "programme": f"/seasons/{NUMBER}/events/",
    "workshops": f"/seasons/{NUMBER}/workshops/",
    "analyses": f"/seasons/{NUMBER}/analyses/",
    "statistics": "/statistics/",
    "indicators": "/statistics/indicators/",
    "billing": f"/seasons/{NUMBER}/billing/",
}
OF_THE_MUNICIPALITY = {
    "start": f"/k/{SLUG}/",
    "events": f"/k/{SLUG}/events/",
    "grid": f"/k/{SLUG}/registrations/",
    "people": f"/k/{SLUG}/people/",
    "workshops": f"/k/{SLUG}/workshops/",
    "analysis": f"/k/{SLUG}/analysis/",
    "analysis of a year": f"/k/{SLUG}/analysis/?year={YEAR}",
    "indicator": f"/k/{SLUG}/analysis/indicators/population/",
    "peers": f"/k/{SLUG}/analysis/peers/",
    "invoices": f"/k/{SLUG}/invoices/",
}


@dataclass(frozen=True)
class Visitor:
    """Somebody's browser, and the address of the bare view for comparison."""

    client: Client
    bare: str

    def get(self, address: str) -> Callable[[], None]:
        """Return the visit of one address, which must succeed."""

        def visit() -> None:
            response = self.client.get(address)
            if response.status_code != 200:
                raise RuntimeError(f"{address} answered {response.status_code}")

        return visit


@benchmark("pages")
def pages() -> Iterator[Measured]:
    """Server time at most 8 × a bare view, at most 12 queries, with one season and with ten."""
    with redirect_stdout(sys.stderr):
        collect_static()  # pages name their files by the collected manifest
    people = full_season()
    yield from _of_everybody(people, "one season")
    nine_seasons_more()
    yield from _of_everybody(people, "ten seasons")


def _of_everybody(people: People, seasons: str) -> Iterator[Measured]:
    coordinator = _visitor(people.coordinator, "/bare/")
    contact = _visitor(people.contact, f"/k/{SLUG}/bare/")
    with override_settings(ROOT_URLCONF="uso.roof.bench.pages", ALLOWED_HOSTS=["testserver"]):
        yield from _measured(coordinator, f"{seasons}, network", OF_THE_NETWORK)
        yield from _measured(contact, f"{seasons}, municipality", OF_THE_MUNICIPALITY)


def is_read_or_write(query: dict[str, str]) -> bool:
    """Tell a query from what opens and closes a transaction and its scope, as the bare view does."""
    sql = query["sql"].lstrip("( ")
    return sql.startswith(READ_OR_WRITE) and not sql.startswith("SELECT set_config(")


def _visitor(user: User, bare_address: str) -> Visitor:
    client = Client()
    client.force_login(user)
    return Visitor(client, bare_address)


def _measured(visitor: Visitor, frame: str, addresses: dict[str, str]) -> Iterator[Measured]:
    for name, address in addresses.items():
        figure, floor = fastest_pair(visitor.get(address), visitor.get(visitor.bare))
        with CaptureQueriesContext(connection) as queries:
            visitor.get(address)()
        count = sum(map(is_read_or_write, queries))
        yield Measured(
            what=f"page: {frame} {name} ({count} queries)",
            figure=figure * 1000,
            floor=floor * 1000,
            unit="ms",
            budget=BUDGET,
            limits={f"≤ {MOST_QUERIES} queries": count <= MOST_QUERIES},
        )
