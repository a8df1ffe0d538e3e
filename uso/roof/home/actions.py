"""What takes several apps: things that end with all that hangs on them, tasks run again."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from analysis.actions.experts import remove_expert
from events.actions.copying import copy_events
from events.actions.merging import move_registrations
from events.actions.withdrawing import withdraw_people, withdraw_people_of_season
from events.models import Registration
from municipalities.actions import end_membership, warning_of_end
from municipalities.models import Membership, Municipality, Person, User
from municipalities.roster.merging import join_people, lock_pair
from municipalities.roster.saving import archive_person
from seasons.actions.copying import copy_season
from seasons.actions.joining import withdraw_participation
from seasons.enums import TAKING_PART
from seasons.models import Participation, Season
from seasons.notifying import notify_contact_persons
from seasons.queries import lock_participation
from uso.ground.actions import action
from uso.ground.jobs import runner
from uso.ground.jobs.models import Job
from uso.ground.tenancy.crossing import scope_of
from uso.roof.home.queries import endings
from workshops.actions import cancel_open_workshops, release_day
from workshops.models import Workshop


@action()
def end_role(
    *, membership: Membership, by: User, on: date, sure: bool = False, warned: str = ""
) -> Membership:
    """End a role: an expert's unfinished analyses wait for another, days ahead leave the calendar."""
    ended = end_membership(membership=membership, by=by, on=on, sure=sure, warned=warned)
    for assignment in endings.unfinished_analyses(ended):
        remove_expert(assignment=assignment, by=by)
    for workshop in endings.days_ahead_of(ended, on=on):
        release_day(workshop=workshop, holder=ended.user, by=by, at=timezone.now())
    return ended


@action(of="person")
def take_off_person(*, person: Person, by: User, at: datetime) -> tuple[Registration, ...]:
    """Take somebody off the roster and withdraw them from the events ahead; return from which.

    Whoever registers them meanwhile waits, and is refused then.
    """
    return take_off_people(municipality=person.municipality, people=[person], by=by, at=at)


@action(of="municipality")
def take_off_people(
    *, municipality: Municipality, people: list[Person], by: User, at: datetime
) -> tuple[Registration, ...]:
    """Take people off the roster; their registrations ahead are withdrawn in one save.

    One save locks the seats of all their events in the order in which others do.
    """
    for person in sorted(people, key=lambda each: each.pk):
        archive_person(person=person, on=timezone.localdate(at), by=by)
    return withdraw_people(municipality=municipality, people=people, by=by, at=at).done


@dataclass(frozen=True)
class LeftAfterElections:
    """Who left after municipal elections, and which registrations were withdrawn with them."""

    people: list[Person]
    registrations: tuple[Registration, ...]
    memberships: list[Membership]


@action(of="municipality")
def leave_after_elections(
    *,
    municipality: Municipality,
    people: list[Person],
    memberships: list[Membership],
    by: User,
    at: datetime,
) -> LeftAfterElections:
    """Take those who left off the roster and end the leaders' roles, all or nothing.

    The caller has asked with the warnings of the roles: the press is the second word to them.
    """
    withdrawn = take_off_people(municipality=municipality, people=people, by=by, at=at)
    on = timezone.localdate(at)
    for membership in memberships:
        warned = warning_of_end(membership, by=by)
        end_role(membership=membership, by=by, on=on, sure=True, warned=warned)
    return LeftAfterElections(people, withdrawn, memberships)


@dataclass(frozen=True)
class MergedPeople:
    """Who was kept of two people, and at how many events a second seat of theirs is free."""

    person: Person
    freed: int


@action(of="person")
def merge_people(*, person: Person, double: Person, by: User, at: datetime) -> MergedPeople:
    """Make one of two people of a roster, with what both knew and were registered to.

    Whoever registers either of them meanwhile waits, and registers the one who is kept.
    """
    merger = lock_pair(person, double)
    freed = move_registrations(person=merger.person, double=merger.double, by=by, at=at)
    return MergedPeople(join_people(person=person, double=double, by=by), freed)


@dataclass(frozen=True)
class Withdrawal:
    """What ended with a participation."""

    registrations: tuple[Registration, ...]
    workshops: list[Workshop]


@action(of="participation")
def withdraw_municipality(
    *,
    participation: Participation,
    exit_reason: str,
    exit_note: str,
    state_on: date,
    by: User,
    at: datetime,
) -> Withdrawal:
    """Note that a municipality does not take part: seats and places of workshops are given back.

    Who registers its people or wishes for a workshop meanwhile waits, and is refused then. Who was
    registered, has a workshop's day in the calendar or is contact person is notified.
    """
    participation = lock_participation(participation)
    took_part = participation.state in TAKING_PART
    place, season = participation.municipality, participation.season
    withdrawn = withdraw_people_of_season(municipality=place, season=season, by=by, at=at)
    cancelled = cancel_open_workshops(participation=participation, by=by, at=at)
    withdraw_participation(
        participation=participation,
        exit_reason=exit_reason,
        exit_note=exit_note,
        state_on=state_on,
        by=by,
        at=at,
    )
    done = Withdrawal(withdrawn.done, cancelled)
    if took_part:
        notify_contact_persons(
            participation, "participation_withdrawn", by=by, occasion=at.isoformat(), ended=done
        )
    return done


@action()
def make_season(*, source: Season, number: int, first_year: int, by: User) -> Season:
    """Make a draft of a season from an earlier one, with its programme; nobody is notified."""
    season = copy_season(source=source, number=number, first_year=first_year, by=by)
    copy_events(source=source, season=season, by=by)
    return season


@action()
def retry_job(*, job: Job, by: User) -> Job:
    """Run a failed task again, in the scope it lives in."""
    with scope_of(
        job.municipality_id, reason="jobs of the whole network belong to no municipality"
    ):
        runner.retry_job(job)
    return job
