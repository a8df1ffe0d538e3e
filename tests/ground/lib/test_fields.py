"""Fields that every app shares."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from uso.ground.lib import fields


@pytest.mark.parametrize(
    ("typed", "sum_"),
    [
        ("1234,50", Decimal("1234.50")),
        ("12\N{NO-BREAK SPACE}000,00 €", Decimal(12_000)),
        ("9 000", Decimal(9_000)),
        ("0.05", Decimal("0.05")),
    ],
)
def test_euros_are_read_as_people_write_them(typed, sum_):
    assert fields.EurosField().clean(typed) == sum_


@pytest.mark.parametrize("typed", ["1,234", "−1", "abc", "1 234 567 890,00"])
def test_what_is_no_sum_is_refused(typed):
    with pytest.raises(ValidationError):
        fields.EurosField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("040 123 4567", "+358401234567"),
        ("+358 (40) 123-4567", "+358401234567"),
        ("0046 8 123 456", "+468123456"),
        (f"+358{11 * ' '}401234567", "+358401234567"),
        ("", ""),
    ],
)
def test_telephone_number_is_stored_in_one_form(typed, number):
    assert fields.PhoneField(required=False).clean(typed) == number


@pytest.mark.parametrize(
    "typed", ["kysy vaihteesta", "12", "040123456x", f"+358{12 * ' '}401234567"]
)
def test_what_is_no_telephone_number_is_refused(typed):
    with pytest.raises(ValidationError):
        fields.PhoneField().clean(typed)


def test_address_is_stored_small():
    assert fields.EmailField().clean(" Aino@Example.FI ") == "aino@example.fi"


def test_address_is_no_longer_than_its_column():
    with pytest.raises(ValidationError):
        fields.EmailField().clean("a" * 60 + "@" + ".".join(["b" * 60] * 4) + ".example")


def test_day_and_moment_are_chosen_in_the_browser():
    day, moment = fields.DayInput(min="2026-01-01"), fields.MomentInput()

    assert day.render("day", date(2026, 3, 24)) == (
        '<input type="date" name="day" value="2026-03-24" min="2026-01-01">'
    )
    assert 'type="datetime-local"' in moment.render("moment", None)
