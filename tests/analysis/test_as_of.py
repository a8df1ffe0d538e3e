"""An edition in an earlier year: its figures and places, recomputed by hand from the frozen series."""

import re

import pytest
from msgspec.structs import replace

from analysis.charts import Strip, position_strip
from analysis.content import compose
from analysis.content.edition import Latest
from analysis.render import chapters, pending, reading_rule
from analysis.render.annex import figure_rows
from analysis.render.earlier_year import as_of, years
from analysis.render.figures import figure, strip
from tests.analysis import figures
from tests.analysis.figures import changed, content, measure


def test_years_are_those_with_a_figure_of_ours_latest_first():
    assert years(content())[:4] == [2024, 2022, 2021, 2020]


def test_share_stands_at_its_figure_of_the_year():
    told = measure(as_of(content(), 2021), "over-64")

    assert told.latest == Latest(25.1, 2021, 2021)
    assert told.position.own == 25.1
    assert told.position.peers == {"638": 28.0, "503": 30.0}
    assert told.position.country == 23.1
    assert told.position.what["fi"] == "2021"


def test_year_without_a_figure_shows_the_one_before():
    told = measure(as_of(content(), 2020), "over-64")

    assert told.latest.last == 2018
    assert told.position.country is None, "the country has none of 2018"


def test_number_is_compared_by_its_change_up_to_the_year():
    told = measure(as_of(content(), 2015), "population")

    assert round(told.position.own, 3) == -8.451  # 5 590 of 6 106
    assert told.position.peers == {"638": 0.0, "503": 0.0}
    assert told.position.country == 5.0
    assert told.position.what["fi"] == "muutos 2000–2015"
    assert measure(as_of(content(), 2000), "population").position is None


def test_rate_keeps_its_five_years_and_the_countrys_zero():
    told = measure(as_of(content(), 2020), "net-migration")

    assert (told.latest.first, told.latest.last) == (2016, 2020)
    assert told.position.country == 0.0
    assert told.position.what["fi"] == "keskiarvo 2016–2020"


def test_year_before_the_first_figure_says_so():
    earlier = as_of(content(), 2000)
    (chapter, *_) = chapters(earlier, "fi")

    assert [row.name for row in chapter.rows] == ["Väkiluku"]
    assert "Lukua ei ole vuodelta 2000 eikä sitä ennen." in {
        row.missing for row in pending(earlier, "fi")
    }


def test_sentences_of_the_newest_figures_are_not_told_of_an_earlier_year():
    made = as_of(content(), 2021)

    assert made.highlights == ()
    assert measure(made, "population").findings == ()
    assert measure(made, "over-64").trend is None
    assert measure(content(), "population").findings, "the edition itself is as it was"
    assert measure(content(), "over-64").trend


def test_projection_gives_no_years_and_stays_as_it_is():
    series = measure(content(), "population").series
    ahead = replace(series, own={**series.own, 2040: 4_000})
    made = changed(content(), "population", outlook=True, series=ahead)

    assert years(made)[0] == 2024
    assert measure(as_of(made, 2021), "population") == measure(made, "population")


# -- A group too large for the series of each: its five figures stand for them


def large(monkeypatch, most=3):
    monkeypatch.setattr(compose, "MOST_KEPT", most)
    codes = [f"{number:03}" for number in range(1, 6)]
    monkeypatch.setattr(figures, "NAMES", figures.NAMES | dict.fromkeys(codes, figures.PORVOO))
    monkeypatch.setattr(figures, "PEOPLE", figures.PEOPLE | dict.fromkeys(codes, 1000))
    shares = {code: {2018: 10.0 * at, 2024: 11.0 * at} for at, code in enumerate(codes, 1)}
    people = {code: {2000: 100, 2015: 100 + at, 2024: 90} for at, code in enumerate(codes, 1)}
    return content(
        peers=tuple(codes),
        share_65_plus={**figures.OVER_64, **shares},
        population={**figures.POPULATION, **people},
    )


def test_large_group_keeps_its_quartiles_in_place_of_each_series(monkeypatch):
    # 2018: 10, 20, 30, 40, 50.
    series = measure(large(monkeypatch), "over-64")

    assert series.members == {}
    told = series.series
    five = (told.low, told.lower, told.median, told.upper, told.high)
    assert [each[2018] for each in five] == [10, 20, 30, 40, 50]


def test_group_that_is_just_not_too_large_keeps_each_series(monkeypatch):
    series = measure(large(monkeypatch, most=5), "over-64")

    assert len(series.members) == 5
    assert series.series.lower is None


def test_chart_of_a_large_group_shades_its_middle_half(monkeypatch):
    made = large(monkeypatch)
    drawn = measure(made, "over-64").chart
    low, high = (
        {year: value * 1000 for year, value in values.items()}
        for values in (drawn.series.lower, drawn.series.upper)
    )
    wide = replace(drawn, series=replace(drawn.series, low=low, high=high))

    chart = figure(made, replace(measure(made, "over-64"), chart=wide), "fi")

    assert chart.caption.endswith("mediaani ja keskimmäinen puolikas kunnista.")
    assert 'class="c-band"' in chart.wide
    assert "\xa0000</text>" not in chart.wide, "the scale is set by the half, 20 to 44"
    assert any(row[1] == "Vertailukunnat, alakvartiili" for row in figure_rows(made, "fi"))


def test_large_group_stands_at_its_five_figures_of_an_earlier_year(monkeypatch):
    made = as_of(large(monkeypatch), 2020)
    share, people = measure(made, "over-64"), measure(as_of(made, 2015), "population")

    assert share.position.five == (10, 20, 30, 40, 50)
    assert (share.position.peers, share.position.group) == ({}, 30)
    # 2000-2015: +1, +2, +3, +4 and +5 per cent.
    assert people.position.five == pytest.approx([1, 2, 3, 4, 5])
    assert people.position.group == pytest.approx(3)

    (row,) = [row for row in chapters(made, "fi")[0].rows if row.key == "over-64"]
    assert row.peers == "30,0\xa0%"
    assert "vertailukunnista alin 10,0\xa0% ja ylin 50,0\xa0%" in row.strip_alt


def test_strip_of_five_figures_draws_the_range_and_the_middle_half():
    svg = position_strip(Strip(25.0, five=(0.0, 25.0, 40.0, 50.0, 100.0)), title="t", write=str)

    # From 9 to 211, 202 in all: a quarter is at 59.5 and the half at 110.
    (line,) = re.findall(r'<line class="c-peers"[^>]*>', svg)
    assert ('x1="9"' in line, 'x2="211"' in line) == (True, True)
    (bar,) = re.findall(r"<rect[^>]*>", svg)
    assert ('x="59.5"' in bar, 'width="50.5"' in bar) == (True, True)


def test_more_than_a_hundred_are_drawn_as_five_figures_and_fewer_as_dots(monkeypatch):
    codes = [f"{number:03}" for number in range(1, 102)]
    monkeypatch.setattr(figures, "NAMES", figures.NAMES | dict.fromkeys(codes, figures.PORVOO))
    monkeypatch.setattr(figures, "PEOPLE", figures.PEOPLE | dict.fromkeys(codes, 1000))
    shares = {code: {2018: 10.0, 2024: float(code)} for code in codes}
    for count, bars in ((100, 0), (101, 1)):
        made = content(peers=tuple(codes[:count]), share_65_plus={**figures.OVER_64, **shares})

        told = measure(made, "over-64")

        assert strip(told, "fi", title="Paikka").count("<rect") == bars
        assert ("leveä palkki" in reading_rule(made, "fi")) == bool(bars)
