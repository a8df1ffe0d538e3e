"""The page of a season, whose events are of another app, and of a season made from an earlier one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.enums import EventState
from events.models import Event
from municipalities.access import requires
from municipalities.requests import Request
from seasons.completeness import checks_of
from seasons.enums import SeasonPart
from seasons.forms.new_season import NewSeasonForm
from seasons.models import Phase, Season
from seasons.queries import content_of
from seasons.requests import season_or_404, seasons_of
from seasons.rules import can_run_seasons, can_see_seasons
from seasons.wording import billing_months
from uso.ground.lib import pages
from uso.ground.once.creating import create
from uso.roof.home.actions import make_season


@dataclass(frozen=True)
class PhaseOnLine:
    """A phase on the season's time line with its events."""

    phase: Phase
    events: list[Event]
    when: str


@dataclass(frozen=True)
class TimeLine:
    """The phases of a season in order, and the events that belong to none of them."""

    phases: list[PhaseOnLine]
    unphased: list[Event]


@requires(can_see_seasons)
def season(request: Request, number: int) -> HttpResponse:
    """Show a season as its invitation tells it, and what it lacks before it is published."""
    found = season_or_404(request, number)
    content = content_of(found)
    today = timezone.localdate()
    may_run = can_run_seasons(request.roles)
    may_edit = may_run and not found.has_ended(on=today)
    context = {
        "season": found,
        "content": content,
        "stage": found.stage(on=today),
        "line": time_line(found, content.phases, on=today),
        "shared": [row for row in content.package if not row.for_each_municipality],
        "own": [row for row in content.package if row.for_each_municipality],
        "checks": checks_of(content) if found.is_draft else [],
        "billing_months": billing_months(found),
        "may_run": may_run,
        "may_edit": may_edit,
        "edit": {part.value: part_url(found, part) if may_edit else "" for part in SeasonPart},
    }
    return render(request, "seasons/detail.html", context)


def time_line(found: Season, phases: Sequence[Phase], *, on: date) -> TimeLine:
    """Lay the phases of a season in order, each with its events that are not cancelled (one query)."""
    held = Event.objects.filter(season=found).exclude(state=EventState.CANCELLED)
    events = list(held.order_by("starts_at", "kind", "position"))
    places = [
        PhaseOnLine(phase, [e for e in events if e.phase_id == phase.pk], _when(phase, on))
        for phase in phases
    ]
    return TimeLine(places, [event for event in events if event.phase_id is None])


def part_url(found: Season, part: SeasonPart) -> str:
    """Return the address on which a part of a season is written."""
    return reverse("seasons_network:edit", args=[found.number, part])


def _when(phase: Phase, on: date) -> str:
    if phase.ends_on < on:
        return "past"
    return "ahead" if on < phase.starts_on else "now"


@requires(can_run_seasons)
def new_season(request: Request) -> HttpResponse:
    """Make a season from an earlier one, as a draft."""
    form = NewSeasonForm(pages.sent(request), seasons=seasons_of(request))

    def said(made: Season) -> str:
        return _(
            "%(season)s is a draft now, made from %(source)s. Only the network's staff sees it."
        ) % {"season": made, "source": form.cleaned_data["source"]}

    def leads_to(made: Season) -> str:
        return reverse("seasons_network:detail", args=[made.number])

    if made := create(request, form, make_season, said, leads_to=leads_to):
        return made
    return pages.show(request, "seasons/new.html", {"form": form}, form)
