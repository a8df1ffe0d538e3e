"""Which fee tier a population belongs to. Pure: no database, no clock, no settings."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


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
