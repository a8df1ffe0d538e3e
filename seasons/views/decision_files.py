"""The file of a board's decision, for coordinators and for the municipality's own people."""

from django.http import Http404, HttpResponse

from municipalities.access import requires
from municipalities.requests import MunicipalityRequest, Request
from seasons import queries, rules
from seasons.models import Season
from seasons.requests import season_or_404
from uso.ground.lib import pages

PDF = "application/pdf"


@requires(rules.can_run_seasons)
def of_member(request: Request, number: int, slug: str) -> HttpResponse:
    """Give a coordinator the decision of any municipality."""
    return _file(season_or_404(request, number), slug)


@requires(rules.can_read_decision)
def of_municipality(request: MunicipalityRequest, number: int) -> HttpResponse:
    """Give a municipality's people its own decision."""
    return _file(season_or_404(request, number), request.municipality.slug)


def _file(season: Season, slug: str) -> HttpResponse:
    place = queries.participation(season, slug)
    found = queries.decision_document(place) if place else None
    if found is None:
        raise Http404
    return pages.attachment(queries.content_of_document(found), PDF, found.name)
