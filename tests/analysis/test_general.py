"""The rules that know of a figure only its name, unit and direction."""

import pytest

from analysis.engine.compare import COUNTRY
from tests.analysis.figures import content, measure, sentences


def jobs(own: int, other: int) -> dict:
    """Jobs of 2006 and 2019: 1 000 everywhere at first."""
    return {
        code: {2006: 1000, 2019: last}
        for code, last in {"217": own, "638": other, "503": other, COUNTRY: 1000}.items()
    }


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (1100, "kasvoi 10,0\xa0% vuosina 2006–2019 (vertailukuntien mediaani −20,0\xa0%,"
              " koko maa 0,0\xa0%); muutos on parempaan suuntaan."),
        (900, "väheni 10,0\xa0% vuosina 2006–2019 (vertailukuntien mediaani −20,0\xa0%,"
             " koko maa 0,0\xa0%); muutos on huonompaan suuntaan."),
        (1000, "pysyi ennallaan vuosina 2006–2019 (vertailukuntien mediaani −20,0\xa0%,"
              " koko maa 0,0\xa0%)."),
    ],
)  # fmt: skip
def test_change_of_a_number_is_judged_by_its_direction(own, said):
    made = content(jobs=jobs(own, 800))

    assert sentences(made, "jobs")["number_over_span"] == f"Kannuksen työpaikkojen määrä {said}"


def test_neutral_figure_is_never_judged():
    moved = {"217": {2006: 100, 2017: 150}}

    said = sentences(content(in_commuters=moved, peers=()), "in-commuters", "sv")

    assert said["number_over_span"] == "Antalet inpendlare i Kannus ökade med 50,0\xa0% 2006–2017."


@pytest.mark.parametrize(
    ("theirs", "tail"),
    [
        (70.04, "samaa tasoa kuin Porvoossa (70,0\xa0%)"),
        (70.1, "samaa tasoa kuin Porvoossa (70,1\xa0%)"),
        (69.0, "suurempi kuin Porvoossa (69,0\xa0%)"),
        (71.0, "pienempi kuin Porvoossa (71,0\xa0%)"),
    ],
)
def test_level_is_compared_as_it_is_written(theirs, tail):
    rates = {"217": {2020: 70.0}, "638": {2020: theirs}}

    said = sentences(content(employment_rate=rates, peers=("638",)), "employment-rate")

    assert said["level_now"] == f"Kannuksen työllisyysaste oli 70,0\xa0% vuonna 2020, {tail}."


def test_change_too_small_to_be_written_is_not_told():
    rates = {"217": {2015: 70.01, 2020: 70.04}}

    assert "level_change" not in sentences(content(employment_rate=rates), "employment-rate")


def test_year_without_a_figure_is_a_gap_and_not_filled():
    rates = {"217": {2016: 70.0, 2017: 71.0, 2020: 72.0}}

    found = measure(content(employment_rate=rates), "employment-rate")

    assert found.series.own == {2016: 70.0, 2017: 71.0, 2020: 72.0}
    assert found.limits[0]["fi"].startswith("Aineistosta puuttuvat vuodet 2018–2019")
    assert found.moment == {"fi": "2020", "sv": "2020", "en": "2020"}


def test_page_says_what_the_municipality_decides():
    assert measure(content(), "loans-per-capita").influence["en"] == (
        "The municipality decides on its investments and its borrowing."
    )
    assert measure(content(), "morbidity-index").influence == {}
