"""Pages that are the same for everybody: nobody is asked who they are, so any cache may keep them."""

import hashlib
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response

from seasons.models import Season
from seasons.requests import season_or_404
from uso.ground.lib.languages import LANGUAGES, current_language

ADDRESSES: Final = re.compile(
    r"/uso\d+/([\w-]+\.(png|pdf)|paper/[^/]+/)?|/robots\.txt|/sitemap\.xml"
)
FRESH_SECONDS: Final = 300  # a change is seen within minutes; a cache asks by the ETag after that


class PublicPagesMiddleware:
    """Serve public addresses without a session: no cookie is read or set, whoever has signed in.

    It stands before the sessions. A page whose address names its language differs by nothing else.
    A refusal is drawn in the frame of the other pages, whose forms need their token: it is kept
    nowhere.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not ADDRESSES.fullmatch(request.path_info):
            return self.get_response(request)
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        response = self.get_response(request)
        if response.status_code not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            response["Cache-Control"] = "no-store"
            return response
        response.cookies.clear()
        if asked_language(request) or not response.get("Content-Type", "").startswith("text/html"):
            del response["Vary"]
        return response


def asked_language(request: HttpRequest) -> str:
    """Return the language that the address names (`?lang=sv`); empty where it names none of ours."""
    asked = request.GET.get("lang", "")
    return asked if asked in LANGUAGES else ""


def speak(request: HttpRequest) -> str:
    """Speak the language that the address names, else the reader's; return it."""
    if asked := asked_language(request):
        translation.activate(asked)
        request.LANGUAGE_CODE = asked
    return current_language()


def public_season(request: HttpRequest, number: int) -> Season:
    """Find a season that has been opened; a draft is not found."""
    season = season_or_404(request, number)
    if season.is_draft:
        raise Http404
    return season


def kept(
    request: HttpRequest, content: bytes, content_type: str, *, seconds: int = FRESH_SECONDS
) -> HttpResponse:
    """Answer with what any cache may keep for a while; with 304 where the reader has it already."""
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    answer = HttpResponse(content, content_type=content_type, headers={"ETag": etag})
    conditional = get_conditional_response(request, etag=etag, response=answer)
    response = conditional or answer
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={seconds}"
    return response
