"""How sentences are worded: falls as falls, rates and numbers, units, judgements; each by hand."""

from dataclasses import replace

import pytest

from analysis.content.compose import compose
from analysis.engine.compare import trend
from analysis.engine.measure_list import measure as measure_of
from analysis.render.pdf import report_html
from analysis.statistics.catalogue import Words
from analysis.wording.names import Name
from tests.analysis.figures import (
    EDITION,
    area,
    content,
    material,
    measure,
    sentences,
)

FORECAST = "forecast2024_change_2026_2040_pct"
KEY = "forecast2024-change-2026-2040-pct"


def projected(own: float, other: float, language: str = "fi", peers=("638",)) -> dict[str, str]:
    figures = {"217": {2040: own}, "638": {2040: other}, "503": {2040: other}}
    return sentences(content(peers=peers, **{FORECAST: figures}), KEY, language)


@pytest.mark.parametrize(
    ("own", "other", "said"),
    [
        (-10.5, -9.3, "vähenevän 10,5\xa0% vuosina 2026–2040, enemmän kuin Porvoossa (−9,3\xa0%)."),
        (-10.5, -12.0, "vähenevän 10,5\xa0% vuosina 2026–2040, vähemmän kuin Porvoossa (−12,0\xa0%)."),
        (-10.5, 3.0, "vähenevän 10,5\xa0% vuosina 2026–2040, toisin kuin Porvoossa (+3,0\xa0%)."),
        (2.0, -9.3, "kasvavan 2,0\xa0% vuosina 2026–2040, toisin kuin Porvoossa (−9,3\xa0%)."),
        (2.0, 1.0, "kasvavan 2,0\xa0% vuosina 2026–2040, enemmän kuin Porvoossa (+1,0\xa0%)."),
        (-0.66, -0.74, "vähenevän 0,7\xa0% vuosina 2026–2040, saman verran kuin Porvoossa (−0,7\xa0%)."),
        (2.0, 2.0, "kasvavan 2,0\xa0% vuosina 2026–2040, saman verran kuin Porvoossa (+2,0\xa0%)."),
    ],
)  # fmt: skip
def test_fall_is_told_as_a_fall_and_compared_by_its_size(own, other, said):
    assert projected(own, other)["level_now"] == f"Kannuksen väkiluvun ennustetaan {said}"


def test_fall_is_told_as_a_fall_in_swedish_and_english():
    assert projected(-3.3, -11.2, "sv")["level_now"] == (
        "Folkmängden i Kannus väntas minska med 3,3\xa0% 2026–2040, mindre än i Borgå (−11,2\xa0%)."
    )
    assert projected(-3.3, 1.0, "sv")["level_now"].endswith("till skillnad från Borgå (+1,0\xa0%).")
    assert projected(-3.3, 1.0, "en", peers=("638", "503"))["level_now"] == (
        "Kannus's population is projected to fall by 3.3% in 2026–2040, unlike what is usual"
        " among the peers (median +1.0%)."
    )


def test_change_written_as_zero_is_neither_a_rise_nor_a_fall():
    assert projected(0.04, -9.3)["level_now"] == (
        "Kannuksen väkiluvun ennustettu muutos vuosina 2026–2040 on 0,0\xa0%, suurempi kuin"
        " Porvoossa (−9,3\xa0%)."
    )


def test_no_change_stands_beside_signed_changes():
    assert projected(0.0, 3.0)["level_now"].endswith("pienempi kuin Porvoossa (+3,0\xa0%).")


def test_place_of_a_fall_is_told_by_falls():
    figures = {"217": {2040: -5.0}, "638": {2040: -7.0}, "503": {2040: 1.0}, "111": {2040: 0.0}}

    made = content(peers=("638", "503", "111"), **{FORECAST: figures})

    assert sentences(made, KEY)["standing"] == (
        "Yhdessä vertailukunnassa vähennys on suurempi, yhdessä muutosta ei ole ja yhdessä muutos on"
        " kasvua (ennuste 2040)."
    )
    assert sentences(made, KEY, "sv")["standing"] == (
        "I en jämförelsekommun är minskningen större, i en sker ingen förändring och i en är det"
        " fråga om en ökning (prognos 2040)."
    )


def test_place_of_a_rate_counts_municipalities_in_words():
    rates = {"217": {2020: 70.0}, "638": {2020: 72.0}, "503": {2020: 69.0}, "111": {2020: 75.0}}

    made = content(peers=("638", "503", "111"), employment_rate=rates)

    assert {key: sentences(made, "employment-rate", key)["standing"] for key in ("fi", "sv", "en")} == {
        "fi": "Kahdessa vertailukunnassa luku on suurempi ja yhdessä pienempi (2020).",
        "sv": "I två jämförelsekommuner är siffran högre och i en lägre (2020).",
        "en": "In two peers the figure is higher and in one lower (2020).",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "indicator", "language", "said"),
    [
        ("economic-dependency-ratio", "economic_dependency_ratio", "fi",
         "Kannuksen taloudellinen huoltosuhde oli 149,8\xa0sataa työllistä kohden vuonna 2020."),
        ("economic-dependency-ratio", "economic_dependency_ratio", "sv",
         "Den ekonomiska försörjningskvoten i Kannus var 149,8\xa0per 100 sysselsatta år 2020."),
        ("crimes-property-per-1000", "crimes_property_per_1000", "fi",
         "Kannuksessa kirjattiin 149,8 omaisuusrikosta tuhatta asukasta kohden vuonna 2020."),
        ("morbidity-index", "morbidity_index", "fi",
         "Kannuksen ikävakioitu sairastavuusindeksi oli 149,8 vuonna 2020."),
        ("municipal-income-tax-rate", "municipal_income_tax_rate", "fi",
         "Kannuksen tuloveroprosentti oli 149,8\xa0% vuonna 2020."),
    ],
)  # fmt: skip
def test_units_are_written_out_and_subjects_are_natural(key, indicator, language, said):
    made = content(peers=(), **{indicator: {"217": {2020: 149.8}}})

    assert sentences(made, key, language)["level_now"] == said


@pytest.mark.parametrize(
    ("key", "indicator", "said"),
    [
        ("economic-dependency-ratio", "economic_dependency_ratio",
         "Taloudellinen huoltosuhde nousi 20,7\xa0yksikköä vuosina 2006–2020"),
        ("morbidity-index", "morbidity_index",
         "Ikävakioitu sairastavuusindeksi nousi 20,7\xa0pistettä vuosina 2006–2020"),
        ("loans-per-capita", "loans_per_capita",
         "Lainakanta pysyi lähes ennallaan (muutos +21\xa0euroa asukasta kohti) vuosina 2006–2020"),
        ("crimes-property-per-1000", "crimes_property_per_1000",
         "Kirjattujen omaisuusrikosten määrä kasvoi 20,7\xa0rikosta tuhatta asukasta kohden vuosina"),
    ],
)  # fmt: skip
def test_changes_are_told_with_their_unit(key, indicator, said):
    made = content(peers=(), **{indicator: {"217": {2006: 100.0, 2020: 120.7}}})

    assert sentences(made, key)["level_change"].startswith(said)


def test_ratio_moves_by_units():
    # 37.1 / 62.9 = 58.98 in 2006, 44.3 / 55.7 = 79.53 in 2024: written 59.0 and 79.5.
    said = sentences(content(), "dependency-ratio")["ratio_change"]

    assert said.startswith("Huoltosuhde nousi 20,5\xa0yksikköä vuosina 2006–2024")


def test_commuters_are_named_by_where_they_come_from_and_go():
    numbers = {"217": {2006: 600, 2017: 660}}

    assert sentences(content(out_commuters=numbers, peers=()), "out-commuters")[
        "number_over_span"
    ] == "Kannuksesta muualle pendelöivien määrä kasvoi 10,0\xa0% vuosina 2006–2017."  # fmt: skip


def test_deaths_outnumber_births_in_swedish():
    births = {"217": dict.fromkeys(range(2016, 2021), -100)}

    said = sentences(content(natural_increase=births, peers=()), "natural-increase", "sv")

    assert said["flow_total"].startswith(
        "Åren 2016–2020 dog det i Kannus sammanlagt 500 fler än det föddes"
    )
    assert said["flow_streak"] == (
        "Antalet födda har varit mindre än antalet döda varje år 2016–2020."
    )


def crimes(first: float, last: float, people: float = 5264) -> str:
    rates = {"217": {2006: first, 2020: last}}
    made = compose(
        area=replace_people(area("217"), people), peers=[], reason="", edition=EDITION,
        material=material(crimes_penal_code_per_1000=rates),
    )  # fmt: skip
    return sentences(made, "crimes-penal-code-per-1000")["level_change"]


def replace_people(one, people):
    return type(one)(one.code, one.name, people)


@pytest.mark.parametrize(
    ("first", "last", "people", "judged"),
    [
        (40.0, 60.0, 5264, True),
        (40.0, 60.0, 1999, False),
        (9.0, 60.0, 5264, False),  # 47 cases
        (59.0, 60.0, 5264, False),  # no more than stable
    ],
)
def test_change_is_judged_only_where_the_figures_carry_it(first, last, people, judged):
    assert ("suuntaan" in crimes(first, last, people)) is judged


def test_exact_figure_differs_by_any_step_and_a_rounded_one_does_not():
    rates = {"217": {2026: 9.0}, "638": {2026: 8.9}}

    tax = content(municipal_income_tax_rate=rates, peers=("638",))
    rate = content(employment_rate=rates, peers=("638",))

    assert "suurempi kuin" in sentences(tax, "municipal-income-tax-rate")["level_now"]
    assert "samaa tasoa kuin" in sentences(rate, "employment-rate")["level_now"]


def test_stable_is_never_said_of_what_has_changed_over_all_the_years():
    values = {2006: 100, 2015: 88, 2020: 88.5}

    assert trend(values, steady=2, relative=True).word == "levelled"
    assert trend({2015: 88, 2020: 88.5}, steady=2, relative=True).word == "stable"


def test_peer_that_began_from_zero_takes_the_median_away_and_is_named():
    jobs = {"217": {2006: 100, 2019: 90}, "638": {2006: 0, 2019: 5}, "503": {2006: 9, 2019: 9}}

    made = content(jobs=jobs)

    assert "mediaani" not in sentences(made, "jobs")["number_over_span"]
    notes = [note["fi"] for note in measure(made, "jobs").limits]
    assert (
        "Vertailukuntien muutokselle ei ole mediaania, sillä jonkin kunnan luku on ollut lähtövuonna"
        " nolla: Porvoo." in notes
    )


def test_printed_overview_shows_our_change_beside_that_of_the_others():
    printed = " ".join(report_html(content(), "fi").split())

    row = printed.split('<th scope="row"><a href="#m-population">')[1].split("</tr>")[0]
    assert "<b>5 264</b>" in row
    assert '−13,8 % <span class="unit">muutos 2000–2024</span>' in row
    assert row.index("−13,8") < row.index("−30,0")


def test_own_indicator_of_a_coordinator_is_told_by_its_name():
    own = replace(
        measure_of("employment-rate"),
        name={"fi": "EVP-indeksi", "sv": "EVP-index", "en": "EVP index"},
        unit={"fi": "pistettä", "sv": "poäng", "en": "points"},
        words=Words(),
    )
    made = compose(
        area=area("217"), peers=[], reason="", edition=EDITION, measures=[own],
        material=material(employment_rate={"217": {2020: 55.0}}),
    )  # fmt: skip

    assert sentences(made, own.key)["level_now"] == (
        "Kannuksen EVP-indeksi oli 55,0\xa0pistettä vuonna 2020."
    )
    assert sentences(made, own.key, "sv")["level_now"] == (
        "EVP-index i Kannus var 55,0\xa0poäng år 2020."
    )


def test_name_says_from_where():
    name = Name("Mynämäki", "Virmo", "Mynämäki", "Mynämäen", "Mynämäen kunnassa")

    assert [name.origin(key) for key in ("fi", "sv", "en")] == [
        "Mynämäen kunnasta",
        "från Virmo",
        "from Mynämäki",
    ]
