"""The seasons as one request sees them: read once, for the page and for the frame around it."""

from django.http import Http404, HttpRequest

from seasons.models import Season


def seasons_of(request: HttpRequest) -> list[Season]:
    """List every season, the latest first (one query a request)."""
    if not hasattr(request, "seasons"):
        request.seasons = list(Season.objects.order_by("-number"))  # type: ignore[attr-defined]
    seasons: list[Season] = request.seasons  # type: ignore[attr-defined]
    return seasons


def season_or_404(request: HttpRequest, number: int) -> Season:
    """Find the season a page is about by its number; 404 where there is none."""
    for season in seasons_of(request):
        if season.number == number:
            return season
    raise Http404
