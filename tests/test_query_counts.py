"""Every page that is opened by GET asks the database at most twelve times, for 2 and for 30 rows.

A new page is walked as soon as it stands in its app's tests/<app>/access.py; `add_row` there adds
to its lists.
"""

from dataclasses import dataclass, replace

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from municipalities.models import Municipality, User
from tests.access import World, add_row, made, made_in, table, url_of
from tests.municipalities.factories import PopulationFactory
from tests.seasons.factories import SeasonFactory
from uso.ground.tenancy.crossing import across_municipalities
from uso.roof.bench.pages import MOST_QUERIES, is_read_or_write

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.long]

ROLES = ("coordinator", "expert", "kannus_contact", "kannus_leader")
ROWS = 30
# Lists under other names: they must grow with the rows, or the test would see nothing.
ALSO_LISTS = {
    "analysis_network:season", "billing_network:season", "home_network:today",
    "people:after_elections", "people:contacts", "people_network:roles", "seasons:detail", "seasons_network:amendments", "seasons_network:board",
    "seasons_network:letters", "seasons_network:letter",
    "seasons_network:members",
    "statistics_network:indicators", "statistics_network:sources", "workshops_network:season",
}  # fmt: skip
# Pages that ask more often, by role: how often, and why.
EXCEPTIONS = {
    ("coordinator", "home_network:today"): (13, "the second factor, and each part of the season"),
    ("expert", "home_network:today"): (13, "as the coordinator's, without the jobs"),
    ("expert", "home:municipality"): (13, "as the coordinator's"),
    **dict.fromkeys(
        ((role, "brochure:paper") for role in ROLES),
        (16, "how often it is read is counted in the database"),
    ),
    ("coordinator", "people_network:municipality"): (
        13,
        "the second factor, and each part of the service",
    ),
    ("coordinator", "people:municipality"): (13, "as at the address of the network"),
    ("coordinator", "home:municipality"): (13, "the second factor, and each part of the service"),
}


@dataclass(frozen=True)
class Answer:
    queries: int
    size: int


def answer(client: Client, url: str) -> Answer:
    """Ask for a page twice; count what it reads and writes the second time; leave nothing behind."""
    with transaction.atomic():
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        transaction.set_rollback(True)
    assert response.status_code == 200, url
    return Answer(sum(map(is_read_or_write, queries)), len(response.getvalue()))


def test_pages_ask_at_most_twelve_times_whatever_the_rows(
    request, client_for, kannus: Municipality, coordinator: User, expert: User
):
    world = World(kannus, SeasonFactory(number=8), coordinator, expert)
    with across_municipalities(reason="the test makes a few rows of each kind"):
        given = made("of_network", world) | made("of_season", world) | made_in(world)
        add_row(world, 1)
    clients = {role: client_for(request.getfixturevalue(role)) for role in ROLES}
    pages = {
        (role, name): (client, url_of(name, given))
        for role, client in clients.items()
        for name, (method, answers) in table().items()
        if method == "GET" and answers[role] == "200"
    }

    few = {page: answer(*where) for page, where in pages.items()}
    with across_municipalities(reason="the test fills the season"):
        for n in range(2, ROWS):
            add_row(world, n)
            made_in(replace(world, municipality=PopulationFactory().municipality))
    many = {page: answer(*where) for page, where in pages.items()}

    assert [page for page in pages if few[page].queries != many[page].queries] == []
    assert [page for page in pages if is_list(page) and few[page].size >= many[page].size] == []
    most = {page: found.queries for page, found in many.items() if found.queries > MOST_QUERIES}
    assert most == {page: number for page, (number, _why) in EXCEPTIONS.items()}


def is_list(page: tuple[str, str]) -> bool:
    """Say whether a page must have grown with the rows: else the test would see nothing."""
    return page[1].endswith(":list") or page[1] in ALSO_LISTS
