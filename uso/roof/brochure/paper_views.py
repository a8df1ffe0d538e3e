"""The paper for a municipality's board, by a personal link: whoever opens it needs no account."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from municipalities.limits import may_read
from seasons.board_paper.link import opened_by
from seasons.models import Season
from seasons.views.paper_pages import board_paper, facts_or_404
from uso.roof.brochure.page_views import language_links
from uso.roof.brochure.public_pages import public_season, speak

FRAME = "brochure/paper_frame.html"


@login_not_required
@never_cache
@csrf_exempt  # it stores nothing and knows nobody, so there is nothing to forge: no cookie is set
def paper(request: HttpRequest, number: int, token: str) -> HttpResponse:
    """Show an invited municipality its paper, filled in with what was sent."""
    try:
        season = public_season(request, number)
    except Http404:  # whoever has a link is told whom to ask, and nothing of a season not opened
        season = None
    speak(request)
    context = {"frame_of_page": FRAME, "season": season, **language_links(request.path)}
    if not may_read(request, "board_paper"):
        return _refused("brochure/paper_too_often.html", context, 429)
    place = opened_by(token, number, on=timezone.localdate()) if season else None
    if season is None or place is None:
        contacts = _contacts(season) if season else []
        return _refused("brochure/paper_gone.html", {**context, "contacts": contacts}, 404)
    facts = facts_or_404(request, season, place.municipality.slug)
    return board_paper(request, facts, context, is_public=True)


def _contacts(season: Season) -> list[str]:
    """List whom anybody may ask for a new link, as the season's public page has them."""
    rows = season.contacts.order_by("position")
    return [", ".join(filter(None, (row.name, row.email, row.phone))) for row in rows]


def _refused(template: str, context: dict[str, object], status: int) -> HttpResponse:
    return HttpResponse(render_to_string(template, context), status=status)
