"""Published figures as an analysis takes them: the newest of each area and year, or why there is none."""

import pytest
from django.utils import timezone

from analysis.engine.measure_list import measure
from analysis.queries.material import material
from analysis.statistics.models import DataVersion, Indicator, Observation, RawAnswer
from tests.analysis.editions import store_figures

pytestmark = pytest.mark.django_db


def later(indicator, origin="test"):
    """Store a second version of the table an indicator stands in."""
    first = DataVersion.objects.get(table=indicator.table)
    answer = RawAnswer.objects.create(
        run=first.answer.run, table=first.table, origin=origin, retrieved_at=timezone.now(),
        sha256="1" * 64, body_gzip=b"",
    )  # fmt: skip
    return DataVersion.objects.create(
        source=first.source, table=first.table, number=2, answer=answer
    )


def store(version, indicator, **row):
    Observation.objects.create(version=version, indicator=indicator, area="217", **row)


@pytest.fixture
def population():
    store_figures()
    return Indicator.objects.get(code="population")


def test_newest_figure_wins_also_where_it_says_that_there_is_none(population):
    before = material(["217"], [measure("population")])
    assert before.values["population"]["217"][2024] == 5264
    assert before.missing["population"]["217"] == {2023: "not_collected"}
    version = later(population)
    store(version, population, year=2023, value=5300)
    store(version, population, year=2024, missing="unavailable")
    store(version, population, year=2022, breakdown="women", value=2600)

    told = material(["217"], [measure("population")])

    figures = told.values["population"]["217"]
    assert (figures[2022], figures[2023], 2024 in figures) == (5352, 5300, False)
    assert told.missing["population"]["217"] == {2024: "unavailable"}
    assert told.versions == {"population": version.pk}
    assert told.origins["population"][0].version == 2


def test_areas_asked_for_and_the_country_are_read_in_three_questions(
    population, django_assert_num_queries
):
    with django_assert_num_queries(3):
        told = material(["217", "182"], [measure("population"), measure("over-64")])

    assert set(told.values["population"]) == {"217", "182", "SSS"}
    assert set(told.values) == {"population", "share_65_plus"}
    assert material([], [measure("jobs")]).values == {}


def test_origins_are_those_of_the_figures_the_newest_year_first(population):
    # A later version brings an earlier year alone: the newest figure keeps its own table and file.
    version = later(population)
    store(version, population, year=2021, value=5391)

    told = material(["217"], [measure("population")])

    assert [each.version for each in told.origins["population"]] == [1, 2]


def test_file_of_a_figure_is_named_and_an_address_is_not(population):
    version = later(population, origin="analysis/statistics/data/pxweb/11re.json.gz")
    store(version, population, year=2025, value=5246)

    first, second = material(["217"], [measure("population")]).origins["population"]

    assert (first.file, first.version) == ("11re.json.gz", 2)
    assert (second.file, second.version) == ("", 1)
