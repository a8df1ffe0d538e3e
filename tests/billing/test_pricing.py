"""Money of an invoice: worked examples and what always holds."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.pricing import Totals, fee_supplied_on, line_net, rate_on, totals


def hundredths(low: int, high: int) -> st.SearchStrategy[Decimal]:
    """Decimals of two places; from whole numbers, which hypothesis makes fast."""
    return st.integers(100 * low, 100 * high).map(lambda whole: Decimal(whole).scaleb(-2))


money = hundredths(-1_000_000, 1_000_000)
quantities = hundredths(-100, 100)
percentages = hundredths(0, 99)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Rate:
    vat_pct: Decimal
    starts_on: date
    ends_on: date | None


RATES = [
    Rate(Decimal("25.5"), date(2024, 9, 1), None),
    Rate(Decimal("24"), date(2013, 1, 1), date(2024, 8, 31)),
]


@pytest.mark.parametrize(
    ("fee", "vat_pct", "vat", "gross"),
    [
        ("9000", "25.5", "2295.00", "11295.00"),
        ("12000", "25.5", "3060.00", "15060.00"),
        ("16000", "25.5", "4080.00", "20080.00"),
        ("8000", "24", "1920.00", "9920.00"),
        ("11000", "24", "2640.00", "13640.00"),
        ("12000", "24", "2880.00", "14880.00"),
    ],
)
def test_fee_with_its_vat(fee, vat_pct, vat, gross):
    whole = totals([line_net(Decimal(1), Decimal(fee))], Decimal(vat_pct))

    assert (whole.vat_eur, whole.gross_eur) == (Decimal(vat), Decimal(gross))


@pytest.mark.parametrize(
    ("quantity", "price", "net"),
    [
        ("1", "9000", "9000.00"),
        ("0.5", "0.25", "0.13"),
        ("-0.5", "0.25", "-0.13"),
        ("3", "33.33", "99.99"),
        ("0.33", "0.01", "0.00"),
    ],
)
def test_line_rounds_half_up(quantity, price, net):
    assert str(line_net(Decimal(quantity), Decimal(price))) == net


def test_vat_is_counted_once_from_the_sum():
    nets = [Decimal("0.33")] * 3

    assert totals(nets, Decimal("25.5")).vat_eur == Decimal("0.25")
    assert sum(totals([net], Decimal("25.5")).vat_eur for net in nets) == Decimal("0.24")


def test_nothing_comes_to_nothing():
    assert totals([], Decimal("25.5")) == Totals() == Totals(Decimal(0), Decimal(0))


@given(st.lists(money, max_size=10), percentages)
def test_gross_is_the_sum_of_the_lines_and_the_vat(nets, vat_pct):
    whole = totals(nets, vat_pct)

    assert whole.net_eur == sum(nets, Decimal(0))
    assert whole.gross_eur == whole.net_eur + whole.vat_eur
    assert whole.gross_eur.as_tuple().exponent == -2


@given(st.lists(money, max_size=10), percentages)
def test_vat_is_within_half_a_cent_of_the_exact_one(nets, vat_pct):
    exact = sum(nets, Decimal(0)) * vat_pct / 100

    assert abs(totals(nets, vat_pct).vat_eur - exact) <= CENT / 2


@given(st.lists(money, max_size=10), percentages)
def test_credit_of_every_line_takes_back_exactly_everything(nets, vat_pct):
    charged, credited = totals(nets, vat_pct), totals([-net for net in nets], vat_pct)

    assert charged + credited == Totals()


@given(quantities, money)
def test_line_is_within_half_a_cent_of_the_exact_price(quantity, price):
    assert abs(line_net(quantity, price) - quantity * price) <= CENT / 2


@given(st.lists(st.tuples(money, percentages), max_size=10))
def test_sum_of_invoices_rounds_nothing_again(invoices):
    each = [totals([net], vat_pct) for net, vat_pct in invoices]

    assert sum(each, Totals()).gross_eur == sum((one.gross_eur for one in each), Decimal(0))


@pytest.mark.parametrize(
    ("day", "vat_pct"),
    [
        (date(2013, 1, 1), Decimal("24")),
        (date(2024, 8, 31), Decimal("24")),
        (date(2024, 9, 1), Decimal("25.5")),
        (date(2026, 12, 31), Decimal("25.5")),
    ],
)
def test_date_of_supply_decides_the_rate(day, vat_pct):
    assert rate_on(day, RATES).vat_pct == vat_pct


def test_no_rate_before_the_first():
    assert rate_on(date(2012, 12, 31), RATES) is None


def test_fee_is_supplied_when_its_year_ends():
    assert fee_supplied_on(2026) == date(2026, 12, 31)
