"""Likeness of municipalities: worked by hand, explained in words, the same each time."""

import pytest

from analysis.engine.similarity import (
    FACTORS,
    FIGURES,
    NORMAL,
    Landscape,
    Likeness,
    likenesses,
    standardised,
    suggested,
    unknown_of,
)
from analysis.wording.likeness import distance_words, reason_words, written_figure

# Five municipalities by the power of ten of their size and their share of old people.
PEOPLE = {"a": 10.0, "b": 100.0, "c": 1000.0, "d": 10_000.0, "e": 100_000.0}
EMPLOYED = {"a": 70.0, "b": 74.0, "c": 72.0, "d": 71.0, "e": 90.0}
REGIONS = {"a": "01", "b": "01", "c": "02", "d": "02", "e": "02"}
SIZE_ONLY = {"size": 1}


def landscape(**changes):
    figures = {"population": PEOPLE, "employment_rate": EMPLOYED} | changes
    return Landscape(figures, dict.fromkeys(figures, (2024, 2024)), REGIONS)


def by_code(found):
    return {each.code: each for each in found}


def test_figures_are_written_as_spreads_from_the_median():
    # median 72; deviations 2, 2, 0, 1, 18; their median (MAD) 2; spread 1.4826 · 2 = 2.9652
    assert standardised(EMPLOYED) == pytest.approx(
        {"a": -2 / 2.9652, "b": 2 / 2.9652, "c": 0, "d": -1 / 2.9652, "e": 18 / 2.9652}
    )


def test_sizes_are_compared_by_their_proportion():
    # logarithms 1–5, median 3, deviations 2 1 0 1 2, MAD 1, spread 1.4826
    assert standardised(PEOPLE, log=True) == pytest.approx(
        {"a": -2 / 1.4826, "b": -1 / 1.4826, "c": 0, "d": 1 / 1.4826, "e": 2 / 1.4826}
    )


def test_one_far_municipality_does_not_move_the_measure():
    usual = standardised(EMPLOYED)

    farther = standardised(EMPLOYED | {"e": 900.0})

    assert {key: farther[key] for key in "abcd"} == {key: usual[key] for key in "abcd"}


def test_figures_without_a_spread_measure_nothing():
    assert standardised({"a": 5.0, "b": 5.0, "c": 5.0, "d": 9.0}) == {}
    assert standardised({}) == {}


def test_distance_is_the_weighted_mean_of_the_differences():
    found = by_code(likenesses("c", landscape(), {"size": 2, "employment": 1}))

    # b: size 1 / 1.4826 = 0.6745, employment 2 / 2.9652 = 0.6745; d: 0.6745 and 1 / 2.9652 = 0.3372
    assert found["b"].differences["size"] == pytest.approx(0.67449, abs=1e-5)
    assert found["b"].distance == pytest.approx(0.67449, abs=1e-5)
    assert found["d"].distance == pytest.approx((2 * 0.67449 + 0.33725) / 3, abs=1e-5)
    assert [each.code for each in likenesses("c", landscape(), {"size": 2, "employment": 1})] == [
        "d", "b", "a", "e",
    ]  # fmt: skip


def test_a_factor_of_two_figures_is_their_mean():
    young = {"a": 10.0, "b": 11.0, "c": 12.0, "d": 13.0, "e": 14.0}  # median 12, MAD 1
    old = {"a": 20.0, "b": 22.0, "c": 24.0, "d": 26.0, "e": 28.0}  # median 24, MAD 2
    known = landscape(share_under_15=young, share_65_plus=old)

    found = by_code(likenesses("c", known, {"ages": 1}))

    # of a: 2 / 1.4826 young and 4 / 2.9652 old, so their mean is 1.34898
    assert found["a"].distance == pytest.approx(1.34898, abs=1e-5)


def test_same_region_is_no_difference_and_another_is_one_spread():
    found = by_code(likenesses("c", landscape(), {"region": 1}))

    assert {code: each.distance for code, each in found.items()} == {
        "a": 1.0, "b": 1.0, "d": 0.0, "e": 0.0,
    }  # fmt: skip


def test_region_does_not_count_unless_it_is_asked_for():
    assert {key for key, weight in NORMAL.items() if not weight} == {"region"}
    assert {weight for key, weight in NORMAL.items() if key != "region"} == {1}


def test_ties_stand_in_order_of_code():
    # b and d are as far from c in size, on either side
    assert [each.code for each in likenesses("c", landscape(), SIZE_ONLY)] == ["b", "d", "a", "e"]


def test_missing_figure_is_left_out_of_the_mean_and_said():
    without = {code: value for code, value in EMPLOYED.items() if code != "b"}
    weights = {"size": 1, "employment": 1}

    found = by_code(likenesses("c", landscape(employment_rate=without), weights))["b"]

    assert found.differences["employment"] is None
    assert found.distance == found.differences["size"]
    assert found.known == 0.5
    assert reason_words(found, weights)["fi"] == (
        "Melko samankaltainen kooltaan; ei verrattu, koska luku puuttuu: työllisyys."
    )


def test_municipality_of_which_too_little_is_known_is_not_suggested():
    without = {code: value for code, value in EMPLOYED.items() if code != "b"}

    found = likenesses("c", landscape(employment_rate=without), {"size": 1, "employment": 2})

    assert [each.code for each in suggested(found)] == ["d", "a", "e"]


def test_factor_that_we_lack_ourselves_is_not_held_against_the_others():
    without = {code: value for code, value in EMPLOYED.items() if code != "c"}
    known = landscape(employment_rate=without)

    found = likenesses("c", known, {"size": 1, "employment": 2})

    assert {each.known for each in found} == {1.0}
    assert "employment" in unknown_of("c", known)
    assert "size" not in unknown_of("c", known)


def test_nothing_known_comes_last_without_a_distance():
    found = likenesses("c", landscape(population={"a": 1.0, "b": 9.0, "c": 3.0}), SIZE_ONLY)

    assert [(each.code, each.distance) for each in found[2:]] == [("d", None), ("e", None)]
    assert [each.code for each in suggested(found)] == ["a", "b"]


def test_no_weight_at_all_is_refused():
    with pytest.raises(ValueError, match="At least one factor"):
        likenesses("c", landscape(), dict.fromkeys(NORMAL, 0))


def likeness(code, distance):
    return Likeness(code, {}, distance, 1.0)


@pytest.mark.parametrize(
    ("distances", "count"),
    [([0.1] * 12, 10), ([0.1] * 8 + [1.0, 1.01], 9), ([3.0] * 12, 8), ([0.2] * 3, 3)],
)
def test_eight_are_suggested_and_two_more_if_they_are_near(distances, count):
    found = [likeness(f"{place:03}", each) for place, each in enumerate(distances)]

    assert [each.code for each in suggested(found)] == [f"{place:03}" for place in range(count)]


def test_every_figure_of_a_factor_is_known():
    assert {key for factor in FACTORS for key in factor.figures} == set(FIGURES)


# -- Words

MIXED = Likeness(
    "074", {"size": 0.2, "ages": 0.5, "growth": 0.7, "commuting": 1.01, "loans": None}, 0.6, 0.8
)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "fi",
            "Samankaltainen kooltaan ja ikärakenteeltaan; melko samankaltainen väestökehitykseltään;"
            " eroaa pendelöinniltään; ei verrattu, koska luku puuttuu: lainakanta.",
        ),
        (
            "sv",
            "Lik i fråga om storlek och åldersstruktur; ganska lik i fråga om befolkningsutveckling;"
            " skiljer sig i fråga om pendling; inte jämförd, eftersom siffran saknas: lånestock.",
        ),
        (
            "en",
            "Alike in size and age structure; fairly alike in population change; differs in"
            " commuting; not compared, for the figure is missing: municipal loans.",
        ),
    ],
)
def test_likeness_is_told_by_factor(language, sentence):
    assert reason_words(MIXED, NORMAL)[language] == sentence


def test_factor_that_does_not_count_is_not_named():
    assert reason_words(MIXED, {"commuting": 1})["sv"] == "Skiljer sig i fråga om pendling."
    assert reason_words(MIXED, {})["fi"] == ""


@pytest.mark.parametrize(
    ("difference", "sentence"),
    [(0.0, "Samankaltainen kooltaan; samassa maakunnassa."),
     (1.0, "Samankaltainen kooltaan; eri maakunnassa.")],
)  # fmt: skip
def test_region_is_the_same_or_another_and_never_fairly_alike(difference, sentence):
    found = Likeness("074", {"size": 0.1, "region": difference}, 0.5, 1.0)

    assert reason_words(found, {"size": 1, "region": 1})["fi"] == sentence
    assert reason_words(found, {"region": 2})["sv"] in {
        "I samma landskap.", "I ett annat landskap.",
    }  # fmt: skip


def test_three_are_listed_with_commas_and_one_and():
    alike = Likeness("074", {"size": 0.0, "ages": 0.0, "growth": 0.0}, 0.0, 1.0)

    assert reason_words(alike, NORMAL)["fi"] == (
        "Samankaltainen kooltaan, ikärakenteeltaan ja väestökehitykseltään."
    )


@pytest.mark.parametrize(
    ("distance", "words"),
    [(0.5, "hyvin samankaltainen"), (1.0, "melko samankaltainen"), (2.0, "erilainen"),
     (2.01, "hyvin erilainen"), (None, "ei voi verrata")],
)  # fmt: skip
def test_distance_is_told_in_words(distance, words):
    assert distance_words(distance)["fi"] == words


@pytest.mark.parametrize(
    ("key", "value", "written"),
    [("population", 5264.0, "5\xa0264"), ("population_change", -3.66, "−3,7\xa0%"),
     ("employment_rate", 74.25, "74,3\xa0%"), ("loans_per_capita", 3456.7, "3\xa0457\xa0€"),
     ("loans_per_capita", None, "–")],
)  # fmt: skip
def test_figures_are_written_with_their_units(key, value, written):
    assert written_figure(key, value, "fi") == written


def test_half_of_the_weight_must_be_known_before_a_municipality_is_suggested():
    known = {part: Likeness("074", {"size": 0.2}, 0.2, part) for part in (0.49, 0.5)}

    assert not known[0.49].comparable
    assert known[0.5].comparable
