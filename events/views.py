"""Pages of events for a municipality."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import rules
from events.actions.registering import Refusal, save_registrations
from events.forms import GridInput, parse_grid
from events.queries import GridOverlay, coming_events, find_offer, past_events, registration_grid
from municipalities.access import requires
from municipalities.requests import MunicipalityRequest

PAST_SHOWN = 10
MOST_CHANGES = 2_000  # in one save: far above a whole roster in a whole season


@requires(rules.can_see_events)
def event_list(request: MunicipalityRequest) -> HttpResponse:
    """Show what is coming and who of the municipality is going; under it what has been."""
    at = timezone.now()
    every_past = request.GET.get("past") == "all"
    past = past_events(request.municipality, at=at, most=None if every_past else PAST_SHOWN + 1)
    coming = coming_events(request.municipality, at=at)
    context = {
        "coming": coming,
        "past": past if every_past else past[:PAST_SHOWN],
        "every_past": every_past,
        "more_past": not every_past and len(past) > PAST_SHOWN,
        "may_register": rules.can_register(request.roles)
        and not all(offer.event.begun(at=at) for offer in coming),
    }
    return render(request, "events/list.html", context)


@requires(rules.can_see_events)
def event_detail(request: MunicipalityRequest, event_id: int) -> HttpResponse:
    """Show one event: when, where, how to take part, who of the municipality is going."""
    offer = find_offer(request.municipality, event_id, at=timezone.now())
    if offer is None:
        raise Http404
    context = {"offer": offer, "may_register": rules.can_register(request.roles)}
    return render(request, "events/detail.html", context)


@requires(rules.can_register)
def grid(request: MunicipalityRequest) -> HttpResponse:
    """Register the municipality's people to the events ahead, all in one save."""
    if request.method == "POST":
        return _save_grid(request)
    return _show_grid(request, GridOverlay(saved_at=_moment(request.GET.get("saved", ""))))


def _save_grid(request: MunicipalityRequest) -> HttpResponse:
    typed, at = parse_grid(request.POST), timezone.now()
    if len(typed.changes) + len(typed.unclear) > MOST_CHANGES:
        return _refuse_too_many(request, typed)
    saved = save_registrations(
        municipality=request.municipality, choices=typed.changes, by=request.user, at=at
    )
    refusals = [*_unclear(typed), *saved.refused]
    if refusals:
        return _show_grid(request, _overlay(refusals, at), refusals, len(saved.done))
    messages.success(request, _saved_in_words(len(saved.done)))
    back = {"saved": at.isoformat(), **({"shown": s} if (s := request.POST.get("shown")) else {})}
    return redirect(f"{reverse('events:grid', args=[request.municipality.slug])}?{urlencode(back)}")


def _refuse_too_many(request: MunicipalityRequest, typed: GridInput) -> HttpResponse:
    """Save nothing of what would hold the events' seats locked for long."""
    messages.error(
        request,
        _(
            "More than %(count)d changes came at once. Nothing was saved; what you chose is still"
            " on the page. Save fewer at a time."
        )
        % {"count": MOST_CHANGES},
    )
    return _show_grid(request, GridOverlay(typed=typed.changes))


def _show_grid(
    request: MunicipalityRequest,
    overlay: GridOverlay,
    refusals: Sequence[Refusal] = (),
    saved_count: int = 0,
) -> HttpResponse:
    asked = request.POST.get("shown") or request.GET.get("shown") or request.GET.get("event") or ""
    context = {
        "grid": registration_grid(request.municipality, at=timezone.now(), overlay=overlay),
        # The event a phone shows first.
        "shown": str(refusals[0].event_id) if refusals else asked,
        "refusals": refusals,
        "saved_in_words": _saved_in_words(saved_count) if saved_count else "",
    }
    refused = request.method == "POST"  # a good one has been redirected
    return render(request, "events/grid.html", context, status=422 if refused else 200)


def _unclear(typed: GridInput) -> list[Refusal]:
    message = _("More than one choice came for this person and event: choose again.")
    return [Refusal(*cell, None, message) for cell in sorted(typed.unclear)]


def _overlay(refusals: Sequence[Refusal], at: datetime) -> GridOverlay:
    return GridOverlay(
        typed={(no.person_id, no.event_id): no.wanted for no in refusals},
        refused={(no.person_id, no.event_id): no.instead for no in refusals},
        saved_at=at,
    )


def _saved_in_words(count: int) -> str:
    if count == 0:
        return _("Nothing had been changed.")
    return ngettext(
        "%(count)d change saved. Participants with an e-mail address get a message and a calendar entry.",
        "%(count)d changes saved. Participants with an e-mail address get a message and a calendar entry.",
        count,
    ) % {"count": count}


def _moment(text: str) -> datetime | None:
    """Read the moment of a save from the address; whatever else stands there is passed over."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None
