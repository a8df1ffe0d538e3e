"""What tests of editions and of their documents start from."""

import pytest

from analysis.models import Analysis
from analysis.statistics.models import DataVersion, Indicator, Observation
from municipalities.enums import Role
from seasons.models import FeeTier
from tests.analysis.editions import ready_made, store_figures
from tests.analysis.reviewing import assign
from tests.municipalities.factories import MunicipalityFactory, PopulationFactory, user_with_role
from uso.ground.tenancy.scope import scope

# Populations of the neighbours; Kannus has 5 264 (tests/analysis/figures.py).
PEOPLE = {"A": 5_000, "B": 10_000, "C": 20_000, "D": 40_000, "E": 80_000}


@pytest.fixture
def heinola(db):
    return MunicipalityFactory(
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
        found[name] = MunicipalityFactory(name_fi=f"Kunta {name}", **far)
        PopulationFactory(municipality=found[name], count=people)
        Observation.objects.create(
            version=version, indicator=population, area=found[name].code, year=2024, value=people
        )
    PopulationFactory(municipality=kannus, count=5264)
    for low, high in ((0, 9_000), (9_000, 45_001), (45_001, None)):
        FeeTier.objects.create(season=season8, population=(low, high))
    return found


@pytest.fixture
def other_expert(db):
    return user_with_role(Role.EXPERT, first_name="Toinen", last_name="Asiantuntija")


@pytest.fixture
def draft(in_kannus, season8, coordinator) -> Analysis:
    """A draft in the open scope of Kannus."""
    return ready_made(in_kannus, season8, coordinator, is_published=False)


@pytest.fixture
def page_draft(kannus, season8, coordinator, expert):
    """A draft of Kannus that the expert was given; no scope is open."""
    with scope(kannus.pk):
        made = ready_made(kannus, season8, coordinator, is_published=False)
        assign(made, expert, coordinator)
        return made
