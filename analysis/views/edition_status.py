"""The status of an edition: among the others, against newer figures, with its readers."""

from typing import Any

from analysis import rules
from analysis.models import Analysis
from analysis.queries.downloads import NEVER, downloads_by_edition
from analysis.queries.edition_list import published_editions
from analysis.queries.expert_work import assignments, open_count
from analysis.queries.revisions import later_figures
from analysis.views.shown_editions import edition_query
from municipalities.requests import MunicipalityRequest


def edition_status(request: MunicipalityRequest, analysis: Analysis) -> dict[str, Any]:
    """Gather what the overview says of the edition beside its content (two to three queries)."""
    editions = published_editions()
    status: dict[str, Any] = {"editions": editions, "edition_query": edition_query(request)}
    if not analysis.published:
        rows = assignments(analysis.season)
        is_theirs = any(row.expert_id == request.user.pk for row in rows)
        return status | {
            "may_edit": rules.can_edit_texts(request.roles, analysis, assigned=is_theirs),
            "at_work": ", ".join(row.expert.name for row in rows if not row.ready_at),
            "open_count": open_count(analysis),
            "superseded": False,
        }
    status["superseded"] = editions[0].pk != analysis.pk
    if not status["superseded"]:
        status["later"] = later_figures({request.municipality.code: analysis})[analysis.pk]
    if rules.can_see_who_downloaded(request.roles):
        status["download_count"] = downloads_by_edition([analysis]).get(analysis.pk, NEVER)
    return status
