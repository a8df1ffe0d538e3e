"""The coordinator's board of a season's analyses: build, print and publish them all."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from analysis import rules
from analysis.actions import analyses as actions
from analysis.enums import AnalysisState
from analysis.queries import analyses as queries
from analysis.queries.analyses import BoardRow
from municipalities.access import requires
from municipalities.columns import municipality_column
from municipalities.requests import Request
from seasons.requests import season_or_404
from uso.lib.dates import day
from uso.lib.errors import RuleViolation
from uso.lib.marks import address, tag
from uso.lib.tables import Column, arrange

LOOKS = {AnalysisState.PUBLISHED: "good", AnalysisState.DRAFT: "strong"}


def _state(row: BoardRow) -> str:
    return (
        tag(LOOKS[AnalysisState(row.state)], row.state_label)
        if row.state
        else tag("", _("Not built"))
    )


def _documents(row: BoardRow) -> str:
    slug = row.municipality.slug
    links = (
        (address("analysis:document", slug, row.analysis_id, language), language)
        for language in row.documents
    )
    return format_html_join(" ", '<a href="{}">{}</a>', links)


COLUMNS: list[Column[BoardRow]] = [
    municipality_column(lambda row: address("analysis:overview", row.municipality.slug)),
    Column(
        "peers",
        gettext_lazy("Peers"),
        lambda row: row.peer_count,
        numeric=True,
        drawn=lambda row: str(row.peer_count) if row.peer_count else tag("wait", _("Not chosen")),
    ),
    Column("state", gettext_lazy("Analysis"), lambda row: row.state_label, drawn=_state),
    Column("edition", gettext_lazy("Edition"), lambda row: row.edition, numeric=True),
    Column(
        "built",
        gettext_lazy("Built"),
        lambda row: row.built_at,
        drawn=lambda row: day(row.built_at, weekday=False) if row.built_at else "",
    ),
    Column("pdf", "PDF", lambda row: ", ".join(row.documents), drawn=_documents),
]


@requires(rules.can_see_season_analyses)
def season(request: Request, number: int) -> HttpResponse:
    """Show how far each member's analysis is."""
    found = season_or_404(request, number)
    board = queries.season_board(found)
    table = arrange(COLUMNS, board, request.GET, name=f"analyses-{number}")
    if table.export:
        return table.response()
    context = {
        "season": found,
        "table": table,
        "counts": queries.counts(board),
        "jobs": queries.season_jobs(found),
        "may_run": rules.can_run_analyses(request.roles),
    }
    return render(request, "analysis/season.html", context)


@require_POST
@requires(rules.can_run_analyses)
def build(request: Request, number: int) -> HttpResponse:
    """Start building the drafts of all members."""
    return _started(request, number, actions.start_building)


@require_POST
@requires(rules.can_run_analyses)
def make_documents(request: Request, number: int) -> HttpResponse:
    """Start making the PDFs of all members."""
    return _started(request, number, actions.start_documents)


def _started(request: Request, number: int, start: Callable[..., object]) -> HttpResponse:
    found = season_or_404(request, number)
    try:
        start(season=found, by=request.user)
    except RuleViolation as refusal:
        messages.error(request, refusal.message)
    return redirect("analysis_network:season", number)


@require_POST
@requires(rules.can_run_analyses)
def publish(request: Request, number: int) -> HttpResponse:
    """Publish every draft of the season."""
    found = season_or_404(request, number)
    done, refused = actions.publish_drafts(season=found, by=request.user)
    if done or not refused:
        said = ngettext("%(count)d analysis published.", "%(count)d analyses published.", done)
        messages.success(request, said % {"count": done})
    if refused:
        messages.warning(request, _("Not published: %(reasons)s") % {"reasons": " ".join(refused)})
    return redirect("analysis_network:season", number)
