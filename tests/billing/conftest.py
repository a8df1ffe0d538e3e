"""A priced season and its rates of VAT."""

from collections.abc import Callable

import pytest

from billing.models import VatRate
from municipalities.models import Municipality
from seasons.models import FeeTier, Participation, Season
from tests.billing.factories import vat_rates
from tests.seasons.factories import FeeTierFactory, member_of
from uso.ground.tenancy.scope import scope


@pytest.fixture(autouse=True)
def rates(db) -> list[VatRate]:
    return vat_rates()


@pytest.fixture
def tiers(season8: Season) -> list[FeeTier]:
    return [
        FeeTierFactory(season=season8, population=(0, 9_000), annual_fee_eur=9_000),
        FeeTierFactory(season=season8, population=(9_000, 45_001), annual_fee_eur=12_000),
        FeeTierFactory(season=season8, population=(45_001, None), annual_fee_eur=16_000),
    ]


@pytest.fixture
def join(season8: Season, tiers: list[FeeTier]) -> Callable[..., Participation]:
    """Confirm a municipality in season 8: `join(kannus)`, `join(jamsa, fee=12_000)`."""

    def joined(municipality: Municipality, *, fee: int = 9_000, **fields: object) -> Participation:
        tier = next(tier for tier in tiers if tier.annual_fee_eur == fee)
        with scope(municipality.pk):
            return member_of(
                season8, municipality, **{"annual_fee_eur": fee, "fee_tier": tier, **fields}
            )

    return joined
