"""The coordinator's board: what waits today, and the season in five bands."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analysis.enums import AnalysisState
from analysis.models import Analysis
from billing.models import Invoice
from events.enums import EventState, Mode, RegistrationState
from events.models import Event
from municipalities.crossing import across_municipalities
from seasons.enums import EntitlementKind, ParticipationState
from seasons.models import Participation, Season
from uso.home.todo import Todo
from uso.jobs.models import Job, JobState
from workshops.enums import WorkshopState
from workshops.models import Workshop

SOON = timedelta(days=14)
EVENTS_SHOWN = 5


@dataclass(frozen=True)
class Step:
    """One step of the funnel: how many municipalities stand there."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class ComingEvent:
    """One coming event with its seats."""

    event: Event
    in_person: bool
    confirmed: int
    capacity: int | None
    remote: int | None
    url: str


@dataclass(frozen=True)
class WorkshopRow:
    """One municipality's workshops as dots."""

    municipality: str
    states: tuple[str, ...]
    left: int


@dataclass(frozen=True)
class Board:
    """Everything on the coordinator's start page."""

    todo: tuple[Todo, ...]
    funnel: tuple[Step, ...]
    coming: tuple[ComingEvent, ...]
    workshops: tuple[WorkshopRow, ...]
    workshops_held: int
    workshops_total: int
    analyses_published: int
    analyses_draft: int
    members: int
    invoiced_eur: Decimal


def board(season: Season, *, at: datetime) -> Board:
    """Gather the board of a season across its municipalities."""
    with across_municipalities(reason="the coordinator's board sums up the whole season"):
        participations = list(
            Participation.objects.filter(season=season).select_related("municipality")
        )
        members = [p for p in participations if p.state == ParticipationState.CONFIRMED]
        rows = _workshops(season, members)
        analyses = Counter(Analysis.objects.filter(season=season).values_list("state", flat=True))
        return Board(
            todo=tuple(_todo(season, participations, len(members), at)),
            funnel=tuple(_funnel(season, participations)),
            coming=tuple(_coming(season, at)),
            workshops=tuple(rows),
            workshops_held=sum(row.states.count("done") for row in rows),
            workshops_total=sum(len(row.states) for row in rows),
            analyses_published=analyses[AnalysisState.PUBLISHED],
            analyses_draft=analyses[AnalysisState.DRAFT],
            members=len(members),
            invoiced_eur=_invoiced(season),
        )


# -- What waits ------------------------------------------------------------------------------------


def _todo(
    season: Season, participations: list[Participation], members: int, at: datetime
) -> list[Todo]:
    waiting = [
        *_wishes(season),
        *_deadlines(season, members, at),
        *_failed_jobs(at),
        *_decisions(season, participations),
        *_drafts(season),
    ]
    return sorted(waiting, key=lambda todo: not todo.late)


def _wishes(season: Season) -> list[Todo]:
    wishes = Workshop.objects.filter(season=season).waiting_for_the_network()
    return [
        Todo(
            _("proposed development workshop %(slot)s: %(topic)s")
            % {"slot": workshop.slot, "topic": workshop.topic},
            subject=workshop.municipality.name,
            since=workshop.asked_at,
            href=reverse("workshops_network:season", args=[season.number]),
            action=_("Answer"),
        )
        for workshop in wishes.select_related("municipality").order_by("asked_at")[:10]
    ]


def _deadlines(season: Season, members: int, at: datetime) -> list[Todo]:
    events = Event.objects.filter(
        season=season,
        state=EventState.PUBLISHED,
        deadline_at__gt=at,
        deadline_at__lt=at + SOON,
    ).annotate(
        municipalities=Count(
            "registrations__municipality",
            filter=Q(registrations__state=RegistrationState.CONFIRMED),
            distinct=True,
        )
    )
    return [
        Todo(
            ngettext(
                "registration ends, %(count)d municipality without participants",
                "registration ends, %(count)d municipalities without participants",
                members - event.municipalities,
            )
            % {"count": members - event.municipalities},
            subject=event.title,
            until=event.deadline_at,
            late=event.deadline_at - at < timedelta(days=3),
            href=reverse("events_network:detail", args=[season.number, event.pk]),
            action=_("Look"),
        )
        for event in events.order_by("deadline_at")
        if event.municipalities < members
    ]


def _failed_jobs(at: datetime) -> list[Todo]:
    failed = Job.objects.filter(
        municipality=None, state=JobState.FAILED, finished_at__gt=at - SOON
    ).order_by("-finished_at")
    return [
        Todo(
            _("ended with an error"),
            subject=job.title_text,
            since=job.finished_at,
            href=reverse("jobs_network:detail", args=[job.pk]),
            action=_("Check"),
            late=True,
        )
        for job in failed[:5]
    ]


def _decisions(season: Season, participations: list[Participation]) -> list[Todo]:
    decided = [p for p in participations if p.state == ParticipationState.DECIDED]
    url = reverse("seasons_network:members", args=[season.number])
    return [
        Todo(
            _("decided to join and waits for confirmation"),
            subject=participation.municipality.name,
            since=participation.decided_on,
            href=url,
            action=_("Confirm"),
        )
        for participation in decided[:5]
    ]


def _drafts(season: Season) -> list[Todo]:
    count = Analysis.objects.filter(season=season, state=AnalysisState.DRAFT).count()
    if not count:
        return []
    return [
        Todo(
            ngettext("waits for publishing", "wait for publishing", count),
            subject=ngettext("%(count)d situation analysis", "%(count)d situation analyses", count)
            % {"count": count},
            href=reverse("analysis_network:season", args=[season.number]),
            action=_("Read through"),
        )
    ]


# -- The bands ---------------------------------------------------------------------------------------


def _funnel(season: Season, participations: list[Participation]) -> list[Step]:
    counts = Counter(participation.state for participation in participations)
    url = reverse("seasons_network:members", args=[season.number])
    return [
        Step(str(state.label), counts[state], f"{url}?state={state}")
        for state in ParticipationState
        if state != ParticipationState.WITHDRAWN
    ]


def _coming(season: Season, at: datetime) -> list[ComingEvent]:
    events = (
        Event.objects.filter(season=season, state=EventState.PUBLISHED, starts_at__gt=at)
        .prefetch_related("seats")
        .order_by("starts_at")[:EVENTS_SHOWN]
    )
    return [_with_seats(event, season) for event in events]


def _with_seats(event: Event, season: Season) -> ComingEvent:
    """Show the room's seats where there is a room; those taking part remotely beside them."""
    taken = {Mode(seats.mode): seats for seats in event.seats.all()}
    room, remote = taken.get(Mode.IN_PERSON), taken.get(Mode.REMOTE)
    return ComingEvent(
        event=event,
        confirmed=room.taken if room else 0,
        capacity=room.capacity if room else None,
        remote=remote.taken if remote else None,
        in_person=room is not None,
        url=reverse("events_network:detail", args=[season.number, event.pk]),
    )


DOT_OF = {
    WorkshopState.HELD: "done",
    WorkshopState.PLANNED: "agreed",
    WorkshopState.WISHED: "asked",
}


def _workshops(season: Season, members: list[Participation]) -> list[WorkshopRow]:
    package = season.entitlements.filter(kind=EntitlementKind.WORKSHOP).first()
    entitled = (package and package.in_all) or 0
    states: dict[int, list[str]] = {}
    living = Workshop.objects.filter(season=season).standing()
    for municipality_id, state in living.order_by("slot").values_list("municipality_id", "state"):
        states.setdefault(municipality_id, []).append(DOT_OF[WorkshopState(state)])
    rows = []
    for participation in members:
        used = states.get(participation.municipality_id, [])
        left = max(entitled - len(used), 0)
        name = participation.municipality.name
        rows.append(WorkshopRow(name, (*used, *["free"] * left), left))
    return sorted(rows, key=lambda row: row.municipality)


def _invoiced(season: Season) -> Decimal:
    drafts = Invoice.objects.filter(participation__season=season)
    return drafts.aggregate(total=Sum("net_eur"))["total"] or Decimal(0)
