"""Made-up municipalities on their way into a season: who was invited, how far they are, what is next."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from municipalities.models import Municipality, User
from seasons.actions.following import plan_next_step
from seasons.actions.joining import invite_municipality, note_stage, withdraw_participation
from seasons.enums import BEFORE_THE_DECISION, NOT_TAKING_PART, ExitReason, ParticipationState
from seasons.models import Participation, Season
from uso.roof.demo.days import working_day

State = ParticipationState

# Of the season that runs.
ON_THE_WAY = {
    "009": State.INVITED,
    "584": State.DECLINED,
    "005": State.INTERESTED,
    "236": State.INTERESTED,
    "074": State.DECIDING,
}
# Who has heard of the season to come, which begins to invite.
ON_THE_WAY_TO_THE_NEXT = {
    "217": State.INVITED,
    "182": State.INTERESTED,
    "061": State.INVITED,
    "178": State.INTERESTED,
    "009": State.INVITED,
    "236": State.INTERESTED,
    "584": State.DECLINED,
}
# What is next in each stage, and so many days after the stage began; some are late by now.
NEXT_STEPS = {
    State.INVITED: ("Kysy, onko kutsu tullut perille", 14),
    State.INTERESTED: ("Soita ja sovi, milloin hallitus päättää", 7),
    State.DECIDING: ("Kysy, mitä hallitus päätti", 21),
}
UNPLANNED = {"009", "178"}  # nobody is in charge of these yet
LATELY = timedelta(days=10)  # before today, at the earliest


def lead_on(
    season: Season, stages: Mapping[str, State], *, since: date, by: User, at: datetime
) -> None:
    """Invite municipalities on a day, and note the stage of some a few days after it."""
    found = {each.code: each for each in Municipality.objects.filter(code__in=stages)}
    last = timezone.localdate(at)
    for code, state in stages.items():
        participation = invite_municipality(
            season=season, municipality=found[code], by=by, on=since
        )
        on = working_day(min(since + timedelta(days=1 + int(code) % 40), last))
        if state in NOT_TAKING_PART:
            withdraw_participation(
                participation=participation,
                exit_reason=ExitReason.NO_TIME,
                exit_note="",
                state_on=on,
                by=by,
                at=at,
            )
        elif state != State.INVITED:
            note_stage(participation=participation, state=state, state_on=on, by=by, at=at)
        if state in BEFORE_THE_DECISION and code not in UNPLANNED:
            _plan(participation, by=by)


def _plan(participation: Participation, *, by: User) -> None:
    """Plan the next step as if on an earlier day, if the season lasts so long."""
    since = max(participation.state_on or date.min, timezone.localdate() - LATELY)
    step, days = NEXT_STEPS[State(participation.state)]
    due = working_day(since + timedelta(days=days))
    if since <= due <= participation.season.last_day:
        plan_next_step(
            participation=participation,
            next_step=step,
            next_step_on=due,
            owner=by,
            by=by,
            at=datetime.combine(since, time(9), UTC),
        )
