"""The coordinator's board: what waits today, and the season in five bands."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from operator import attrgetter, itemgetter

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    OuterRef,
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
from municipalities.models import User
from seasons.enums import ParticipationState
from seasons.models import Season
from seasons.queries.member_list import Step, funnel
from uso.ground.jobs.models import Job, JobState
from uso.ground.lib.marks import address
from uso.ground.tenancy.crossing import across_municipalities
from uso.roof.home.queries.ended_seasons import EndedSeason, ended_seasons
from uso.roof.home.queries.late_steps import late_steps
from uso.roof.home.queries.standings import Standing, standings_of
from uso.roof.home.todo import Todo
from workshops.queries import MapRow, Totals, map_of, waiting_wishes

SOON = timedelta(days=14)
EVENTS_SHOWN = 5
WISHES_SHOWN = 10
INTERESTS_SHOWN = 10
FAILED_SHOWN = 5


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
    ended: tuple[EndedSeason, ...]


def board(
    season: Season,
    *,
    reader: User,
    at: datetime,
    acts: bool = True,
    bills: bool = True,
    seasons: Iterable[Season] = (),
) -> Board:
    """Gather the board of a season across its municipalities.

    Eight queries; one more where no event is ahead, and where a season has ended.

    Parameters
    ----------
    reader
        Whose own late steps come first.
    seasons
        All seasons: interest in those to come is counted, and what is open in those that have ended.
    acts
        The reader may take the steps that wait; who may not is led to look at them.
    bills
        The reader runs the billing: nobody else reads of drafts of invoices.
    """
    on, seasons = timezone.localdate(at), list(seasons)
    later = [each for each in seasons if _comes_after(each, season, on=on)]
    ended = [each for each in seasons if each.has_ended(on=on) and each.number <= season.number]
    with across_municipalities(reason="the coordinator's board sums up the whole season"):
        standings = standings_of(season, later)
        listed = [each for each in standings if each.season_id == season.pk]
        members = [each for each in listed if each.state == ParticipationState.CONFIRMED]
        workshops = map_of(season, members)
        events = _events_ahead(season, at)
        invoiced, imports, failed = _sum_and_waiting(season, at)
        states = _states([season, *ended])
        analyses = states[season.pk]
        waiting = [
            *late_steps(season, listed, reader=reader, on=on),
            *_wishes(season, workshops),
            *_deadlines(season, events, len(members), at),
            *_waiting_imports(imports),
            *(_failed_jobs(failed) if acts else ()),  # others may not open them
            *_interests(season, listed),
            *_interests_later(later, standings),
            *_decisions(season, listed),
            *_analyses(season, analyses),
        ]
        return Board(
            todo=tuple(
                todo if acts else replace(todo, action=_("See"))
                for todo in sorted(waiting, key=lambda todo: not todo.late)
            ),
            funnel=tuple(
                funnel(
                    (each.state for each in listed),
                    address("seasons_network:members", season.number),
                )
            ),
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
            ended=tuple(ended_seasons(ended, states, page=season, bills=bills)),
        )


def _comes_after(other: Season, season: Season, *, on: date) -> bool:
    """Whether municipalities may join another season while this one runs."""
    if season.has_ended(on=on) or other.is_draft:
        return False
    return other.first_year > season.last_year


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


def _interests(season: Season, listed: Sequence[Standing]) -> list[Todo]:
    """List whose interest nobody has acted on, the longest waiting first."""
    return [
        Todo(
            _("expressed interest on the public page"),
            subject=standing.name,
            since=standing.interest_at,
            href=address("seasons_network:member", season.number, standing.slug),
            action=_("Answer"),
        )
        for standing in _waiting_interests(listed)[:INTERESTS_SHOWN]
    ]


def _waiting_interests(standings: Iterable[Standing]) -> list[Standing]:
    waiting = (each for each in standings if each.interest_waits)
    return sorted(waiting, key=attrgetter("interest_at", "name"))


def _interests_later(later: Sequence[Season], standings: Sequence[Standing]) -> list[Todo]:
    """Count for each later season whose interest nobody has acted on; its own board lists them."""
    by_season: dict[int, list[Standing]] = {}
    for standing in _waiting_interests(standings):
        by_season.setdefault(standing.season_id, []).append(standing)
    return [
        Todo(
            ngettext(
                "interest of %(count)d municipality waits for an answer",
                "interest of %(count)d municipalities waits for an answer",
                len(waiting),
            )
            % {"count": len(waiting)},
            subject=str(season),
            since=waiting[0].interest_at,
            href=address("home_network:today", season.number),
            action=_("See"),
        )
        for season in sorted(later, key=lambda each: each.number)
        if (waiting := by_season.get(season.pk))
    ]


def _decisions(season: Season, listed: Sequence[Standing]) -> list[Todo]:
    decided = [each for each in listed if each.state == ParticipationState.DECIDED]
    return [
        Todo(
            _("decided to join and waits for confirmation"),
            subject=standing.name,
            since=standing.decided_on,
            href=address("seasons_network:member", season.number, standing.slug),
            action=_("Confirm"),
        )
        for standing in decided[:5]
    ]


def _states(seasons: Sequence[Season]) -> dict[int, Counter[str]]:
    """Count by season the members by the state of their newest edition, as the board of analyses does."""
    editions = Analysis.objects.filter(season__in=seasons)
    newest = editions.order_by("season_id", "municipality_id", "-edition").distinct(
        "season_id", "municipality_id"
    )
    counts: dict[int, Counter[str]] = {season.pk: Counter() for season in seasons}
    for season_id, state in newest.values_list("season_id", "state"):
        counts[season_id][state] += 1
    return counts


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


def _sum_and_waiting(season: Season, at: datetime) -> tuple[Decimal, list[ImportRun], list[Job]]:
    """Sum what is invoiced; list waiting imports and jobs that failed lately.

    One query where there are neither imports nor jobs.
    """
    invoices = Invoice.objects.filter(participation__season=season).order_by()
    summed = invoices.values("participation__season").annotate(total=Sum("net_eur"))
    ended = Job.objects.filter(
        municipality=None, state=JobState.FAILED, finished_at__gt=at - SOON
    ).order_by("-finished_at")
    total, waiting, failed = (
        Season.objects.filter(pk=season.pk)
        .values_list(
            Subquery(summed.values("total")),
            ArraySubquery(waiting_runs().values("pk")),
            ArraySubquery(ended.values("pk")[:FAILED_SHOWN]),
        )
        .get()
    )
    runs = ImportRun.objects.filter(pk__in=waiting).select_related("source") if waiting else ()
    jobs = Job.objects.filter(pk__in=failed).order_by("-finished_at") if failed else ()
    in_order = sorted(runs, key=lambda run: (run.finished_at, run.pk))
    return total or Decimal(0), in_order, list(jobs)
