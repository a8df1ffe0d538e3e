"""An edition in an earlier year: its figures and places, recomputed by hand from the frozen series."""

from analysis.presenting import chapters
from analysis.presenting.as_of import as_of, years
from tests.analysis.figures import content, measure


def test_years_are_those_with_a_figure_of_ours_latest_first():
    assert years(content())[:4] == [2024, 2022, 2021, 2020]
    assert years({**content(), "schema": 2}) == []
    of_many = {**content(), "peers": {"members": [{}] * 101}}
    assert years(of_many)[0] == 2024
    assert years({**of_many, "schema": 3}) == [], "nothing of their earlier years was kept"


def test_share_stands_at_its_figure_of_the_year():
    told = measure(as_of(content(), 2021), "over-64")

    assert told["latest"] == {"value": 25.1, "first": 2021, "last": 2021}
    assert told["position"]["own"] == 25.1
    assert told["position"]["peers"] == {"638": 28.0, "503": 30.0}
    assert told["position"]["country"] == 23.1
    assert told["position"]["what"]["fi"] == "2021"


def test_year_without_a_figure_shows_the_one_before():
    told = measure(as_of(content(), 2020), "over-64")

    assert told["latest"]["last"] == 2018
    assert told["position"]["country"] is None, "the country has none of 2018"


def test_number_is_compared_by_its_change_up_to_the_year():
    told = measure(as_of(content(), 2015), "population")

    assert round(told["position"]["own"], 3) == -8.451  # 5 590 of 6 106
    assert told["position"]["peers"] == {"638": 0.0, "503": 0.0}
    assert told["position"]["country"] == 5.0
    assert told["position"]["what"]["fi"] == "muutos 2000–2015"
    assert measure(as_of(content(), 2000), "population")["position"] is None


def test_rate_keeps_its_five_years_and_the_countrys_zero():
    told = measure(as_of(content(), 2020), "net-migration")

    assert (told["latest"]["first"], told["latest"]["last"]) == (2016, 2020)
    assert told["position"]["country"] == 0.0
    assert told["position"]["what"]["fi"] == "keskiarvo 2016–2020"


def test_year_before_the_first_figure_says_so():
    (chapter, *_) = chapters(as_of(content(), 2000), "fi")

    assert [row.name for row in chapter.rows] == ["Väkiluku"]
    assert "Lukua ei ole vuodelta 2000 eikä sitä ennen." in {row.missing for row in chapter.pending}


def test_sentences_of_the_newest_figures_are_not_told_of_an_earlier_year():
    made = as_of(content(), 2021)

    assert made["highlights"] == []
    assert measure(made, "population")["findings"] == []
    assert measure(made, "over-64")["trend"] is None
    assert measure(content(), "population")["findings"], "the edition itself is as it was"
    assert measure(content(), "over-64")["trend"]


def test_projection_gives_no_years_and_stays_as_it_is():
    told = content()
    projected = measure(told, "population")
    projected["outlook"] = True
    projected["series"]["own"].append([2040, 4_000])

    assert years(told)[0] == 2024
    assert measure(as_of(told, 2021), "population") == projected
