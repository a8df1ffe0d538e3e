"""The board of a season: municipalities by stage, and moving one to another stage."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.access import requires
from municipalities.requests import Request
from seasons import cards, queries, rules
from seasons.actions import following
from seasons.enums import ParticipationState
from seasons.models import Participation
from seasons.requests import season_or_404
from seasons.views.columns import COLUMNS, board_filters
from seasons.views.members import DECISION_ASKED
from seasons.views.steps import drawn_step_form, proposal_for
from uso.ground.lib import pages
from uso.ground.lib.tables import arrange


@requires(rules.can_see_seasons)
def board(request: Request, number: int) -> HttpResponse:
    """Show the season's municipalities by stage; of the one just moved, ask for its next step."""
    season = season_or_404(request, number)
    found = queries.members(season)
    acts = rules.can_run_seasons(request.roles)
    name = f"uso{number}-board"
    table = arrange(COLUMNS, found, request, name=name, filters=board_filters(found))
    moved = _moved(request, found) if acts else None
    context = {
        "season": season,
        "table": table,
        "stages": cards.stages(table.rows, acts=acts),
        "states": list(ParticipationState),
        "acts": acts,
        "moved": moved,
        "step_form": moved and drawn_step_form(moved, proposal=proposal_for(moved)),
        "shown": len(table.rows),
        "on_list": len(found),
    }
    return pages.show(request, "seasons/board.html", context)


def _moved(request: Request, found: list[queries.Member]) -> queries.Member | None:
    """Return who was moved just now, while its next step can be planned."""
    slug = request.GET.get("moved", "")
    return next(
        (
            member
            for member in found
            if member.municipality.slug == slug
            and rules.can_plan_next_step(request.roles, member.participation)
        ),
        None,
    )


@requires(rules.can_run_seasons)
def move(request: Request, number: int, slug: str) -> HttpResponse:
    """Offer the stages a municipality can be moved to; move it, or lead to the page that asks more."""
    found = queries.participation(season_or_404(request, number), slug)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _move(request, found)
    member_url = reverse("seasons_network:member", args=[number, slug])
    context = {
        "participation": found,
        "stages": list(rules.moves_from(found)),
        "now": ParticipationState(found.state),
        "back": reverse("seasons_network:board", args=[number]),
        "way_back": [
            (_("Members"), reverse("seasons_network:members", args=[number])),
            (found.municipality.name, member_url),
        ],
    }
    return pages.show(request, "seasons/move.html", context)


def _move(request: Request, found: Participation) -> HttpResponse:
    was, state = request.POST.get("was", ""), request.POST.get("to", "")
    number, slug = found.season.number, found.municipality.slug
    asking = {stage.value: page for stage, page in rules.moves_from(found).items()}
    if was == found.state and (page := asking.get(state)):
        to = reverse(f"seasons_network:{page}", args=[number, slug])
        return redirect(f"{to}?{DECISION_ASKED}=yes#decision" if page == "member" else to)
    at = timezone.now()
    done = pages.press(
        request, following.move_card, _said, participation=found, was=was, state=state, at=at
    )
    to = reverse("seasons_network:board", args=[number])
    return redirect(f"{to}?moved={slug}" if done else to)


def _said(moved: Participation) -> str:
    words = {"name": moved.municipality.name, "stage": ParticipationState(moved.state).label}
    return _("%(name)s is now in the stage “%(stage)s”.") % words
