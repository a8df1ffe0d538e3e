"""The day's board of the network, and a municipality's start page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from billing.rules import can_run_billing
from events.rules import can_plan_events, can_register
from municipalities.access import requires
from municipalities.models import Municipality
from municipalities.requests import MunicipalityRequest, Request
from seasons.models import Season
from seasons.requests import season_or_404, seasons_of
from seasons.rules import can_write_board_paper
from uso.roof.home import rules
from uso.roof.home.queries.municipality import current_and_undecided, municipality_home
from uso.roof.home.queries.today import board


@requires(rules.can_see_today)
def today(request: Request, number: int) -> HttpResponse:
    """Show what waits today and how the season stands."""
    season = season_or_404(request, number)
    now, on = timezone.now(), timezone.localdate()
    can_bill = can_run_billing(request.roles)
    context = {
        "season": season,
        "now": now,
        "days_left": max((season.last_day - on).days, 0),
        "days_before": max((season.first_day - on).days, 0),
        "board": board(
            season,
            reader=request.user,
            at=now,
            acts=rules.can_act_on_the_board(request.roles),
            bills=can_bill,
            seasons=seasons_of(request),
        ),
        "can_plan": can_plan_events(request.roles),
        "can_bill": can_bill,
    }
    return render(request, "home/today.html", context)


@requires(rules.can_see_municipality)
def municipality(request: MunicipalityRequest) -> HttpResponse:
    """Show what is next for a municipality, what waits, what the fee has given."""
    season, undecided = current_and_undecided(on=timezone.localdate())
    page = municipality_home(request.municipality, season, request.roles, at=timezone.now())
    context = {
        "season": season,
        "season_url": _season_url(request.municipality, season),
        "page": page,
        "can_register": can_register(request.roles),
        "paper_of": undecided if can_write_board_paper(request.roles) else None,
    }
    return render(request, "home/municipality.html", context)


def _season_url(municipality: Municipality, season: Season | None) -> str:
    """Return where a municipality reads of the season; nowhere while that is a draft."""
    if season is None or season.is_draft:
        return ""
    return reverse("seasons:detail", args=[municipality.slug, season.number])
