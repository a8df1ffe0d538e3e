"""Who asks and of which municipality: two middlewares, and the decorator that asks a rule."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from pghistory.middleware import HistoryMiddleware as PlainHistoryMiddleware

from municipalities.enums import NETWORK_ROLES, Role, Roles
from municipalities.facts import slug_of
from municipalities.models import Membership, Municipality
from municipalities.requests import MunicipalityRequest, Request
from uso.ground.lib.masking import mask
from uso.ground.tenancy.scope import scope

TENANT_PREFIX = "k/<municipality:slug>/"
#: Pages of a municipality that was merged into another which its successor's people go on reading;
#: every other leads to the successor. None of them writes anything but that a file was given.
READ_AFTER_MERGER = frozenset(
    {
        "people:municipality",
        "seasons:detail",
        "seasons:decision_file",
        "billing:list",
        "analysis:overview",
        "analysis:indicator",
        "analysis:chart_picture",
        "analysis:chart_csv",
        "analysis:annex",
        "analysis:document",
        "workshops:list",
        "workshops:detail",
    }
)


class HistoryMiddleware(PlainHistoryMiddleware):
    """Write who asked and at which address into the history, without an address's secret."""

    def get_context(self, request: Request) -> dict[str, Any]:
        """Return the user and the masked address."""
        return {**super().get_context(request), "url": mask(request.path)}


PRIVATE_PAGES = {"people", "people_network", "home", "home_network"}  # namespaces


class PrivatePagesMiddleware:
    """Let no browser keep the roster, files of rows, account and start pages after signing out."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Forbid storing where neither the view nor a library has said anything."""
        response = self.get_response(request)
        match = request.resolver_match
        of_a_person = match and (
            match.namespace in PRIVATE_PAGES or match.route.startswith("accounts/")
        )
        if (of_a_person or "Content-Disposition" in response) and "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response


class RolesMiddleware:
    """Set `request.memberships` (active today) and `request.roles` (those of the network).

    On `/k/<slug>/…` the tenancy middleware adds the roles held in that municipality.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.memberships = []
        if request.user.is_authenticated:
            request.memberships = list(Membership.objects.of(request.user, on=timezone.localdate()))
        roles = (m.role for m in request.memberships if m.role in NETWORK_ROLES)
        request.roles = Roles(roles, user_id=request.user.pk)
        return self.get_response(request)


class TenancyMiddleware:
    """Find the municipality of `/k/<slug>/…` through the user's memberships and open its scope.

    The view is called here, inside the scope's transaction, and its template rendered: a view
    that raises leaves nothing behind, and sessions and messages stay outside.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.municipality = None  # none but below /k/<slug>/
        return self.get_response(request)

    def process_view(
        self,
        request: MunicipalityRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Answer 404 to whoever holds no role in the municipality; else call the view in scope."""
        match = request.resolver_match
        if match is None or not match.route.startswith(TENANT_PREFIX):
            return None
        slug = kwargs.pop("slug")
        if (known := slug_of(slug)) and known != slug:
            return _led_on(request, slug, known)
        municipality, roles = _find(request, slug)
        if municipality.merged_on and not _may_read_after_merger(request):
            return _lead_to_successor(request, municipality)
        request.municipality, request.roles = municipality, roles
        with scope(municipality.pk):
            response = view(request, *args, **kwargs)
            if callable(getattr(response, "render", None)):
                response = response.render()  # type: ignore[attr-defined]
        return response


def _led_on(request: Request, slug: str, known: str) -> HttpResponse:
    """Lead from another name of a municipality, `/k/Åbo/…`, to its address; nothing is sent on."""
    if request.method not in {"GET", "HEAD"}:
        raise Http404
    rest = quote(request.path.removeprefix(f"/k/{slug}/"))
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"/k/{known}/{rest}" + (f"?{query}" if query else ""))


def _may_read_after_merger(request: Request) -> bool:
    name = request.resolver_match.view_name if request.resolver_match else ""
    return request.method in {"GET", "HEAD"} and name in READ_AFTER_MERGER


def _lead_to_successor(request: Request, former: Municipality) -> HttpResponse:
    """Lead from a page of a municipality that has ended to its successor's, and say why; nothing is sent on."""
    said = former.end_in_words
    if request.method not in {"GET", "HEAD"}:
        said = f"{said} {_('Nothing was stored.')}"
    messages.info(request, said)
    return redirect("people:municipality", last_successor(former).slug)


def _find(request: Request, slug: str) -> tuple[Municipality, Roles]:
    here = [m for m in request.memberships if m.municipality and m.municipality.slug == slug]
    municipality = here[0].municipality if here else None
    if municipality is None and request.user.is_authenticated:
        municipality = Municipality.objects.select_related("merged_into").filter(slug=slug).first()
    if municipality is None:
        raise Http404
    held = (
        _roles_after_merger(request, municipality)
        if municipality.merged_on
        else {m.role for m in here}
    )
    if not held and not request.roles & NETWORK_ROLES:
        raise Http404
    return municipality, Roles(request.roles | held, user_id=request.user.pk)


def _roles_after_merger(request: Request, former: Municipality) -> set[str]:
    """Return what somebody of the successor may act as in a municipality that has ended: a reader alone."""
    kept = last_successor(former).pk
    held = {m.role for m in request.memberships if m.municipality_id == kept}
    return {Role.LEADER if role == Role.CONTACT else role for role in held}


def last_successor(former: Municipality) -> Municipality:
    """Return the municipality of today into which one was merged, by way of others it may be (a query each)."""
    last = former
    while last.merged_into is not None:
        last = last.merged_into
    return last


def requires(rule: Callable[[Roles], bool]) -> Callable[..., Any]:
    """Answer 403 unless the rule accepts the roles of the request."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def asked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if not rule(request.roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        asked.rule = rule  # type: ignore[attr-defined]  # asked by tests/test_access.py
        return asked

    return decorate
