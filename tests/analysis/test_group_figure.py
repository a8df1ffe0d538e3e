"""How the figures beside ours are formed: told with the definition, and so formed."""

from dataclasses import replace

import pytest

from analysis.composition import compose
from analysis.enums import GroupFigure
from analysis.measures import SPECIAL
from analysis.rows import rows, sources
from analysis.told import MEASURES, general
from tests.analysis.figures import EDITION, area, material

LOANS = next(row for row in rows() if row.code == "loans_per_capita")
FIGURES = {"loans_per_capita": {
    "217": {2019: 3000.0, 2020: 2764.5},
    "638": {2019: 5000.0, 2020: 5384.4},
    "503": {2019: 7000.0, 2020: 7314.1},
    "SSS": {2019: 3100.0, 2020: 3448.4},
}}  # fmt: skip


def test_definition_says_how_the_figures_beside_it_are_formed():
    told = general(LOANS, sources()["pxweb"]).told_definition

    assert told["fi"] == (
        f"{LOANS.definition['fi']} Vertailukuntien luku on niiden mediaani, koko maan luku on"
        " julkaistu."
    )
    assert told["sv"].endswith("siffra är deras median, hela landets siffra är publicerad.")
    assert told["en"].endswith("is their median, that of the whole country is the published one.")


def test_derived_measure_says_that_the_country_is_reckoned():
    ratio = next(one for one in SPECIAL if one.kind == "ratio")

    assert ratio.told_definition["fi"].endswith("koko maan luku on laskettu koko maan luvuista.")


def test_indicator_without_figures_says_nothing_of_groups():
    absent = next(one for one in MEASURES if one.kind == "absent")

    assert absent.told_definition == absent.definition


@pytest.mark.parametrize("figure", list(GroupFigure))
def test_figure_of_the_group_is_formed_as_the_indicator_says(figure):
    measure = general(replace(LOANS, group_figure=figure), sources()["pxweb"])
    content = compose(
        area=area("217"), peers=[area("638"), area("503")], reason="", edition=EDITION,
        material=replace(material(), values={**material().values, **FIGURES}),
        measures=[measure],
    )  # fmt: skip
    told = content["groups"][1]["measures"][0]

    assert told["latest"]["value"]
    assert bool(told["series"]["median"]) == (figure == GroupFigure.MEDIAN)
    assert ("mediaani" in told["definition"]["fi"]) == (figure == GroupFigure.MEDIAN)
    assert ("vertailukun" in told["findings"][0]["text"]["fi"]) == (figure == GroupFigure.MEDIAN)
