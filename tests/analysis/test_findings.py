"""Sentences say what the figures carry, in three languages, and no more."""

import pytest

from tests.analysis.figures import MOVES, content, measure, sentences


def test_population_over_the_whole_span_is_told_beside_the_peers():
    # Kannus 6 106 -> 5 264: -13.79 %; peers -20 % and -40 %, median -30 %; country +10 %.
    made = content()

    assert {key: sentences(made, "population", key)["count_over_span"] for key in ("fi", "sv", "en")} == {
        "fi": "Kannuksen väkiluku väheni 13,8\xa0% vuosina 2000–2024, hitaammin kuin"
        " vertailukunnissa yleensä (mediaani −30,0\xa0%, koko maa +10,0\xa0%).",
        "sv": "Folkmängden i Kannus minskade med 13,8\xa0% 2000–2024, långsammare än i"
        " jämförelsekommunerna i allmänhet (median −30,0\xa0%, hela landet +10,0\xa0%).",
        "en": "The population of Kannus fell by 13.8% in 2000–2024, more slowly than is usual among"
        " the peers (median −30.0%, whole country +10.0%).",
    }  # fmt: skip


def test_population_now_names_the_year_it_is_compared_with():
    made = content()

    assert {key: sentences(made, "population", key)["count_now"] for key in ("fi", "sv", "en")} == {
        "fi": "Väkiluku oli vuoden 2024 lopussa 5\xa0264; vähennystä vuodesta 2019 on 3,7\xa0%"
        " (vertailukuntien mediaani −30,0\xa0%, koko maa +4,8\xa0%).",
        "sv": "Folkmängden uppgick till 5\xa0264 i slutet av 2024; minskningen sedan 2019 är 3,7\xa0%"
        " (jämförelsekommunernas median −30,0\xa0%, hela landet +4,8\xa0%).",
        "en": "The population was 5,264 at the end of 2024; the fall from 2019 is 3.7%"
        " (peer median −30.0%, whole country +4.8%).",
    }


def changed(own: dict, peer: dict) -> str:
    population = {"217": own, "638": peer, "503": peer}
    made = content(population=population)
    return sentences(made, "population")["count_over_span"]


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        (80, 80, "väheni 20,0\xa0% vuosina 2000–2024, samaa tahtia kuin vertailukunnissa yleensä"),
        (70, 80, "väheni 30,0\xa0% vuosina 2000–2024, nopeammin kuin vertailukunnissa yleensä"),
        (120, 110, "kasvoi 20,0\xa0% vuosina 2000–2024, nopeammin kuin vertailukunnissa yleensä"),
        (110, 120, "kasvoi 10,0\xa0% vuosina 2000–2024, hitaammin kuin vertailukunnissa yleensä"),
        (80, 110, "väheni 20,0\xa0% vuosina 2000–2024, vaikka vertailukunnissa yleensä väki lisääntyi"),
        (120, 90, "kasvoi 20,0\xa0% vuosina 2000–2024, vaikka vertailukunnissa yleensä väki väheni"),
        (100, 90, "pysyi ennallaan vuosina 2000–2024 (vertailukuntien mediaani"),
    ],
)  # fmt: skip
def test_pace_is_told_by_sign_and_size(ours, theirs, said):
    sentence = changed({2000: 100, 2024: ours}, {2000: 100, 2024: theirs})

    assert sentence.startswith(f"Kannuksen väkiluku {said}")


def test_shares_are_told_with_their_year_and_the_usual_share():
    made = content()

    assert {key: sentences(made, "over-64", key)["share_level"] for key in ("fi", "sv", "en")} == {
        "fi": "65 vuotta täyttäneitä oli vuoden 2024 lopussa 26,9\xa0% väestöstä, vähemmän kuin"
        " vertailukunnissa yleensä (mediaani 32,0\xa0%, koko maa 23,6\xa0%).",
        "sv": "I slutet av 2024 var 26,9\xa0% av invånarna 65 år eller äldre, en mindre andel än i"
        " jämförelsekommunerna i allmänhet (median 32,0\xa0%, hela landet 23,6\xa0%).",
        "en": "At the end of 2024, 26.9% of residents were aged 65 or over, less than is usual among"
        " the peers (median 32.0%, whole country 23.6%).",
    }


def test_change_of_a_share_is_in_percentage_points_and_only_where_both_years_are_known():
    # 26.9 - 16.8 = 10.1; peers +10.0 and +12.0, median +11.0; the country lacks 2006.
    made = content()

    assert sentences(made, "over-64")["share_change"] == (
        "Osuus kasvoi 10,1\xa0prosenttiyksikköä vuosina 2006–2024 (vertailukuntien mediaani +11,0)."
    )


def test_change_is_that_of_the_ends_as_they_are_printed():
    # 16.84 and 25.16 are printed 16.8 and 25.2; their own difference, 8.32, would be printed 8.3.
    # The peers' medians: 13.1 and 13.2 make 13.15, printed 13.2.
    made = content(
        share_65_plus={
            "217": {2006: 16.84, 2024: 25.16},
            "638": {2006: 13.1, 2024: 13.1},
            "503": {2006: 13.2, 2024: 13.2},
        }
    )

    told = sentences(made, "over-64")

    assert "25,2\xa0% väestöstä" in told["share_level"]
    assert "mediaani 13,2\xa0%" in told["share_level"]
    assert told["share_change"].startswith(
        "Osuus kasvoi 8,4\xa0prosenttiyksikköä vuosina 2006–2024"
    )


def test_dependency_ratio_is_reckoned_from_the_shares():
    # (17.4 + 26.9) / 55.7 = 79.53
    made = content()

    assert sentences(made, "dependency-ratio", "en")["ratio_level"].startswith(
        "At the end of 2024 there were 79.5 children and people aged 65 or over per 100 people of"
        " working age (peer median "
    )


def test_natural_increase_is_told_in_people_and_as_a_rate():
    # 4 + 12 + 14 - 5 - 11 = 14; 14 / 27 572 = 0.5 per thousand; peers -1 and -3, median -2.
    made = content()

    assert {key: sentences(made, "natural-increase", key)["flow_total"] for key in ("fi", "sv", "en")} == {
        "fi": "Vuosina 2016–2020 Kannuksessa oli syntyneitä yhteensä 14 enemmän kuin kuolleita:"
        " +0,5 henkeä tuhatta asukasta kohden vuodessa (vertailukuntien mediaani −2,0, koko maa 0,0).",
        "sv": "Åren 2016–2020 föddes det i Kannus sammanlagt 14 fler än det dog: +0,5 personer per"
        " 1\xa0000 invånare och år (jämförelsekommunernas median −2,0, hela landet 0,0).",
        "en": "In 2016–2020 there were 14 more births than deaths in Kannus: +0.5 per thousand"
        " residents a year (peer median −2.0, whole country 0.0).",
    }  # fmt: skip


def test_moves_are_told_with_the_years_they_have_lasted():
    made = content()

    assert sentences(made, "net-migration")["flow_total"] == (
        "Kuntien välinen muutto vähensi Kannuksen väkilukua vuosina 2016–2020 yhteensä 218"
        " hengellä: −7,9 henkeä tuhatta asukasta kohden vuodessa (vertailukuntien mediaani −2,5)."
    )
    assert sentences(made, "net-migration")["flow_streak"] == (
        "Muuttotappiota on kertynyt joka vuosi 2015–2020."
    )


@pytest.mark.parametrize(
    ("counts", "streak"),
    [
        ([1, 2, 3, 4, 5], "Muuttovoittoa on kertynyt joka vuosi 2016–2020."),
        ([-1, 2, 3, -4, 5], None),
        ([5, 5, 5, 5, 0], None),
    ],
)
def test_streak_needs_three_years_of_one_sign_up_to_the_latest(counts, streak):
    ours = dict(zip(range(2016, 2021), counts, strict=True))

    made = content(net_migration_domestic={**MOVES, "217": ours})

    assert sentences(made, "net-migration").get("flow_streak") == streak


@pytest.mark.parametrize(
    ("total", "births", "moves"),
    [
        (
            0,
            "syntyneitä ja kuolleita oli Kannuksessa yhtä monta",
            "ei muuttanut Kannuksen väkilukua",
        ),
        (3, "oli syntyneitä yhteensä 3 enemmän kuin kuolleita", "lisäsi Kannuksen väkilukua"),
        (-3, "oli kuolleita yhteensä 3 enemmän kuin syntyneitä", "vähensi Kannuksen väkilukua"),
    ],
)
def test_flows_are_told_by_their_sign(total, births, moves):
    counts = {"217": {2016: total, 2017: 0, 2018: 0, 2019: 0, 2020: 0}}

    made = content(natural_increase=counts, net_migration_domestic=counts, peers=())

    assert births in sentences(made, "natural-increase")["flow_total"]
    assert moves in sentences(made, "net-migration")["flow_total"]


def test_place_among_the_peers_is_counted_not_ranked():
    made = content()

    assert {key: sentences(made, "population", key)["standing"] for key in ("fi", "sv", "en")} == {
        "fi": "Kaikissa kahdessa vertailukunnassa vähennys oli suurempi kuin Kannuksessa (muutos 2000–2024).",
        "sv": "I alla två jämförelsekommuner var minskningen större än i Kannus (förändring 2000–2024).",
        "en": "In all two peers the fall was larger than in Kannus (change 2000–2024).",
    }
    assert {key: sentences(made, "net-migration", key)["standing"] for key in ("fi", "en")} == {
        "fi": "Yhdessä vertailukunnassa vähennys oli suurempi ja yhdessä muutos oli kasvua"
        " (keskiarvo 2016–2020).",
        "en": "In one peer the fall was larger and in one there was growth (mean of 2016–2020).",
    }  # fmt: skip


def test_figures_that_look_the_same_are_called_the_same():
    shares = {"217": {2024: 20.04}, "638": {2024: 19.96}, "503": {2024: 25.0}}

    made = content(share_65_plus=shares)

    assert sentences(made, "over-64")["standing"] == (
        "Yhdessä vertailukunnassa luku on suurempi ja yhdessä sama (2024)."
    )


def test_only_peer_is_named_instead_of_a_median():
    made = content(peers=("638",))

    assert sentences(made, "population")["count_over_span"].endswith(
        "hitaammin kuin Porvoossa (−20,0\xa0%, koko maa +10,0\xa0%)."
    )
    assert sentences(made, "population", "sv")["count_now"].endswith(
        "(Borgå −20,0\xa0%, hela landet +4,8\xa0%)."
    )
    assert "standing" not in sentences(made, "population")


def test_without_peers_the_country_alone_is_compared_with():
    made = content(peers=())

    assert sentences(made, "population")["count_over_span"] == (
        "Kannuksen väkiluku väheni 13,8\xa0% vuosina 2000–2024 (koko maa +10,0\xa0%)."
    )


def test_one_year_alone_claims_no_change():
    made = content(share_65_plus={"217": {2024: 26.9}})

    assert sentences(made, "over-64") == {
        "share_level": "65 vuotta täyttäneitä oli vuoden 2024 lopussa 26,9\xa0% väestöstä."
    }
    assert measure(made, "over-64").trend is None


def test_no_figures_no_sentence_but_the_reason():
    made = content(natural_increase={})
    found = measure(made, "natural-increase")

    assert (found.latest, found.findings, found.position) == (None, (), None)
    assert found.limits[0]["fi"].startswith("Lukuja ei ole saatu kunnasta.")


def test_unsure_cases_are_avoided_in_sentences():
    made = content(of="503", peers=("638", "217"))

    assert "Mynämäen kunnassa oli kuolleita" in sentences(made, "natural-increase")["flow_total"]
    assert "Folkmängden i Virmo" in sentences(made, "population", "sv")["count_over_span"]


def test_each_sentence_keeps_its_rule_and_figures():
    (found, *_) = measure(content(), "population").findings

    assert found.rule == "count_over_span"
    assert found.figures["own"] == pytest.approx((5264 - 6106) / 6106 * 100)
    assert (found.figures["first"], found.figures["last"]) == (2000, 2024)


@pytest.mark.parametrize(
    ("key", "note"),
    [
        ("population", "Aineistosta puuttuvat vuodet 2001–2014, 2023 (ei ole koottu)"),
        ("over-64", "Koko maan luku puuttuu aineistosta: 2006, 2018."),
        (
            "natural-increase",
            "Uusin käytettävissä oleva luku on vuodelta 2020, yli viiden vuoden takaa.",
        ),
        ("net-migration", "Muutto ulkomailta ja ulkomaille ei sisälly lukuun."),
    ],
)
def test_what_the_figures_do_not_carry_is_said(key, note):
    notes = " ".join(each["fi"] for each in measure(content(), key).limits)

    assert note in notes


def test_small_municipality_is_warned_of_chance():
    small = measure(content(of="638", peers=("217", "503")), "net-migration")
    large = measure(content(), "net-migration")

    assert "alle 2 000 asukasta" in str(small.limits)
    assert "alle 2 000 asukasta" not in str(large.limits)
