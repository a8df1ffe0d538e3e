"""The board of a season: a column a stage, a card a municipality.

Cards are drawn in Python: a board of the whole country has three hundred of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from seasons.enums import FUNNEL, NOT_TAKING_PART, ParticipationState
from seasons.queries import Member
from seasons.rules import moves_from
from uso.ground.lib.dates import day
from uso.ground.lib.marks import address, escaped, fill, made_up
from uso.ground.lib.money import euros
from uso.ground.lib.order import finnish

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
    """Order by the day of the next step, then by name; those without a step last."""
    alphabetical = sorted(members, key=lambda member: finnish(member.name))
    return sorted(alphabetical, key=_due_on)


def _due_on(member: Member) -> str:
    until = member.participation.next_step_on
    return until.isoformat() if until else "~"


def _fees(members: Iterable[Member]) -> Decimal:
    return sum((member.annual_fee_eur or Decimal(0) for member in members), Decimal(0))


def due(member: Member) -> str:
    """Say by when the next step is to be done, and how late it is."""
    until = member.participation.next_step_on
    if until is None:
        return ""
    if not member.days_late:
        return _("by %(day)s") % {"day": day(until, weekday=False)}
    late = ngettext("%(count)d day late", "%(count)d days late", member.days_late)
    return f"{day(until, weekday=False)}, {late % {'count': member.days_late}}"


class _Cards:
    """Draws cards; the words they share are looked up once."""

    def __init__(self, *, acts: bool) -> None:
        self.acts = acts
        self.move, self.in_charge, self.unknown = _("Move"), _("In charge"), _("fee not known")
        self.made_up = made_up()

    def card(self, member: Member) -> SafeString:
        """Draw a municipality: its name, fee and tier, next step, who is in charge, the way to move it."""
        row, place = member.participation, member.municipality
        name, slug, number = place.name, place.slug, member.season.number
        to = " ".join(state.value for state in moves_from(row)) if self.acts else ""
        parts = [
            fill(
                '<div><a href="{}">{}</a>{}</div>',
                address("seasons_network:member", number, slug),
                name,
                self.made_up if member.is_made_up else "",
            ),
            fill("<small>{}</small>", self._fee(member)),
        ]
        if row.next_step:
            late = "amber" if member.days_late else ""
            parts.append(fill('<p>{} <b class="{}">{}</b></p>', row.next_step, late, due(member)))
        if row.exit_reason:
            parts.append(fill("<p>{}</p>", row.get_exit_reason_display()))
        parts.append(self._foot(member, address("seasons_network:move", number, slug)))
        return fill('<li data-was="{}" data-to="{}">{}</li>', row.state, to, _joined(parts))

    def _fee(self, member: Member) -> str:
        fee = member.annual_fee_eur
        words = [self.unknown if fee is None else euros(fee, 0)]
        return " · ".join([member.tier.limits, *words] if member.tier else words)

    def _foot(self, member: Member, move: str) -> SafeString:
        owner, name = member.participation.owner, member.municipality.name
        parts = []
        if owner:
            parts.append(
                fill(
                    '<span class="who" title="{0}: {1}">{2}<span class="visually-hidden"> {0}: {1}</span></span>',
                    self.in_charge,
                    owner.name,
                    _initials(owner.name),
                )
            )
        if self.acts:
            parts.append(
                fill(
                    '<a class="move" href="{}">{}<span class="visually-hidden"> {}</span></a>',
                    move,
                    self.move,
                    name,
                )
            )
        return fill("<footer>{}</footer>", _joined(parts)) if parts else SafeString("")


def _initials(name: str) -> str:
    return "".join(part[:1] for part in name.split()[:2])


def _joined(parts: Iterable[object]) -> SafeString:
    return SafeString("".join(map(escaped, parts)))
