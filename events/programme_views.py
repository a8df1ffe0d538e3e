"""Pages of a season's programme for the network."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events import rules
from events.actions.programme import (
    cancel_event,
    locked_event,
    plan_from_package,
    publish_event,
    save_event,
)
from events.forms import PLACES, EventForm, PlanForm
from events.models import Event
from events.planning import season_plan
from events.queries import Participant, missing_for_publishing, participants, programme
from municipalities.access import requires
from municipalities.facts import names_of
from municipalities.requests import Request
from seasons.models import Season
from seasons.requests import season_or_404
from uso.ground.drawn_rows import drawn_for
from uso.ground.lib import pages
from uso.ground.lib.drawn import Drawn, Facts, facts_of
from uso.ground.lib.tables import Column, arrange
from uso.ground.once.creating import create

COLUMNS: tuple[Column[Participant], ...] = (
    Column(
        "municipality",
        gettext_lazy("Municipality"),
        lambda p: p.municipality,
        sought=True,
        also=lambda p: names_of(p.municipality_code),
    ),
    Column("last_name", gettext_lazy("Last name"), lambda p: p.last_name, sought=True),
    Column("first_name", gettext_lazy("First name"), lambda p: p.first_name, sought=True),
    Column("title", gettext_lazy("Title or position"), lambda p: p.title, sought=True),
    Column("group", gettext_lazy("Group"), lambda p: p.group),
    Column("mode", gettext_lazy("Way of attending"), lambda p: p.way),
    Column("registered", gettext_lazy("Registered"), lambda p: p.registered_at),
)


@requires(rules.can_see_programme)
def season_programme(request: Request, number: int) -> HttpResponse:
    """Show a season's events by phase with their seats."""
    season = season_or_404(request, number)
    context = {
        "shown_season": season,
        "phases": programme(season),
        "may_plan": rules.can_plan_events(request.roles),
        "from_package": season.is_draft,
    }
    return render(request, "events/programme.html", context)


@requires(rules.can_plan_events)
def plan_events(request: Request, number: int) -> HttpResponse:
    """Show which events the package of a draft season makes, and plan those that are missing."""
    season = season_or_404(request, number)
    if not season.is_draft:
        return redirect("events_network:list", number)
    plan = season_plan(season)
    form = PlanForm(pages.sent(request), season=season, plan=plan)

    def read() -> Facts:
        locked = Season.objects.select_for_update(of=("self",), no_key=True).get(pk=season.pk)
        return season_plan(locked).facts

    def leads_to(_made: list[Event]) -> str:
        return reverse("events_network:list", args=[number])

    drawn, given = Drawn(plan.facts, read), {"season": season}
    if made := create(
        request, form, plan_from_package, _planned, leads_to=leads_to, drawn=drawn, **given
    ):
        return made
    context = {
        "shown_season": season,
        "plan": plan,
        "lines": [(line, form.rows(line.missing)) for line in plan.lines],
        "form": form,
    }
    return pages.show(request, "events/plan.html", context, form)


def _planned(made: list[Event]) -> str:
    return ngettext(
        "%(count)d event was planned as a draft.",
        "%(count)d events were planned as drafts.",
        len(made),
    ) % {"count": len(made)}


@requires(rules.can_plan_events)
def new_event(request: Request, number: int) -> HttpResponse:
    """Write a new event as a draft."""
    event = Event(season=season_or_404(request, number))
    return _edit(request, event, _("The event is saved as a draft."))


@requires(rules.can_plan_events)
def edit_event(request: Request, number: int, event_id: int) -> HttpResponse:
    """Change an event; if it is published, those registered are notified of what moves."""
    return _edit(request, _event(number, event_id), _("The changes are saved."))


def _edit(request: Request, event: Event, said: str) -> HttpResponse:
    drawn = drawn_for(event, *EventForm.CHANGING) if event.pk else None
    form = EventForm(pages.sent(request), instance=event)
    if made := create(request, form, save_event, said, leads_to=_address, drawn=drawn):
        return made
    return pages.show(request, "events/edit.html", {"form": form, "event": event}, form)


@requires(rules.can_see_programme)
def season_event(request: Request, number: int, event_id: int) -> HttpResponse:
    """Show an event and who is coming from where; `?export=` takes the list out."""
    event, at = _event(number, event_id), timezone.now()
    table = arrange(
        COLUMNS,
        participants(event),
        request,
        name=f"osallistujat-{event.pk}",
        title=_("Participants"),
    )
    if table.export:
        return table.response()
    context = {
        "event": event,
        "seats": sorted(event.seats.all(), key=lambda row: row.mode),
        "missing": missing_for_publishing(event),
        "table": table,
        "may_edit": rules.can_edit(request.roles, event),
        "may_publish": rules.can_publish(request.roles, event),
        "may_cancel": rules.can_cancel(request.roles, event, at=at),
    }
    return render(request, "events/season_event.html", context)


@requires(rules.can_plan_events)
def publish(request: Request, number: int, event_id: int) -> HttpResponse:
    """Ask, and then publish a draft, or name what it lacks."""
    event = _event(number, event_id)
    return pages.confirm(
        request,
        "events/publish.html",
        {"event": event, "seats": sorted(event.seats.all(), key=lambda row: row.mode)},
        publish_event,
        said=_(
            "Published. The municipalities can register their people now; their contact persons get a message within half an hour."
        ),
        back=_address(event),
        drawn=drawn_for(event, *EventForm.CHANGING),
        event=event,
        at=timezone.now(),
    )


@requires(rules.can_plan_events)
def cancel(request: Request, number: int, event_id: int) -> HttpResponse:
    """Ask, and then cancel a published event; those registered are notified."""
    event = _event(number, event_id)
    registered = sum(row.taken for row in event.seats.all())

    def read() -> Facts:
        return _cancelled_facts(locked_event(event.pk))

    return pages.confirm(
        request,
        "events/cancel.html",
        {"event": event, "registered": registered},
        cancel_event,
        said=_("Cancelled. Those registered who have an e-mail address get a message."),
        back=_address(event),
        drawn=Drawn(_cancelled_facts(event), read),
        event=event,
        at=timezone.now(),
    )


def _cancelled_facts(event: Event) -> Facts:
    """Say what the question names: the event's state, time and place, and how many are registered."""
    taken = sum(row.taken for row in event.seats.all())
    return {
        **facts_of(event, ("state", "starts_at", "ends_at", *PLACES)),
        _("Registered"): str(taken),
    }


def _event(number: int, event_id: int) -> Event:
    events = Event.objects.select_related("season", "phase").prefetch_related("seats")
    return get_object_or_404(events, season__number=number, pk=event_id)


def _address(event: Event) -> str:
    return reverse("events_network:detail", args=[event.season.number, event.pk])
