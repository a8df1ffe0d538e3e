"""Dates, numbers and money as people write them, in three languages."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from uso.ground.lib import dates, languages, money

NINE = dt.datetime(2026, 3, 24, 7, tzinfo=dt.UTC)  # winter time: two hours behind Helsinki


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", "ti 24.3.2026 klo\xa09.00"),
        ("sv", "tis 24.3.2026 kl.\xa09.00"),
        ("en", "Tue 24\xa0Mar 2026 at\xa09:00"),
    ],
)
def test_moment_is_written_in_the_language(language, expected):
    assert dates.moment(NINE, language=language) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (NINE, None, "ti 24.3.2026 klo\xa09.00"),
        (NINE, NINE + dt.timedelta(hours=6, minutes=30), "ti 24.3.2026 klo\xa09.00–15.30"),
        (
            NINE,
            NINE + dt.timedelta(days=1, hours=6),
            "ti 24.3. klo\xa09.00 – ke 25.3.2026 klo\xa015.00",
        ),
        (dt.date(2026, 12, 31), dt.date(2027, 1, 1), "to 31.12.2026 – pe 1.1.2027"),
        (dt.date(2026, 3, 24), dt.date(2026, 3, 24), "ti 24.3.2026"),
        (dt.date(2026, 3, 24), dt.date(2026, 3, 25), "ti 24.3. – ke 25.3.2026"),
    ],
)
def test_span_repeats_nothing_both_ends_share(start, end, expected):
    assert dates.span(start, end, language="fi") == expected


def test_day_turns_at_midnight_in_helsinki():
    late = dt.datetime(2026, 6, 30, 21, 30, tzinfo=dt.UTC)

    assert dates.day(late, language="fi") == "ke 1.7.2026"
    assert dates.days_between(late, dt.date(2026, 7, 2)) == 1


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fi", "−12\xa0000,50\xa0€"), ("sv", "−12\xa0000,50\xa0€"), ("en", "−€12,000.50")],
)
def test_euros_have_their_spaces_and_minus(language, expected):
    assert money.euros(Decimal("-12000.495"), language=language) == expected.replace("50", "50")


def test_number_shows_the_decimals_it_has():
    assert money.number(Decimal("27.90"), language="fi") == "27,9"
    assert money.number(1234567.891, 1, language="fi") == "1\xa0234\xa0567,9"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_euros_can_be_read_back(value):
    shown = money.euros(value, language="fi")

    plain = shown.removesuffix("\xa0€").replace("\xa0", "").replace(",", ".").replace("−", "-")

    assert Decimal(plain) == value


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ at|day }}", "ti 24.3.2026"),
        ('{{ at|day:"short" }}', "24.3.2026"),
        ('{{ at|day:"no-year" }}', "ti 24.3."),
        ("{{ at|clock }}", "9.00"),
        ("{{ at|span:end }}", "ti 24.3.2026 klo\xa09.00–10.00"),
        ("{{ fee|euros }}", "12\xa0000,00\xa0€"),
        ("{{ fee|euros:0 }}", "12\xa0000\xa0€"),
        ("{{ share|percent }}", "27,9\xa0%"),
        ("{{ none|euros }}{{ none|day }}{{ none|days_left }}{{ none|age }}", ""),
        ("{{ at|days_left:before }}", "huomenna"),
        ("{{ at|days_left:same }}", "tänään"),
        ("{{ at|days_left:after }}", "päättynyt"),
        ("{{ at|days_left:long_before }}", "11 päivän päästä"),
        ("{{ at|age:after }}", "eilen"),
        ("{{ long_before|age:same }}", "11 pv"),
        ("{{ at|age:same }}", "tänään"),
        ("{{ seconds|duration }}", "40 s"),
        ("{{ minutes|duration }}", "3 min"),
        ("{{ none|duration }}", ""),
        ("{{ 0.2|duration }}", "1 s"),
        ("{{ 59.4|duration }}", "59 s"),
        ("{{ 60|duration }}", "1 min"),
        ("{{ at|days_left:two_before }}", "2 päivän päästä"),
        ("{{ at|age:two_after }}", "2 pv"),
        ("{{ lines|one_line }}", "Yksi · Kaksi"),
    ],
)
def test_filter_writes(source, expected):
    values = {
        "at": NINE,
        "end": NINE + dt.timedelta(hours=1),
        "fee": Decimal(12000),
        "share": Decimal("27.94"),
        "none": None,
        "same": dt.date(2026, 3, 24),
        "before": dt.date(2026, 3, 23),
        "after": dt.date(2026, 3, 25),
        "long_before": dt.date(2026, 3, 13),
        "two_before": dt.date(2026, 3, 22),
        "two_after": dt.date(2026, 3, 26),
        "lines": "Yksi\nKaksi",
        "seconds": 40.2,
        "minutes": 170,
    }

    with translation.override("fi"):
        shown = Template("{% load uso_format %}" + source).render(Context(values))

    assert shown == expected


def test_dots_in_words_names_each_state_once():
    with translation.override("fi"):
        shown = Template("{% load uso_format %}{{ states|dots_in_words }}").render(
            Context({"states": ["done", "done", "agreed", "free"]})
        )

    assert shown == "2 pidetty, 1 sovittu, 1 käyttämättä"


@pytest.mark.parametrize(
    ("confirmed", "capacity", "expected"), [(38, 60, "63.3"), (70, 60, "100.0"), (3, 0, "0")]
)
def test_share_of_seats_stays_within_the_bar(confirmed, capacity, expected):
    source = "{% load uso_format %}{{ confirmed|share_of_seats:capacity }}"

    shown = Template(source).render(Context({"confirmed": confirmed, "capacity": capacity}))

    assert shown == expected


@pytest.mark.parametrize(
    ("capacity", "waiting", "expected"),
    [(100, 12, "88.0"), (100, 1, "96.0"), (10, 40, "67.0"), (0, 1, "100")],
)
def test_amber_end_is_at_most_a_third(capacity, waiting, expected):
    source = "{% load uso_format %}{{ capacity|waiting_from:waiting }}"

    assert Template(source).render(Context({"capacity": capacity, "waiting": waiting})) == expected


@pytest.mark.parametrize(
    ("language", "spoken", "name"),
    [
        ("fi", "fi", "Vaasa"),
        ("sv", "sv", "Vasa"),
        ("sv-fi", "sv", "Vasa"),
        ("en", "en", "Vaasa"),
        ("de", "fi", "Vaasa"),
    ],
)
def test_localized_falls_back_to_finnish(language, spoken, name):
    row = SimpleNamespace(name_fi="Vaasa", name_sv="Vasa", names_fi=["Vaasa"], names_sv=["Vasa"])

    with translation.override(language):
        assert languages.localized(row, "name") == name
        assert languages.localized_list(row, "names") == [name]
        assert languages.current_language() == spoken
    assert languages.localized(row, "name", language) == name
    assert languages.localized_list(row, "names", language) == [name]
