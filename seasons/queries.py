"""Reads of seasons: their list, who takes part and at what price, what is missing."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import Municipality, Population
from seasons.comparing import ComparedSeason
from seasons.enums import (
    FUNNEL,
    EntitlementKind,
    ParticipationState,
    SeasonState,
)
from seasons.facts import is_made_up, numbers_before_the_service
from seasons.models import (
    Amendment,
    Entitlement,
    FeeTier,
    Interest,
    Participation,
    Phase,
    Season,
    Theme,
    WorkshopTheme,
)
from seasons.pricing import tier_for
from uso.ground.history import changes_with
from uso.ground.lib.drawn import Facts, in_words
from uso.ground.lib.languages import current_language
from uso.ground.lib.money import euros, number
from uso.ground.lib.order import finnish
from uso.ground.tenancy.crossing import across_municipalities

State = ParticipationState
COMPARED: dict[str, type[Model]] = {
    "package": Entitlement,
    "tiers": FeeTier,
    "themes": Theme,
    "phases": Phase,
    "workshop_themes": WorkshopTheme,
}


@dataclass(frozen=True)
class Member:
    """A municipality in a season, with what its fee rests on or would rest on today."""

    season: Season
    municipality: Municipality
    participation: Participation
    population: int | None
    population_year: int | None
    tier: FeeTier | None
    annual_fee_eur: Decimal | None

    @property
    def frozen(self) -> bool:
        """Whether the fee was confirmed; otherwise it follows tier and population."""
        return self.participation.confirmed_at is not None

    @property
    def state(self) -> State:
        """Where the municipality is in the pipeline."""
        return State(self.participation.state)

    @property
    def name(self) -> str:
        """Name of the municipality in the active language."""
        return self.municipality.name

    @property
    def decision(self) -> str:
        """The decision as boards write it: `Kaupunginhallitus 22.10.2024 § 140`."""
        return self.participation.decision

    @property
    def is_made_up(self) -> bool:
        """Whether the demonstration made the membership up."""
        return is_made_up(self.participation, self.season)

    @property
    def kind(self) -> str:
        """Look of the tag of the state."""
        return {State.CONFIRMED: "good", State.DECIDED: "wait", State.WITHDRAWN: "bad"}.get(
            self.state, ""
        )


@dataclass(frozen=True)
class Step:
    """One step of the funnel: how many are there, and the list of them."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class ListedSeason:
    """A season with the number of its members."""

    season: Season
    member_count: int

    @property
    def kind(self) -> str:
        """Look of the tag of the state."""
        return "strong" if self.stage == SeasonState.OPEN else ""

    @property
    def stage(self) -> SeasonState:
        """The season's state today."""
        return self.season.stage(on=timezone.localdate())


def listed_seasons() -> list[ListedSeason]:
    """List every season, the latest first, each with its confirmed members counted (two queries)."""
    with across_municipalities(reason="members of each season are counted over the network"):
        taking_part = Participation.objects.filter(state=State.CONFIRMED)
        counts = Counter(taking_part.values_list("season_id", flat=True))
    seasons = Season.objects.order_by("-number")
    return [ListedSeason(season, counts[season.pk]) for season in seasons]


def members(season: Season) -> list[Member]:
    """List who is on the season's list, in Finnish order of names (three queries)."""
    with across_municipalities(reason="coordinators follow every municipality of the season"):
        rows = list(_participations(season))
        populations = _populations(season, Q(municipality__participations__season=season))
    tiers = list(FeeTier.objects.filter(season=season))
    found = (_member(row, season, populations.get(row.municipality_id), tiers) for row in rows)
    return sorted(found, key=lambda member: finnish(member.name))


def member(season: Season, slug: str) -> Member | None:
    """Find a municipality on the season's list, for the coordinator's page (three queries)."""
    row = participation(season, slug)
    if row is None:
        return None
    population = _populations(season, Q(municipality=row.municipality)).get(row.municipality_id)
    return _member(row, season, population, list(FeeTier.objects.filter(season=season)))


def locked_member(season: Season, slug: str) -> Member | None:
    """Find a municipality on the list anew, while its participation and the season's prices stay."""
    Season.objects.select_for_update(of=("self",), no_key=True).get(pk=season.pk)
    with across_municipalities(reason="coordinators confirm a municipality of the season's list"):
        rows = Participation.objects.filter(season=season, municipality__slug=slug)
        rows.select_for_update(of=("self",), no_key=True).first()
    return member(Season.objects.get(pk=season.pk), slug)


def terms_of(member: Member) -> Facts:
    """Say what a confirmation fixes: the decision it rests on, population, tier and fee."""
    tier = member.tier
    return {
        _("State"): str(member.state.label),
        _("Decision"): in_words(member.decision),
        _("Diary number"): in_words(member.participation.diary_number),
        _("Population"): " ".join(
            (in_words(member.population and number(member.population)), str(member.population_year))
        ),
        _("Fee tier"): in_words(tier and tier.limits),
        _("Annual fee"): "–" if member.annual_fee_eur is None else euros(member.annual_fee_eur),
        _("VAT comes on top of the fee"): in_words(member.season.vat_on_top),
    }


@dataclass(frozen=True)
class Correction:
    """A recorded decision that was corrected after the confirmation: who, when, why, what it was."""

    by: str
    at: datetime
    reason: str
    former: str


def corrections(participation: Participation) -> list[Correction]:
    """List the corrections of a decision, the latest first."""
    return [
        Correction(change.by, change.at, change.note, _written(change.before))
        for change in changes_with(participation, "reason")
    ]


def _written(former: dict[str, Any]) -> str:
    names = ("decided_by_fi", "decided_on", "decision_section", "diary_number")
    was = Participation(**{name: former[name] for name in names})
    return ", ".join(part for part in (was.decision, was.diary_number) if part)


def participation(season: Season, slug: str) -> Participation | None:
    """Find a municipality's place in a season, whichever municipality it is (one query)."""
    with across_municipalities(reason="coordinators open a municipality from the season's list"):
        rows = Participation.objects.select_related(
            "season", "municipality", "confirmed_by", "fee_tier"
        )
        return rows.filter(season=season, municipality__slug=slug).first()


def interests(participation: Participation) -> list[Interest]:
    """List what was written on the public page for a municipality, the latest first (one query)."""
    with across_municipalities(reason="coordinators read who of any municipality is interested"):
        rows = Interest.objects.filter(
            season=participation.season_id, municipality=participation.municipality_id
        )
        return list(rows.order_by("-at"))


def lock_participation(participation: Participation) -> Participation:
    """Read a participation anew; who registers people or wishes for workshops waits meanwhile."""
    rows = Participation.objects.select_related("season", "municipality")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=participation.pk)


def _participations(season: Season) -> "QuerySet[Participation]":
    rows = Participation.objects.filter(season=season)
    return rows.select_related("municipality", "fee_tier")


def _populations(season: Season, whose: Q) -> dict[int, int]:
    """Return the populations of the season's year by municipality; none where it is not chosen."""
    if season.population_year is None:
        return {}
    rows = Population.objects.filter(whose, year=season.population_year)
    return dict(rows.values_list("municipality_id", "count"))


def _member(
    row: Participation, season: Season, population: int | None, tiers: list[FeeTier]
) -> Member:
    place = row.municipality
    if row.confirmed_at:
        tier = row.fee_tier
        return Member(
            season, place, row, row.population, row.population_year, tier, row.annual_fee_eur
        )
    if population is None:
        return Member(season, place, row, None, None, None, None)
    tier = tier_for(population, tiers)
    fee = tier.annual_fee_eur if tier else None
    return Member(season, place, row, population, season.population_year, tier, fee)


def funnel(found: Sequence[Member], url: str) -> list[Step]:
    """Count the members by state, towards joining; each step leads to its list at `url`."""
    counts = Counter(member.state for member in found)
    return [Step(str(state.label), counts[state], f"{url}?state={state}") for state in FUNNEL]


def fee_sum(found: Sequence[Member]) -> Decimal:
    """Sum the confirmed yearly fees of those taking part."""
    taking_part = (member for member in found if member.state == State.CONFIRMED)
    return sum((member.annual_fee_eur or Decimal(0) for member in taking_part), Decimal(0))


def addable_municipalities(season: Season) -> list[Municipality]:
    """List the municipalities that are not on the season's list, in Finnish order (two queries)."""
    with across_municipalities(reason="nobody is put twice on the season's list"):
        taken = set(
            Participation.objects.filter(season=season).values_list("municipality_id", flat=True)
        )
    left = Municipality.objects.exclude(pk__in=taken)
    return sorted(left, key=lambda municipality: finnish(municipality.name))


def population_years() -> list[int]:
    """List the years whose populations are known, the latest first."""
    years = Population.objects.order_by("-year").values_list("year", flat=True)
    return list(years.distinct())


def stages(row: Participation) -> list[tuple[date, State]]:
    """List the states of a municipality's way with the day of each (one query)."""
    history = Participation._meta.apps.get_model("seasons", "ParticipationEvent")
    with across_municipalities(reason="coordinators look at the way of any municipality"):
        rows = history.objects.filter(pgh_obj_id=row.pk).order_by("pgh_id")
        changes = list(rows.values_list("state_on", "state"))
    steps: list[tuple[date, State]] = []
    for on, state in changes:
        if steps and steps[-1][1] == state:
            steps.pop()  # mended, such as the day of a decision
        steps.append((on, State(state)))
    return steps


def workshops_in_all(season: Season) -> int:
    """Count the development workshops the season's package gives each municipality (one query)."""
    row = Entitlement.objects.filter(season=season, kind=EntitlementKind.WORKSHOP).first()
    return 0 if row is None else (row.in_all or 0)


def lock_season(season: Season) -> Season:
    """Read a season anew; who edits, publishes or confirms a member in it waits meanwhile."""
    return Season.objects.select_for_update(of=("self",), no_key=True).get(pk=season.pk)


def was_anybody_confirmed(season: Season) -> bool:
    """Whether the terms of a municipality were ever confirmed (one query)."""
    with across_municipalities(reason="what a confirmation fixed is fixed for the season"):
        return Participation.objects.filter(season=season, confirmed_at__isnull=False).exists()


def tiers_rested_on(season: Season) -> set[int]:
    """Return the keys of the tiers that a municipality's confirmed fee rests on (one query)."""
    with across_municipalities(reason="a tier with a confirmed fee is replaced, never rewritten"):
        rows = Participation.objects.filter(season=season, fee_tier__isnull=False)
        return set(rows.values_list("fee_tier_id", flat=True))


@dataclass(frozen=True)
class AmendmentRead:
    """An amendment in the active language; where only other languages' words changed, no changes."""

    amendment: Amendment
    changes: list[list[str]]

    @property
    def part(self) -> str:
        """What the amendment is about."""
        return str(self.amendment.get_part_display())

    @property
    def reason(self) -> str:
        """Why the season was changed."""
        return self.amendment.reason

    @property
    def holds_from(self) -> date:
        """The day from which the change holds."""
        return self.amendment.holds_from


def amendments(season: Season) -> list[AmendmentRead]:
    """List the amendments of a season, the latest first (one query)."""
    language = current_language()
    rows = Amendment.objects.filter(season=season).order_by("-at", "-pk")
    return [AmendmentRead(row, row.changes[language]) for row in rows]


def contents_of(*seasons: Season) -> list[ComparedSeason]:
    """Read what several seasons have of their own (five queries)."""
    found = {season.pk: ComparedSeason(season) for season in seasons}
    for name, model in COMPARED.items():
        rows: QuerySet[Any] = model._default_manager.filter(season__in=seasons)
        order = "population" if model is FeeTier else "position"
        for row in rows.order_by(order, "pk"):
            content = found[row.season_id]
            row.season = content.season
            getattr(content, name).append(row)
    return [found[season.pk] for season in seasons]


@dataclass(frozen=True)
class MembersCompared:
    """Who joined and left between two seasons, None where it is not known; who is known to stay.

    Parameters
    ----------
    count, count_later
        Confirmed members of each.
    complete, complete_later
        Whether all members of each are known.
    made_up, made_up_later
        Whether the demonstration made some of each up.
    prepared, prepared_later
        Whether each is a draft, which nobody has joined yet.
    """

    joined: list[Municipality] | None
    left: list[Municipality] | None
    stayed: list[Municipality]
    count: int
    count_later: int
    complete: bool
    complete_later: bool
    made_up: bool
    made_up_later: bool
    prepared: bool
    prepared_later: bool


def compared_members(earlier: Season, later: Season) -> MembersCompared:
    """Compare the confirmed members of two seasons (one query)."""
    with across_municipalities(reason="members of two seasons are compared over the network"):
        rows = list(
            Participation.objects.filter(
                season__in=(earlier, later), state=State.CONFIRMED
            ).select_related("municipality")
        )
    before, after = (
        {row.municipality for row in rows if row.season_id == season.pk}
        for season in (earlier, later)
    )
    known, known_later = _lists_members(earlier, before), _lists_members(later, after)
    return MembersCompared(
        joined=_in_order(after - before) if known and known_later else None,
        left=_in_order(before - after) if known and known_later else None,
        stayed=_in_order(before & after),
        count=len(before),
        count_later=len(after),
        complete=known,
        complete_later=known_later,
        made_up=any(is_made_up(row, earlier) for row in rows if row.season_id == earlier.pk),
        made_up_later=any(is_made_up(row, later) for row in rows if row.season_id == later.pk),
        prepared=earlier.is_draft and not before,
        prepared_later=later.is_draft and not after,
    )


def _lists_members(season: Season, members: Collection[Municipality]) -> bool:
    """Whether all members are known: a draft has none yet, an old season's documents name few."""
    if season.number in numbers_before_the_service():
        return False
    return bool(members) and not season.is_draft


def _in_order(found: Iterable[Municipality]) -> list[Municipality]:
    return sorted(found, key=lambda municipality: finnish(municipality.name))
