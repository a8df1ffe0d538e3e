"""Every named address as every role; whose it is, and that each view says so."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern

from municipalities.models import Municipality, User
from tests.access import ROLES, Arguments, World, addresses, made, made_in, parts, table, url_of
from tests.municipalities.access import OWN_GUARD
from tests.seasons.factories import SeasonFactory
from uso.ground.tenancy.crossing import across_municipalities

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

REFUSED = {"in", "403", "404"}
NOT_FOUND = {"404", "405"}  # the address may take no POST
OF_ANY_MUNICIPALITY = {"people_network:municipality"}  # addresses of the network of no season


def answer(client: Client, method: str, url: str) -> str:
    """Ask, undo whatever it did, and say what came in the words of the table."""
    with transaction.atomic():
        response = client.generic(method, url)
        transaction.set_rollback(True)
    location = response.headers.get("Location", "")
    if location.startswith("/accounts/login/?next="):
        return "in"
    return "->" if 300 <= response.status_code < 400 else str(response.status_code)


@pytest.fixture
def kannus_world(kannus: Municipality, coordinator: User, expert: User) -> World:
    return World(kannus, SeasonFactory(number=8), coordinator, expert)


@pytest.fixture
def ours(kannus_world: World) -> Arguments:
    """What the addresses of Kannus name, in season 8."""
    with across_municipalities(reason="the test makes rows of every kind"):
        own = made_in(kannus_world)
        return made("of_network", kannus_world) | made("of_season", kannus_world) | own


@pytest.fixture
def client_as(request: pytest.FixtureRequest, client_for):
    def client(role: str) -> Client:
        return Client() if role == "nobody" else client_for(request.getfixturevalue(role))

    return client


def test_every_named_address_stands_in_the_table_once():
    assert sorted(addresses()) == sorted(name for part in parts() for name in part.TABLE)


@pytest.mark.long
def test_each_role_gets_what_the_table_says(ours, client_as):
    expected, found = {}, {}
    for role in ROLES:
        client = client_as(role)
        for name, (method, answers) in table().items():
            expected[role, name] = answers[role]
            found[role, name] = answer(client, method, url_of(name, ours))

    assert found == expected


@pytest.mark.long
def test_what_a_get_refuses_a_post_refuses_too(ours, client_as):
    expected, found = {}, {}
    for role in ROLES:
        client = client_as(role)
        for name, (method, answers) in table().items():
            if method == "GET" and answers[role] in REFUSED:
                expected[role, name] = answers[role]
                got = answer(client, "POST", url_of(name, ours))
                found[role, name] = expected[role, name] if got == "405" else got

    assert found == expected


@pytest.mark.parametrize("role", ["coordinator", "kannus_contact"])
def test_another_municipalitys_object_is_not_found(role, kannus_world, ours, jamsa, client_as):
    """Each object of Jämsä in the place of Kannus's own, in each address below /k/kannus/."""
    season7 = SeasonFactory(number=7, first_year=2023, last_year=2024)
    with across_municipalities(reason="the test makes what Kannus may not see"):
        theirs = made_in(replace(kannus_world, municipality=jamsa))
        # Events are the network's: one of a season that Kannus does not take part in.
        theirs |= made("of_season", replace(kannus_world, season=season7))
    del theirs["slug"], theirs["number"]

    trials = [trial for trial in with_foreign(role, ours, theirs) if "/k/kannus/" in trial[1]]
    client = client_as(role)
    found = {trial: answer(client, *trial) for trial in trials}

    assert ("GET", f"/k/kannus/events/{theirs['event_id']}/") in found
    assert {trial: got for trial, got in found.items() if got not in NOT_FOUND} == {}


@pytest.mark.parametrize("role", ["coordinator", "expert"])
def test_what_is_not_of_the_season_or_the_network_is_not_found_there(
    role, kannus_world, ours, jamsa, client_as
):
    """Each object of Jämsä, in season 7 alone, in each address of season 8 and of the network."""
    season7 = SeasonFactory(number=7, first_year=2023, last_year=2024)
    past = replace(kannus_world, municipality=jamsa, season=season7)
    with across_municipalities(reason="the test makes rows of another season"):
        theirs = made_in(past) | made("of_season", past)
    del theirs["number"]

    trials = [trial for trial in with_foreign(role, ours, theirs) if "/k/" not in trial[1]]
    client = client_as(role)
    found = {trial: answer(client, *trial) for trial in trials}

    assert ("GET", "/seasons/8/members/jamsa/") in found
    assert {trial: got for trial, got in found.items() if got not in NOT_FOUND} == {}


def with_foreign(role: str, ours: Arguments, theirs: Arguments) -> Iterator[tuple[str, str]]:
    """Give methods and URLs of the addresses a role may use, with one foreign argument each."""
    for name, (method, answers) in table().items():
        if answers[role] in REFUSED or name in OF_ANY_MUNICIPALITY:
            continue
        for argument in set(addresses()[name][1]) & set(theirs):
            foreign = theirs.get(f"{name}.{argument}", theirs[argument])
            yield from product(
                {method, "POST"}, [url_of(name, ours | {f"{name}.{argument}": foreign})]
            )


def test_unknown_municipality_is_not_found(client_as):
    assert answer(client_as("coordinator"), "GET", "/k/eiole/people/") == "404"


def test_every_view_names_its_rule():
    """`@requires`, or no sign-in needed, or named with a reason."""
    bare = {
        name
        for name, (pattern, _arguments) in addresses().items()
        if not hasattr(pattern.callback, "rule")
        and getattr(pattern.callback, "login_required", True)
        and not _module(pattern).startswith("allauth.")
    }

    assert bare - set(OWN_GUARD) == set()


def _module(pattern: URLPattern) -> str:
    view = getattr(pattern.callback, "view_class", pattern.callback)
    return view.__module__


def test_public_views_are_known():
    """Nobody's sign-in is asked at these of ours; whoever adds one thinks twice."""
    public = {
        name
        for name, (pattern, _arguments) in addresses().items()
        if not getattr(pattern.callback, "login_required", True)
        and not _module(pattern).startswith("allauth.")
    }

    assert public == {
        "healthz", "gallery", "theme", "set_language", "people_network:accept",
        "brochure:robots", "brochure:sitemap", "brochure:page", "brochure:picture",
        "brochure:interest", "brochure:interest_sent", "brochure:file",
        "brochure:paper",
    }  # fmt: skip
