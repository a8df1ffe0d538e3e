"""Reads of who is on a season's list, how far, and at what price."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final

from django.db.models import Min, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import NAMES, Municipality, Population, User
from seasons.enums import (
    FUNNEL,
    NOT_TAKING_PART,
    ParticipationState,
)
from seasons.facts import is_made_up
from seasons.models import (
    DecisionDocument,
    FeeTier,
    Interest,
    Participation,
    Season,
)
from seasons.pricing import costs_less, tier_for
from uso.ground.lib.drawn import Facts, in_words
from uso.ground.lib.money import euros, number
from uso.ground.lib.order import finnish
from uso.ground.tenancy.crossing import across_municipalities

State = ParticipationState
#: What the list reads nothing of: with three hundred rows a third of the reading.
BESIDE_NAME_AND_REGION: Final = frozenset(
    field.name for field in Municipality._meta.concrete_fields
) - {"id", *NAMES, "region_code", "region_fi", "region_sv"}


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
    today: date

    @property
    def frozen(self) -> bool:
        """Whether the fee no longer follows tier and population: confirmed, or of a record."""
        row = self.participation
        return row.confirmed_at is not None or row.is_from_record

    @cached_property
    def state(self) -> State:
        """Where the municipality is in the pipeline."""
        return State(self.participation.state)

    @cached_property
    def name(self) -> str:
        """Name of the municipality in the active language."""
        return self.municipality.name

    @property
    def days_late(self) -> int:
        """Days since the next step was to be done; 0 where it is not late."""
        until = self.participation.next_step_on
        return max(0, (self.today - until).days) if until else 0

    @property
    def decision(self) -> str:
        """The decision as boards write it: `Kaupunginhallitus 22.10.2024 § 140`."""
        return self.participation.decision

    @property
    def first_year_fee_eur(self) -> Decimal | None:
        """Fee of the first year, as it was confirmed or would be by the day of the decision."""
        row, season = self.participation, self.season
        if self.frozen or self.annual_fee_eur is None or row.decided_on is None:
            return row.first_year_fee_eur
        return season.first_year_fee(self.annual_fee_eur, decided_on=row.decided_on)

    @property
    def first_year_costs_less(self) -> bool:
        """Whether the first year costs less than a whole one, or would by the day of the decision."""
        return costs_less(self.first_year_fee_eur, self.annual_fee_eur)

    @cached_property
    def is_made_up(self) -> bool:
        """Whether the demonstration made the membership up."""
        return is_made_up(self.participation, self.season)

    @property
    def kind(self) -> str:
        """Look of the tag of the state."""
        if self.state in NOT_TAKING_PART:
            return "bad"
        return {State.CONFIRMED: "good", State.DECIDED: "wait"}.get(self.state, "")


@dataclass(frozen=True)
class Step:
    """One step of the funnel: how many are there, and the list of them."""

    label: str
    count: int
    url: str


def members(season: Season) -> list[Member]:
    """List who is on the season's list, in Finnish order of names (four queries)."""
    with across_municipalities(reason="coordinators follow every municipality of the season"):
        rows = list(
            Participation.objects.filter(season=season)
            .select_related("municipality")
            .defer(*(f"municipality__{name}" for name in BESIDE_NAME_AND_REGION))
        )
        populations = _populations(season, Q(municipality__participations__season=season))
    every, today = list(FeeTier.ever.filter(season=season)), timezone.localdate()
    tiers = [tier for tier in every if tier.replaced_at is None]
    _share(rows, every)
    found = (
        _member(row, season, populations.get(row.municipality_id), tiers, today) for row in rows
    )
    return sorted(found, key=lambda member: finnish(member.name))


def _share(rows: list[Participation], tiers: list[FeeTier]) -> None:
    """Let rows share their few tiers and coordinators: joined, each row would have its own.

    Replaced tiers are among them: a confirmed fee may rest on one.
    """
    of_key = {tier.pk: tier for tier in tiers}
    owners = User.objects.in_bulk({row.owner_id for row in rows if row.owner_id})
    for row in rows:
        if row.fee_tier_id:
            row.fee_tier = of_key[row.fee_tier_id]
        if row.owner_id:
            row.owner = owners[row.owner_id]


def member(season: Season, slug: str) -> Member | None:
    """Find a municipality on the season's list, for the coordinator's page (three queries)."""
    row = participation(season, slug)
    if row is None:
        return None
    population = _populations(season, Q(municipality=row.municipality)).get(row.municipality_id)
    tiers = list(FeeTier.objects.filter(season=season))
    return _member(row, season, population, tiers, timezone.localdate())


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
        _("Population"): "–"
        if member.population is None
        else f"{number(member.population)} (31.12.{member.population_year})",
        _("Fee tier"): in_words(tier and tier.limits),
        _("Annual fee"): "–" if member.annual_fee_eur is None else euros(member.annual_fee_eur),
        **_late(member),
        _("VAT comes on top of the fee"): in_words(member.season.vat_on_top),
    }


def participation(season: Season, slug: str) -> Participation | None:
    """Find a municipality's place in a season, whichever municipality it is (one query).

    `document_name` is what the file of its decision is called, None where there is none.
    """
    document = DecisionDocument.objects.filter(participation=OuterRef("pk")).values("name")
    with across_municipalities(reason="coordinators open a municipality from the season's list"):
        rows = Participation.objects.select_related(
            "season", "municipality", "confirmed_by", "fee_tier", "owner"
        )
        named = rows.annotate(document_name=Subquery(document[:1]))
        return named.filter(season=season, municipality__slug=slug).first()


def _late(member: Member) -> Facts:
    """Say what the first year costs of who joins late by the rule of the season."""
    fee = member.first_year_fee_eur
    return (
        {_("Fee of the first year"): euros(fee)}
        if fee is not None and member.first_year_costs_less
        else {}
    )


def first_invited_on(participation: Participation) -> date | None:
    """Return the earliest day noted as that of the invitation; needs its scope (one query)."""
    history = Participation._meta.apps.get_model("seasons", "ParticipationEvent")
    invited = history.objects.filter(pgh_obj_id=participation.pk, state=State.INVITED)
    found: date | None = invited.aggregate(first=Min("state_on"))["first"]
    return found


def decision_document(participation: Participation) -> DecisionDocument | None:
    """Find the file of a municipality's decision, its content aside (one query)."""
    with across_municipalities(reason="coordinators read the decision of any municipality"):
        rows = DecisionDocument.objects.filter(participation=participation)
        return rows.defer("content").first()


def content_of_document(document: DecisionDocument) -> bytes:
    """Read the file itself (one query)."""
    with across_municipalities(reason="coordinators read the decision of any municipality"):
        rows = DecisionDocument.objects.filter(pk=document.pk)
        return bytes(rows.values_list("content", flat=True).get())


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


def _populations(season: Season, whose: Q) -> dict[int, int]:
    """Return the populations of the season's year by municipality; none where it is not chosen."""
    if season.population_year is None:
        return {}
    rows = Population.objects.filter(whose, year=season.population_year)
    return dict(rows.values_list("municipality_id", "count"))


def _member(
    row: Participation,
    season: Season,
    population: int | None,
    tiers: list[FeeTier],
    today: date,
) -> Member:
    year, tier, fee = season.population_year, None, None
    if row.confirmed_at or row.is_from_record:
        population, year = row.population, row.population_year
        tier, fee = row.fee_tier, row.annual_fee_eur
    elif population is None:
        year = None
    elif tier := tier_for(population, tiers):
        fee = tier.annual_fee_eur
    return Member(season, row.municipality, row, population, year, tier, fee, today)


def funnel(states: Iterable[str], url: str) -> list[Step]:
    """Count the states of a list, towards joining; each step leads to those there, at `url`."""
    counts = Counter(states)
    return [Step(str(state.label), counts[state], f"{url}?state={state}") for state in FUNNEL]


def fee_sum(found: Sequence[Member]) -> Decimal | None:
    """Sum the confirmed yearly fees of those taking part; None where a record names members alone."""
    if any(member.participation.is_from_record for member in found):
        return None
    taking_part = (member for member in found if member.state == State.CONFIRMED)
    return sum((member.annual_fee_eur or Decimal(0) for member in taking_part), Decimal(0))


def addable_municipalities(season: Season) -> list[Municipality]:
    """List the municipalities that are not on the season's list, in Finnish order (two queries)."""
    with across_municipalities(reason="nobody is put twice on the season's list"):
        taken = set(
            Participation.objects.filter(season=season).values_list("municipality_id", flat=True)
        )
    left = Municipality.objects.in_force(on=timezone.localdate()).exclude(pk__in=taken)
    return sorted(left, key=lambda municipality: finnish(municipality.name))


def population_years() -> list[int]:
    """List the years whose populations are known, the latest first."""
    years = Population.objects.order_by("-year").values_list("year", flat=True)
    return list(years.distinct())
