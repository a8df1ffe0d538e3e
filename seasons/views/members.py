"""Pages of the members: who takes part, the way of one municipality into a season."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities.access import requires
from municipalities.enums import MUNICIPALITY_ROLES
from municipalities.queries import role_holders
from municipalities.requests import Request
from seasons import queries, rules
from seasons.actions import following, joining
from seasons.board_paper.link import address_of, opens_to_anybody
from seasons.enums import ParticipationState as State
from seasons.forms.membership import (
    AddMunicipalityForm,
    ConfirmForm,
    CorrectionForm,
    DecisionForm,
    NextStepForm,
    StageForm,
)
from seasons.models import Participation, Season
from seasons.requests import season_or_404
from seasons.views.columns import COLUMNS, PICK, filters
from seasons.views.steps import drawn_step, drawn_step_form, proposal_for
from seasons.way import way
from uso.ground.drawn_rows import drawn_for
from uso.ground.lib import pages
from uso.ground.lib.drawn import Drawn, Facts
from uso.ground.lib.tables import arrange
from uso.ground.once.creating import create

PROPOSED = "proposal"  # the address that draws the form of the next step with the proposal in it
DECISION_ASKED = "decision"  # the address that asks for the decision, before the stage changes


@requires(rules.can_see_seasons)
def members(request: Request, number: int) -> HttpResponse:
    """List the municipalities of a season with state, fee and decision; or give them as a file."""
    season = season_or_404(request, number)
    found = queries.members(season)
    name = f"uso{number}-members"
    table = arrange(
        COLUMNS, found, request, name=name, filters=filters(found), title=_("Members of the season")
    )
    if table.export:
        return table.response()
    if may_run := rules.can_run_seasons(request.roles):
        table = replace(table, all_columns=[PICK, *COLUMNS])
    url = reverse("seasons_network:members", args=[number])
    context = {
        "season": season,
        "table": table,
        "funnel": queries.funnel((each.state for each in found), url),
        "fee_sum": queries.fee_sum(found),
        "on_list": len(found),
        "populations_known": _populations_known(season, found),
        "may_run": may_run,
    }
    return render(request, "seasons/members.html", context)


def _populations_known(season: Season, found: list[queries.Member]) -> bool:
    """Whether the populations that decide the fees can be out: the day has passed, and some have one."""
    year = season.population_year
    if year is None or timezone.localdate() <= date(year, 12, 31):
        return False
    return not found or any(member.population is not None for member in found)


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
    drawn, form = _drawn_decision(found), DecisionForm(request.POST, request.FILES, instance=found)
    said, at = _("The decision was recorded."), timezone.now()
    if pages.save(request, form, joining.record_decision, said, drawn, participation=found, at=at):
        return redirect("seasons_network:member", number, slug)
    return _member_page(request, number, slug, form)


@requires(rules.can_run_seasons)
def correct(request: Request, number: int, slug: str) -> HttpResponse:
    """Correct a typing error in a confirmed decision."""
    found = _found(request, number, slug)
    drawn, form = _drawn_decision(found), _correction_form(request, found)
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


def _correction_form(request: Request, found: Participation) -> CorrectionForm:
    return CorrectionForm(pages.sent(request), request.FILES or None, instance=found)


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
        back = reverse("seasons_network:member", args=[number, slug])
        return redirect(f"{back}?{PROPOSED}=yes#next-step")
    return _member_page(request, number, slug, stage_form=form)


def _drawn_stage(found: Participation) -> Drawn:
    return drawn_for(found, "state", "state_on")


@requires(rules.can_run_seasons)
def confirm(request: Request, number: int, slug: str) -> HttpResponse:
    """Name the terms and ask; then confirm a decided municipality as a member and freeze its fee.

    Where there is nothing to confirm, any more or yet, that alone is said.
    """
    season = season_or_404(request, number)
    found = _member(season, slug)
    back = reverse("seasons_network:member", args=[number, slug])
    terms = queries.terms_of(found)

    def read() -> Facts:
        member = queries.locked_member(season, slug)
        return queries.terms_of(member) if member else {}

    form = ConfirmForm(pages.sent(request))
    done = pages.save(
        request,
        form,
        joining.confirm_participation,
        _confirmed,
        Drawn(terms, read),
        unless_sent={},
        participation=found.participation,
        at=timezone.now(),
    )
    if done:
        return redirect(back)
    found = _member(season, slug)  # somebody may have confirmed it meanwhile
    context: dict[str, Any] = {
        "question": _("Confirm the participation of %(name)s") % {"name": found.name},
        "member": found,
        "terms": terms,
        "form": form,
        "may_confirm": rules.can_confirm(request.roles, found.participation),
        "holders": [
            membership
            for of_role in role_holders(found.municipality, roles=sorted(MUNICIPALITY_ROLES))
            for membership in of_role.memberships
        ],
        "back": back,
        "way_back": [
            (_("Members"), reverse("seasons_network:members", args=[number])),
            (found.name, back),
        ],
    }
    return pages.show(request, "seasons/confirm.html", context, form)


def _confirmed(done: joining.Confirmation) -> str:
    """Say whom a confirmation wrote to."""
    said = [_("%(name)s takes part now.") % {"name": done.participation.municipality.name}]
    if done.invited:
        said.append(
            _("An invitation was sent to: %(people)s.") % {"people": ", ".join(done.invited)}
        )
    if done.in_role:
        said.append(
            _("These have a role in the municipality: %(people)s.")
            % {"people": ", ".join(done.in_role)}
        )
    return " ".join(said)


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
    step_form: NextStepForm | None = None,
) -> HttpResponse:
    season = season_or_404(request, number)
    found = _member(season, slug)
    row, roles = found.participation, request.roles
    interests = queries.interests(row) if rules.can_run_seasons(roles) else []
    proposal, taken = proposal_for(found), PROPOSED in request.GET
    is_open = opens_to_anybody(row, on=timezone.localdate())
    context = {
        "season": season,
        "member": found,
        "may_read_document": rules.can_run_seasons(roles),
        "may_write_paper": rules.can_run_seasons(roles) and not row.is_from_record,
        "paper_address": address_of(row) if is_open else "",
        "may_record_decision": rules.can_record_decision(roles, row),
        "may_note_stage": rules.can_note_stage(roles, row),
        "may_confirm": rules.can_confirm(roles, row),
        "may_withdraw": rules.can_withdraw(roles, row),
        "may_restore": rules.can_restore(roles, row),
        "may_correct": rules.can_correct_decision(roles, row),
        "may_plan": rules.can_plan_next_step(roles, row),
        "interests": interests,
        "way": way(row, interests),
        "decided": DECISION_ASKED in request.GET
        and rules.can_note_stage(roles, row)
        and State.DECIDED.label,
        "form": form or pages.draw(DecisionForm(instance=row), _drawn_decision(row)),
        "stage_form": stage_form
        or pages.draw(StageForm(initial={"state": found.state}, season=season), _drawn_stage(row)),
        "proposal": proposal,
        "step_form": step_form or drawn_step_form(found, proposal=proposal if taken else None),
    }
    return pages.show(request, "seasons/member.html", context, form, stage_form, step_form)


@require_POST
@requires(rules.can_run_seasons)
def next_step(request: Request, number: int, slug: str) -> HttpResponse:
    """Write what is done next, by when, and who is in charge; then go back to where it was asked."""
    found = _found(request, number, slug)
    drawn, form = drawn_step(found), NextStepForm(request.POST, participation=found)
    said, at = _("The next step was saved."), timezone.now()
    if pages.save(request, form, following.plan_next_step, said, drawn, participation=found, at=at):
        if "board" in request.POST:
            return redirect("seasons_network:board", number)
        return redirect("seasons_network:member", number, slug)
    return _member_page(request, number, slug, step_form=form)
