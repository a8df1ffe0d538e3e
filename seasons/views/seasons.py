"""Pages of the seasons: their list, the terms of the fee, their opening."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities.access import requires
from municipalities.requests import Request
from seasons import queries, rules
from seasons.actions import opening
from seasons.forms.terms import FeeTermsForm
from seasons.requests import season_or_404
from uso.ground.drawn_rows import drawn_for
from uso.ground.lib import pages


@requires(rules.can_see_seasons)
def seasons(request: Request) -> HttpResponse:
    """List the seasons, the latest first."""
    context = {
        "listed": queries.listed_seasons(),
        "may_run": rules.can_run_seasons(request.roles),
    }
    return render(request, "seasons/list.html", context)


@require_POST
@requires(rules.can_run_seasons)
def fee_terms(request: Request, number: int) -> HttpResponse:
    """Choose the year whose population decides the fees to come, and what is billed on top."""
    season = season_or_404(request, number)
    drawn, form = drawn_for(season, *FeeTermsForm.Meta.fields), FeeTermsForm(request.POST)
    said = _("The terms of the fee were saved.")
    if not pages.save(request, form, opening.set_fee_terms, said, drawn, season=season):
        no_year = _("Choose a year whose populations are known.")
        messages.error(request, str(next(iter(form.non_field_errors()), no_year)))
    return redirect("seasons_network:detail", number)


@requires(rules.can_run_seasons)
def open_season(request: Request, number: int) -> HttpResponse:
    """Ask, and then open a drafted season, or say what it lacks."""
    season = season_or_404(request, number)
    back = reverse("seasons_network:detail", args=[number])
    return pages.confirm(
        request,
        "seasons/open.html",
        {
            "question": _("Open %(season)s") % {"season": season},
            "press": _("Open the season"),
            "season": season,
            "way_back": [(str(season), back)],
        },
        opening.open_season,
        said=_("The season is open."),
        back=back,
        drawn=drawn_for(season, "state", "theme_fi", "first_year", "last_year", "population_year"),
        season=season,
        at=timezone.now(),
    )
