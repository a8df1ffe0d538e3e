"""A municipality's own workshops."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities.access import requires
from municipalities.requests import MunicipalityRequest
from uso.ground.drawn_rows import drawn_for
from uso.ground.lib import pages
from uso.ground.once.creating import create
from workshops import actions, queries, rules
from workshops.forms import WishForm
from workshops.models import CHANGING, Workshop


@requires(rules.can_see_workshops)
def workshops(request: MunicipalityRequest) -> HttpResponse:
    """List the municipality's workshops of the season and what its package still holds."""
    municipality, today = request.municipality, timezone.localdate()
    found = queries.participation_of(municipality, on=today)
    has_ended = bool(found and found.season.has_ended(on=today))
    may_ask = found and not has_ended
    context = {
        "season": found and found.season,
        "has_ended": has_ended,
        "ledger": found and queries.ledger(municipality, found.season),
        "listed": queries.listed(municipality, found.season) if found else [],
        "behind": queries.seasons_behind(municipality, now=found.season if found else None),
        "may_ask": may_ask and rules.can_ask_workshops(request.roles),
    }
    return render(request, "workshops/list.html", context)


@requires(rules.can_ask_workshops)
def ask(request: MunicipalityRequest) -> HttpResponse:
    """Wish for a workshop."""
    slug = request.municipality.slug
    found = queries.participation_of(request.municipality, on=timezone.localdate())
    if found is None:
        return redirect("workshops:list", slug)
    form = WishForm(pages.sent(request), season=found.season)
    said = _("The wish was saved. The coordinator answers it and agrees on the day.")

    def leads_to(made: Workshop) -> str:
        return reverse("workshops:detail", args=[slug, made.pk])

    given: dict[str, Any] = {"participation": found, "at": timezone.now()}
    if made := create(request, form, actions.ask_workshop, said, leads_to=leads_to, **given):
        return made
    context = {
        "season": found.season,
        "form": form,
        "ledger": queries.ledger(request.municipality, found.season),
    }
    return pages.show(request, "workshops/ask.html", context, form)


@requires(rules.can_see_workshops)
def workshop(request: MunicipalityRequest, workshop_id: int) -> HttpResponse:
    """Show one workshop, and the form that mends its wish."""
    return _page(request, _own(request, workshop_id))


@require_POST
@requires(rules.can_ask_workshops)
def revise(request: MunicipalityRequest, workshop_id: int) -> HttpResponse:
    """Mend a wish, or answer the question asked about it."""
    found = _own(request, workshop_id)
    # The form writes into its row: what is shown beside it is another.
    form = WishForm(request.POST, instance=_own(request, workshop_id), season=found.season)
    said, drawn, at = _("The wish was saved."), drawn_for(found, *CHANGING), timezone.now()
    if pages.save(request, form, actions.revise_wish, said, drawn, workshop=found, at=at):
        return redirect("workshops:detail", request.municipality.slug, found.pk)
    return _page(request, found, form)


@require_POST
@requires(rules.can_ask_workshops)
def cancel(request: MunicipalityRequest, workshop_id: int) -> HttpResponse:
    """Cancel a workshop that was not held; its place comes back."""
    found = _own(request, workshop_id)
    said = _("The workshop was cancelled and its place is free again.")
    drawn, at = drawn_for(found, *CHANGING), timezone.now()
    pages.press(request, actions.cancel_workshop, said, drawn, workshop=found, at=at)
    return redirect("workshops:list", request.municipality.slug)


def _own(request: MunicipalityRequest, workshop_id: int) -> Workshop:
    rows = Workshop.objects.select_related("season", "theme", "asked_by", "asked_back_by")
    return get_object_or_404(rows, municipality=request.municipality, pk=workshop_id)


def _page(
    request: MunicipalityRequest, found: Workshop, form: WishForm | None = None
) -> HttpResponse:
    drawn = drawn_for(found, *CHANGING)
    context = {
        "workshop": found,
        "drawn": drawn.field,
        "look": queries.look_of(found),
        "may_revise": rules.can_revise(request.roles, found),
        "may_cancel": rules.can_cancel(request.roles, found),
        "form": form or pages.draw(WishForm(instance=found, season=found.season), drawn),
    }
    return pages.show(request, "workshops/detail.html", context, form)
