"""Days of a range, days that want a second look, and the form that asks about them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms

from uso.ground.lib.days import AsksAboutDays, Days, unusual
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.fields import DayField, MomentField

FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
DAYS = Days(FIRST, LAST, "early", "late")


@pytest.mark.parametrize("on", [FIRST, LAST])
def test_ends_of_the_range_are_allowed(on):
    DAYS.require(on, field="on")


@pytest.mark.parametrize(
    ("on", "why"), [(FIRST - timedelta(days=1), "early"), (LAST + timedelta(days=1), "late")]
)
def test_day_outside_is_refused_at_its_field_with_the_reason(on, why):
    with pytest.raises(RuleViolation) as refused:
        DAYS.require(on, field="on")

    assert (refused.value.message, refused.value.field) == (why, "on")


def test_browser_is_told_the_range():
    field = DayField()

    DAYS.limit(field)

    drawn = {name: field.widget.attrs[name] for name in ("min", "max")}
    assert drawn == {"min": "2025-01-01", "max": "2026-12-31"}


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2027, 1, 6), "Loppiainen"),
        (date(2026, 4, 3), "Pitkäperjantai"),
        (date(2026, 6, 19), "Juhannusaatto"),
        (date(2026, 11, 28), "lauantai"),
        (date(2026, 11, 29), "sunnuntai"),
        (date(2026, 11, 27), ""),
        (date(2026, 11, 30), ""),
    ],
)
def test_weekends_and_holidays_are_named(on, words):
    assert unusual(on) == words


class Planned(AsksAboutDays, forms.Form):
    on = DayField()
    at = MomentField(required=False)
    topic = forms.CharField(required=False)
    asked_days = ("on", "at")


def test_form_asks_about_a_moment_by_its_finnish_day():
    late = datetime(2026, 11, 28, 0, 30, tzinfo=ZoneInfo("Europe/Helsinki"))  # 22.30 UTC, a Friday

    form = Planned({"on": "2026-11-27", "at": late.isoformat()})

    assert list(form.errors) == ["at"]


def test_box_stands_after_its_field_and_takes_that_day_alone():
    asked = Planned({"on": "2026-11-28", "on_is_right": "2026-11-29"})
    ticked = Planned({"on": "2026-11-28", "on_is_right": "2026-11-28"})

    assert list(asked.errors) == ["on"]
    assert list(asked.fields) == ["on", "on_is_right", "at", "topic"]
    assert ticked.is_valid()
    assert "on_is_right" not in ticked.cleaned_data


def test_day_that_was_not_changed_is_not_asked_about():
    form = Planned({"on": "2026-11-28"}, initial={"on": date(2026, 11, 28)})

    assert form.is_valid()
    assert form.day_questions == []


def test_end_added_on_the_day_of_a_kept_beginning_is_not_asked_about():
    saved = {"on": date(2026, 11, 28)}  # a Saturday, ticked when it was saved

    same = Planned({"on": "2026-11-28", "at": "2026-11-28T15:00"}, initial=saved)
    next_day = Planned({"on": "2026-11-28", "at": "2026-11-29T15:00"}, initial=saved)

    assert same.is_valid()
    assert list(next_day.errors) == ["at"]


@pytest.mark.parametrize("typed", ["2026-03-29T03:30", "2026-10-25T03:30"])
def test_hours_of_the_clock_change_are_refused_in_our_words(typed):
    form = Planned({"on": "2026-11-27", "at": typed})

    assert form.errors["at"] == [
        "Kelloja siirretään tuohon aikaan: valitse aikaisempi tai myöhempi kellonaika."
    ]
