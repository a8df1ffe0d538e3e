"""Which municipalities a new population figure would move to another fee tier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from municipalities.models import Municipality, Population
from seasons.enums import NOT_TAKING_PART, ParticipationState
from seasons.models import FeeTier, Participation, Season
from seasons.pricing import tier_for
from uso.ground.tenancy.crossing import across_municipalities

#: Population and year of a municipality, by its code.
Figures = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class TierChange:
    """A municipality whose newest figure lies in another tier than the one that decides today.

    Parameters
    ----------
    before, after : tuple of (int, int)
        Population and its year.
    fee_before, fee_after : Decimal or None
        Annual fee in euros; None where it is not known.
    takes_part : bool
        The municipality is on the season's list and has neither declined nor withdrawn.
    frozen : bool
        Its participation is confirmed: the fee of this season stays.
    """

    name: str
    code: str
    before: tuple[int, int]
    after: tuple[int, int]
    fee_before: Decimal | None
    fee_after: Decimal | None
    takes_part: bool
    frozen: bool


def season_of(on: date) -> Season | None:
    """Return the season whose tiers are looked at, None where there is none (one or two queries)."""
    return Season.objects.current(on=on)


def deciding_figures(year: int | None) -> Figures:
    """Return the figure of the year, or the newest before it, of every municipality (one query)."""
    rows = Population.objects.select_related("municipality").order_by("year")
    if year is not None:
        rows = rows.filter(year__lte=year)
    return {row.municipality.code: (row.count, row.year) for row in rows}


def tier_changes(season: Season, before: Figures, after: Figures) -> list[TierChange]:
    """Return the municipalities that would change tier, in order of code (four queries).

    Parameters
    ----------
    before
        Figures that decide today.
    after
        Newest figures once the import is in.
    """
    names = {row.code: row.name for row in Municipality.objects.all()}
    return tier_changes_of(season, before, after, names, _states(season))


def tier_changes_of(
    season: Season,
    before: Figures,
    after: Figures,
    names: Mapping[str, str],
    states: Mapping[str, str],
) -> list[TierChange]:
    """Return who would change tier, by names and stages that are at hand (one query for the tiers)."""
    tiers = list(season.fee_tiers.all())
    changes = []
    for code in sorted(before.keys() & after.keys()):
        old, new = (tier_for(figures[code][0], tiers) for figures in (before, after))
        if old != new:
            changes.append(
                TierChange(
                    name=names[code],
                    code=code,
                    before=before[code],
                    after=after[code],
                    fee_before=_fee(old),
                    fee_after=_fee(new),
                    takes_part=code in states and states[code] not in NOT_TAKING_PART,
                    frozen=states.get(code) == ParticipationState.CONFIRMED,
                )
            )
    return changes


def _fee(tier: FeeTier | None) -> Decimal | None:
    return tier.annual_fee_eur if tier else None


def _states(season: Season) -> dict[str, str]:
    with across_municipalities(reason="the tiers of the whole season are compared at once"):
        return dict(
            Participation.objects.filter(season=season).values_list("municipality__code", "state")
        )
