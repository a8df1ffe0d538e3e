"""What an invoice comes to. Pure: no database, no clock, no settings; Decimal alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Protocol, TypeVar

CENT: Final = Decimal("0.01")  # the smallest unit of the euro that is paid
NOTHING: Final = Decimal("0.00")


class Dated(Protocol):
    """A rate in force from its first day to its last, both included; None has no end."""

    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date | None: ...


R = TypeVar("R", bound=Dated)


@dataclass(frozen=True)
class Totals:
    """Euros of an invoice, or of several: `gross_eur` is always `net_eur` + `vat_eur`."""

    net_eur: Decimal = NOTHING
    vat_eur: Decimal = NOTHING

    @property
    def gross_eur(self) -> Decimal:
        """Net and VAT together: what is paid."""
        return self.net_eur + self.vat_eur

    def __add__(self, other: Totals) -> Totals:
        """Sum invoices, each rounded before; nothing is rounded again."""
        return Totals(self.net_eur + other.net_eur, self.vat_eur + other.vat_eur)


def line_net(quantity: Decimal, unit_price_eur: Decimal) -> Decimal:
    """Price one line.

    Parameters
    ----------
    quantity
        How many; negative on a credit note.
    unit_price_eur
        Euros for one, VAT outside.

    Returns
    -------
    Euros without VAT, 2 places.

    Notes
    -----
    quantity × price, rounded half up to the cent (away from zero, so a credit note negates
    exactly what it credits).

    References
    ----------
    EN 16931-1, BT-131; rounding: docs/adr/0005-money-and-rounding.md.

    Examples
    --------
    >>> line_net(Decimal("1"), Decimal("12000"))
    Decimal('12000.00')
    >>> line_net(Decimal("0.5"), Decimal("0.25")), line_net(Decimal("-0.5"), Decimal("0.25"))
    (Decimal('0.13'), Decimal('-0.13'))
    """
    return _cents(quantity * unit_price_eur)


def totals(nets: Iterable[Decimal], vat_pct: Decimal) -> Totals:
    """Sum the lines of an invoice and put VAT on the sum.

    Parameters
    ----------
    nets
        Euros of each line without VAT, as `line_net` gives them.
    vat_pct
        The one rate of the invoice as a percentage, 0–100.

    Returns
    -------
    Euros with 2 places; an invoice without lines comes to 0.00.

    Notes
    -----
    net = sum of the lines; VAT = net × rate ÷ 100, rounded half up once, from the sum and not
    line by line; gross = net + VAT.

    References
    ----------
    EN 16931-1, BR-CO-10, BR-CO-15 and BR-CO-17; 84 § of the arvonlisäverolaki (1501/1993).

    Examples
    --------
    >>> fee = totals([Decimal("9000.00")], Decimal("25.5"))
    >>> fee.vat_eur, fee.gross_eur
    (Decimal('2295.00'), Decimal('11295.00'))
    >>> totals([Decimal("0.33")] * 3, Decimal("25.5")).vat_eur  # line by line it would be 0.24
    Decimal('0.25')
    """
    net = sum(nets, NOTHING)
    return Totals(net, _cents(net * vat_pct / 100))


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def rate_on(day: date, rates: Iterable[R]) -> R | None:
    """Find the rate in force on a date of supply.

    Parameters
    ----------
    day
        Date of supply.
    rates
        Rates that do not overlap, in any order.

    Returns
    -------
    The one rate in force on the day; None where none is known for it.

    Notes
    -----
    The time of supply decides, not that of the invoice; an advance payment is the exception
    (docs/adr/0005-money-and-rounding.md).

    Examples
    --------
    >>> from collections import namedtuple
    >>> Rate = namedtuple("Rate", "vat_pct starts_on ends_on")
    >>> rates = [Rate(24, date(2013, 1, 1), date(2024, 8, 31)), Rate(25.5, date(2024, 9, 1), None)]
    >>> [rate_on(day, rates).vat_pct for day in (date(2024, 8, 31), date(2024, 9, 1))]
    [24, 25.5]
    """
    return next((rate for rate in rates if _in_force(rate, day)), None)


def _in_force(rate: Dated, day: date) -> bool:
    return rate.starts_on <= day and (rate.ends_on is None or day <= rate.ends_on)


def fee_supplied_on(year: int) -> date:
    """Return the day a year's fee counts as supplied unless somebody says otherwise.

    Parameters
    ----------
    year
        Calendar year the fee is for.

    Returns
    -------
    The last day of the year.

    Notes
    -----
    What the fee buys is given over the whole year: a continuous service is supplied when the
    period of its charge ends. The coordinator can give another day of the year in the billing
    run, for instance that of an advance payment (docs/adr/0005-money-and-rounding.md).

    Examples
    --------
    >>> fee_supplied_on(2026)
    datetime.date(2026, 12, 31)
    """
    return date(year, 12, 31)
