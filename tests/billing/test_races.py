"""Two presses at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import transaction

from billing import actions
from billing.models import Invoice
from seasons.actions.joining import withdraw_participation
from seasons.enums import ParticipationState
from seasons.models import Participation
from tests.municipalities.factories import MunicipalityFactory
from tests.racing import at_once, until_it_waits
from tests.seasons.factories import EXIT
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

AT = datetime(2026, 1, 15, 9, tzinfo=UTC)


def test_simultaneous_presses_make_one_set(season8, join, coordinator):
    for _ in range(5):
        join(MunicipalityFactory())

    def press() -> int:
        return actions.make_fee_drafts(season=season8, year=2026, by=coordinator, at=AT).made

    made = at_once(press, press, press)

    assert sorted(made) == [0, 0, 5]
    with across_municipalities(reason="the test counts everybody's invoices"):
        assert Invoice.objects.count() == 5


def test_making_and_removing_at_once_leave_all_or_none(season8, join, coordinator):
    for _ in range(3):
        join(MunicipalityFactory())
    actions.make_fee_drafts(season=season8, year=2026, by=coordinator, at=AT)

    at_once(
        lambda: actions.remove_fee_drafts(season=season8, year=2026, by=coordinator),
        lambda: actions.make_fee_drafts(season=season8, year=2026, by=coordinator, at=AT),
    )

    with across_municipalities(reason="the test counts everybody's invoices"):
        assert Invoice.objects.count() in (0, 3)


def test_removing_waits_for_the_run_that_adds_to_the_same_year(season8, join, coordinator):
    """Else it would leave a year half drafted: what was there removed, what came since kept."""
    join(MunicipalityFactory())
    actions.make_fee_drafts(season=season8, year=2026, by=coordinator, at=AT)
    join(MunicipalityFactory())

    def remove() -> int:
        return actions.remove_fee_drafts(season=season8, year=2026, by=coordinator)

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            run = actions.make_fee_drafts(season=season8, year=2026, by=coordinator, at=AT)
            removing = threads.submit(at_once, remove)
            until_it_waits(removing)
        assert (run.made, removing.result(timeout=60)) == (1, [2])


def test_run_waits_for_a_withdrawal_begun_before_it(season8, join, kannus, coordinator):
    row = join(kannus)

    def run() -> actions.FeeRun:
        return actions.make_fee_drafts(season=season8, year=2026, by=coordinator, at=AT)

    with ThreadPoolExecutor(1) as threads:
        with scope(kannus.pk):
            withdraw_participation(
                participation=row, by=coordinator, at=AT, **(EXIT | {"state_on": AT.date()})
            )
            running = threads.submit(at_once, run)
            until_it_waits(running)
        assert running.result(timeout=60)[0].made == 0


def test_who_withdraws_meanwhile_is_billed_before_or_not_at_all(season8, join, kannus, coordinator):
    join(kannus)

    def withdraw() -> None:
        with scope(kannus.pk):
            row = Participation.objects.get()
            withdraw_participation(
                participation=row, by=coordinator, at=AT, **(EXIT | {"state_on": AT.date()})
            )

    made, _ = sorted(
        at_once(
            lambda: actions.make_fee_drafts(season=season8, year=2026, by=coordinator, at=AT).made,
            withdraw,
        ),
        key=lambda result: result is None,
    )

    with scope(kannus.pk):
        assert Participation.objects.get().state == ParticipationState.WITHDRAWN
        assert Invoice.objects.count() == made
