"""Pages of the members: who takes part, the way of one municipality into a season."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from municipalities.access import requires
from municipalities.columns import municipality_column
from municipalities.requests import Request
from seasons import queries, rules
from seasons.actions import joining
from seasons.enums import ParticipationSource, ParticipationState
from seasons.forms.membership import (
    AddMunicipalityForm,
    CorrectionForm,
    DecisionForm,
    StageForm,
)
from seasons.models import Participation, Season
from seasons.requests import season_or_404
from uso.ground.drawn_rows import drawn_for
from uso.ground.lib import pages
from uso.ground.lib.drawn import Drawn, Facts
from uso.ground.lib.marks import address, made_up, nowrap, quiet, tag, with_notes
from uso.ground.lib.money import euros, number
from uso.ground.lib.tables import Column, arrange
from uso.ground.once.creating import create


def _page(member: queries.Member) -> str:
    return address("seasons_network:member", member.season.number, member.municipality.slug)


def _made_up(member: queries.Member) -> SafeString:
    return made_up() if member.is_made_up else SafeString("")  # a bare "" would unmark the HTML


def _state(member: queries.Member) -> str:
    row = member.participation
    unasked = row.source == ParticipationSource.PUBLIC_PAGE
    by_itself = unasked and member.state == ParticipationState.INTERESTED
    drawn = with_notes(tag(member.kind, member.state.label), [_("public page")] * by_itself)
    return drawn + _made_up(member)


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
        drawn=_state,
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
        drawn=lambda m: (
            with_notes(m.decision, [m.participation.diary_number])
            + (_made_up(m) if m.decision else SafeString(""))
        ),
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
    Column(
        "contact",
        gettext_lazy("Contact person named in the decision"),
        lambda m: m.participation.contact_fi,
        on_page=False,
    ),
    Column(
        "on_site",
        gettext_lazy("Who may attend on site"),
        lambda m: m.participation.on_site_fi,
        on_page=False,
    ),
    Column(
        "source",
        gettext_lazy("How it came to the list"),
        lambda m: m.participation.get_source_display(),
        on_page=False,
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
    today = timezone.localdate()
    given: dict[str, Any] = {"season": season, "on": today}

    def leads_to(added: Participation) -> str:
        return reverse("seasons_network:member", args=[number, added.municipality.slug])

    if made := create(request, form, joining.invite_municipality, leads_to=leads_to, **given):
        return made
    context = {"season": season, "form": form}
    return pages.show(request, "seasons/add_member.html", context, form)


@requires(rules.can_see_seasons)
def member(request: Request, number: int, slug: str) -> HttpResponse:
    """Show a municipality's way into the season."""
    return _member_page(request, number, slug)


@require_POST
@requires(rules.can_run_seasons)
def decide(request: Request, number: int, slug: str) -> HttpResponse:
    """Record the board's decision to join."""
    found = _found(request, number, slug)
    drawn, form = _drawn_decision(found), DecisionForm(request.POST, instance=found)
    said, at = _("The decision was recorded."), timezone.now()
    if pages.save(request, form, joining.record_decision, said, drawn, participation=found, at=at):
        return redirect("seasons_network:member", number, slug)
    return _member_page(request, number, slug, form)


@requires(rules.can_run_seasons)
def correct(request: Request, number: int, slug: str) -> HttpResponse:
    """Correct a typing error in a confirmed decision."""
    found = _found(request, number, slug)
    drawn, form = _drawn_decision(found), CorrectionForm(pages.sent(request), instance=found)
    said, at = _("The decision was corrected."), timezone.now()
    if pages.save(request, form, joining.correct_decision, said, drawn, participation=found, at=at):
        return redirect("seasons_network:member", number, slug)
    member_url = reverse("seasons_network:member", args=[number, slug])
    context = {
        "member": found,
        "form": form,
        "back": member_url,
        "way_back": [
            (_("Members"), reverse("seasons_network:members", args=[number])),
            (found.municipality.name, member_url),
        ],
    }
    return pages.show(request, "seasons/correct.html", context, form)


DECISION = (
    "state", "decided_by_fi", "decided_on", "decision_section", "diary_number", "contact_fi", "on_site_fi",
)  # fmt: skip


def _drawn_decision(found: Participation) -> Drawn:
    return drawn_for(found, *DECISION)


@require_POST
@requires(rules.can_run_seasons)
def stage(request: Request, number: int, slug: str) -> HttpResponse:
    """Move an undecided municipality along the pipeline."""
    found = _found(request, number, slug)
    drawn, form = _drawn_stage(found), StageForm(request.POST, season=found.season)
    said, at = _("The stage was saved."), timezone.now()
    if pages.save(request, form, joining.note_stage, said, drawn, participation=found, at=at):
        return redirect("seasons_network:member", number, slug)
    return _member_page(request, number, slug, stage_form=form)


def _drawn_stage(found: Participation) -> Drawn:
    return drawn_for(found, "state", "state_on")


@requires(rules.can_run_seasons)
def confirm(request: Request, number: int, slug: str) -> HttpResponse:
    """Name the terms and ask; then confirm a decided municipality as a member and freeze its fee."""
    season = season_or_404(request, number)
    found = _member(season, slug)
    back = reverse("seasons_network:member", args=[number, slug])
    terms = queries.terms_of(found)

    def read() -> Facts:
        member = queries.locked_member(season, slug)
        return queries.terms_of(member) if member else {}

    return pages.confirm(
        request,
        "seasons/confirm.html",
        {
            "question": _("Confirm the participation of %(name)s") % {"name": found.name},
            "press": _("Confirm the participation"),
            "member": found,
            "terms": terms,
            "way_back": [
                (_("Members"), reverse("seasons_network:members", args=[number])),
                (found.name, back),
            ],
        },
        joining.confirm_participation,
        said=_("The participation was confirmed."),
        back=back,
        drawn=Drawn(terms, read),
        participation=found.participation,
        at=timezone.now(),
    )


def _member(season: Season, slug: str) -> queries.Member:
    found = queries.member(season, slug)
    if found is None:
        raise Http404
    return found


@require_POST
@requires(rules.can_run_seasons)
def restore(request: Request, number: int, slug: str) -> HttpResponse:
    """Undo a withdrawal."""
    said = _("The withdrawal was undone.")
    return _press(request, number, slug, joining.restore_participation, said)


def _found(request: Request, number: int, slug: str) -> Participation:
    row = queries.participation(season_or_404(request, number), slug)
    if row is None:
        raise Http404
    return row


def _press(
    request: Request,
    number: int,
    slug: str,
    action: Callable[..., Participation],
    said: str,
) -> HttpResponse:
    found = _found(request, number, slug)
    pages.press(request, action, said, participation=found, at=timezone.now())
    return redirect("seasons_network:member", number, slug)


def _member_page(
    request: Request,
    number: int,
    slug: str,
    form: DecisionForm | None = None,
    stage_form: StageForm | None = None,
) -> HttpResponse:
    season = season_or_404(request, number)
    found = _member(season, slug)
    row, roles = found.participation, request.roles
    context = {
        "season": season,
        "member": found,
        "stages": queries.stages(row),
        "may_record_decision": rules.can_record_decision(roles, row),
        "may_note_stage": rules.can_note_stage(roles, row),
        "may_confirm": rules.can_confirm(roles, row),
        "may_withdraw": rules.can_withdraw(roles, row),
        "may_restore": rules.can_restore(roles, row),
        "may_correct": rules.can_correct_decision(roles, row),
        "corrections": queries.corrections(row) if found.frozen else [],
        "interests": queries.interests(row) if rules.can_run_seasons(roles) else [],
        "form": form or pages.draw(DecisionForm(instance=row), _drawn_decision(row)),
        "stage_form": stage_form
        or pages.draw(StageForm(initial={"state": found.state}, season=season), _drawn_stage(row)),
    }
    return pages.show(request, "seasons/member.html", context, form, stage_form)
