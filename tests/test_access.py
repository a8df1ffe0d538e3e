"""Every named address as every role; whose it is, and that each view says so."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from municipalities.models import Municipality, User
from tests import access_world
from tests.access_table import OWN_GUARD, TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROLES = ("nobody", "coordinator", "expert", "kannus_contact", "kannus_leader", "kannus_billing",
         "jamsa_contact")  # fmt: skip
REFUSED = {"in", "403", "404"}


def walk(resolver: URLResolver, namespaces: tuple = ()) -> Iterator[tuple[str, URLPattern, tuple]]:
    """Give each named address below a resolver: its full name, pattern, and the pattern above."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            for name, pattern, above in walk(entry, inner):
                yield name, pattern, (entry.pattern, *above)
        elif entry.name:
            yield ":".join((*namespaces, entry.name)), entry, ()


def addresses() -> dict[str, tuple[URLPattern, list[str]]]:
    """Return each named address with the arguments it takes."""
    found = {}
    for name, pattern, above in walk(get_resolver()):
        arguments = [a for p in (*above, pattern.pattern) for a in _arguments(p)]
        found[name] = (pattern, arguments)
    return found


def _arguments(pattern) -> list[str]:
    return list(pattern.regex.groupindex)


def url_of(name: str, arguments: list[str], world: dict) -> str:
    return reverse(name, kwargs={a: world.get(f"{name}.{a}", world.get(a)) for a in arguments})


def row(name: str) -> tuple[str, dict[str, str]]:
    """Return the method a line of the table stands for, and the answer by role."""
    words = TABLE[name].split()
    method = words.pop(0) if words[0] == "POST" else "GET"
    return method, dict(zip(ROLES, words, strict=True))


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
def worlds(
    kannus: Municipality, jamsa: Municipality, coordinator: User, expert: User
) -> tuple[dict, dict]:
    return access_world.build(kannus, jamsa, coordinator, expert)


@pytest.fixture
def client_as(request: pytest.FixtureRequest, client_for):
    def client(role: str) -> Client:
        return Client() if role == "nobody" else client_for(request.getfixturevalue(role))

    return client


def test_every_named_address_stands_in_the_table():
    assert sorted(addresses()) == sorted(TABLE)


@pytest.mark.parametrize("role", ROLES)
def test_role_gets_what_the_table_says(role, worlds, client_as):
    client, (ours, _) = client_as(role), worlds
    expected, found = {}, {}
    for name, (_pattern, arguments) in addresses().items():
        if name in TABLE:
            method, answers = row(name)
            expected[name] = answers[role]
            found[name] = answer(client, method, url_of(name, arguments, ours))

    assert found == expected


@pytest.mark.parametrize("role", ROLES)
def test_what_a_get_refuses_a_post_refuses_too(role, worlds, client_as):
    client, (ours, _) = client_as(role), worlds
    expected, found = {}, {}
    for name, (_pattern, arguments) in addresses().items():
        if name in TABLE:
            method, answers = row(name)
            if method == "GET" and answers[role] in REFUSED:
                expected[name] = answers[role]
                got = answer(client, "POST", url_of(name, arguments, ours))
                found[name] = expected[name] if got == "405" else got

    assert found == expected


@pytest.mark.parametrize("role", ["coordinator", "kannus_contact"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_municipalitys_object_is_not_found(role, method, worlds, client_as):
    """Each object of Jämsä in the place of Kannus's own, in each address below /k/kannus/."""
    client, (ours, theirs) = client_as(role), worlds
    wrong = {}
    for name, (_pattern, arguments) in addresses().items():
        if name not in TABLE or "slug" not in arguments or row(name)[0] not in (method, "GET"):
            continue
        for argument in set(arguments) & set(theirs) - {"slug"}:
            foreign = theirs.get(f"{name}.{argument}", theirs[argument])
            url = url_of(name, arguments, {**ours, f"{name}.{argument}": foreign})
            if (got := answer(client, method, url)) not in {"404", "405", "403"}:
                wrong[url] = got

    assert wrong == {}


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

    assert public == {"healthz", "gallery", "theme", "set_language", "people_network:accept"}
