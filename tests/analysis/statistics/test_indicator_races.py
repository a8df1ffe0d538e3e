"""An indicator is retired while another begins to be weighed by it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from analysis.statistics.actions.indicators import (
    IndicatorRefused,
    reinstate_indicator,
    retire_indicator,
)
from analysis.statistics.actions.loading import load_catalogue
from analysis.statistics.models import Indicator
from tests.racing import at_once, until_it_waits

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_no_indicator_comes_into_use_whose_weight_is_being_retired(coordinator):
    load_catalogue()
    weighed = Indicator.objects.filter(weight__isnull=False).first()
    weight = weighed.weight
    Indicator.objects.exclude(pk=weight.pk).update(is_active=False)

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            retire_indicator(indicator=weight, by=coordinator)
            reinstating = threads.submit(
                at_once, lambda: reinstate_indicator(indicator=weighed, by=coordinator)
            )
            until_it_waits(reinstating)
        (refused,) = reinstating.result(timeout=60)

    assert isinstance(refused, IndicatorRefused)
    assert not Indicator.objects.filter(is_active=True).exists()
