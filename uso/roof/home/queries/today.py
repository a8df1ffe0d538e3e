"""The coordinator's board: what waits today, and the season in five bands."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analysis.enums import AnalysisState
from analysis.models import Analysis
from analysis.statistics.enums import ImportState
from analysis.statistics.models import ImportRun
from analysis.statistics.queries.source_list import waiting_runs
from billing.models import Invoice
from events.enums import EventState, Mode
from events.models import Event, Registration
from municipalities.models import NAMES, Municipality, User
from seasons.enums import FUNNEL, ParticipationState
from seasons.models import Interest, Participation, Season
from uso.ground.jobs.models import Job, JobState
from uso.ground.lib.marks import address
from uso.ground.tenancy.crossing import across_municipalities
from uso.roof.home.queries.late_steps import PLACE, late_steps
from uso.roof.home.todo import Todo
from workshops.queries import MapRow, Totals, map_of, waiting_wishes

SOON = timedelta(days=14)
EVENTS_SHOWN = 5
WISHES_SHOWN = 10
INTERESTS_SHOWN = 10
FAILED_SHOWN = 5


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
class Board:
    """Everything on the coordinator's start page."""

    todo: tuple[Todo, ...]
    funnel: tuple[Step, ...]
    coming: tuple[ComingEvent, ...]
    drafts: int
    workshops: tuple[MapRow, ...]
    workshop_totals: Totals
    analyses_published: int
    analyses_approved: int
    analyses_draft: int
    members: int
    on_list: int
    invoiced_eur: Decimal


def board(
    season: Season,
    *,
    reader: User,
    at: datetime,
    acts: bool = True,
    later: Sequence[Season] = (),
) -> Board:
    """Gather the board of a season across its municipalities (eight queries, and one where no event is ahead).

    Parameters
    ----------
    reader
        Whose own late steps come first.
    later
        Published seasons after it, whose interest is counted here.
    acts
        The reader may take the steps that wait; who may not is led to look at them.
    """
    with across_municipalities(reason="the coordinator's board sums up the whole season"):
        listed = _listed(season)
        members = [each for each in listed if each.state == ParticipationState.CONFIRMED]
        workshops = map_of(season, members)
        events = _events_ahead(season, at)
        invoiced, imports, failed, interested = _sum_and_waiting(season, later, at)
        analyses = _states(season)
        waiting = [
            *late_steps(season, listed, reader=reader, on=timezone.localdate(at)),
            *_wishes(season, workshops),
            *_deadlines(season, events, len(members), at),
            *_waiting_imports(imports),
            *(_failed_jobs(failed) if acts else ()),  # others may not open them
            *_interests(season, listed),
            *_interests_later(later, interested),
            *_decisions(season, listed),
            *_analyses(season, analyses),
        ]
        return Board(
            todo=tuple(
                todo if acts else replace(todo, action=_("See"))
                for todo in sorted(waiting, key=lambda todo: not todo.late)
            ),
            funnel=tuple(_funnel(season, listed)),
            coming=tuple(_coming(events[:EVENTS_SHOWN], season)),
            drafts=0 if events else _drafts(season),
            workshops=tuple(workshops),
            workshop_totals=Totals.of(workshops),
            analyses_published=analyses[AnalysisState.PUBLISHED],
            analyses_approved=analyses[AnalysisState.APPROVED],
            analyses_draft=analyses[AnalysisState.DRAFT],
            members=len(members),
            on_list=len(listed),
            invoiced_eur=invoiced,
        )


def _listed(season: Season) -> list[Any]:
    """List the municipalities on the season's list, each with its `state` there and `decided_on`.

    `interest_at` is when interest of its was last expressed on the public page.
    """
    written = Interest.objects.filter(season=season, municipality=OuterRef("pk")).order_by("-at")
    rows = Municipality.objects.filter(participations__season=season).only(*NAMES)
    place = {
        "state": F("participations__state"),
        "state_on": F("participations__state_on"),
        "decided_on": F("participations__decided_on"),
        "interest_at": Subquery(written.values("at")[:1]),
        **PLACE,
    }
    return list(rows.annotate(**place))


def _events_ahead(season: Season, at: datetime) -> list[Event]:
    """List published events that have not begun.

    `municipalities` counts those with somebody, of the events whose registration ends soon: counting
    them all is half the time of the page.
    """
    confirmed = Registration.objects.confirmed().filter(event=OuterRef("pk")).order_by()
    counted = confirmed.values("event").annotate(count=Count("municipality", distinct=True))
    events = Event.objects.filter(season=season, state=EventState.PUBLISHED).ahead(at=at)
    return list(
        events.annotate(
            municipalities=Case(
                When(
                    deadline_at__gt=at,
                    deadline_at__lt=at + SOON,
                    then=Coalesce(Subquery(counted.values("count")), 0),
                ),
                default=0,
            )
        )
        .only("title_fi", "title_sv", "title_en", "starts_at", "deadline_at")
        .order_by("starts_at")
    )


# -- What waits ------------------------------------------------------------------------------------


def _wishes(season: Season, workshops: list[MapRow]) -> list[Todo]:
    return [
        Todo(
            _("proposed development workshop %(slot)s: %(topic)s")
            % {"slot": wish.workshop.slot, "topic": wish.workshop.topic},
            subject=wish.municipality.name,
            since=wish.workshop.asked_at,
            href=address("workshops_network:detail", season.number, wish.workshop.pk),
            action=_("Answer"),
        )
        for wish in waiting_wishes(workshops)[:WISHES_SHOWN]
    ]


def _deadlines(season: Season, events: list[Event], members: int, at: datetime) -> list[Todo]:
    soon = (
        (event.deadline_at, event)
        for event in events
        if event.deadline_at and at < event.deadline_at < at + SOON
    )
    return [
        _deadline(season, event, until, members - event.municipalities, at)
        for until, event in sorted(soon, key=itemgetter(0))
        if event.municipalities < members
    ]


def _deadline(season: Season, event: Event, until: datetime, missing: int, at: datetime) -> Todo:
    return Todo(
        ngettext(
            "registration ends, %(count)d municipality without participants",
            "registration ends, %(count)d municipalities without participants",
            missing,
        )
        % {"count": missing},
        subject=f"{event.title}:",
        until=until,
        late=until - at < timedelta(days=3),
        href=address("events_network:detail", season.number, event.pk),
        action=_("Look"),
    )


def _failed_jobs(failed: Iterable[Job]) -> list[Todo]:
    return [
        Todo(
            _("ended with an error"),
            subject=job.title_text,
            since=job.finished_at,
            href=address("jobs_network:detail", job.pk),
            action=_("Check"),
            late=True,
        )
        for job in failed
    ]


def _waiting_imports(imports: list[ImportRun]) -> list[Todo]:
    words = {
        ImportState.HELD: _("is held: figures would be lost"),
        ImportState.PREVIEWED: _("was read from a file and waits to be taken"),
    }
    return [
        Todo(
            words[ImportState(run.state)],
            subject=run.source.name,
            since=run.finished_at,
            href=address("statistics_network:sources"),
            action=_("Check"),
            late=run.state == ImportState.HELD,
        )
        for run in imports
    ]


def _interests(season: Season, listed: Sequence[Any]) -> list[Todo]:
    """List whose interest nobody has acted on: the stage was not moved on or noted since."""
    waiting = [
        each
        for each in listed
        if each.state == ParticipationState.INTERESTED
        and each.interest_at
        and timezone.localdate(each.interest_at) >= each.state_on
    ]
    return [
        Todo(
            _("expressed interest on the public page"),
            subject=municipality.name,
            since=municipality.interest_at,
            href=address("seasons_network:member", season.number, municipality.slug),
            action=_("Answer"),
        )
        for municipality in sorted(waiting, key=lambda each: each.interest_at)[:INTERESTS_SHOWN]
    ]


def _unanswered(later: Sequence[Season]) -> "QuerySet[Participation]":
    """Pick those of later seasons whose interest nobody has acted on, the longest waiting first."""
    written = Interest.objects.filter(
        season=OuterRef("season"),
        municipality=OuterRef("municipality"),
        at__date__gte=OuterRef("state_on"),
    )
    return (
        Participation.objects.filter(season__in=later, state=ParticipationState.INTERESTED)
        .annotate(interest_at=Subquery(written.order_by("-at").values("at")[:1]))
        .filter(interest_at__isnull=False)
        .order_by("interest_at", "pk")
    )


def _interests_later(
    later: Sequence[Season], waiting: Iterable[tuple[int, datetime]]
) -> list[Todo]:
    """Count for each later season whose interest nobody has acted on; its own board lists them."""
    by_season: dict[int, list[datetime]] = {}
    for season_id, interest_at in waiting:
        by_season.setdefault(season_id, []).append(interest_at)
    return [
        Todo(
            ngettext(
                "interest of %(count)d municipality waits for an answer",
                "interest of %(count)d municipalities waits for an answer",
                len(times),
            )
            % {"count": len(times)},
            subject=str(season),
            since=times[0],
            href=address("home_network:today", season.number),
            action=_("See"),
        )
        for season in sorted(later, key=lambda each: each.number)
        if (times := by_season.get(season.pk))
    ]


def _decisions(season: Season, listed: Sequence[Any]) -> list[Todo]:
    decided = [each for each in listed if each.state == ParticipationState.DECIDED]
    return [
        Todo(
            _("decided to join and waits for confirmation"),
            subject=municipality.name,
            since=municipality.decided_on,
            href=address("seasons_network:member", season.number, municipality.slug),
            action=_("Confirm"),
        )
        for municipality in decided[:5]
    ]


def _states(season: Season) -> Counter[str]:
    """Count the members by the state of their newest edition, as the board of analyses does."""
    editions = Analysis.objects.filter(season=season).order_by("municipality_id", "-edition")
    newest = editions.distinct("municipality_id")
    return Counter(newest.values_list("state", flat=True))


def _analyses(season: Season, states: Counter[str]) -> list[Todo]:
    """Count the analyses that wait for the coordinator: drafts to read, approved ones to publish."""
    drafts, approved = states[AnalysisState.DRAFT], states[AnalysisState.APPROVED]
    waiting = [
        (drafts, ngettext("is a draft", "are drafts", drafts), _("Read through")),
        (approved, ngettext("waits for publishing", "wait for publishing", approved), _("Publish")),
    ]
    return [
        Todo(
            words,
            subject=ngettext("%(count)d situation analysis", "%(count)d situation analyses", count)
            % {"count": count},
            href=address("analysis_network:season", season.number),
            action=action,
        )
        for count, words, action in waiting
        if count
    ]


# -- The bands ---------------------------------------------------------------------------------------


def _funnel(season: Season, listed: Sequence[Any]) -> list[Step]:
    counts = Counter(each.state for each in listed)
    url = address("seasons_network:members", season.number)
    return [Step(str(state.label), counts[state], f"{url}?state={state}") for state in FUNNEL]


def _coming(events: list[Event], season: Season) -> list[ComingEvent]:
    prefetch_related_objects(events, "seats")
    return [_with_seats(event, season) for event in events]


def _drafts(season: Season) -> int:
    """Count the events that wait for publishing, told where none is ahead."""
    return Event.objects.filter(season=season, state=EventState.DRAFT).count()


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
        url=address("events_network:detail", season.number, event.pk),
    )


def _sum_and_waiting(
    season: Season, later: Sequence[Season], at: datetime
) -> tuple[Decimal, list[ImportRun], list[Job], list[tuple[int, datetime]]]:
    """Sum what is invoiced; list waiting imports, jobs that failed lately, interest in later seasons.

    One query where there are neither imports nor jobs.
    """
    invoices = Invoice.objects.filter(participation__season=season).order_by()
    summed = invoices.values("participation__season").annotate(total=Sum("net_eur"))
    ended = Job.objects.filter(
        municipality=None, state=JobState.FAILED, finished_at__gt=at - SOON
    ).order_by("-finished_at")
    interested = _unanswered(later)
    total, waiting, failed, *interest = (
        Season.objects.filter(pk=season.pk)
        .values_list(
            Subquery(summed.values("total")),
            ArraySubquery(waiting_runs().values("pk")),
            ArraySubquery(ended.values("pk")[:FAILED_SHOWN]),
            ArraySubquery(interested.values("season_id")),
            ArraySubquery(interested.values("interest_at")),
        )
        .get()
    )
    runs = ImportRun.objects.filter(pk__in=waiting).select_related("source") if waiting else ()
    jobs = Job.objects.filter(pk__in=failed).order_by("-finished_at") if failed else ()
    in_order = sorted(runs, key=lambda run: (run.finished_at, run.pk))
    return (
        total or Decimal(0),
        in_order,
        list(jobs),
        list(zip(*(each or () for each in interest), strict=True)),
    )
