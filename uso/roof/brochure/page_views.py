"""The public page of a season, its picture, and what machines that search the web ask first."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from seasons.models import InvitationDocument, Season
from seasons.queries import amendments
from seasons.requests import seasons_of
from uso.ground.lib.languages import LANGUAGES, current_language
from uso.ground.lib.png import as_png
from uso.roof.brochure.content import Brochure, languages_of, write
from uso.roof.brochure.gathering import season_rows
from uso.roof.brochure.ornament import link_picture
from uso.roof.brochure.public_pages import kept, public_season, speak

SOON_DAYS = 90
DAY_SECONDS = 24 * 60 * 60
HTML = "text/html; charset=utf-8"


@login_not_required
@require_safe
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show a season to anybody, as its invitation tells it."""
    season = public_season(request, number)
    language = speak(request)
    rows = season_rows(season, seasons_of(request))
    context = {
        "brochure": write(rows, language),
        "file_url": _file_url(season, language),
        "may_join": not season.has_ended(on=timezone.localdate()),
        "ends_soon": _ends_soon(season),
        "amendments": amendments(season),
        **_addresses(season, language, languages_of(rows)),
    }
    return kept(request, render_to_string("brochure/page.html", context).encode(), HTML)


def _ends_soon(season: Season) -> date | None:
    """Return the last day of a season that ends within three months."""
    today = timezone.localdate()
    left = (season.last_day - today).days
    return season.last_day if 0 <= left <= SOON_DAYS and not season.has_ended(on=today) else None


def _file_url(season: Season, language: str) -> str:
    """Return where the invitation is as a file; nothing where it has not been made (one query)."""
    if not InvitationDocument.objects.filter(season=season, language=language).exists():
        return ""
    return reverse("brochure:file", args=[season.number, language])


def _addresses(season: Season, language: str, languages: list[str]) -> Mapping[str, Any]:
    """Return the addresses by which the page names itself, in each language it is written in."""
    path = reverse("brochure:page", args=[season.number])
    whole = f"{settings.BASE_URL}{path}"
    return {
        **language_links(path),
        "alternates": [(code, f"{whole}?lang={code}") for code in languages],
        "canonical": f"{whole}?lang={language}",
        "plain_address": whole,
        "interest_url": reverse("brochure:interest", args=[season.number]) + f"?lang={language}",
        "picture": settings.BASE_URL + reverse("brochure:picture", args=[season.number, language]),
    }


def language_links(path: str) -> Mapping[str, Any]:
    """Return what the frame of a public page shows: the language, and the page in the others."""
    return {
        "demo": settings.DEMO,
        "language": current_language(),
        "languages": [(code, NAMES[code], f"{path}?lang={code}") for code in LANGUAGES],
    }


NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


@login_not_required
@require_safe
def picture(request: HttpRequest, number: int, language: str) -> HttpResponse:
    """Give the picture that other services put beside a link to the season."""
    season = public_season(request, number)
    if language not in LANGUAGES:
        raise Http404
    brochure = write(season_rows(season, []), language)
    return kept(request, _painted(_drawing(brochure)), "image/png", seconds=DAY_SECONDS)


def _drawing(brochure: Brochure) -> str:
    name = f"{brochure.name} · {brochure.years}" if brochure.theme else brochure.years
    return link_picture(name, brochure.title, len(brochure.phases))


@lru_cache(maxsize=32)  # painting takes a tenth of a second; three languages of ten seasons fit
def _painted(drawing: str) -> bytes:
    return as_png(drawing)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let the seasons' pages be indexed; everything else is for people who sign in."""
    allowed = [] if settings.DEMO else ["Allow: /uso", "Allow: /static/"]
    lines = ["User-agent: *", *allowed, "Disallow: /", f"Sitemap: {settings.BASE_URL}/sitemap.xml"]
    return kept(request, "\n".join([*lines, ""]).encode(), "text/plain", seconds=DAY_SECONDS)


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the pages of the seasons that have been opened."""
    opened = [each for each in seasons_of(request) if not each.is_draft]
    pages = [settings.BASE_URL + reverse("brochure:page", args=[each.number]) for each in opened]
    content = render_to_string("brochure/sitemap.xml", {"pages": pages}).encode()
    return kept(request, content, "application/xml")
