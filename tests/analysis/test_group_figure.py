"""How the figures beside ours are formed: told with the definition, and so formed."""

import dataclasses
import re

import pytest
from msgspec.structs import replace

from analysis.content.compose import compose
from analysis.content.edition import PeersFigure
from analysis.content.highlights import distance, highlights
from analysis.engine.compare import Position
from analysis.engine.measure_list import MEASURES, general, shipped
from analysis.engine.measures import SPECIAL
from analysis.render import chapters, chart_table, figure, sheet
from analysis.render.annex import figure_rows
from analysis.render.earlier_year import as_of
from analysis.render.pdf import report_html
from analysis.statistics.catalogue import catalogue_entries, catalogue_sources
from analysis.statistics.enums import GroupFigure
from analysis.wording.definitions import definition
from tests.analysis.figures import EDITION, POPULATION, area, content, material

LOANS = next(row for row in catalogue_entries() if row.code == "loans_per_capita")
FIGURES = {"loans_per_capita": {
    "217": {2019: 3000.0, 2020: 2764.5},
    "638": {2019: 5000.0, 2020: 5384.4},
    "503": {2019: 7000.0, 2020: 7314.1},
    "SSS": {2019: 3100.0, 2020: 3448.4},
}}  # fmt: skip


def test_definition_says_how_the_figures_beside_it_are_formed():
    told = definition(shipped(LOANS))

    assert told["fi"] == (
        f"{LOANS.definition['fi']} Vertailukuntien luku on niiden mediaani, koko maan luku on"
        " julkaistu, jos lähde antaa sen."
    )
    assert told["sv"].endswith(
        "siffra är deras median, hela landets siffra är publicerad, om källan ger den."
    )
    assert told["en"].endswith(
        "is their median, that of the whole country is the published one where the source gives it."
    )


def test_derived_measure_says_that_the_country_is_reckoned():
    ratio = next(one for one in SPECIAL if one.kind == "ratio")

    assert definition(ratio)["fi"].endswith("koko maan luku on laskettu koko maan luvuista.")


def test_indicator_without_figures_says_nothing_of_groups():
    absent = next(one for one in MEASURES if one.kind == "absent")

    assert definition(absent) == absent.definition


def test_weighted_mean_says_its_weight():
    rate = next(
        row for row in catalogue_entries() if row.code == "unemployment_rate_employment_service"
    )

    told = definition(shipped(rate))

    assert "niiden painotettu keskiarvo (painona työvoiman määrä), koko maan luku on" in told["fi"]
    assert "deras vägda medelvärde (vikt: arbetskraftens storlek), hela landets" in told["sv"]
    assert "their weighted mean (weight: size of the labour force), that of the whole" in told["en"]


def told_of(figure, *, weight="population", peers=("638", "503"), **changes):
    """The loans told by a figure of the group, with the population as the weight."""
    row = dataclasses.replace(LOANS, group_figure=figure, weight=weight)
    name = next((each.name for each in catalogue_entries() if each.code == weight), {})
    made = compose(
        area=area("217"), peers=[area(code) for code in peers], reason="", edition=EDITION,
        material=dataclasses.replace(material(), values={**material().values, **FIGURES, **changes}),
        measures=[general(row, catalogue_sources()["pxweb"], name)],
    )  # fmt: skip
    return made, made.groups[1].measures[0]


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (GroupFigure.MEDIAN, "mediaani"),
        (GroupFigure.WEIGHTED_MEAN, "painotettu keskiarvo"),
        (GroupFigure.PUBLISHED, ""),
    ],
)
def test_figure_of_the_group_is_formed_as_the_indicator_says(figure, words):
    _made, told = told_of(figure)

    assert told.latest.value
    assert bool(told.series.median) == bool(words)
    assert bool(told.series.mean) == (figure == GroupFigure.WEIGHTED_MEAN)
    for name in ("mediaani", "painotettu keskiarvo"):
        assert (name in told.definition["fi"]) == (name == words)
        assert (name in told.findings[0].text["fi"]) == (name == words)
    label = told.peers_figure.label["fi"] if told.peers_figure else ""
    assert label.endswith(words)


def test_weighted_mean_by_hand_is_the_same_everywhere():
    # 2019: (1000 * 5000 + 2000 * 7000) / 3000 = 6333.3
    # 2020: (1000 * 5384.4 + 2000 * 7314.1) / 3000 = 20012600 / 3000 = 6670.9
    # Change +337.5; the median of the changes would be (384.4 + 314.1) / 2 = 349.3.
    made, told = told_of(GroupFigure.WEIGHTED_MEAN)
    label = "Vertailukuntien painotettu keskiarvo"

    rounded = {year: round(value, 1) for year, value in told.series.mean.items()}
    assert rounded == {2019: 6333.3, 2020: 6670.9}
    assert round(told.position.group, 1) == 6670.9
    now, moved, *_rest = (found.text["fi"] for found in told.findings)
    assert "kuin vertailukunnissa kokonaisuutena (painotettu keskiarvo 6\xa0671, koko maa" in now
    assert "(vertailukuntien painotettu keskiarvo +338, koko maa +348)" in moved

    (row,) = chapters(made, "fi")[1].rows
    assert (row.peers, row.peers_label) == ("6\xa0671", label)
    assert (label, ("6\xa0333", "6\xa0671")) in [
        (row.label, row.cells) for row in chart_table(made, told, "fi").rows
    ]
    drawn = figure(made, told, "fi")
    assert "Vertailukunnat 6\xa0671" in re.sub("</text><text[^>]*>", " ", drawn.wide)
    assert "Vertailukunnat: painotettu keskiarvo ja vaihteluväli." in drawn.caption
    assert ["Lainakanta", label, 2020, 6671.0, "€ / asukas"] in list(figure_rows(made, "fi"))
    printed = report_html(made, "fi")
    assert f'<th scope="col" class="r">{label}</th>' in printed
    assert "Lainakanta (painona: väkiluku)" in printed


def test_sentences_say_that_they_stand_on_the_weighted_mean():
    made, told = told_of(GroupFigure.WEIGHTED_MEAN)

    first, second, *_rest = sheet(made, made.groups[1], told, "fi").findings

    assert first.basis.endswith("Vertailukunnista on otettu saman vuoden painotettu keskiarvo.")
    assert second.basis.endswith("Vertailukuntien muutos on niiden painotetun keskiarvon muutos.")
    assert ("Vertailukuntien painotettu keskiarvo", "6\xa0670,87") in first.figures


def test_year_without_the_weight_of_a_peer_has_no_mean_and_says_so():
    people = {**POPULATION, "503": {2019: 2000}}

    _made, told = told_of(GroupFigure.WEIGHTED_MEAN, population=people)

    assert list(told.series.mean) == [2019]
    assert list(told.series.median) == [2019, 2020]
    assert told.position.group is None
    assert "kokonaisuutena" not in told.findings[0].text["fi"]
    assert (
        "Vertailukuntien painotettua keskiarvoa ei ole: jonkin kunnan painoluku puuttuu (2020)."
        in [note["fi"] for note in told.limits]
    )


def test_figure_of_an_only_peer_needs_no_weight():
    made, told = told_of(GroupFigure.WEIGHTED_MEAN, peers=("638",), population={})

    label = {"fi": "Porvoo", "sv": "Borgå", "en": "Porvoo"}
    assert told.peers_figure == PeersFigure("one", label, None)
    assert told.position.group == 5384.4
    assert "(5\xa0384, koko maa" in told.findings[0].text["fi"]
    assert "Vertailukuntien mediaani" not in report_html(made, "fi")


def test_far_from_a_weighted_mean_is_told_by_it():
    # Of 1, 2, 3 and the mean 2.9 the usual deviation is 0.9; the median would be 2 and 1.
    assert distance(2.0, [1, 2, 3], 2.9) == pytest.approx(-1.0)
    group = content().groups[0]
    one = replace(
        group.measures[1],
        direction="up",
        position=Position(2.0, {"a": 1, "b": 2, "c": 3}, 4.7, None, 1, {}),
    )
    # Distances 3.7, 2.7 and 1.7: median 2.7.
    assert highlights([replace(group, measures=(one,))], year=2026, people=5264) == ()
    one = replace(one, position=replace(one.position, own=0.0))
    (found,) = highlights([replace(group, measures=(one,))], year=2026, people=5264)
    assert (found.kind, round(found.distance, 2)) == ("worse", -1.74)


def test_weighted_number_is_told_by_the_change_of_its_mean():
    measure = dataclasses.replace(SPECIAL[0], group_figure=GroupFigure.WEIGHTED_MEAN, weight="w",
                      weight_name=LOANS.name)  # fmt: skip
    weights = {"638": dict.fromkeys(range(2000, 2025), 3.0),
               "503": dict.fromkeys(range(2000, 2025), 1.0)}  # fmt: skip
    made = compose(
        area=area("217"), peers=[area("638"), area("503")], reason="", edition=EDITION,
        material=material(w=weights), measures=[measure],
    )  # fmt: skip
    told = made.groups[0].measures[0]

    # 2000: (3 * 1000 + 2000) / 4 = 1250; 2024: (3 * 800 + 1200) / 4 = 900: -28 per cent.
    assert told.position.group == pytest.approx(-28)
    assert told.chart.series.mean[2024] == pytest.approx(72)
    assert by_key(as_of(made, 2024)).position.group == pytest.approx(-28)


def by_key(made):
    return made.groups[0].measures[0]
