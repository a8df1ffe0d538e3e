"""Reads of workshops: one municipality's, and every municipality's of a season."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import QuerySet

from municipalities.models import NAMES, Municipality, User
from seasons.enums import ParticipationSource, ParticipationState
from seasons.models import Participation, Season
from seasons.queries import workshops_in_all
from uso.ground.lib.order import finnish
from uso.ground.lib.templatetags.uso_format import dots_in_words
from uso.ground.tenancy.crossing import across_municipalities
from workshops.enums import CHANGEABLE, WorkshopState
from workshops.models import Workshop

# How a state looks: as a dot (`c-dots`) and as a tag (`c-tag`).
DOTS = {
    WorkshopState.HELD: "done",
    WorkshopState.PLANNED: "agreed",
    WorkshopState.WISHED: "asked",
}
TAGS = {
    WorkshopState.HELD: "good",
    WorkshopState.PLANNED: "strong",
    WorkshopState.WISHED: "wait",
    WorkshopState.CANCELLED: "bad",
}
# What the map shows of a workshop.
ON_THE_MAP = ("municipality", "slot", "state", "topic", "asked_at", "asked_back_at")


@dataclass(frozen=True)
class Ledger:
    """How many workshops the package gives one municipality, and what each place is used for."""

    promised: int
    workshops: tuple[Workshop, ...]

    @property
    def dots(self) -> list[str]:
        """One dot a place: held, agreed, asked, free, in this order."""
        counts = Counter(DOTS[WorkshopState(row.state)] for row in self.workshops)
        used = [dot for dot in DOTS.values() for _ in range(counts[dot])]
        return used + ["free"] * self.left

    @property
    def held(self) -> int:
        """Workshops that were held."""
        return self._count(WorkshopState.HELD)

    @property
    def agreed(self) -> int:
        """Workshops that have their day."""
        return self._count(WorkshopState.PLANNED)

    @property
    def wished(self) -> int:
        """Wishes that have no day yet."""
        return self._count(WorkshopState.WISHED)

    @property
    def left(self) -> int:
        """Places that nothing is planned for."""
        return max(self.promised - len(self.workshops), 0)

    @property
    def waits(self) -> int:
        """Wishes that wait for the coordinator's answer."""
        return sum(row.waits_for_the_network for row in self.workshops)

    def _count(self, state: WorkshopState) -> int:
        return sum(row.state == state for row in self.workshops)


class Member(Protocol):
    """A municipality as the map names it."""

    @property
    def pk(self) -> int:
        """Key of the municipality."""

    @property
    def slug(self) -> str:
        """Its part of the address."""

    @property
    def name(self) -> str:
        """Name in the active language."""


@dataclass(frozen=True)
class MapRow:
    """A member municipality with its workshops."""

    municipality: Member
    ledger: Ledger

    @property
    def name(self) -> str:
        """Name of the municipality in the active language."""
        return self.municipality.name

    @property
    def words(self) -> str:
        """What the dots say: `2 held, 1 agreed, 2 unused`."""
        return dots_in_words(self.ledger.dots)


@dataclass(frozen=True)
class Wish:
    """A wish that waits for the coordinator, with whose it is."""

    municipality: Member
    workshop: Workshop


@dataclass(frozen=True)
class Totals:
    """Workshops of a whole season, by what they are."""

    held: int
    agreed: int
    wished: int
    left: int

    @property
    def promised(self) -> int:
        """Workshops the packages give in all."""
        return self.held + self.agreed + self.wished + self.left

    @classmethod
    def of(cls, rows: Sequence[MapRow]) -> "Totals":
        """Add up the rows of a season's map."""
        ledgers = [row.ledger for row in rows]
        return cls(
            held=sum(ledger.held for ledger in ledgers),
            agreed=sum(ledger.agreed for ledger in ledgers),
            wished=sum(ledger.wished for ledger in ledgers),
            left=sum(ledger.left for ledger in ledgers),
        )


def look_of(workshop: Workshop) -> str:
    """Return the look of the tag of a workshop's state."""
    return TAGS[WorkshopState(workshop.state)]


@dataclass(frozen=True)
class Listed:
    """One workshop as a list shows it."""

    workshop: Workshop

    @property
    def kind(self) -> str:
        """Look of the tag of the state."""
        return look_of(self.workshop)


def participation_of(municipality: Municipality, *, on: date) -> Participation | None:
    """Find the season the municipality takes part in on a day, else its latest one.

    Call it in the municipality's scope.
    """
    rows = list(
        Participation.objects.filter(municipality=municipality, state=ParticipationState.CONFIRMED)
        .exclude(source=ParticipationSource.RECORD)  # nothing of its package is known
        .select_related("season")
        .order_by("-season__number")
    )
    running = (row for row in rows if on.year in row.season.each_year)
    return next(running, rows[0] if rows else None)


def ledger(municipality: Municipality, season: Season) -> Ledger:
    """Return what a municipality's package of workshops is used for; in its scope (two queries)."""
    rows = Workshop.objects.uncancelled().filter(municipality=municipality, season=season)
    return Ledger(workshops_in_all(season), tuple(rows.order_by("slot")))


def ledger_of_season(municipality: Municipality, season: Season) -> Ledger:
    """Return the same for a coordinator's page, whose municipality is not the page's (two queries)."""
    with across_municipalities(reason="coordinators look at the package of any municipality"):
        return ledger(municipality, season)


def open_workshops(participation: Participation) -> QuerySet[Workshop]:
    """List what a municipality has wished for or agreed on and not held, the first place first."""
    rows = Workshop.objects.filter(
        municipality=participation.municipality_id,
        season=participation.season_id,
        state__in=CHANGEABLE,
    )
    return rows.order_by("slot")


def listed(municipality: Municipality, season: Season) -> list[Listed]:
    """List a municipality's workshops of a season, cancelled ones last; in its scope."""
    rows = Workshop.objects.filter(municipality=municipality, season=season)
    ordered = sorted(
        rows.select_related("theme", "asked_by"),
        key=lambda row: (row.state == WorkshopState.CANCELLED, row.slot, row.asked_at),
    )
    return [Listed(row) for row in ordered]


@dataclass(frozen=True)
class SeasonBehind:
    """The workshops a municipality had in a season that its page is not of."""

    season: Season
    listed: list[Listed]


def seasons_behind(municipality: Municipality, *, now: Season | None) -> list[SeasonBehind]:
    """List a municipality's workshops of other seasons, those it has left too; in its scope."""
    rows = Workshop.objects.filter(municipality=municipality).select_related("season")
    found: dict[Season, list[Listed]] = {}
    for row in rows.order_by("-season__number", "slot", "asked_at"):
        if row.season != now:
            found.setdefault(row.season, []).append(Listed(row))
    return [SeasonBehind(season, listed) for season, listed in found.items()]


def days_in_calendar(user: User, municipality: Municipality | None, *, on: date) -> list[Workshop]:
    """List the agreed days from a day on that somebody has in the calendar.

    Parameters
    ----------
    municipality
        Whose workshops; None for those of every municipality.
    """
    with across_municipalities(reason="a role ends, in a municipality or in the network"):
        rows = Workshop.objects.filter(
            state=WorkshopState.PLANNED, planned_on__gte=on, notified_days__has_key=str(user.pk)
        ).select_related("municipality", "season")
        of_place = rows.filter(municipality=municipality) if municipality else rows
        return list(of_place.order_by("planned_on", "pk"))


def season_map(season: Season) -> list[MapRow]:
    """List the season's members with their workshops, in Finnish order (three queries)."""
    with across_municipalities(reason="coordinators follow the workshops of every municipality"):
        members = Municipality.objects.filter(
            participations__season=season, participations__state=ParticipationState.CONFIRMED
        )
        return map_of(season, members.only(*NAMES))


def map_of(season: Season, members: Iterable[Member]) -> list[MapRow]:
    """Lay out the workshops of these members; call it across municipalities (two queries)."""
    rows = Workshop.objects.uncancelled().filter(season=season)
    found = _by_municipality(rows.only(*ON_THE_MAP))
    promised = workshops_in_all(season)
    laid = (MapRow(member, Ledger(promised, tuple(found[member.pk]))) for member in members)
    return sorted(laid, key=lambda row: finnish(row.name))


def _by_municipality(rows: Iterable[Workshop]) -> dict[int, list[Workshop]]:
    found: dict[int, list[Workshop]] = defaultdict(list)
    for row in rows:
        found[row.municipality_id].append(row)
    return found


def waiting_wishes(rows: Sequence[MapRow]) -> list[Wish]:
    """Pick the wishes that wait for the coordinator from a season's map, the oldest first."""
    waiting = (
        Wish(row.municipality, workshop)
        for row in rows
        for workshop in row.ledger.workshops
        if workshop.waits_for_the_network
    )
    return sorted(waiting, key=lambda wish: wish.workshop.asked_at)


def workshop_of_season(season: Season, workshop_id: int) -> Workshop | None:
    """Find a workshop of a season whatever its municipality, for the coordinator's page."""
    with across_municipalities(reason="coordinators open a workshop from the season's list"):
        rows = Workshop.objects.select_related("municipality", "season", "theme", "asked_by")
        return rows.filter(season=season, pk=workshop_id).first()
