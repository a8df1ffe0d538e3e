"""What the frame of every page needs: places, season, theme."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from municipalities.access import READ_AFTER_MERGER
from municipalities.enums import NETWORK_ROLES, Role, Roles
from seasons.models import Season
from seasons.requests import seasons_of
from uso.ground.lib.order import finnish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise as Words

THEMES: Final = ("light", "dark")


class NavigationEntry(NamedTuple):
    """One place of the navigation as it is planned: words, icon, address, who sees it.

    Where not the `whole_app` belongs to it, only the pages below its address do.
    """

    label: Words
    short: Words | str
    icon: str
    url_name: str
    namespaces: tuple[str, ...]
    roles: frozenset[str] | None = None
    extra: bool = False
    whole_app: bool = True


@dataclass(frozen=True)
class NavigationLink:
    """One place of the navigation on this page."""

    label: Words | str
    url: str
    current: str
    count: int | None
    short: Words | str
    icon: str
    extra: bool


COORDINATORS: Final = frozenset({Role.COORDINATOR})
NETWORK: Final = (
    NavigationEntry(_("Today"), "", "home", "home_network:today", ("home_network",)),
    NavigationEntry(
        _("Members"), "", "people", "seasons_network:members", ("seasons_network",), whole_app=False
    ),
    NavigationEntry(_("Events"), "", "calendar", "events_network:list", ("events_network",)),
    NavigationEntry(
        _("Workshops"), "", "workshop", "workshops_network:season", ("workshops_network",)
    ),
    NavigationEntry(
        _("Situation analyses"), "", "chart", "analysis_network:season", ("analysis_network",)
    ),
    NavigationEntry(
        _("Billing"), "", "invoice", "billing_network:season", ("billing_network",), COORDINATORS
    ),
    NavigationEntry(
        _("Statistics"), "", "chart", "statistics_network:sources", ("statistics_network",)
    ),
)
MUNICIPALITY: Final = (
    NavigationEntry(_("Home"), _("Home"), "home", "home:municipality", ("home",)),
    NavigationEntry(_("Events"), _("Events"), "calendar", "events:list", ("events",), frozenset(Role) - {Role.BILLING}),
    NavigationEntry(_("Workshops"), pgettext_lazy("short", "Workshops"), "workshop", "workshops:list", ("workshops",)),
    NavigationEntry(_("Situation analysis"), pgettext_lazy("short", "Situation analysis"), "chart", "analysis:overview", ("analysis",), frozenset(Role) - {Role.BILLING}),
    NavigationEntry(
        _("Invoices"), "", "invoice", "billing:list", ("billing",),
        frozenset(Role) - {Role.EXPERT}, extra=True,
    ),
    NavigationEntry(_("People"), "", "people", "people:list", ("people",), frozenset({Role.CONTACT, Role.COORDINATOR}), extra=True),
    NavigationEntry(_("Our municipality"), "", "place", "people:municipality", ("people",), extra=True, whole_app=False),
)  # fmt: skip

ACCOUNT: Final = (_("My account"), "people_network:account")
# What a coordinator seldom needs stands in the quiet menu.
OFFICE: Final = (
    (_("Municipalities"), "people_network:municipalities"),
    (_("Roles and invitations"), "people_network:roles"),
    (_("Mergers of municipalities"), "mergers_network:list"),
    (_("Tasks"), "jobs_network:list"),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return what base.html draws around the content of a page."""
    theme = request.COOKIES.get("theme", "")
    return {
        "theme": theme if theme in THEMES else "",
        "demo": getattr(settings, "DEMO", False),
        **_frame(request),
        "municipalities": _own_municipalities(request),
        "own_places": _own_places(request),
    }


def _own_places(request: HttpRequest) -> list[tuple[Words, str]]:
    """Return words and addresses of the quiet menu, by role."""
    specs = (ACCOUNT, *OFFICE) if COORDINATORS & _roles(request) else (ACCOUNT,)
    return [(label, url) for label, name in specs if (url := _url(name))]


def _own_municipalities(request: HttpRequest) -> list[tuple[str, str]]:
    """Return name and address of the municipalities someone works for, when there are several."""
    own = {m.municipality for m in getattr(request, "memberships", ()) if m.municipality}
    if len(own) < 2:
        return []
    return [
        (str(m), _url("home:municipality", m.slug))
        for m in sorted(own, key=lambda m: finnish(m.name))
    ]


def _frame(request: HttpRequest) -> dict[str, Any]:
    roles = _roles(request)
    municipality = getattr(request, "municipality", None)
    if municipality is not None:
        specs: tuple[NavigationEntry, ...] = MUNICIPALITY
        if municipality.merged_on:
            specs = tuple(spec for spec in specs if spec.url_name in READ_AFTER_MERGER)
        places = _places(request, specs, roles, municipality.slug)
        home = places[0].url if places else "/"
        return {
            "frame": "municipality",
            "nav": places,
            "home_url": home,
            "network_url": _network_url(roles),
        }
    if roles & NETWORK_ROLES:
        return {"frame": "network", **_network(request, roles)}
    return {"frame": "plain", "nav": [], "home_url": "/", "network_url": ""}


def _roles(request: HttpRequest) -> Roles:
    return getattr(request, "roles", None) or Roles()


def _network_url(roles: Roles) -> str:
    return "/" if roles & NETWORK_ROLES else ""


def _places(
    request: HttpRequest,
    specs: tuple[NavigationEntry, ...],
    roles: Roles,
    part: str | int,
) -> list[NavigationLink]:
    shown = [
        (spec, url)
        for spec in specs
        if (spec.roles is None or roles & spec.roles) and (url := _url(spec.url_name, part))
    ]
    here = _here(request, shown)
    return [
        NavigationLink(
            spec.label,
            url,
            _current(request, url, here),
            None,
            spec.short or spec.label,
            spec.icon,
            spec.extra,
        )
        for spec, url in shown
    ]


def _here(request: HttpRequest, shown: list[tuple[NavigationEntry, str]]) -> str:
    """Return the address of the place this page belongs to: its app's, the nearest in the path."""
    match = request.resolver_match
    of_app = [
        url
        for spec, url in shown
        if match
        and match.namespace in spec.namespaces
        and (spec.whole_app or request.path.startswith(url))
    ]
    return max(of_app, key=lambda url: len(url) if request.path.startswith(url) else 0, default="")


@lru_cache(maxsize=8_192)  # every page asks for the same dozen
def _url(name: str, *parts: str | int) -> str:
    for given in (parts, ()):
        try:
            return reverse(name, args=given)
        except NoReverseMatch:
            continue
    return ""


def _current(request: HttpRequest, url: str, here: str) -> str:
    """Return the value of aria-current: "page" here, "true" on a page below, else nothing."""
    if url != here:
        return ""
    return "page" if request.path == url else "true"


def _network(request: HttpRequest, roles: Roles) -> dict[str, Any]:
    """Return the rail: season of the page, or the current one, and its places."""
    seasons = SimpleLazyObject(lambda: seasons_of(request))
    match = request.resolver_match
    asked = match.kwargs.get("number") if match else None
    season = SimpleLazyObject(lambda: _season(seasons, asked))
    return {
        "season": season,
        "seasons": seasons,
        "nav": SimpleLazyObject(
            lambda: _places(request, NETWORK, roles, season.number if season else 0)
        ),
    }


def _season(seasons: Iterable[Season], number: int | None) -> Season | None:
    this_year = timezone.localdate().year
    asked = [season for season in seasons if season.number == number]
    running = [season for season in seasons if season.first_year <= this_year <= season.last_year]
    return next(iter([*asked, *running, *seasons]), None)
