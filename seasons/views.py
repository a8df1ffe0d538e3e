"""Pages of the seasons: their list, who takes part, the way of one municipality into a season."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from municipalities.access import requires
from municipalities.columns import municipality_column
from municipalities.models import Municipality
from municipalities.requests import Request
from seasons import actions, queries, rules
from seasons.enums import ParticipationState
from seasons.forms import AddMunicipalityForm, DecisionForm, PopulationYearForm, StageForm
from seasons.models import Participation, Season
from seasons.requests import season_or_404
from uso.ground.lib import pages
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.marks import address, nowrap, quiet, tag, with_notes
from uso.ground.lib.money import euros, number
from uso.ground.lib.tables import Column, arrange
from uso.ground.tenancy.scope import scope


@requires(rules.can_see_seasons)
def seasons(request: Request) -> HttpResponse:
    """List the seasons, the latest first."""
    return render(request, "seasons/list.html", {"listed": queries.listed_seasons()})


@require_POST
@requires(rules.can_run_seasons)
def population_year(request: Request, number: int) -> HttpResponse:
    """Choose the year whose population decides the fees that are not confirmed yet."""
    season = season_or_404(request, number)
    form = PopulationYearForm(request.POST, instance=season)
    if form.is_valid():
        form.save()
        messages.success(request, _("The year of the population was saved."))
    else:
        messages.error(request, _("Choose a year whose populations are known."))
    return redirect("seasons_network:detail", number)


@require_POST
@requires(rules.can_run_seasons)
def open_season(request: Request, number: int) -> HttpResponse:
    """Open a drafted season, or say what it lacks."""
    season = season_or_404(request, number)
    try:
        actions.open_season(season=season, by=request.user)
        messages.success(request, _("The season is open."))
    except RuleViolation as refused:
        messages.error(request, refused.message)
    return redirect("seasons_network:detail", number)


# -- Members -----------------------------------------------------------------------------------


def _page(member: queries.Member) -> str:
    return address("seasons_network:member", member.season.number, member.municipality.slug)


def _population(member: queries.Member) -> str:
    if member.population is None:
        return quiet(_("not known"))
    other_year = member.population_year != member.season.population_year
    return with_notes(number(member.population), [str(member.population_year)] * other_year)


def _fee(member: queries.Member) -> str:
    if member.annual_fee_eur is None:
        return quiet(_("not known"))
    return with_notes(euros(member.annual_fee_eur), [] if member.frozen else [_("estimate")])


COLUMNS: list[Column[queries.Member]] = [
    municipality_column(_page),
    Column(
        "region",
        gettext_lazy("Region"),
        lambda m: m.municipality.region,
        sought=True,
        on_page=False,
    ),
    Column(
        "state",
        gettext_lazy("State"),
        lambda m: str(m.state.label),
        drawn=lambda m: tag(m.kind, m.state.label),
    ),
    Column(
        "population",
        gettext_lazy("Population"),
        lambda m: m.population,
        numeric=True,
        drawn=_population,
    ),
    Column("year", gettext_lazy("Year"), lambda m: m.population_year, numeric=True, on_page=False),
    Column(
        "tier",
        gettext_lazy("Fee tier"),
        lambda m: m.tier.limits if m.tier else "",
        drawn=lambda m: nowrap(m.tier.limits if m.tier else ""),
    ),
    Column(
        "fee",
        gettext_lazy("Annual fee, €"),
        lambda m: m.annual_fee_eur,
        numeric=True,
        drawn=_fee,
    ),
    Column(
        "frozen",
        gettext_lazy("Fee"),
        lambda m: _("confirmed") if m.frozen else _("estimate"),
        on_page=False,
    ),
    Column(
        "body",
        gettext_lazy("Deciding body"),
        lambda m: m.participation.decided_by_fi,
        on_page=False,
    ),
    Column(
        "decided",
        gettext_lazy("Decided"),
        lambda m: m.participation.decided_on,
        drawn=lambda m: with_notes(m.decision, [m.participation.diary_number]),
    ),
    Column(
        "section",
        gettext_lazy("Section"),
        lambda m: m.participation.decision_section,
        on_page=False,
    ),
    Column(
        "diary", gettext_lazy("Diary number"), lambda m: m.participation.diary_number, on_page=False
    ),
]


@requires(rules.can_see_seasons)
def members(request: Request, number: int) -> HttpResponse:
    """List the municipalities of a season with state, fee and decision; or give them as a file."""
    season = season_or_404(request, number)
    found = queries.members(season)
    state = request.GET.get("state", "")
    rows = [member for member in found if state in ("", member.state)]
    table = arrange(COLUMNS, rows, request, name=f"uso{number}-members")
    if table.export:
        return table.response()
    url = reverse("seasons_network:members", args=[number])
    context = {
        "season": season,
        "table": table,
        "state": ParticipationState(state).label if state in set(ParticipationState) else "",
        "funnel": queries.funnel(found, url),
        "fee_sum": queries.fee_sum(found),
        "on_list": len(found),
        "may_run": rules.can_run_seasons(request.roles),
    }
    return render(request, "seasons/members.html", context)


@requires(rules.can_run_seasons)
def add_member(request: Request, number: int) -> HttpResponse:
    """Put a municipality on the season's list."""
    season = season_or_404(request, number)
    form = AddMunicipalityForm(pages.sent(request), season=season)
    if request.method == "POST" and form.is_valid():
        municipality = form.cleaned_data["municipality"]
        try:
            with scope(municipality.pk):
                actions.invite_municipality(
                    season=season, municipality=municipality, by=request.user
                )
            return redirect("seasons_network:member", number, municipality.slug)
        except RuleViolation as refused:
            form.add_error(refused.field, refused.message)
    context = {"season": season, "form": form}
    return render(request, "seasons/add_member.html", context, status=422 if form.errors else 200)


@requires(rules.can_see_seasons)
def member(request: Request, number: int, slug: str) -> HttpResponse:
    """Show a municipality's way into the season."""
    return _member_page(request, *_found(request, number, slug))


@require_POST
@requires(rules.can_run_seasons)
def decide(request: Request, number: int, slug: str) -> HttpResponse:
    """Record the board's decision to join."""
    season, municipality = _found(request, number, slug)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            with scope(municipality.pk):
                participation = get_object_or_404(
                    Participation, season=season, municipality=municipality
                )
                actions.record_decision(
                    participation=participation, by=request.user, **form.as_decision()
                )
            messages.success(request, _("The decision was recorded."))
            return redirect("seasons_network:member", number, slug)
        except RuleViolation as refused:
            form.add_error(None, refused.message)
    return _member_page(request, season, municipality, form)


def _member_page(
    request: Request, season: Season, municipality: Municipality, form: DecisionForm | None = None
) -> HttpResponse:
    with scope(municipality.pk):
        found = queries.member(season, municipality)
        if found is None:
            raise Http404
        stages = queries.stages(found.participation)
    context = {
        "season": season,
        "member": found,
        "stages": stages,
        "may_run": rules.can_run_seasons(request.roles),
        "form": form or DecisionForm(instance=found.participation),
        "stage_form": StageForm(initial={"state": found.state}),
    }
    return render(request, "seasons/member.html", context, status=422 if form else 200)


@require_POST
@requires(rules.can_run_seasons)
def stage(request: Request, number: int, slug: str) -> HttpResponse:
    """Move an undecided municipality along the pipeline."""
    step = partial(actions.note_stage, state=request.POST.get("state", ""))
    return _step(request, number, slug, step, done=_("The stage was saved."))


@require_POST
@requires(rules.can_run_seasons)
def confirm(request: Request, number: int, slug: str) -> HttpResponse:
    """Confirm a decided municipality as a member and freeze its fee."""
    step = partial(actions.confirm_participation, at=timezone.now())
    return _step(request, number, slug, step, done=_("The participation was confirmed."))


@require_POST
@requires(rules.can_run_seasons)
def withdraw(request: Request, number: int, slug: str) -> HttpResponse:
    """Note that the municipality does not take part."""
    step = actions.withdraw_participation
    return _step(request, number, slug, step, done=_("The withdrawal was noted."))


@require_POST
@requires(rules.can_run_seasons)
def restore(request: Request, number: int, slug: str) -> HttpResponse:
    """Undo a withdrawal."""
    step = actions.restore_participation
    return _step(request, number, slug, step, done=_("The withdrawal was undone."))


def _step(
    request: Request, number: int, slug: str, step: Callable[..., Any], *, done: str
) -> HttpResponse:
    """Take one step of a participation in its own scope, and go back to its page."""
    season, municipality = _found(request, number, slug)
    try:
        with scope(municipality.pk):
            participation = get_object_or_404(
                Participation.objects.select_related("season", "municipality"),
                season=season,
                municipality=municipality,
            )
            step(participation=participation, by=request.user)
        messages.success(request, done)
    except RuleViolation as refused:
        messages.error(request, refused.message)
    return redirect("seasons_network:member", number, slug)


def _found(request: Request, number: int, slug: str) -> tuple[Season, Municipality]:
    season = season_or_404(request, number)
    return season, get_object_or_404(Municipality, slug=slug)
