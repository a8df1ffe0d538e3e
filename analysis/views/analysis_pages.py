"""The situation analysis of one municipality: overview, indicator, files."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from analysis import rules
from analysis.actions.documents import start_document
from analysis.actions.download_log import note_download
from analysis.content.edition import EditionContent, EditionMeasure
from analysis.enums import DownloadKind
from analysis.models import Analysis, AnalysisDocument
from analysis.queries import edition_list as queries
from analysis.queries.board import member_choices
from analysis.render import blocks, chapters, pending, reading_rule, remarks, sheet
from analysis.render.annex import annex_xlsx
from analysis.render.change_list import change_list
from analysis.render.earlier_year import as_of, years
from analysis.render.pdf import file_name
from analysis.render.peer_list import peer_list
from analysis.views.edition_status import edition_status
from analysis.views.shown_editions import edition_query, is_assigned_to, page_of, readable, shown
from municipalities.access import requires
from municipalities.requests import MunicipalityRequest
from seasons.models import Season
from uso.ground.lib import pages
from uso.ground.lib.languages import current_language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(rules.can_read_analysis)
def overview(request: MunicipalityRequest) -> HttpResponse:
    """Show every indicator of the newest edition in one table."""
    analysis = shown(request)
    context: dict[str, Any] = {"analysis": analysis, **_may(request)}
    if analysis is None:
        season = Season.objects.current(on=timezone.localdate())
        context["peer_set"] = queries.chosen_peers(season) if season else None
        return render(request, "analysis/none.html", context)
    spoken = current_language()
    files = queries.downloads(analysis)
    content, chosen = _as_asked(request, analysis.content)
    context |= edition_status(request, analysis)
    context |= {
        "chapters": chapters(content, spoken),
        "pending": pending(content, spoken),
        "reading_rule": reading_rule(content, spoken),
        "peers": peer_list(analysis.content, spoken),
        "remarks": remarks(analysis.content, spoken),
        "changes": change_list(analysis.content, spoken),
        "download": next(each for each in files if each.language == spoken),
        "other_downloads": [each for each in files if each.language != spoken],
        "blocks": blocks(content, spoken),
        "years": years(analysis.content),
        "year": chosen,
        "members": member_choices(analysis.season)
        if rules.can_see_season_analyses(request.roles)
        else [],
    }
    return render(request, "analysis/overview.html", context)


def _as_asked(
    request: MunicipalityRequest, content: EditionContent
) -> tuple[EditionContent, int | None]:
    """Show the content in the year of the address; without one, or with one of no figures, as it is."""
    asked = request.GET.get("year", "")
    found = {str(year): year for year in years(content)}
    if asked in found:
        return as_of(content, found[asked]), found[asked]
    if asked:
        messages.warning(
            request, _("There are no figures of the year %(year)s.") % {"year": asked[:20]}
        )
    return content, None


@requires(rules.can_read_analysis)
def indicator(request: MunicipalityRequest, key: str) -> HttpResponse:
    """Show one indicator: large chart, table, peers, sources."""
    analysis = shown(request)
    found = analysis.content.place(key) if analysis else None
    if analysis is None or found is None:
        raise Http404
    context = {
        "analysis": analysis,
        "sheet": sheet(analysis.content, found.group, found.measure, current_language()),
        "may_edit": rules.can_edit_texts(
            request.roles, analysis, assigned=is_assigned_to(request, analysis)
        ),
        "sentences": found.measure.findings,
        "edition_query": edition_query(request),
        "before": _neighbour(request, found.before),
        "after": _neighbour(request, found.after),
    }
    return render(request, "analysis/indicator.html", context)


def _neighbour(
    request: MunicipalityRequest, measure: EditionMeasure | None
) -> dict[str, str] | None:
    if measure is None:
        return None
    url = reverse("analysis:indicator", args=[request.municipality.slug, measure.key])
    url += edition_query(request)
    return {"name": measure.name[current_language()], "url": url}


@requires(rules.can_read_analysis)
def document(request: MunicipalityRequest, analysis_id: int, language: str) -> HttpResponse:
    """Give the PDF of an edition to whoever may read it."""
    analysis = readable(request, analysis_id)
    found = get_object_or_404(
        AnalysisDocument.objects.defer("content"), analysis=analysis, language=language
    )
    etag = f'"{found.sha256}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        name = file_name(analysis.content, language, "pdf")
        answer = pages.attachment(bytes(found.content), "application/pdf", name)
        _count(request, analysis, DownloadKind.PDF, language)
    answer["ETag"] = etag
    return answer


@require_POST
@requires(rules.can_read_analysis)
def make_document(request: MunicipalityRequest, analysis_id: int, language: str) -> HttpResponse:
    """Start making a PDF that nobody has asked for yet."""
    analysis = readable(request, analysis_id)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    pages.press(request, start_document, analysis=analysis, language=language)
    return redirect(page_of(request, analysis.pk, "overview"))


@requires(rules.can_read_analysis)
def annex(request: MunicipalityRequest, analysis_id: int) -> HttpResponse:
    """Give the figures behind an edition as XLSX."""
    analysis = readable(request, analysis_id)
    spoken = current_language()
    name = file_name(analysis.content, spoken, "xlsx")
    _count(request, analysis, DownloadKind.TABLES, spoken)
    return pages.attachment(annex_xlsx(analysis.content, spoken), XLSX, name)


def _count(
    request: MunicipalityRequest, analysis: Analysis, kind: DownloadKind, spoken: str
) -> None:
    """Count a file that is given; the head of one, or one the reader has already, is none."""
    is_given = request.method == "GET" and analysis.published
    if is_given and rules.is_counted_reader(request.roles):
        note_download(analysis=analysis, kind=kind, language=spoken, by=request.user)


def _may(request: MunicipalityRequest) -> dict[str, bool]:
    return {
        "may_choose_peers": rules.can_choose_peers(request.roles),
        "may_run": rules.can_run_analyses(request.roles),
    }
