"""Experts of a municipality's analysis: who they are and how far."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from analysis import rules
from analysis.actions import experts as actions
from analysis.forms.text_forms import AssignForm
from analysis.models import ExpertAssignment
from analysis.queries.expert_work import experts, was_assigned
from analysis.views.shown_editions import reviewed
from municipalities.access import requires
from municipalities.requests import MunicipalityRequest
from uso.ground.lib import pages


@require_POST
@requires(rules.can_run_analyses)
def assign(request: MunicipalityRequest, analysis_id: int) -> HttpResponse:
    """Give the analysis to an expert."""
    analysis = reviewed(request, analysis_id)
    form = AssignForm(request.POST, experts=experts())
    if not pages.save(request, form, actions.assign_expert, _assigned, analysis=analysis):
        (errors,) = form.errors.values()  # on the page it leads to the form is empty again
        messages.error(request, str(errors[0]))
    return redirect("analysis:review", request.municipality.slug, analysis_id)


def _assigned(assignment: ExpertAssignment) -> str:
    name = assignment.expert.name
    return _("%(name)s sees the draft now and is told by e-mail.") % {"name": name}


@require_POST
@requires(rules.can_run_analyses)
def remove(request: MunicipalityRequest, analysis_id: int, expert_id: int) -> HttpResponse:
    """Take the analysis away from an expert."""
    analysis = reviewed(request, analysis_id)
    rows = ExpertAssignment.objects.filter(season=analysis.season, expert_id=expert_id)
    if assignment := rows.first():
        said = _("The expert no longer sees the draft. What they wrote stays.")
        pages.press(request, actions.remove_expert, said, assignment=assignment)
    elif was_assigned(analysis.season, expert_id):
        messages.info(request, _("The expert has been removed already."))
    else:
        raise Http404
    return redirect("analysis:review", request.municipality.slug, analysis_id)


@require_POST
@requires(rules.can_review)
def ready(request: MunicipalityRequest, analysis_id: int) -> HttpResponse:
    """Let an expert say that the analysis is ready for approval, or take that back."""
    analysis = reviewed(request, analysis_id)
    rows = ExpertAssignment.objects.filter(season=analysis.season, expert=request.user)
    assignment = rows.first()
    if assignment is None:
        raise Http404
    is_ready = request.POST.get("ready") == "yes"
    said = (
        _("You said that the analysis is ready for approval.")
        if is_ready
        else _("You go on with the analysis.")
    )
    pages.press(request, actions.note_ready, said, assignment=assignment, is_ready=is_ready)
    return redirect("analysis:review", request.municipality.slug, analysis_id)
