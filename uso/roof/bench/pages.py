"""Pages of a full season, each held against a bare signed-in view through the same middleware."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, include, path, reverse

from analysis.models import Analysis
from analysis.statistics.models import Indicator
from events.models import Event
from municipalities.access import requires
from municipalities.models import Membership, Person, User
from seasons.models import Season
from uso.ground.tenancy.crossing import across_municipalities
from uso.roof.bench.full_season import NUMBER, SLUG, People, full_season, nine_seasons_more
from uso.roof.bench.registry import Budget, Measured, benchmark
from uso.roof.bench.timing import fastest_pair
from uso.roof.demo.prepare import collect_static
from uso.roof.home.rules import can_see_municipality
from uso.urls import urlpatterns as all_patterns
from workshops.models import Workshop

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

# What is measured beside each named address: another view of one.
BESIDE = {"analysis:overview of a year": f"/k/{SLUG}/analysis/?year={YEAR}"}
# Pages of signing in and of libraries are not ours to make faster.
OURS = (
    "analysis", "billing", "brochure", "events", "home", "jobs", "people", "seasons", "statistics", "workshops",
)  # fmt: skip


def addresses(given: dict[str, Any]) -> dict[str, str]:
    """Return the address of each of our named views whose arguments are given."""
    found = {}
    for name, arguments in _named(get_resolver(), (), frozenset()):
        if name.partition(":")[0].removesuffix("_network") in OURS and arguments <= given.keys():
            found[name] = reverse(name, kwargs={each: given[each] for each in arguments})
    return found


def _named(
    resolver: URLResolver, namespaces: tuple[str, ...], above: frozenset[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Give the full name and the arguments of each view below a resolver."""
    for entry in resolver.url_patterns:
        arguments = above | entry.pattern.regex.groupindex.keys()
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _named(entry, inner, arguments)
        elif entry.name:
            yield ":".join((*namespaces, entry.name)), arguments


@dataclass(frozen=True)
class Visitor:
    """Somebody's browser, and the address of the bare view for comparison."""

    client: Client
    bare: str

    def opens(self, address: str) -> bool:
        """Whether the address answers this visitor with a page: no press, file or refusal."""
        response = self.client.get(address)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        return response.status_code == 200 and is_page

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
    with _refusals_unlogged():
        people = full_season()
        yield from _of_everybody(people, "one season")
        nine_seasons_more()
        yield from _of_everybody(people, "ten seasons")


@contextmanager
def _refusals_unlogged() -> Iterator[None]:
    # Presses are tried as if they were pages, and refused.
    logger = logging.getLogger("django.request")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _of_everybody(people: People, seasons: str) -> Iterator[Measured]:
    coordinator = _visitor(people.coordinator, "/bare/")
    contact = _visitor(people.contact, f"/k/{SLUG}/bare/")
    every = addresses(_arguments(people)) | BESIDE
    with override_settings(ROOT_URLCONF="uso.roof.bench.pages", ALLOWED_HOSTS=["testserver"]):
        for name, address in every.items():
            visitor = contact if address.startswith("/k/") else coordinator
            if not visitor.opens(address) and address.startswith("/k/"):
                visitor = _visitor(people.coordinator, f"/k/{SLUG}/bare/")  # staff's own pages
            if visitor.opens(address):
                yield _measured(visitor, f"{seasons}, {name}", address)


def _arguments(people: People) -> dict[str, Any]:
    """Return what stands in the addresses: objects of the full season and of its municipality."""
    season = Season.objects.get(number=NUMBER)
    with across_municipalities(reason="the benchmark opens pages of one municipality"):
        of_ours = {"municipality__slug": SLUG}
        return {
            "number": NUMBER,
            "slug": SLUG,
            "year": season.last_year,
            "of_year": season.first_year,
            "part": "package",
            "key": "population",
            "rule": "count_now",
            "code": "fcg",
            "event_id": _first(Event.objects.filter(season=season)),
            "workshop_id": _first(Workshop.objects.filter(season=season, **of_ours)),
            "person_id": _first(Person.objects.filter(**of_ours)),
            "membership_id": _first(Membership.objects.filter(user=people.contact)),
            "analysis_id": _first(Analysis.objects.filter(season=season, **of_ours)),
            "indicator_id": _first(Indicator.objects.filter(code="population")),
        }


def _first(rows: QuerySet[Any]) -> int | None:
    return rows.order_by("pk").values_list("pk", flat=True).first()


def is_read_or_write(query: dict[str, str]) -> bool:
    """Distinguish a query from what opens and closes a transaction and its scope, as the bare view does."""
    sql = query["sql"].lstrip("( ")
    return sql.startswith(READ_OR_WRITE) and not sql.startswith("SELECT set_config(")


def _visitor(user: User, bare_address: str) -> Visitor:
    client = Client()
    client.force_login(user)
    return Visitor(client, bare_address)


def _measured(visitor: Visitor, what: str, address: str) -> Measured:
    figure, floor = fastest_pair(visitor.get(address), visitor.get(visitor.bare))
    with CaptureQueriesContext(connection) as queries:
        visitor.get(address)()
    count = sum(map(is_read_or_write, queries))
    return Measured(
        what=f"page: {what} ({count} queries)",
        figure=figure * 1000,
        floor=floor * 1000,
        unit="ms",
        budget=BUDGET,
        limits={f"≤ {MOST_QUERIES} queries": count <= MOST_QUERIES},
    )
