"""The stored content: the same for the same figures, complete in three languages, read as written."""

import hashlib
import json

import pytest

from analysis.content import compose
from analysis.content.edition import ContentError, digest, read, write
from tests.analysis.figures import ORIGIN, OVER_64, POPULATION, content, measure


def test_content_is_read_as_it_was_written():
    made = content()

    assert read(write(made)) == made
    assert digest(read(write(made))) == digest(made)


def test_content_is_written_in_one_form():
    plain = json.loads(write(content()))

    canonical = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert write(content()) == canonical.encode()
    assert digest(content()) == hashlib.sha256(canonical.encode()).hexdigest()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": 3}, r"Invalid enum value 3 - at `\$.schema`"),
        ({"extra": 1}, "unknown field `extra`"),
        ({"peers": {"members": ["somebody"]}}, r"got `str` - at `\$.peers.members\[0\]`"),
    ],
)
def test_content_of_another_shape_is_refused_with_the_place(change, said):
    stored = json.dumps(json.loads(write(content())) | change)

    with pytest.raises(ContentError, match=said):
        read(stored)


def test_fingerprint_tells_any_change():
    other = {**POPULATION, "217": {**POPULATION["217"], 2024: 5265}}

    assert digest(content()) == digest(content())
    assert digest(content()) != digest(content(population=other))


def test_every_text_stands_in_three_languages():
    def look(node):
        if isinstance(node, dict):
            if "fi" in node and "genitive_fi" not in node:
                assert set(node) == {"fi", "sv", "en"}, node
                assert all(node.values())
            for value in node.values():
                look(value)
        elif isinstance(node, list):
            for value in node:
                look(value)

    look(json.loads(write(content())))


def test_population_is_compared_as_an_index_of_its_first_year():
    chart = measure(content(), "population").chart

    assert (chart.base, chart.index_year) == (100, 2000)
    drawn = chart.series
    assert drawn.own[2000] == 100
    assert drawn.own[2024] == pytest.approx(5264 / 6106 * 100)
    assert (drawn.low[2024], drawn.median[2024], drawn.high[2024]) == (60.0, 70.0, 80.0)


def test_peer_without_a_whole_series_is_left_out_and_named():
    shares = {**OVER_64, "503": {2024: 34.0}, "111": {**OVER_64["638"], 2024: 29.0}}

    found = measure(content(share_65_plus=shares, peers=("638", "503", "111")), "over-64")

    assert found.position.peers == {"638": 30.0, "111": 29.0}
    assert found.series.median == {2006: 20.0, 2018: 26.0, 2021: 28.0, 2024: 29.5}
    assert {
        "fi": "Vertailusta puuttuu kunta, jonka sarja ei ole täydellinen: Mynämäki.",
        "sv": "Ur jämförelsen saknas den kommun vars serie inte är fullständig: Virmo.",
        "en": "Left out of the comparison because the series is not complete: Mynämäki.",
    } in found.limits


def test_age_chart_takes_first_middle_and_last_year_and_the_countrys_last():
    ages = content().groups[0].ages

    assert ages.own == {
        2006: (20.3, 62.9, 16.8),
        2018: (18.7, 58.4, 22.9),
        2024: (17.4, 55.7, 26.9),
    }
    assert ages.country == {2024: (14.6, 61.8, 23.6)}


def test_country_is_zero_in_moves_between_municipalities():
    found = measure(content(), "net-migration")

    assert found.position.country == 0
    assert found.series.country == {}


def test_sources_are_kept_with_the_figures():
    assert measure(content(), "population").origins == (ORIGIN,)
    assert measure(content(), "dependency-ratio").origins == (ORIGIN,), "three indicators of one"


def test_series_of_each_peer_are_kept_but_for_a_group_of_a_whole_country(monkeypatch):
    kept = measure(content(), "over-64").members
    assert kept["638"] == {2006: 20.0, 2018: 26.0, 2021: 28.0, 2024: 30.0}

    monkeypatch.setattr(compose, "MOST_KEPT", 1)

    assert measure(content(), "over-64").members == {}
