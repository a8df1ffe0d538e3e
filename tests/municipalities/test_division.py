"""The division by year: which codes were in force, and where those that ended have gone."""

from datetime import date

import pytest

from municipalities import division, facts
from municipalities.facts import load_municipalities
from municipalities.models import Municipality

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def municipalities():
    load_municipalities()


@pytest.fixture
def merged(municipalities):
    """Kannus and Toholampi became a wholly new municipality on 1 January 2027."""
    new = Municipality.objects.get(code="217")
    new.pk, new.code, new.slug, new.name_fi, new.name_sv = None, "988", "uusi", "Uusi", "Uusi"
    new.founded_on = date(2027, 1, 1)
    new.save()
    Municipality.objects.filter(code__in=["217", "849"]).update(
        merged_into=new, merged_on=date(2027, 1, 1)
    )


@pytest.mark.usefixtures("municipalities")
@pytest.mark.parametrize(
    ("year", "count"),  # Statistics Finland, classification of municipalities by year
    [(2014, 320), (2015, 317), (2016, 313), (2017, 311), (2019, 311), (2020, 310), (2021, 309),
     (2024, 309), (2025, 308), (2026, 308)],
)  # fmt: skip
def test_division_has_the_municipalities_of_its_year(year, count):
    assert len(division.division_of(year)) == count


@pytest.mark.usefixtures("municipalities")
def test_division_says_what_became_of_a_municipality():
    found = {one.code: one for one in division.division_of(2024)}

    assert (found["588"].name, found["588"].successor) == ("Pertunmaa", "Mäntyharju")
    assert found["588"].ended_on == date(2025, 1, 1)
    assert found["507"].successor == ""


def test_division_of_a_year_before_those_known_is_refused():
    with pytest.raises(ValueError, match="2013 is not known"):
        division.division_of(2013)


@pytest.mark.usefixtures("merged")
def test_recorded_merger_is_in_the_division_from_its_year_on():
    before, after = ({one.code for one in division.division_of(year)} for year in (2026, 2027))

    assert before - after == {"217", "849"}
    assert after - before == {"988"}
    assert division.area_codes(on=date(2026, 12, 31)) == facts.area_codes()
    assert division.area_codes(on=date(2027, 1, 1)) == (
        facts.area_codes() - {"217", "849"} | {"988"}
    )
    assert division.codes_by_name()["Uusi"] == "988"


@pytest.mark.usefixtures("merged")
def test_successors_are_followed_through_every_merger():
    later = Municipality.objects.get(code="272")
    Municipality.objects.filter(code="988").update(merged_into=later, merged_on=date(2029, 1, 1))

    found = division.successors()

    assert found["217"].code == found["988"].code == "272"
    assert found["217"].merged_on == date(2027, 1, 1)
    assert found["413"].code == "609"
