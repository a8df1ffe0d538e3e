"""Pages of a season's programme for the network."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events import rules
from events.actions import cancel_event, publish_event, save_event
from events.forms import EventForm
from events.models import Event
from events.queries import Participant, missing_for_publishing, participants, programme
from municipalities.access import requires
from municipalities.requests import Request
from seasons.requests import season_or_404
from uso.ground.lib import pages
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.tables import Column, arrange

COLUMNS: tuple[Column[Participant], ...] = (
    Column("municipality", gettext_lazy("Municipality"), lambda p: p.municipality, sought=True),
    Column("last_name", gettext_lazy("Last name"), lambda p: p.last_name, sought=True),
    Column("first_name", gettext_lazy("First name"), lambda p: p.first_name, sought=True),
    Column("title", gettext_lazy("Title or position"), lambda p: p.title, sought=True),
    Column("group", gettext_lazy("Group"), lambda p: p.group),
    Column("mode", gettext_lazy("Way of attending"), lambda p: str(p.mode.label)),
    Column("registered", gettext_lazy("Registered"), lambda p: p.registered_at),
)


@requires(rules.can_see_programme)
@require_safe
def season_programme(request: Request, number: int) -> HttpResponse:
    """Show a season's events by phase with their seats."""
    season = season_or_404(request, number)
    context = {
        "shown_season": season,
        "phases": programme(season),
        "may_plan": rules.can_plan_events(request.roles),
    }
    return render(request, "events/programme.html", context)


@requires(rules.can_plan_events)
@require_http_methods(["GET", "HEAD", "POST"])
def new_event(request: Request, number: int) -> HttpResponse:
    """Write a new event as a draft."""
    event = Event(season=season_or_404(request, number))
    return _edit(request, event, _("The event is saved as a draft."))


@requires(rules.can_plan_events)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_event(request: Request, number: int, event_id: int) -> HttpResponse:
    """Change an event; if it is published, those registered are told of what moves."""
    return _edit(request, _event(number, event_id), _("The changes are saved."))


def _edit(request: Request, event: Event, done: str) -> HttpResponse:
    form = EventForm(pages.sent(request), instance=event)
    if request.method == "POST" and form.is_valid():
        try:
            save_event(event=form.instance, capacities=form.capacities, by=request.user)
        except RuleViolation as violation:
            form.add_error(violation.field, violation.message)
        else:
            messages.success(request, done)
            return _to(event)
    context = {"form": form, "event": event}
    return render(request, "events/edit.html", context, status=422 if form.errors else 200)


@requires(rules.can_see_programme)
@require_safe
def season_event(request: Request, number: int, event_id: int) -> HttpResponse:
    """Show an event and who is coming from where; `?export=` takes the list out."""
    return _show(request, _event(number, event_id))


def _show(request: Request, event: Event, refused: str = "") -> HttpResponse:
    table = arrange(COLUMNS, participants(event), request, name=f"osallistujat-{event.pk}")
    if table.export:
        return table.response()
    context = {
        "event": event,
        "seats": sorted(event.seats.all(), key=lambda row: row.mode),
        "missing": missing_for_publishing(event),
        "table": table,
        "refused": refused,
        "ahead": event.starts_at is None or event.starts_at > timezone.now(),
        "may_plan": rules.can_plan_events(request.roles),
    }
    return render(request, "events/season_event.html", context, status=422 if refused else 200)


@requires(rules.can_plan_events)
@require_POST
def publish(request: Request, number: int, event_id: int) -> HttpResponse:
    """Publish a draft, or name what it lacks."""
    event = _event(number, event_id)
    try:
        publish_event(event=event, by=request.user, at=timezone.now())
    except RuleViolation as violation:
        return _show(request, event, violation.message)
    messages.success(request, _("Published. The municipalities can register their people now."))
    return _to(event)


@requires(rules.can_plan_events)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: Request, number: int, event_id: int) -> HttpResponse:
    """Ask, and then cancel a published event; those registered are told."""
    event = _event(number, event_id)
    refused = ""
    if request.method == "POST":
        try:
            cancel_event(event=event, by=request.user, at=timezone.now())
        except RuleViolation as violation:
            refused = violation.message
        else:
            messages.success(request, _("Cancelled. Everybody registered gets a message."))
            return _to(event)
    context = {
        "event": event,
        "registered": sum(row.taken for row in event.seats.all()),
        "refused": refused,
    }
    return render(request, "events/cancel.html", context, status=422 if refused else 200)


def _event(number: int, event_id: int) -> Event:
    events = Event.objects.select_related("season", "phase").prefetch_related("seats")
    return get_object_or_404(events, season__number=number, pk=event_id)


def _to(event: Event) -> HttpResponse:
    return redirect("events_network:detail", number=event.season.number, event_id=event.pk)
