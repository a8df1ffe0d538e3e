"""The chart of one indicator as files: as a picture, and as its figures."""

from django.http import Http404, HttpResponse

from analysis import rules
from analysis.content.edition import EditionMeasure
from analysis.models import Analysis
from analysis.render.annex import measure_csv
from analysis.render.pdf import file_name
from analysis.render.picture import picture
from analysis.views.shown_editions import shown
from municipalities.access import requires
from municipalities.requests import MunicipalityRequest
from uso.ground.lib.languages import current_language
from uso.ground.lib.pages import attachment
from uso.ground.lib.png import as_png


@requires(rules.can_read_analysis)
def chart_picture(request: MunicipalityRequest, key: str) -> HttpResponse:
    """Give the chart as PNG, with its title and its sources in it."""
    analysis, measure = _found(request, key)
    drawn = picture(analysis.content, measure, current_language())
    if drawn is None:
        raise Http404
    return attachment(as_png(drawn), "image/png", _name(analysis, measure, "png"))


@requires(rules.can_read_analysis)
def chart_csv(request: MunicipalityRequest, key: str) -> HttpResponse:
    """Give every figure of the indicator as CSV, each peer's too."""
    analysis, measure = _found(request, key)
    content = measure_csv(analysis.content, measure, current_language())
    return attachment(content, "text/csv; charset=utf-8", _name(analysis, measure, "csv"))


def _found(request: MunicipalityRequest, key: str) -> tuple[Analysis, EditionMeasure]:
    analysis = shown(request)
    found = analysis.content.measure(key) if analysis else None
    if analysis is None or found is None:
        raise Http404
    return analysis, found


def _name(analysis: Analysis, measure: EditionMeasure, suffix: str) -> str:
    spoken = current_language()
    return file_name(analysis.content, spoken, suffix, part=measure.name[spoken])
