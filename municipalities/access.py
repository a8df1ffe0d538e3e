"""Who asks: the roles of a request, and the decorator that asks a rule."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone

from municipalities.enums import NETWORK_ROLES
from municipalities.models import Membership
from municipalities.requests import Request

Roles = frozenset[str]


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
        request.roles = frozenset(m.role for m in request.memberships) & NETWORK_ROLES
        return self.get_response(request)


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
