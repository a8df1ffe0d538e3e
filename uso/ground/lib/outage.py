"""What a page answers while PostgreSQL is away, or has cut the connection in the middle."""

import sys
from collections.abc import Callable
from http import HTTPStatus

from django.db import OperationalError, close_old_connections
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error
from psycopg_pool import PoolTimeout

RETRY_AFTER_SECONDS = 30
# Of SQLSTATE: connection exceptions, the server is being stopped or starts.
LOST = ("08", "57P")


def answer_error(request: HttpRequest) -> HttpResponse:
    """Answer an unforeseen error: 503 where the database is away, else 500 (`handler500`)."""
    error = sys.exc_info()[1]
    if not is_outage(error):
        return server_error(request)
    response = HttpResponse(
        render_to_string("503.html"), status=HTTPStatus.SERVICE_UNAVAILABLE,
        headers={"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"},
    )  # fmt: skip
    response.connection_cut = not isinstance(error.__cause__, PoolTimeout)  # type: ignore[attr-defined, union-attr]
    return response


def is_outage(error: BaseException | None) -> bool:
    """Say whether an error means that the database cannot be reached, or has gone away."""
    if not isinstance(error, OperationalError):
        return False
    state: str | None = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(LOST)  # none: the server said nothing at all


class RepeatedReadsMiddleware:
    """Ask once more for a page whose connection was cut: reading changes nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a GET that met a cut connection is answered by another one."""
        response = self.get_response(request)
        if getattr(response, "connection_cut", False) and request.method in {"GET", "HEAD"}:
            close_old_connections()
            response = self.get_response(request)
        return response
