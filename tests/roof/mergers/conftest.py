"""A world in which Kannus has everything, and is merged into Jämsä on 1 January 2027."""

from collections.abc import Callable
from datetime import datetime

import pytest

from municipalities.models import Municipality
from seasons.models import Participation
from tests.access import World, made, made_in
from tests.billing.factories import InvoiceFactory, InvoiceLineFactory
from tests.municipalities.factories import MunicipalityFactory
from tests.roof.mergers.merging import AFTER
from uso.ground.tenancy.crossing import across_municipalities
from uso.roof.mergers.actions import MergerDone, merge_municipalities
from uso.roof.mergers.plans import MergerPlan


@pytest.fixture
def third(db: None) -> Municipality:
    return MunicipalityFactory(code="272", slug="kokkola", name_fi="Kokkola")


@pytest.fixture
def full(kannus, jamsa, third, season8, coordinator, expert) -> dict[str, object]:
    """Kannus with an object of each kind, as the access tests make them."""
    with across_municipalities(reason="the test makes one of each"):
        world = World(kannus, season8, coordinator, expert)
        objects = made_in(world) | made("of_season", world) | made("of_network", world)
        participation = Participation.objects.get(municipality=kannus, season=season8)
        InvoiceLineFactory(invoice=InvoiceFactory(participation=participation))
    return objects | {"number": season8.number}


@pytest.fixture
def merged(kannus, jamsa, coordinator) -> Callable[..., MergerDone]:
    """Merge Kannus into Jämsä, or as the plan says."""

    def merge(plan: MergerPlan | None = None, at: datetime = AFTER) -> MergerDone:
        return merge_municipalities(
            plan=plan or MergerPlan([kannus], jamsa, 2027), by=coordinator, at=at
        )

    return merge
