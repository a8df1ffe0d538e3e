"""The mean of several years, told of a small municipality whose figure goes up and down."""

import pytest

from analysis.engine.compare import Comparison
from analysis.engine.measure_list import measure
from analysis.wording.findings import Story, findings
from analysis.wording.findings.years import goes_up_and_down
from tests.analysis.figures import NAMES

YEARS = range(2015, 2021)
JUMPS = [4.0, 7.0, 3.0, 6.0, 4.0, 5.0]


def series(values: list[float]) -> dict[int, float]:
    return dict(zip(YEARS, values, strict=True))


def told(own: list[float], *, people: float | None = 5_264, **changes) -> str:
    members = {"638": series([2, 2, 2, 3, 6, 3]), "503": series([8, 8, 8, 8, 8, 8])}
    country = series([5, 5, 5, 5, 6, 7])
    comparison = Comparison(
        own=series(own), country=country, members=members, left_out=(), distribution={}, trend=None
    )
    names = (NAMES["638"], NAMES["503"])
    story = Story(
        measure("crimes-violent-per-1000"),
        comparison,
        NAMES["217"],
        names,
        people=people,
        **changes,
    )
    found = {each.rule: each for each in findings(story)}
    return found["mean_of_years"].text if "mean_of_years" in found else {}


def test_mean_is_told_with_the_peers_own_means_and_the_country():
    sentences = told(JUMPS)

    # (6 + 4 + 5) / 3 = 5; peers (3 + 6 + 3) / 3 = 4 and 8, median 6; country (5 + 6 + 7) / 3 = 6
    assert sentences["fi"] == (
        "Luku vaihtelee vuodesta toiseen: vuosien 2018–2020 keskiarvo on 5,0"
        " (vertailukuntien mediaani 6,0, koko maa 6,0)."
    )
    assert sentences["sv"].startswith(
        "Siffran varierar från år till år: medeltalet för 2018–2020 är 5,0"
    )
    assert "the mean of 2018–2020 is 5.0" in sentences["en"]


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
def test_other_figures_are_told_by_their_year_alone(own, people):
    assert told(own, people=people) == {}


def test_five_years_are_too_few_to_say_that_a_figure_goes_up_and_down():
    six = series(JUMPS)
    five = {year: value for year, value in six.items() if year > 2015}

    assert goes_up_and_down(six, 2020)
    assert not goes_up_and_down(five, 2020)
