"""What tests of editions and of their documents start from."""

import pytest

from analysis.models import DataVersion, Indicator, Observation
from seasons.models import FeeTier
from tests import factories
from tests.analysis.editions import store_figures

# Populations of the neighbours; Kannus has 5 264 (tests/analysis/figures.py).
PEOPLE = {"A": 5_000, "B": 10_000, "C": 20_000, "D": 40_000, "E": 80_000}


@pytest.fixture
def heinola(db):
    return factories.MunicipalityFactory(
        code="111", slug="heinola", name_fi="Heinola", genitive_fi="Heinolan",
        locative_fi="Heinolassa", locative_sure=True,
    )  # fmt: skip


@pytest.fixture
def figures(db):
    store_figures()


@pytest.fixture
def neighbours(kannus, season8):
    """Five municipalities with a population each, two of them in another region."""
    store_figures()
    version = DataVersion.objects.latest("pk")
    population = Indicator.objects.get(code="population")
    found = {}
    for name, people in PEOPLE.items():
        far = {"region_code": "01", "region_fi": "Uusimaa"} if name in "DE" else {}
        found[name] = factories.MunicipalityFactory(name_fi=f"Kunta {name}", **far)
        factories.PopulationFactory(municipality=found[name], count=people)
        Observation.objects.create(
            version=version, indicator=population, area=found[name].code, year=2024, value=people
        )
    factories.PopulationFactory(municipality=kannus, count=5264)
    for low, high in ((0, 9_000), (9_000, 45_001), (45_001, None)):
        FeeTier.objects.create(season=season8, population=(low, high))
    return found
