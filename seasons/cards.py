"""The board of a season: a column a stage, a card a municipality.

Cards are drawn in Python: a board of the whole country has three hundred of them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.columns import link_to_page
from municipalities.models import User
from seasons.enums import FUNNEL, NOT_TAKING_PART, ParticipationState
from seasons.queries import Member
from seasons.rules import moves_from
from uso.ground.lib.dates import day
from uso.ground.lib.languages import current_language
from uso.ground.lib.marks import address, fill, made_up
from uso.ground.lib.money import euros

State = ParticipationState
STAGES = (*FUNNEL, *sorted(NOT_TAKING_PART))


@dataclass(frozen=True)
class Stage:
    """A column of the board: a stage with its municipalities; the fees of who may pay together."""

    state: State
    cards: list[SafeString]
    fees_eur: Decimal

    @property
    def opens(self) -> bool:
        """Whether its cards are shown at once: those on their way; the rest are pressed open."""
        return self.state not in NOT_TAKING_PART and self.state != State.CONFIRMED


def stages(members: Sequence[Member], *, acts: bool) -> list[Stage]:
    """Sort municipalities into the columns of the board, the step that is due first on top.

    Parameters
    ----------
    acts
        Whether whoever looks may move them.
    """
    draw = _Cards(acts=acts)
    found: dict[State, list[Member]] = {state: [] for state in STAGES}
    for member in members:
        found[member.state].append(member)
    return [
        Stage(
            state,
            [draw.card(each) for each in _by_due(there)],
            Decimal(0) if state in NOT_TAKING_PART else _fees(there),
        )
        for state, there in found.items()
    ]


def _by_due(members: Iterable[Member]) -> list[Member]:
    """Order by the day of the next step; those without a step come last, in the order given."""
    return sorted(members, key=_due_on)


def _due_on(member: Member) -> str:
    until = member.participation.next_step_on
    return until.isoformat() if until else "~"


def _fees(members: Iterable[Member]) -> Decimal:
    return sum((member.annual_fee_eur or Decimal(0) for member in members), Decimal(0))


def due(member: Member) -> str:
    """Say by when the next step is to be done, and how late it is."""
    until = member.participation.next_step_on
    return _due(until, member.days_late, current_language()) if until else ""


@lru_cache(maxsize=1_024)  # many steps are due on the same few days
def _due(until: date, days_late: int, _language: str) -> str:
    if not days_late:
        return _("by %(day)s") % {"day": day(until, weekday=False)}
    late = ngettext("%(count)d day late", "%(count)d days late", days_late)
    return f"{day(until, weekday=False)}, {late % {'count': days_late}}"


class _Cards:
    """Draws cards; what many of them say is written once."""

    def __init__(self, *, acts: bool) -> None:
        self.acts = acts
        self.move, self.in_charge, self.unknown = _("Move"), _("In charge"), _("fee not known")
        self.made_up = made_up()
        self.written: dict[object, SafeString] = {}

    def card(self, member: Member) -> SafeString:
        """Draw a municipality: its name, fee and tier, next step, who is in charge, the way to move it."""
        row, slug, number = member.participation, member.municipality.slug, member.season.number
        to = " ".join(moves_from(row)) if self.acts else ""
        return fill(
            '<li data-was="{}" data-to="{}"><div><a href="{}">{}</a>{}{}</div>{}{}{}<footer>{}{}</footer></li>',
            row.state,
            to,
            address("seasons_network:member", number, slug),
            member.name,
            link_to_page(member.municipality),
            self.made_up if member.is_made_up else "",
            self._once((member.tier, member.annual_fee_eur), self._fee, member),
            self._step(member) if row.next_step else "",
            fill("<p>{}</p>", row.get_exit_reason_display()) if row.exit_reason else "",
            self._once(row.owner_id, self._owner, row.owner) if row.owner else "",
            self._way_out(member, number, slug) if to else "",
        )

    def _once(self, key: object, draw: Callable[[Any], SafeString], of: object) -> SafeString:
        if key not in self.written:
            self.written[key] = draw(of)
        return self.written[key]

    def _fee(self, member: Member) -> SafeString:
        fee = member.annual_fee_eur
        words = [self.unknown if fee is None else euros(fee, 0)]
        said = [member.tier.limits, *words] if member.tier else words
        return fill("<small>{}</small>", " · ".join(said))

    def _step(self, member: Member) -> SafeString:
        late = "amber" if member.days_late else ""
        step = member.participation.next_step
        return fill('<p>{} <b class="{}">{}</b></p>', step, late, due(member))

    def _owner(self, owner: User) -> SafeString:
        return fill(
            '<span class="who" title="{0}: {1}">{2}<span class="visually-hidden"> {0}: {1}</span></span>',
            self.in_charge,
            owner.name,
            _initials(owner.name),
        )

    def _way_out(self, member: Member, number: int, slug: str) -> SafeString:
        return fill(
            '<a class="move" href="{}">{}<span class="visually-hidden"> {}</span></a>',
            address("seasons_network:move", number, slug),
            self.move,
            member.name,
        )


def _initials(name: str) -> str:
    return "".join(part[:1] for part in name.split()[:2])
