"""The invitation as a file: made and looked at by the network's staff, open to all once the season is."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import requires
from municipalities.requests import Request
from seasons import rules
from seasons.models import InvitationDocument, Season
from seasons.requests import season_or_404, seasons_of
from uso.ground.lib import pages
from uso.ground.lib.languages import LANGUAGES
from uso.roof.brochure.actions import start_invitations
from uso.roof.brochure.printing import file_name
from uso.roof.brochure.public_pages import kept, public_season
from uso.roof.brochure.queries import invitation_list as queries

PDF = "application/pdf"


@requires(rules.can_see_seasons)
def invitation(request: Request, number: int) -> HttpResponse:
    """Show which invitations of a season there are, and which say something else than the season."""
    season = season_or_404(request, number)
    found, job = queries.invitations(season, seasons_of(request)), queries.latest_job(season)
    context = {
        "season": season,
        "invitations": found,
        "wanting": [each for each in found if not each.is_current],
        "job": job,
        "making": job is not None and not job.finished,
        "base_url": settings.BASE_URL,
        "is_public": not season.is_draft,
        "may_run": rules.can_run_seasons(request.roles),
    }
    return render(request, "brochure/invitation.html", context)


@require_POST
@requires(rules.can_run_seasons)
def make_invitation(request: Request, number: int) -> HttpResponse:
    """Start making what is missing or out of date."""
    pages.press(request, start_invitations, season=season_or_404(request, number))
    return redirect("brochure_network:invitation", number)


@requires(rules.can_see_seasons)
def file(request: Request, number: int, language: str) -> HttpResponse:
    """Give the network's staff the latest file, of a draft too."""
    season = season_or_404(request, number)
    found = _document(season, language)
    return pages.attachment(bytes(found.content), PDF, file_name(season, language))


@login_not_required
@require_safe
def public_file(request: HttpRequest, number: int, language: str) -> HttpResponse:
    """Give anybody the latest file of a season that has been opened."""
    season = public_season(request, number)
    return kept(request, bytes(_document(season, language).content), PDF)


def _document(season: Season, language: str) -> InvitationDocument:
    if language not in LANGUAGES:
        raise Http404
    return get_object_or_404(InvitationDocument, season=season, language=language)
