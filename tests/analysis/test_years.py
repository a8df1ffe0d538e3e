"""The mean of several years, read first of a small municipality whose figure goes up and down."""

import pytest

from analysis.engine.compare import COUNTRY
from analysis.engine.several_years import goes_up_and_down
from tests.analysis import figures
from tests.analysis.figures import content, measure, sentences

YEARS = range(2015, 2021)
JUMPS = [4.0, 7.0, 3.0, 6.0, 4.0, 5.0]
KEY = "crimes-violent-per-1000"


def series(values: list[float]) -> dict[int, float]:
    return dict(zip(YEARS, values, strict=True))


def made(own: list[float]):
    rates = {
        "217": series(own),
        "638": series([2, 2, 2, 3, 6, 3]),
        "503": series([8, 8, 8, 8, 8, 8]),
        COUNTRY: series([5, 5, 5, 5, 6, 7]),
    }
    return content(crimes_violent_per_1000=rates)


def test_mean_is_the_headline_with_the_peers_own_means_and_the_country():
    # (6 + 4 + 5) / 3 = 5; peers (3 + 6 + 3) / 3 = 4 and 8, median 6; country (5 + 6 + 7) / 3 = 6
    first = measure(made(JUMPS), KEY).findings[0]

    assert first.rule == "mean_of_years"
    assert first.text["fi"] == (
        "Kannuksessa kirjattiin 5,0 henkeen tai terveyteen kohdistunutta rikosta tuhatta asukasta"
        " kohden vuosina 2018–2020 keskimäärin, vähemmän kuin vertailukunnissa yleensä (mediaani"
        " 6,0, koko maa 6,0); luku vaihtelee vuodesta toiseen."
    )
    assert "i genomsnitt 2018–2020, färre än i jämförelsekommunerna" in first.text["sv"]
    assert "on average in 2018–2020, fewer than is usual" in first.text["en"]


def test_mean_stands_in_place_of_the_latest_figure_in_strip_and_overview():
    found = measure(made(JUMPS), KEY)

    assert (found.latest.value, found.latest.first, found.latest.last) == (5, 2018, 2020)
    assert found.moment["fi"] == "keskiarvo 2018–2020"
    place = found.position
    assert (place.own, place.peers, place.group, place.country) == (5, {"638": 4, "503": 8}, 6, 6)
    assert found.series.own[2020] == 5.0


@pytest.mark.parametrize(
    ("own", "people"),
    [
        (JUMPS, 10_000),
        (JUMPS, None),
        ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 5_264),
        ([70.0, 71.0, 70.0, 71.0, 70.0, 71.0], 5_264),
        ([5.0] * 6, 5_264),
    ],
    ids=["not small", "size unknown", "grows steadily", "hardly moves", "stands still"],
)
def test_other_figures_are_told_by_their_year_alone(own, people, monkeypatch):
    monkeypatch.setitem(figures.PEOPLE, "217", people)

    found = measure(made(own), KEY)

    assert "mean_of_years" not in sentences(made(own), KEY)
    assert (found.latest.value, found.latest.first) == (own[-1], 2020)


def test_five_years_are_too_few_to_say_that_a_figure_goes_up_and_down():
    six = series(JUMPS)
    five = {year: value for year, value in six.items() if year > 2015}

    assert goes_up_and_down(six, 2020)
    assert not goes_up_and_down(five, 2020)
