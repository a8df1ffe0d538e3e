"""A municipality's own workshops."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities.access import requires
from municipalities.forms import posted
from municipalities.requests import MunicipalityRequest
from uso.ground.lib.errors import RuleViolation
from workshops import actions, queries, rules
from workshops.forms import WishForm
from workshops.models import Workshop


@requires(rules.can_see_workshops)
def workshops(request: MunicipalityRequest) -> HttpResponse:
    """List the municipality's workshops of the season and what its package still holds."""
    municipality = request.municipality
    found = queries.participation_of(municipality, on=timezone.localdate())
    context = {
        "season": found and found.season,
        "ledger": found and queries.ledger(municipality, found.season),
        "listed": queries.listed(municipality, found.season) if found else [],
        "may_ask": rules.can_ask_workshops(request.roles),
    }
    return render(request, "workshops/list.html", context)


@requires(rules.can_ask_workshops)
def ask(request: MunicipalityRequest) -> HttpResponse:
    """Wish for a workshop."""
    found = queries.participation_of(request.municipality, on=timezone.localdate())
    if found is None:
        return redirect("workshops:list", request.municipality.slug)
    form = WishForm(posted(request), season=found.season)
    if request.method == "POST" and form.is_valid():
        try:
            workshop = actions.ask_workshop(
                participation=found, by=request.user, at=timezone.now(), **form.as_wish()
            )
            messages.success(
                request, _("The wish was saved. The coordinator answers it and agrees on the day.")
            )
            return redirect("workshops:detail", request.municipality.slug, workshop.pk)
        except RuleViolation as refused:
            form.add_error(refused.field, refused.message)
    context = {
        "season": found.season,
        "form": form,
        "ledger": queries.ledger(request.municipality, found.season),
    }
    return render(request, "workshops/ask.html", context, status=422 if form.errors else 200)


@requires(rules.can_see_workshops)
def workshop(request: MunicipalityRequest, workshop_id: int) -> HttpResponse:
    """Show one workshop, and the form that mends its wish."""
    return _page(request, _own(request, workshop_id))


@require_POST
@requires(rules.can_ask_workshops)
def revise(request: MunicipalityRequest, workshop_id: int) -> HttpResponse:
    """Mend a wish, or answer the question asked about it."""
    found = _own(request, workshop_id)
    form = WishForm(request.POST, instance=_own(request, workshop_id), season=found.season)
    if form.is_valid():
        try:
            actions.revise_wish(
                workshop=found, by=request.user, at=timezone.now(), **form.as_wish()
            )
            messages.success(request, _("The wish was saved."))
            return redirect("workshops:detail", request.municipality.slug, found.pk)
        except RuleViolation as refused:
            form.add_error(refused.field, refused.message)
    return _page(request, found, form)


@require_POST
@requires(rules.can_ask_workshops)
def cancel(request: MunicipalityRequest, workshop_id: int) -> HttpResponse:
    """Cancel a workshop that was not held; its place comes back."""
    try:
        actions.cancel_workshop(
            workshop=_own(request, workshop_id), by=request.user, at=timezone.now()
        )
        messages.success(request, _("The workshop was cancelled and its place is free again."))
    except RuleViolation as refused:
        messages.error(request, refused.message)
    return redirect("workshops:list", request.municipality.slug)


def _own(request: MunicipalityRequest, workshop_id: int) -> Workshop:
    rows = Workshop.objects.select_related("season", "theme", "asked_by", "asked_back_by")
    return get_object_or_404(rows, municipality=request.municipality, pk=workshop_id)


def _page(
    request: MunicipalityRequest, found: Workshop, form: WishForm | None = None
) -> HttpResponse:
    context = {
        "workshop": found,
        "listed": queries.Listed(found),
        "may_ask": rules.can_ask_workshops(request.roles),
        "form": form or WishForm(instance=found, season=found.season),
    }
    return render(request, "workshops/detail.html", context, status=422 if form else 200)
