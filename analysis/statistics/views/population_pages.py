"""Populations by year, which decide the fees: reading them, the preview, the code table of a year."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from analysis.statistics import rules
from analysis.statistics.actions import population_imports as actions
from analysis.statistics.enums import PopulationOrigin, PopulationState
from analysis.statistics.forms.population_form import PopulationForm
from analysis.statistics.models import PopulationImport
from analysis.statistics.queries import population_preview as queries
from analysis.statistics.queries.population_preview import MunicipalityOfYear
from analysis.statistics.queries.source_list import job_of
from municipalities.access import requires
from municipalities.division import FIRST_YEAR
from municipalities.requests import Request
from uso.ground.lib import pages
from uso.ground.lib.dates import day
from uso.ground.lib.drawn import Drawn
from uso.ground.lib.marks import quiet
from uso.ground.lib.tables import Column, arrange
from uso.ground.once.creating import create

_TAGS = {
    PopulationState.READING: "",
    PopulationState.PREVIEWED: "wait",
    PopulationState.STORED: "good",
    PopulationState.DECLINED: "",
    PopulationState.FAILED: "bad",
}


def _remark(row: MunicipalityOfYear) -> str:
    if not row.successor or row.ended_on is None:
        return ""
    return _("merged into %(name)s on %(day)s") % {
        "name": row.successor,
        "day": day(row.ended_on, weekday=False),
    }


COLUMNS: list[Column[MunicipalityOfYear]] = [
    Column(
        "name",
        gettext_lazy("Municipality"),
        lambda row: row.name,
        sought=True,
        also=lambda row: row.code,
        heads=True,
        notes=lambda row: [_remark(row)] if row.successor else [],
    ),
    Column("code", gettext_lazy("Code"), lambda row: row.code),
    Column(
        "count",
        gettext_lazy("Population"),
        lambda row: row.count,
        numeric=True,
        notes=lambda row: [_("before: %(figures)s") % {"figures": figure} for figure in row.former],
    ),
    Column(
        "source",
        gettext_lazy("Source"),
        lambda row: row.source,
        drawn=lambda row: row.source or quiet(_("no figure")),
    ),
]


@requires(rules.can_see_statistics)
def populations(request: Request) -> HttpResponse:
    """Show the years whose populations are known, and the last imports."""
    imports = queries.recent_imports()
    context = {
        "years": queries.years_of_populations(),
        "first_division": FIRST_YEAR,
        "imports": [(one, _TAGS[PopulationState(one.state)]) for one in imports],
        "may_import": rules.can_import_statistics(request.roles),
    }
    return pages.show(request, "statistics/populations.html", context)


@requires(rules.can_import_statistics)
def read_populations(request: Request) -> HttpResponse:
    """Choose a year and a source; a job reads them, and nothing is taken into use by it."""
    initial: dict[str, str] = {"origin": PopulationOrigin.NETWORK}
    if request.method != "POST":
        initial["year"] = str(queries.suggested_year())
    form = PopulationForm(pages.sent(request), request.FILES or None, initial=initial)
    if made := create(request, form, actions.start_reading, leads_to=_page_of):
        return made
    return pages.show(request, "statistics/read_populations.html", {"form": form}, form)


def _page_of(found: PopulationImport) -> str:
    return reverse("statistics_network:population_import", args=[found.pk])


@requires(rules.can_import_statistics)
def population_import(request: Request, import_id: int) -> HttpResponse:
    """Show what was read beside what is there, with what it would change; nothing is stored."""
    found = _import_or_404(import_id)
    context = {
        "found": found,
        "kind": _TAGS[PopulationState(found.state)],
        "job": job_of(found.job_id),
        "problems": found.report.get("problems", []),
        "notes": found.report.get("notes", []),
    }
    if found.state == PopulationState.PREVIEWED:
        shown = queries.preview(found)
        context |= {
            "preview": shown,
            "new": shown.of(queries.NEW),
            "revised": shown.of(queries.REVISED),
            "same": shown.of(queries.SAME),
            "drawn": Drawn(shown.facts, partial(queries.import_facts, found)).field,
        }
    return pages.show(request, "statistics/population_import.html", context)


@require_POST
@requires(rules.can_import_statistics)
def take_populations(request: Request, import_id: int) -> HttpResponse:
    """Store the populations of an import as they were previewed."""
    found = _import_or_404(import_id)
    drawn = Drawn(queries.import_facts(found), partial(queries.import_facts, found))
    pages.press(request, actions.take_into_use, actions.stored_in_words, drawn=drawn, found=found)
    return redirect("statistics_network:population_import", import_id)


@require_POST
@requires(rules.can_import_statistics)
def reject_populations(request: Request, import_id: int) -> HttpResponse:
    """Leave the populations as they are."""
    found = _import_or_404(import_id)
    said = _("Nothing was stored: the populations are as they were.")
    pages.press(request, actions.reject, said, found=found)
    return redirect("statistics_network:populations")


def _import_or_404(import_id: int) -> PopulationImport:
    rows = PopulationImport.objects.select_related("started_by", "decided_by").defer("file")
    found: PopulationImport = get_object_or_404(rows, pk=import_id)
    return found


@requires(rules.can_see_statistics)
def division(request: Request, of_year: int) -> HttpResponse:
    """Show the codes in force in a year, with the populations at its end and what they were before."""
    known = queries.years_with_division()
    if of_year not in known:
        raise Http404
    table = arrange(
        COLUMNS,
        queries.municipalities_of(of_year),
        request,
        name=f"municipalities-{of_year}",
        title=_("Municipalities of %(year)s") % {"year": of_year},
    )
    if table.export:
        return table.response()
    at = known.index(of_year)
    context = {
        "year": of_year,
        "table": table,
        "later": known[at - 1] if at else None,
        "earlier": known[at + 1] if at + 1 < len(known) else None,
    }
    return pages.show(request, "statistics/division.html", context)
