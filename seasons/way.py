"""The way of a municipality into a season, in plain words: each step, whose it was and when."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from seasons.enums import NOT_TAKING_PART, ExitReason, ParticipationSource, ParticipationState
from seasons.models import Interest, Participation
from uso.ground.history import Change, changes
from uso.ground.lib.dates import day
from uso.ground.lib.money import euros

State = ParticipationState
DECISION: Final = ("decided_by_fi", "decided_on", "decision_section", "diary_number")
BESIDE_THE_DECISION: Final = ("contact_fi", "on_site_fi")


@dataclass(frozen=True)
class Happening:
    """One thing that happened on the way.

    Parameters
    ----------
    by
        Name of whoever did it; empty where nobody signed in did.
    words, note
        What happened, and what was written of it.
    is_decision
        The board's decision: the rest is what the coordinators did about it.
    """

    at: datetime
    by: str
    words: str
    note: str = ""
    is_decision: bool = False


def way(participation: Participation, interests: Iterable[Interest]) -> list[Happening]:
    """List what has happened, the latest first (two queries).

    Parameters
    ----------
    interests
        What was written on the public page.
    """
    found = changes(participation, "owner_id")
    done = [each for change in reversed(found) for each in _steps(change)]
    asked = [
        Happening(each.at, each.name, _("Expressed interest on the public page"))
        for each in interests
    ]
    return sorted([*done, *asked], key=lambda each: each.at, reverse=True)


def _steps(change: Change) -> Iterator[Happening]:
    """Say each thing that one change of the row did."""
    if not change.before or change.changed("state"):
        yield _stage(change)
    elif change.changed(*DECISION, *BESIDE_THE_DECISION):
        yield _correction(change)
    elif change.changed("state_on"):
        yield _happening(change, _("Day of the stage: %(day)s") % {"day": _day(change)})
    if change.before and change.changed("owner_id"):
        name = change.names.get(change.after["owner_id"]) or _("nobody")
        yield _happening(change, _("In charge: %(name)s") % {"name": name})
    if change.changed("next_step", "next_step_on") and (change.before or change.after["next_step"]):
        yield _happening(change, *_next_step(change))


def _stage(change: Change) -> Happening:
    after, before = change.after, change.before
    state = State(after["state"])
    if after["source"] == ParticipationSource.RECORD:
        return _happening(change, str(state.label), _("named in the network's records"))
    words = {"stage": state.label, "day": _day(change)}
    if not before:
        by_itself = after["source"] == ParticipationSource.PUBLIC_PAGE
        how = _("came to the list from the public page") if by_itself else _("put on the list")
        return _happening(change, _("%(stage)s since %(day)s") % words, how)
    if state in NOT_TAKING_PART:
        reason = ExitReason(after["exit_reason"]).label
        said = _("%(stage)s on %(day)s: %(reason)s") % {**words, "reason": reason}
        return _happening(change, said, after["exit_note"])
    if before["state"] in NOT_TAKING_PART:
        was = {"was": State(before["state"]).label}
        return _happening(change, _("%(stage)s again: “%(was)s” was undone") % {**words, **was})
    if state == State.DECIDED:
        said = _("Decision recorded: %(decision)s") % {"decision": _decision(after)}
        return _happening(change, said, is_decision=True)
    if state == State.CONFIRMED:
        fee = after["annual_fee_eur"]
        return _happening(change, str(state.label), "" if fee is None else euros(fee))
    return _happening(change, _("%(stage)s since %(day)s") % words)


def _correction(change: Change) -> Happening:
    """Say what a decision was before it was mended or, once confirmed, corrected with a reason."""
    reason = change.notes.get("reason", "")
    if change.changed(*DECISION):
        former = _("Before: %(former)s.") % {"former": _decision(change.before)}
    else:
        former = _("Contact person or who may attend on site.")
    said = _("Decision corrected: %(reason)s") % {"reason": reason} if reason else ""
    return _happening(change, said or _("Decision changed"), former)


def _next_step(change: Change) -> tuple[str, str]:
    step, by = change.after["next_step"], change.after["next_step_on"]
    if not step:
        done = change.before.get("next_step", "")
        return _("No next step any more"), _("It was: %(step)s") % {"step": done}
    when = {"day": day(by, weekday=False)}
    return _("Next step: %(step)s") % {"step": step}, _("by %(day)s") % when


def _happening(
    change: Change, words: str, note: str = "", *, is_decision: bool = False
) -> Happening:
    return Happening(change.at, change.by, words, note, is_decision)


def _decision(fields: Mapping[str, Any]) -> str:
    was = Participation(**{name: fields[name] for name in DECISION})
    return ", ".join(part for part in (was.decision, was.diary_number) if part)


def _day(change: Change) -> str:
    return day(change.after["state_on"], weekday=False)
