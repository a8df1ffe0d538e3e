"""Which editions whoever asks may read or edit; what a view of one edition starts with."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from analysis import rules
from analysis.enums import UNPUBLISHED
from analysis.models import Analysis
from analysis.queries.edition_list import shown_analysis
from analysis.queries.expert_work import is_assigned
from municipalities.enums import Role
from municipalities.requests import MunicipalityRequest


def readable(request: MunicipalityRequest, analysis_id: int) -> Analysis:
    """Find an edition the reader may read."""
    analysis = _edition(analysis_id)
    is_theirs = not analysis.published and is_assigned_to(request, analysis)
    if not rules.can_read_edition(request.roles, analysis, assigned=is_theirs):
        raise Http404
    return analysis


def shown(request: MunicipalityRequest) -> Analysis | None:
    """Find the edition asked for by `?edition=`, otherwise the newest one the reader may see."""
    asked = request.GET.get("edition", "")
    if asked.isdecimal():
        return readable(request, int(asked[:18]))
    return shown_analysis(request.user, request.roles)


def edition_query(request: MunicipalityRequest) -> str:
    """Keep the edition asked for in a link: `?edition=5`, or nothing."""
    asked = request.GET.get("edition", "")
    return f"?edition={asked}" if asked.isdecimal() else ""


def page_of(request: MunicipalityRequest, analysis_id: int, name: str, *place: str) -> str:
    """Give the address of a page that shows this very edition, be there a newer one or not."""
    url = reverse(f"analysis:{name}", args=[request.municipality.slug, *place])
    return f"{url}?edition={analysis_id}"


def reviewed(request: MunicipalityRequest, analysis_id: int) -> Analysis:
    """Find an edition that is the reader's to work on, published ones too."""
    analysis = _edition(analysis_id)
    if not rules.can_review_edition(request.roles, assigned=is_assigned_to(request, analysis)):
        raise Http404
    return analysis


def draft_after(request: MunicipalityRequest, analysis: Analysis) -> Analysis | None:
    """Find the draft that a text of a published edition can be brought to, if the reader may."""
    draft = Analysis.objects.filter(state__in=UNPUBLISHED).newest() if analysis.published else None
    if draft is None:
        return None
    assigned = is_assigned_to(request, draft)
    return draft if rules.can_review_edition(request.roles, assigned=assigned) else None


def is_assigned_to(request: MunicipalityRequest, analysis: Analysis) -> bool:
    """Whether an expert was given the analysis; asks the database for experts alone."""
    return Role.EXPERT in request.roles and is_assigned(request.user, analysis.season_id)


def _edition(analysis_id: int) -> Analysis:
    rows = Analysis.objects.select_related("season", "municipality", "approved_by")
    return get_object_or_404(rows, pk=analysis_id)
