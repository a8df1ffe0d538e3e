"""Who gets what at every address, put together of the apps' own parts: tests/<app>/access.py.

An app's part has up to four things:

- `TABLE`: one line an address. Columns: somebody not signed in, coordinator, expert, contact
  person, leader and billing contact of Kannus, contact person of Jämsä. Every address below /k/
  is that of Kannus. A status is a number; `in` leads to the sign-in, `->` leads elsewhere (302).
  `POST` before the statuses: the address takes no GET. What a GET refuses is refused to a POST
  as well.
- `of_municipality(world)`, `of_season(world)`, `of_network(world)` make what stands behind the
  addresses and return it by the argument's name, or by `address.argument` where one name means
  several things.
- `add_row(world, n)` adds the n-th row to each of its lists, for tests/test_query_counts.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from municipalities.models import Municipality, User
from seasons.models import Season
from tests.seasons.factories import EntitlementFactory, member_of

ROLES = ("nobody", "coordinator", "expert", "kannus_contact", "kannus_leader", "kannus_billing",
         "jamsa_contact")  # fmt: skip
OPENED = 60  # number of a published season, for pages that show no draft
PUBLIC = "200 200 200 200 200 200 200"
Arguments = dict[str, Any]


@dataclass(frozen=True)
class World:
    """A municipality that takes part in a season, and who works for both."""

    municipality: Municipality
    season: Season
    coordinator: User
    expert: User


@cache
def parts() -> tuple[ModuleType, ...]:
    """Return the apps' parts, in the order of their folders."""
    here = Path(__file__).parent
    files = sorted(here.glob("*/**/access.py"))
    return tuple(
        import_module(".".join(("tests", *f.relative_to(here).parts[:-1], "access"))) for f in files
    )


@cache
def table() -> dict[str, tuple[str, dict[str, str]]]:
    """Return the method of each address and what it answers, by role."""
    return {name: _read(line) for part in parts() for name, line in part.TABLE.items()}


def _read(line: str) -> tuple[str, dict[str, str]]:
    words = line.split()
    method = words.pop(0) if words[0] == "POST" else "GET"
    return method, dict(zip(ROLES, words, strict=True))


def made(kind: str, world: World) -> Arguments:
    """Make what addresses name: `of_municipality`, `of_season` or `of_network`, in every app."""
    found: Arguments = {}
    for part in parts():
        if hasattr(part, kind):
            found |= getattr(part, kind)(world)
    return found


def made_in(world: World) -> Arguments:
    """Let a municipality take part in the season, with an object of each kind."""
    EntitlementFactory(season=world.season, quantity=30)
    member_of(world.season, world.municipality)
    return made("of_municipality", world)


def add_row(world: World, n: int) -> None:
    """Add the n-th row to each list of each app."""
    for part in parts():
        if hasattr(part, "add_row"):
            part.add_row(world, n)


@cache
def addresses() -> dict[str, tuple[URLPattern, list[str]]]:
    """Return each named address with the arguments it takes."""
    found = {}
    for name, pattern, above in _walk(get_resolver()):
        names = [a for p in (*above, pattern.pattern) for a in p.regex.groupindex]
        found[name] = (pattern, names)
    return found


def _walk(resolver: URLResolver, namespaces: tuple = ()) -> Iterator[tuple[str, URLPattern, tuple]]:
    """Give each named address below a resolver: its full name, pattern, and the pattern above."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            for name, pattern, above in _walk(entry, inner):
                yield name, pattern, (entry.pattern, *above)
        elif entry.name:
            yield ":".join((*namespaces, entry.name)), entry, ()


def url_of(name: str, given: Arguments) -> str:
    """Return the URL of an address with the arguments of a world."""
    names = addresses()[name][1]
    return reverse(name, kwargs={a: given.get(f"{name}.{a}", given.get(a)) for a in names})
