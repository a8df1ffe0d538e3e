"""The scope of a request: opened, closed, and never another's, however connections are shared."""

import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from celery import shared_task
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from municipalities.enums import Role
from municipalities.models import Municipality, Person
from tests.municipalities.factories import MunicipalityFactory, PersonFactory, user_with_role
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.tenancy_urls")]
on_shared_connections = pytest.mark.django_db(transaction=True)

NO_SCOPE = "no municipality scope is open"
OPEN_SETTINGS = "SELECT current_setting('uso.municipality', true), current_setting('role')"


def roster(municipality: Municipality, *last_names: str) -> None:
    with scope(municipality.pk):
        for name in last_names:
            PersonFactory(municipality=municipality, last_name=name)


def count_people() -> int:
    with across_municipalities(reason="the test counts every municipality's people"):
        return Person.objects.count()


@contextmanager
def pool_of(size: int) -> Iterator[None]:
    """Share so many connections between all threads of the block, as production does."""
    connection.close()
    options = connection.settings_dict["OPTIONS"]
    options["pool"] = {"min_size": 1, "max_size": size, "timeout": 60}
    try:
        yield
    finally:
        connection.close()
        connection.close_pool()
        del options["pool"]


@pytest.fixture
def two(kannus, jamsa, kannus_contact, jamsa_contact, client_for):
    """Kannus and Jämsä with a person each; a browser of each one's contact person."""
    roster(kannus, "Kannuslainen")
    roster(jamsa, "Jämsäläinen")
    return client_for(kannus_contact), client_for(jamsa_contact)


def test_request_sees_the_municipality_of_its_address(two):
    ours, theirs = two

    assert ours.get("/k/kannus/names/").json()["names"] == ["Kannuslainen"]
    assert theirs.get("/k/jamsa/names/").json()["names"] == ["Jämsäläinen"]


def test_scope_has_closed_when_the_request_has_ended(two):
    two[0].get("/k/kannus/names/")

    with connection.cursor() as cursor:
        cursor.execute(OPEN_SETTINGS)
        assert cursor.fetchone() in {("", "none"), (None, "none")}


def test_network_address_has_no_scope(two):
    with pytest.raises(ProgrammingError, match=NO_SCOPE):
        two[0].get("/names/")


@on_shared_connections
def test_one_connection_never_keeps_the_last_requests_scope(two):
    ours, theirs = two
    with pool_of(1):
        first = ours.get("/k/kannus/names/").json()
        connection.close()
        with pytest.raises(ProgrammingError, match=NO_SCOPE):
            ours.get("/names/")
        connection.close()
        second = theirs.get("/k/jamsa/names/").json()

    assert first["pid"] == second["pid"]
    assert (first["names"], second["names"]) == (["Kannuslainen"], ["Jämsäläinen"])


@pytest.mark.parametrize("page", ["write-and-fail", "fail-in-the-template"])
def test_view_that_fails_leaves_nothing_written(two, page):
    ours, _ = two
    ours.raise_request_exception = False

    response = ours.get(f"/k/kannus/{page}/")

    assert response.status_code == 500
    assert count_people() == 2
    with connection.cursor() as cursor:
        cursor.execute(OPEN_SETTINGS)
        assert cursor.fetchone()[1] == "none"


def test_queryset_left_to_the_template_runs_in_scope(two):
    assert two[0].get("/k/kannus/lazy/").content.decode() == "Kannuslainen,"


def test_stream_that_reads_after_the_scope_has_closed_fails(two):
    response = two[0].get("/k/kannus/stream-late/")

    with pytest.raises(ProgrammingError, match=NO_SCOPE):
        list(response.streaming_content)


def test_stream_that_opens_the_scope_itself_works(two):
    response = two[0].get("/k/kannus/stream-in-scope/")

    assert list(response.streaming_content) == [b"Kannuslainen"]


def test_queryset_that_leaves_a_crossing_finds_nothing_outside(two):
    with across_municipalities(reason="the test takes a lazy queryset out"):
        people = Person.objects.all()

    with pytest.raises(ProgrammingError, match=NO_SCOPE):
        list(people)


@shared_task(name="tests.careless", ignore_result=False)
def careless() -> int:
    """A task that forgot its scope."""
    return Person.objects.count()


@on_shared_connections
def test_task_without_a_scope_sees_nothing(two):
    with pytest.raises(ProgrammingError, match=NO_SCOPE):
        careless.apply(throw=True)


@on_shared_connections
def test_callback_after_commit_has_no_scope(two, kannus):
    errors = []

    def look() -> None:
        try:
            Person.objects.count()
        except ProgrammingError as error:
            errors.append(str(error))

    with scope(kannus.pk):
        transaction.on_commit(look)

    assert len(errors) == 1
    assert NO_SCOPE in errors[0]


THREADS, REQUESTS = 16, 30


@pytest.mark.slow
@on_shared_connections
def test_sixteen_threads_on_four_connections_see_their_own_alone(client_for):
    """Good pages, failing ones and refused ones, mixed; then each connection is looked at."""
    places = [MunicipalityFactory(slug=f"kunta-{n}") for n in range(6)]
    sessions = []
    for place in places:
        roster(place, f"{place.slug}-a", f"{place.slug}-b")
        contact = user_with_role(Role.CONTACT, place)
        sessions.append(
            (place.slug, client_for(contact).cookies[settings.SESSION_COOKIE_NAME].value)
        )

    with pool_of(4):
        with ThreadPoolExecutor(THREADS) as threads:
            outcomes = sum(threads.map(_ask_many, [sessions] * THREADS, range(THREADS)), Counter())
        left_open = _settings_of_every_connection(4)

    wrong = {what: times for what, times in outcomes.items() if what[0] == "wrong"}
    assert wrong == {}
    assert outcomes.total() == THREADS * REQUESTS
    assert {what[0] for what in outcomes} == {"own", "failed", "refused"}
    assert left_open <= {("", "none"), (None, "none")}
    assert count_people() == 12


def _ask_many(sessions: list[tuple[str, str]], seed: int) -> Counter:
    chance, outcomes = random.Random(seed), Counter()  # noqa: S311 -- repeatable, no secret
    client = Client(raise_request_exception=False)
    for _ in range(REQUESTS):
        slug, key = chance.choice(sessions)
        client.cookies[settings.SESSION_COOKIE_NAME] = key
        kind = chance.choice(["own", "own", "own", "failed", "refused"])
        outcomes[_ask(client, slug, kind)] += 1
        connection.close()  # what the end of a request does outside the test client
    return outcomes


def _ask(client: Client, slug: str, kind: str) -> tuple[str, ...]:
    if kind == "failed":
        status = client.get(f"/k/{slug}/write-and-fail/").status_code
        return ("failed",) if status == 500 else ("wrong", kind, str(status))
    if kind == "refused":
        other = f"kunta-{(int(slug[-1]) + 1) % 6}"
        status = client.get(f"/k/{other}/names/").status_code
        return ("refused",) if status == 404 else ("wrong", kind, str(status))
    seen = client.get(f"/k/{slug}/names/").json()["names"]
    return ("own",) if seen == [f"{slug}-a", f"{slug}-b"] else ("wrong", slug, *seen)


def _settings_of_every_connection(size: int) -> set[tuple]:
    pool = connection.pool
    held = [pool.getconn(timeout=60) for _ in range(size)]
    found = {each.execute(OPEN_SETTINGS).fetchone() for each in held}
    for each in held:
        each.rollback()
        pool.putconn(each)
    return found
