"""The seasons as one request sees them: read once, for the page and for the frame around it."""

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpRequest

from seasons.models import Season


def seasons_of(request: HttpRequest) -> list[Season]:
    """List every season, the latest first (one query a request)."""
    if not hasattr(request, "seasons"):
        request.seasons = list(Season.objects.order_by("-number"))  # type: ignore[attr-defined]
    seasons: list[Season] = request.seasons  # type: ignore[attr-defined]
    return seasons


def current_of(seasons: Sequence[Season], *, on: date) -> Season | None:
    """Pick of all seasons, the latest first, the one whose years hold the day; else the latest."""
    running = (each for each in seasons if each.first_year <= on.year <= each.last_year)
    return next(running, seasons[0] if seasons else None)


def season_or_404(request: HttpRequest, number: int) -> Season:
    """Find the season a page is about by its number; 404 where there is none."""
    for season in seasons_of(request):
        if season.number == number:
            return season
    raise Http404
