"""Who each dot is: municipalities side by side, as table and as bars."""

import re

import pytest
from msgspec.structs import replace

from analysis.charts import Bar, ranked_bars
from analysis.content.edition import EditionContent, EditionMeasure, Peer
from analysis.render.figures import figure
from analysis.render.ranking import drawn, ranking
from tests.analysis.figures import KANNUS, content, measure


def of_many(count: int) -> tuple[EditionContent, EditionMeasure]:
    """A content whose group has many peers, their figures 1, 2, 3 …"""
    made = content()
    codes = [f"{number:03}" for number in range(1, count + 1)]
    members = tuple(Peer(code, replace(KANNUS, fi=f"Kunta {code}")) for code in codes)
    told = measure(made, "over-64")
    position = replace(
        told.position, peers={code: float(code) for code in codes}, group=(count + 1) / 2
    )
    made = replace(made, peers=replace(made.peers, members=members))
    return made, replace(told, position=position)


def test_ranking_lists_us_each_peer_and_the_country_largest_first():
    told = ranking(content(), measure(content(), "over-64"), "fi")

    assert told.what == "2024"
    assert [(row.label, row.written, row.role) for row in told.rows] == [
        ("Mynämäki", "34,0\xa0%", "peers"),
        ("Porvoo", "30,0\xa0%", "peers"),
        ("Kannus", "26,9\xa0%", "own"),
        ("Koko maa", "23,6\xa0%", "country"),
    ]


def test_measure_without_figures_has_no_ranking():
    absent = next(each for group in content().groups for each in group.measures if not each.latest)

    assert ranking(content(), absent, "fi") is None


def test_many_peers_are_listed_whole_and_drawn_by_three():
    made, told = of_many(16)

    assert len(ranking(made, told, "fi").rows) == 18
    assert ranking(made, told, "fi").is_long
    assert [(row.label, row.value) for row in drawn(made, told, "fi")] == [
        ("Kannus", 26.9),
        ("Koko maa", 23.6),
        ("Vertailukunnat, ylin", 16.0),
        ("Vertailukuntien mediaani", 8.5),
        ("Vertailukunnat, alin", 1.0),
    ]


def test_bars_grow_from_zero_in_both_directions_within_the_picture():
    svg = ranked_bars(
        [Bar("A", -4, "−4"), Bar("B", 2, "2", "own"), Bar("C", 8, "8", "country")],
        title="t", width=400,
    )  # fmt: skip
    rects = [
        {key: float(value) for key, value in re.findall(r' (x|width)="([^"]+)"', rect)}
        for rect in re.findall(r"<rect[^>]*>", svg)
    ]

    widest, second, negative = rects
    assert widest["x"] == second["x"] == pytest.approx(negative["x"] + negative["width"], abs=0.2)
    assert round(widest["width"] / second["width"], 1) == 4.0
    assert round(negative["width"] / second["width"], 1) == 2.0
    assert all(rect["x"] >= 0 and rect["x"] + rect["width"] <= 400 for rect in rects)


def test_measure_of_one_year_is_drawn_as_bars():
    made = content()
    told = measure(made, "over-64")
    assert 'class="chart chart-line"' in figure(made, told, "fi").wide

    told = replace(told, series=replace(told.series, own={2024: 26.9}))

    chart = figure(made, told, "fi")
    assert 'class="chart chart-ranking"' in chart.wide
    assert 'class="chart chart-ranking"' in chart.narrow
    assert chart.alt == told.findings[0].text["fi"]
    assert ranked_bars([], title="t") == ""
