"""A session that ends in the middle of work: the way back to the page, and what was saved before it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import is_valid_path, reverse
from django_htmx.http import HttpResponseClientRedirect

from municipalities.requests import Request

SAVED_COOKIE = "uso_saved"
SAVED_SECONDS = 120  # the next page reads it at once


def page_of(request: Request) -> str:
    """Return the page somebody was on: a press and a part of a page have an address that is none."""
    if request.htmx:
        return request.htmx.current_url_abs_path or "/"
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.get_host():
        return "/"
    return parts.path + (f"?{parts.query}" if parts.query else "")


def sent_to(request: Request, url: str) -> HttpResponse:
    """Lead the whole page to an address, also when a part of it was asked for."""
    if request.htmx:
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)


class SignInMiddleware(LoginRequiredMiddleware):
    """Ask for a sign-in that leads back to the page, not to the address of its press."""

    def handle_no_permission(self, request: Any, view_func: Any) -> Any:
        """Lead to the sign-in."""
        answer = redirect_to_login(
            page_of(request),
            self.get_login_url(view_func),
            self.get_redirect_field_name(view_func),
        )
        return sent_to(request, answer["Location"])


class SavedMiddleware:
    """Tell the browser's page which press was done, so that it forgets what was typed for it.

    A good press is answered by a way on; a faulty one by its page, and that of an ended session
    by the sign-in.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Set the cookie that `static/js/drafts.js` reads."""
        response = self.get_response(request)
        asks = ("/accounts/", reverse("people_network:second_factor"))
        if (
            request.method == "POST"
            and response.status_code == HTTPStatus.FOUND
            and request.user.is_authenticated
            and not response["Location"].startswith(asks)
        ):
            response.set_cookie(
                SAVED_COOKIE,
                quote(request.path, safe=""),
                max_age=SAVED_SECONDS,
                samesite="Lax",
                secure=settings.SECURE_COOKIES,
            )
        return response


class WrongMethodMiddleware:
    """Say in words that an address is a press and no page."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Put our page into an empty 405."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        context = {"page": _page_above(request)}
        page = render(request, "405.html", context, status=HTTPStatus.METHOD_NOT_ALLOWED)
        page["Allow"] = response["Allow"]
        return page


def _page_above(request: Request) -> str:
    """Return the address one step up, where most presses have their page; the start otherwise."""
    above = request.path.rstrip("/").rpartition("/")[0] + "/"
    return above if is_valid_path(above) else "/"
