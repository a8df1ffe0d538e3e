"""Who asks: the roles of a request, and the decorator that asks a rule."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from municipalities.enums import NETWORK_ROLES
from municipalities.models import Membership

Roles = frozenset[str]


class RolesMiddleware:
    """Set `request.memberships` (active today) and `request.roles` (those of the network).

    On `/k/<slug>/…` the tenancy middleware adds the roles held in that municipality.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.memberships = []
        if request.user.is_authenticated:
            request.memberships = list(Membership.objects.of(request.user, on=timezone.localdate()))
        request.roles = frozenset(m.role for m in request.memberships) & NETWORK_ROLES
        return self.get_response(request)


def requires(rule: Callable[[Roles], bool]) -> Callable[..., Any]:
    """Answer 403 unless the rule accepts the roles of the request."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not rule(request.roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        asked.rule = rule
        return asked

    return decorate
