"""Two coordinators make the same season, or plan the same package, at once."""

import pytest
from django.db import transaction

from events.actions.programme import plan_from_package
from events.models import Event
from seasons.actions.copying import copy_season
from seasons.enums import EntitlementKind
from seasons.models import Season
from tests.racing import at_once
from tests.seasons.factories import EntitlementFactory, SeasonFactory
from uso.ground.lib.errors import RuleViolation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_of_simultaneous_copies_one_is_made_and_the_other_is_told(season8, coordinator):
    def press() -> Season:
        with transaction.atomic():
            return copy_season(source=season8, number=9, first_year=2027, by=coordinator)

    results = at_once(press, press)

    made, refused = sorted(results, key=lambda each: isinstance(each, RuleViolation))
    assert (made.number, refused.field) == (9, "number")
    assert Season.objects.filter(number=9).count() == 1


def test_of_simultaneous_plans_each_event_is_made_once(coordinator):
    season = SeasonFactory(number=9, first_year=2027, last_year=2028)
    EntitlementFactory(season=season, kind=EntitlementKind.SEMINAR, quantity=4)
    days = {f"seminar_{number}": None for number in range(1, 5)}

    def press() -> list[Event]:
        return plan_from_package(season=season, days=days, by=coordinator)

    results = at_once(press, press, press)

    assert sorted(len(made) for made in results) == [0, 0, 4]
    assert season.events.count() == 4
