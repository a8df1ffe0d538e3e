"""An analysis is given to an expert whose role is ending."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from analysis.models import ExpertAssignment
from analysis.refusals import AnalysisRefused
from tests.analysis.editions import ready_made
from tests.analysis.reviewing import assign
from tests.clock import TODAY
from tests.racing import at_once, until_it_waits
from uso.ground.tenancy.scope import scope
from uso.roof.home.actions import end_role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_nothing_is_given_to_an_expert_while_the_role_ends(kannus, season8, coordinator, expert):
    with scope(kannus.pk):
        draft = ready_made(kannus, season8, coordinator, is_published=False)
    membership = expert.memberships.get()

    def give() -> None:
        with scope(kannus.pk):
            assign(draft, expert, coordinator)

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            end_role(membership=membership, by=coordinator, on=TODAY)
            giving = threads.submit(at_once, give)
            until_it_waits(giving)
        (refused,) = giving.result(timeout=60)

    assert isinstance(refused, AnalysisRefused)
    with scope(kannus.pk):
        assert not ExpertAssignment.objects.exists()
