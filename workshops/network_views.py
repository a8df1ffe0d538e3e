"""Every municipality's workshops of a season, in the coordinator's hands."""

from collections.abc import Callable

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from municipalities.access import requires
from municipalities.columns import municipality_column
from municipalities.requests import Request
from seasons.requests import season_or_404
from uso.ground.drawn_rows import drawn_for
from uso.ground.lib import pages
from uso.ground.lib.marks import address, amber, dots, quiet
from uso.ground.lib.tables import Column, arrange
from workshops import actions, queries, rules
from workshops.forms import HeldForm, PlanForm, QuestionForm
from workshops.models import CHANGING, Workshop

COLUMNS: list[Column[queries.MapRow]] = [
    municipality_column(lambda row: address("workshops:list", row.municipality.slug)),
    Column(
        "dots",
        gettext_lazy("Workshops"),
        lambda row: row.words,
        sorts=False,
        drawn=lambda row: dots(row.ledger.dots),
    ),
    Column("held", gettext_lazy("Held"), lambda row: row.ledger.held, numeric=True, on_page=False),
    Column(
        "agreed", gettext_lazy("Agreed"), lambda row: row.ledger.agreed, numeric=True, on_page=False
    ),
    Column(
        "wished",
        gettext_lazy("Wished for"),
        lambda row: row.ledger.wished,
        numeric=True,
        on_page=False,
    ),
    Column(
        "waits",
        gettext_lazy("Wait for us"),
        lambda row: row.ledger.waits,
        numeric=True,
        drawn=lambda row: amber(row.ledger.waits) if row.ledger.waits else quiet("–"),
    ),
    Column("left", gettext_lazy("Left"), lambda row: row.ledger.left, numeric=True),
]
WISHES_SHOWN = 20


@requires(rules.can_follow_workshops)
def season(request: Request, number: int) -> HttpResponse:
    """Map the workshops of every member, and list the wishes that wait."""
    found = season_or_404(request, number)
    rows = queries.season_map(found)
    table = arrange(
        COLUMNS,
        rows,
        request,
        name=f"uso{number}-workshops",
        title=_("Workshops of each municipality"),
    )
    if table.export:
        return table.response()
    waiting = queries.waiting_wishes(rows)
    context = {
        "season": found,
        "table": table,
        "waiting": waiting,
        "wishes": waiting if request.GET.get("wishes") == "all" else waiting[:WISHES_SHOWN],
        "totals": queries.Totals.of(rows),
        "legend": {dot: [dot] for dot in ("done", "agreed", "asked", "free")},
        "may_plan": rules.can_plan_workshops(request.roles),
    }
    return render(request, "workshops/season.html", context)


@requires(rules.can_follow_workshops)
def workshop(request: Request, number: int, workshop_id: int) -> HttpResponse:
    """Show one workshop with what the coordinator may do with it."""
    return _page(request, _found(request, number, workshop_id))


@require_POST
@requires(rules.can_plan_workshops)
def plan(request: Request, number: int, workshop_id: int) -> HttpResponse:
    """Agree on the day."""
    said = _("The day was saved, and the municipality gets it by e-mail.")
    found = _found(request, number, workshop_id)
    form = PlanForm(request.POST, workshop=found)
    return _save(request, found, form, actions.plan_workshop, said)


@require_POST
@requires(rules.can_plan_workshops)
def ask_back(request: Request, number: int, workshop_id: int) -> HttpResponse:
    """Ask the municipality something about its wish."""
    said = _("The municipality gets the question by e-mail.")
    found = _found(request, number, workshop_id)
    return _save(request, found, QuestionForm(request.POST), actions.ask_back, said)


@require_POST
@requires(rules.can_plan_workshops)
def held(request: Request, number: int, workshop_id: int) -> HttpResponse:
    """Note that the workshop was held."""
    said = _("The workshop is noted as held.")
    found = _found(request, number, workshop_id)
    form = HeldForm(request.POST, workshop=found)
    return _save(request, found, form, actions.hold_workshop, said)


@require_POST
@requires(rules.can_plan_workshops)
def undo_held(request: Request, number: int, workshop_id: int) -> HttpResponse:
    """Take back the note that the workshop was held."""
    found = _found(request, number, workshop_id)
    pages.press(request, actions.undo_held, _("The note was taken back."), workshop=found)
    return redirect("workshops_network:detail", number, workshop_id)


@require_POST
@requires(rules.can_plan_workshops)
def cancel(request: Request, number: int, workshop_id: int) -> HttpResponse:
    """Cancel a workshop that was not held."""
    found = _found(request, number, workshop_id)
    said = _("The workshop was cancelled and its place is free again.")
    drawn, at = drawn_for(found, *CHANGING), timezone.now()
    pages.press(request, actions.cancel_workshop, said, drawn, workshop=found, at=at)
    return redirect("workshops_network:detail", number, workshop_id)


def _found(request: Request, number: int, workshop_id: int) -> Workshop:
    row = queries.workshop_of_season(season_or_404(request, number), workshop_id)
    if row is None:
        raise Http404
    return row


def _save(
    request: Request, found: Workshop, form: forms.Form, action: Callable[..., Workshop], said: str
) -> HttpResponse:
    drawn, at = drawn_for(found, *CHANGING), timezone.now()
    if pages.save(request, form, action, said, drawn, workshop=found, at=at):
        return redirect("workshops_network:detail", found.season.number, found.pk)
    return _page(request, found, form)


def _page(request: Request, found: Workshop, form: forms.Form | None = None) -> HttpResponse:
    drawn = drawn_for(found, *CHANGING)
    forms_drawn = (PlanForm(workshop=found), QuestionForm(), HeldForm(workshop=found))
    plan_form, question_form, held_form = (pages.draw(each, drawn) for each in forms_drawn)
    may_plan = rules.can_plan(request.roles, found)
    season_over = found.season.has_ended(on=timezone.localdate())
    may_agree = may_plan and not season_over
    context = {
        "season_over": season_over,
        "may_agree": may_agree,
        "may_ask": may_agree and found.waits_for_the_network,
        "plan_form": plan_form,
        "question_form": question_form,
        "held_form": held_form,
        "drawn": drawn.field,
        "workshop": found,
        "look": queries.look_of(found),
        "ledger": queries.ledger_of_season(found.municipality, found.season),
        "may_plan": may_plan,
        "may_undo": rules.can_undo_held(request.roles, found),
    }
    if form:
        bound = {PlanForm: "plan_form", QuestionForm: "question_form", HeldForm: "held_form"}
        context[bound[type(form)]] = form
    return pages.show(request, "workshops/answer.html", context, form)
