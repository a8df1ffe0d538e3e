"""Which fee tier a population belongs to, and what joining late costs.

Pure: no database, no clock, no settings.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Generic, Protocol, TypeVar

CENT: Final = Decimal("0.01")
MONTHS_OF_YEAR: Final = 12


class Band(Protocol):
    """A range of populations: `lower` belongs to it, `upper` does not; None has no end."""

    @property
    def lower(self) -> int: ...

    @property
    def upper(self) -> int | None: ...


B = TypeVar("B", bound=Band)


def tier_for(population: int, tiers: Iterable[B]) -> B | None:
    """Find the tier a population belongs to.

    Parameters
    ----------
    population
        Inhabitants at the end of the season's population year, 0 or more.
    tiers
        Ranges that do not overlap, in any order.

    Returns
    -------
    The one tier whose range holds the population; None where no tier does.

    Notes
    -----
    The documents print "alle 9 000", "9 000–45 000" and "yli 45 000": 9 000 and 45 000
    themselves belong to the middle tier, whose range is [9 000, 45 001).

    References
    ----------
    USO8 invitation (2025–2026); network description 2021–2022 (seasons/data/README.md).

    Examples
    --------
    >>> from collections import namedtuple
    >>> Tier = namedtuple("Tier", "lower upper fee")
    >>> tiers = [Tier(0, 9_000, 9_000), Tier(9_000, 45_001, 12_000), Tier(45_001, None, 16_000)]
    >>> [tier_for(n, tiers).fee for n in (8_999, 9_000, 45_000, 45_001)]
    [9000, 12000, 12000, 16000]
    """
    return next((tier for tier in tiers if _holds(tier, population)), None)


def _holds(band: Band, population: int) -> bool:
    return band.lower <= population and (band.upper is None or population < band.upper)


def first_gap(tiers: Iterable[Band]) -> tuple[int, int | None] | None:
    """Find the first range of populations that no tier holds.

    Parameters
    ----------
    tiers
        Ranges that do not overlap, in any order.

    Returns
    -------
    The range as (first, last) inhabitants, both belonging to it, last None where it has no end;
    None where the tiers cover every population from 0 up.

    Examples
    --------
    >>> from collections import namedtuple
    >>> Tier = namedtuple("Tier", "lower upper")
    >>> first_gap([Tier(9_000, 45_001), Tier(0, 8_500)])
    (8500, 8999)
    >>> first_gap([Tier(0, 9_000)])
    (9000, None)
    >>> first_gap([Tier(0, None)])
    """
    start = 0
    for tier in sorted(tiers, key=lambda tier: tier.lower):
        if tier.lower > start:
            return start, tier.lower - 1
        if tier.upper is None:
            return None
        start = max(start, tier.upper)
    return start, None


def bands(limits: Iterable[int]) -> list[tuple[int, int | None]]:
    """Make the ranges of tiers of the limits that a brochure prints, so that nothing lies between.

    Parameters
    ----------
    limits
        One or more in any order, none twice, each 1 or more: the first as in "below 9 000", the
        others as in "9 000–45 000".

    Returns
    -------
    One range more than limits, as (lower, upper): lower belongs to it, upper does not; the last
    has no end. The first limit belongs to the second range, every other to the range it ends.

    References
    ----------
    USO8 invitation (2025–2026): "alle 9 000", "9 000–45 000", "yli 45 000".

    Examples
    --------
    >>> bands([45_000, 9_000])
    [(0, 9000), (9000, 45001), (45001, None)]
    >>> bands([])
    [(0, None)]
    """
    in_order = sorted(limits)
    ends = [*in_order[:1], *(limit + 1 for limit in in_order[1:])]
    return list(zip([0, *ends], [*ends, None], strict=True))


def printed_limits(tiers: Iterable[Band]) -> list[int]:
    """Return the limits of tiers as a brochure prints them, the reverse of `bands`.

    Parameters
    ----------
    tiers
        Ranges that do not overlap, in any order; one without an end gives no limit.

    Examples
    --------
    >>> from collections import namedtuple
    >>> Tier = namedtuple("Tier", "lower upper")
    >>> printed_limits([Tier(45_001, None), Tier(0, 9_000), Tier(9_000, 45_001)])
    [9000, 45000]
    """
    ends = sorted(tier.upper for tier in tiers if tier.upper is not None)
    return [*ends[:1], *(end - 1 for end in ends[1:])]


@dataclass(frozen=True)
class Stretch(Generic[B]):
    """A piece of the number line of populations: a tier, or what no tier holds."""

    lower: int
    upper: int | None
    tier: B | None

    @property
    def last(self) -> int | None:
        """The largest population of the piece; None where it has no end."""
        return None if self.upper is None else self.upper - 1


def number_line(tiers: Iterable[B]) -> list[Stretch[B]]:
    """Divide the populations from 0 up into tiers and what no tier holds.

    Parameters
    ----------
    tiers
        Ranges that do not overlap, in any order.

    Examples
    --------
    >>> from collections import namedtuple
    >>> Tier = namedtuple("Tier", "lower upper")
    >>> [(s.lower, s.upper, s.tier is None) for s in number_line([Tier(9_000, None)])]
    [(0, 9000, True), (9000, None, False)]
    """
    line: list[Stretch[B]] = []
    start: int | None = 0
    for tier in sorted(tiers, key=lambda tier: tier.lower):
        if start is not None and tier.lower > start:
            line.append(Stretch(start, tier.lower, None))
        line.append(Stretch(tier.lower, tier.upper, tier))
        start = tier.upper
    if start is not None:
        line.append(Stretch(start, None, None))
    return line


def joining_year(first_year: int, decided_on: date) -> int:
    """Find the first year that a municipality pays for.

    Parameters
    ----------
    first_year
        The season's first calendar year.
    decided_on
        The day of the board's decision, no later than the season's last year.

    Returns
    -------
    The season's first year for who decided before or in it; the year of the decision after that.

    Examples
    --------
    >>> joining_year(2025, date(2024, 10, 22)), joining_year(2025, date(2026, 1, 1))
    (2025, 2026)
    """
    return max(first_year, decided_on.year)


def first_year_fee(
    annual_fee_eur: Decimal, *, first_year: int, decided_on: date, by_months: bool
) -> Decimal:
    """Price the first year that a municipality pays for.

    Parameters
    ----------
    annual_fee_eur
        The fee of a whole year, VAT outside, 2 places.
    first_year
        The season's first calendar year.
    decided_on
        The day of the board's decision.
    by_months
        Whether who joins in the middle of a year pays for the months that are left; else in full.

    Returns
    -------
    Euros with 2 places, VAT outside.

    Notes
    -----
    The month of the decision counts as left: a decision in December pays one month, one in January
    the whole year. Fee × months ÷ 12, rounded half up to the cent. A decision made before the
    season began pays in full.

    Examples
    --------
    >>> def fee(day, by_months=True):
    ...     return first_year_fee(
    ...         Decimal("9000.00"), first_year=2025, decided_on=day, by_months=by_months
    ...     )
    >>> fee(date(2025, 10, 6)), fee(date(2025, 10, 6), by_months=False), fee(date(2024, 10, 22))
    (Decimal('2250.00'), Decimal('9000.00'), Decimal('9000.00'))
    """
    if not by_months or decided_on.year < first_year:
        return annual_fee_eur
    months_left = MONTHS_OF_YEAR + 1 - decided_on.month
    part = annual_fee_eur * months_left / MONTHS_OF_YEAR
    return part.quantize(CENT, rounding=ROUND_HALF_UP)


def costs_less(first_year_fee_eur: Decimal | None, annual_fee_eur: Decimal | None) -> bool:
    """Whether a first year costs less than a whole one; not where one of the fees is not known.

    Examples
    --------
    >>> costs_less(Decimal(2_250), Decimal(9_000)), costs_less(None, Decimal(9_000))
    (True, False)
    >>> costs_less(Decimal("9000.00"), Decimal(9_000))
    False
    """
    if first_year_fee_eur is None or annual_fee_eur is None:
        return False
    return first_year_fee_eur < annual_fee_eur
