"""The coordinator's board of a season's analyses: build, print, approve and publish them."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from analysis import rules
from analysis.actions import building, documents, publishing
from analysis.queries import board as queries
from analysis.queries.board import BoardRow, Stage
from municipalities.access import requires
from municipalities.columns import municipality_column
from municipalities.models import Municipality, User
from municipalities.requests import Request
from seasons.models import Season
from seasons.requests import season_or_404
from uso.ground.lib import pages
from uso.ground.lib.dates import day
from uso.ground.lib.drawn import Drawn
from uso.ground.lib.marks import Words, address, link, tag, with_notes
from uso.ground.lib.tables import Column, arrange

LOOKS = {
    Stage.PEERS: "wait",
    Stage.BUILD: "",
    Stage.EXPERT: "wait",
    Stage.ANSWERS: "wait",
    Stage.APPROVE: "strong",
    Stage.PUBLISH: "strong",
    Stage.DONE: "good",
}


#: Stages that neither the state nor another column shows.
NAMED_STAGES = (Stage.EXPERT, Stage.ANSWERS, Stage.APPROVE)


def _state(row: BoardRow) -> str:
    state = tag(LOOKS[row.stage], row.state_label or _("Not built"))
    return with_notes(state, _notes(row), look="quiet")


def _notes(row: BoardRow) -> Iterator[Words]:
    """Say what the analysis waits for."""
    if row.stage in NAMED_STAGES:
        yield row.stage.label
    revised, years = row.later
    if revised:
        yield ngettext("%(count)d value revised", "%(count)d values revised", revised) % {
            "count": revised
        }
    if years:
        yield ngettext("%(count)d new year", "%(count)d new years", years) % {"count": years}
    if row.open_count:
        said = ngettext("%(count)d text open", "%(count)d texts open", row.open_count)
        yield said % {"count": row.open_count}
    if row.peers_changed:
        yield _("The peers have changed since it was built.")


def _overview(row: BoardRow) -> str:
    """Give the address of the row's own edition: a later season may have a newer one."""
    url = address("analysis:overview", row.municipality.slug)
    return f"{url}?edition={row.edition.pk}" if row.edition else url


def _names(row: BoardRow) -> str:
    return ", ".join(sorted(each.expert.name for each in row.experts))


def _downloads(row: BoardRow) -> str:
    last = day(row.downloads.last, weekday=False) if row.downloads.last else ""
    return with_notes(str(row.downloads.count), [last], look="quiet") if row.downloads.count else ""


def _documents(row: BoardRow) -> str:
    slug = row.municipality.slug
    links = (
        link(address("analysis:document", slug, row.edition.pk, language), language)
        for language in row.documents
        if row.edition
    )
    return SafeString(" ".join(links))


COLUMNS: list[Column[BoardRow]] = [
    municipality_column(_overview),
    Column(
        "peers",
        gettext_lazy("Peers"),
        lambda row: row.peers.count,
        numeric=True,
        drawn=lambda row: row.peers.label if row.peers.chosen else tag("wait", _("Not chosen")),
    ),
    Column("state", gettext_lazy("Analysis"), lambda row: row.state_label, drawn=_state),
    Column("experts", gettext_lazy("Experts"), _names),
    Column(
        "edition",
        gettext_lazy("Edition"),
        lambda row: row.edition.edition if row.edition else None,
        numeric=True,
    ),
    Column(
        "built",
        gettext_lazy("Built"),
        lambda row: row.built_at,
        drawn=lambda row: day(row.built_at, weekday=False) if row.built_at else "",
    ),
    Column(
        "downloads",
        gettext_lazy("Downloads"),
        lambda row: row.downloads.count,
        numeric=True,
        drawn=_downloads,
    ),
    Column("pdf", "PDF", lambda row: ", ".join(row.documents), drawn=_documents),
]


@requires(rules.can_see_season_analyses)
def season(request: Request, number: int) -> HttpResponse:
    """Show how far each member's analysis is."""
    found = season_or_404(request, number)
    board = queries.season_board(found)
    table = arrange(
        COLUMNS,
        board,
        request,
        name=f"analyses-{number}",
        title=_("Situation analyses of the members"),
    )
    if table.export:
        return table.response()
    context = {
        "season": found,
        "table": table,
        "steps": queries.steps(board),
        "approvable": _drawn(found, board, Stage.APPROVE).field,
        "jobs": queries.season_jobs(found),
        "own": [row for row in board if _is_theirs(row, request.user)],
        "may_run": rules.can_run_analyses(request.roles),
    }
    return render(request, "analysis/season.html", context)


def _is_theirs(row: BoardRow, user: User) -> bool:
    """Whether an unpublished edition waits for somebody as its expert."""
    is_at_work = any(each.expert_id == user.pk and not each.ready_at for each in row.experts)
    return row.edition is not None and row.stage != Stage.DONE and is_at_work


@requires(rules.can_run_analyses)
def build(request: Request, number: int) -> HttpResponse:
    """Say whose drafts are built and whose cannot be, and ask; then start building them."""
    found, back = season_or_404(request, number), reverse("analysis_network:season", args=[number])
    board = queries.season_board(found)
    rows = [row for row in board if row.buildable]
    left_out = [row for row in board if not row.buildable]
    nobody = (
        _("No member has chosen its peers yet.") if board else _("The season has no members yet.")
    )
    context = {
        "question": _("Build the drafts"),
        "press": ngettext("Build %(count)s draft", "Build %(count)s drafts", len(rows))
        % {"count": len(rows)},
        "reversible": True,
        "nothing": "" if rows else nobody,
        "leave": _("Back to the analyses"),
        "rows": rows,
        "named": _names_of(rows),
        "left_out": left_out,
        "names_left_out": _names_of(left_out),
        "approved": [row for row in rows if row.stage == Stage.PUBLISH],
        "way_back": [(_("Situation analyses"), back)],
    }
    return pages.confirm(
        request,
        "analysis/season_build_question.html",
        context,
        building.start_building,
        said="",
        back=back,
        drawn=Drawn(queries.build_facts(board), partial(queries.locked_build_facts, found)),
        season=found,
    )


@require_POST
@requires(rules.can_run_analyses)
def make_documents(request: Request, number: int) -> HttpResponse:
    """Start making the PDFs of all members."""
    return _press(request, number, documents.start_documents)


@require_POST
@requires(rules.can_run_analyses)
def approve(request: Request, number: int) -> HttpResponse:
    """Start approving the drafts that wait for nobody else: those the page named."""
    found = season_or_404(request, number)
    drawn = _drawn(found, (), Stage.APPROVE)
    return _press(request, number, publishing.start_approving, drawn)


def _names_of(rows: Sequence[BoardRow]) -> str:
    return ", ".join(row.municipality.name for row in rows)


@requires(rules.can_run_analyses)
def publish(request: Request, number: int) -> HttpResponse:
    """Name the approved analyses of the season and ask; then start publishing these, for good."""
    found = season_or_404(request, number)
    board = queries.season_board(found)
    rows = [row for row in board if row.stage == Stage.PUBLISH]
    context = {
        "question": _("Publish the approved analyses"),
        "press": ngettext("Publish %(count)s analysis", "Publish %(count)s analyses", len(rows))
        % {"count": len(rows)},
        "nothing": "" if rows else _("No analysis waits for publishing"),
        "leave": _("Back to the analyses"),
        "rows": rows,
        "way_back": [(_("Situation analyses"), reverse("analysis_network:season", args=[number]))],
    }
    return pages.confirm(
        request,
        "analysis/season_publish_question.html",
        context,
        publishing.start_publishing,
        said="",
        back=reverse("analysis_network:season", args=[number]),
        drawn=_drawn(found, board, Stage.PUBLISH),
        season=found,
    )


def _drawn(season: Season, board: Sequence[BoardRow], stage: Stage) -> Drawn:
    return Drawn(queries.facts_at(board, stage), partial(queries.locked_facts_at, season, stage))


def _press(
    request: Request, number: int, start: Callable[..., object], drawn: Drawn | None = None
) -> HttpResponse:
    found = season_or_404(request, number)
    pages.press(request, start, drawn=drawn, season=found)
    return redirect("analysis_network:season", number)


@requires(rules.can_see_season_analyses)
def open_one(request: Request) -> HttpResponse:
    """Lead to the analysis of the municipality chosen, in the year chosen.

    The edition that was read stays where the municipality does.
    """
    slug, year = request.GET.get("municipality", ""), request.GET.get("year", "")
    if "\0" in slug:  # the database takes no such text
        raise Http404
    found = get_object_or_404(Municipality, slug=slug)
    is_same = request.GET.get("of") == slug  # another municipality has other editions
    edition = request.GET.get("edition", "") if is_same else ""
    asked = {name: value for name, value in (("edition", edition), ("year", year)) if value}
    query = f"?{urlencode(asked)}" if asked else ""
    return redirect(f"{reverse('analysis:overview', args=[found.slug])}{query}")
