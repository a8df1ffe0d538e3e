"""Kannus and Jämsä in season 8, with five workshops each."""

import pytest

from seasons.models import Participation
from tests.seasons.factories import EntitlementFactory, member_of
from uso.ground.tenancy.scope import scope


@pytest.fixture
def package(season8):
    return EntitlementFactory(season=season8, quantity=5)


@pytest.fixture
def member(kannus, season8, package) -> Participation:
    with scope(kannus.pk):
        return member_of(season8, kannus)


@pytest.fixture
def jamsa_member(jamsa, season8, package) -> Participation:
    with scope(jamsa.pk):
        return member_of(season8, jamsa)


@pytest.fixture
def in_member(member, in_kannus):
    """Kannus takes part, and its scope is open."""
    return in_kannus
