"""What the rows of a season say of themselves."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import NumericRange

from seasons.enums import EntitlementKind, ParticipationState
from seasons.models import Entitlement, FeeTier, Participation, Season
from seasons.queries import workshops_in_all
from tests.seasons.factories import EntitlementFactory, SeasonFactory


@pytest.mark.parametrize(
    ("lower", "upper", "words"),
    [
        (0, None, "every municipality"),
        (0, 9_000, "below 9,000 inhabitants"),
        (9_000, 45_001, "9,000–45,000 inhabitants"),
        (45_001, None, "above 45,000 inhabitants"),
    ],
)
def test_tier_names_its_limits_as_the_documents_print_them(in_english, lower, upper, words):
    assert FeeTier(population=NumericRange(lower, upper)).limits == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"decided_by_fi": "Kunnanhallitus"}, "Kunnanhallitus"),
        ({"decided_on": date(2024, 10, 22)}, "22.10.2024"),
        ({"decision_section": "140"}, "§\xa0140"),
        (
            {
                "decided_by_fi": "Kunnanhallitus",
                "decided_on": date(2024, 10, 22),
                "decision_section": "140",
            },
            "Kunnanhallitus 22.10.2024 §\xa0140",
        ),
    ],
)
def test_decision_names_what_is_known_of_it(fields, words):
    assert Participation(state=ParticipationState.DECIDED, **fields).decision == words


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2022, 12, 31), 8),  # before every season: the latest
        (date(2023, 1, 1), 7),
        (date(2024, 12, 31), 7),
        (date(2025, 1, 1), 8),
        (date(2027, 1, 1), 8),  # after every season: the latest
    ],
)
def test_current_season_is_the_one_whose_years_hold_the_day(season8, day, number):
    SeasonFactory(number=7, first_year=2023, last_year=2024)

    assert Season.objects.current(on=day).number == number


def test_no_season_is_current_where_there_are_none(db):
    assert Season.objects.current(on=date(2025, 1, 1)) is None


@pytest.mark.parametrize(
    ("quantity", "yearly", "in_all"), [(5, False, 5), (5, True, 10), (None, True, None)]
)
def test_entitlement_counts_for_the_whole_season(season8, quantity, yearly, in_all):
    row = Entitlement(
        season=season8, kind=EntitlementKind.WORKSHOP, quantity=quantity, yearly=yearly
    )

    assert row.in_all == in_all


@pytest.mark.parametrize(("quantity", "workshops"), [(5, 5), (None, 0)])
def test_package_without_a_number_gives_no_workshops(season8, quantity, workshops):
    EntitlementFactory(season=season8, quantity=quantity)
    EntitlementFactory(season=SeasonFactory(number=7), quantity=9)
    EntitlementFactory(season=season8, kind=EntitlementKind.SEMINAR, quantity=4)

    assert workshops_in_all(season8) == workshops


def test_season_without_a_package_gives_no_workshops(season8):
    assert workshops_in_all(season8) == 0
