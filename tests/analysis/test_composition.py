"""The frozen content: plain JSON, the same for the same figures, complete in three languages."""

import json

import pytest

from analysis.content import compose
from analysis.content.compose import digest
from tests.analysis.figures import OVER_64, POPULATION, content, measure


def test_content_survives_json_unchanged():
    made = content()

    assert json.loads(json.dumps(made)) == json.loads(json.dumps(made, sort_keys=True))
    assert digest(json.loads(json.dumps(made))) == digest(made)


def test_fingerprint_tells_any_change():
    other = {**POPULATION, "217": {**POPULATION["217"], 2024: 5265}}

    assert digest(content()) == digest(content())
    assert digest(content()) != digest(content(population=other))


def test_every_text_stands_in_three_languages():
    def look(node):
        if isinstance(node, dict):
            if "fi" in node and "code" not in node:
                assert set(node) == {"fi", "sv", "en"}, node
                assert all(node.values())
            for value in node.values():
                look(value)
        elif isinstance(node, list):
            for value in node:
                look(value)

    look(content())


def test_population_is_compared_as_an_index_of_its_first_year():
    chart = measure(content(), "population")["chart"]

    assert (chart["base"], chart["index_year"]) == (100, 2000)
    assert chart["own"][0] == [2000, 100]
    assert chart["own"][-1] == [2024, pytest.approx(5264 / 6106 * 100)]
    assert chart["median"][-1] == [2024, 70.0]
    assert (chart["low"][-1], chart["high"][-1]) == ([2024, 60.0], [2024, 80.0])


def test_peer_without_a_whole_series_is_left_out_and_named():
    shares = {**OVER_64, "503": {2024: 34.0}, "111": {**OVER_64["638"], 2024: 29.0}}

    found = measure(content(share_65_plus=shares, peers=("638", "503", "111")), "over-64")

    assert found["position"]["peers"] == {"638": 30.0, "111": 29.0}
    assert found["series"]["median"] == [[2006, 20.0], [2018, 26.0], [2021, 28.0], [2024, 29.5]]
    assert {
        "fi": "Vertailusta puuttuu kunta, jonka sarja ei ole täydellinen: Mynämäki.",
        "sv": "Ur jämförelsen saknas den kommun vars serie inte är fullständig: Virmo.",
        "en": "Left out of the comparison because the series is not complete: Mynämäki.",
    } in found["limits"]


def test_age_chart_takes_first_middle_and_last_year_and_the_countrys_last():
    ages = content()["groups"][0]["ages"]

    assert ages["own"] == [
        [2006, [20.3, 62.9, 16.8]],
        [2018, [18.7, 58.4, 22.9]],
        [2024, [17.4, 55.7, 26.9]],
    ]
    assert ages["country"] == [[2024, [14.6, 61.8, 23.6]]]


def test_country_is_zero_in_moves_between_municipalities():
    found = measure(content(), "net-migration")

    assert found["position"]["country"] == 0
    assert found["series"]["country"] == []


def test_sources_are_kept_with_the_figures():
    assert measure(content(), "population")["origins"] == [
        {
            "publisher_fi": "Tilastokeskus",
            "publisher_sv": "Statistikcentralen",
            "publisher_en": "Statistics Finland",
            "table": "11re",
            "licence": "CC BY 4.0",
            "version": 1,
            "retrieved_on": "2026-11-21",
        }
    ]


def test_series_of_each_peer_are_kept_but_for_a_group_of_a_whole_country(monkeypatch):
    kept = measure(content(), "over-64")["members"]
    assert kept["638"] == [[2006, 20.0], [2018, 26.0], [2021, 28.0], [2024, 30.0]]

    monkeypatch.setattr(compose, "MOST_KEPT", 1)

    assert measure(content(), "over-64")["members"] == {}
