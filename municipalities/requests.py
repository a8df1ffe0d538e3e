"""What a request carries here; for annotations of views. The middleware sets it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from municipalities.enums import Roles
from municipalities.models import Membership, Municipality, User


class Request(HttpRequest):
    """A request of somebody who has signed in; `municipality` below `/k/<slug>/` alone."""

    user: User
    municipality: Municipality | None
    memberships: list[Membership]
    roles: Roles
    htmx: HtmxDetails


class MunicipalityRequest(Request):
    """A request below `/k/<slug>/`: the municipality's scope is open."""

    municipality: Municipality  # the middleware has found it
