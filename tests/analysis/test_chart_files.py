"""A chart taken out: its picture and its figures, and the evidence of each sentence."""

import csv
import io
import struct

import pytest

from analysis.render import sheet
from analysis.render.evidence import RULES as IN_WORDS
from analysis.render.picture import picture
from analysis.wording.findings import GENERAL, RULES
from tests.analysis.editions import confirm, ready_made
from tests.analysis.figures import content, measure
from uso.ground.tenancy.scope import scope

HEADS = ["Indikaattori", "Sarja", "Vuosi", "Luku", "Yksikkö"]


@pytest.fixture
def edition(db, kannus, season8, coordinator):
    with scope(kannus.pk):
        return ready_made(kannus, season8, coordinator)


@pytest.fixture
def leader(client_for, kannus_leader):
    return client_for(kannus_leader)


def test_csv_holds_each_figure_of_the_chart_and_of_each_peer(leader, edition):
    answer = leader.get("/k/kannus/analysis/indicators/over-64/figures.csv")

    heads, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert heads == HEADS
    name, unit = "65 vuotta täyttäneet", "% väestöstä"
    assert [name, "Kannus", "2024", "26,9", unit] in rows
    assert [name, "Porvoo", "2018", "26,0", unit] in rows or [
        name, "Porvoo", "2018", "26", unit] in rows  # fmt: skip
    assert "65%20vuotta%20t%C3%A4ytt%C3%A4neet.csv" in answer["Content-Disposition"]


def test_picture_is_a_png_large_enough_for_a_slide(leader, edition):
    answer = leader.get("/k/kannus/analysis/indicators/over-64/chart.png")

    assert answer["Content-Type"] == "image/png"
    assert answer.content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", answer.content[16:24])
    assert width == 3 * 768
    assert height > 3 * 320


def test_picture_says_whose_and_from_where_it_is():
    made = content()
    drawn = picture(made, measure(made, "over-64"), "sv")

    assert "Kannus: Personer som fyllt 65 år" in drawn
    assert "Källa: Statistikcentralen, 11re (CC BY 4.0)" in drawn
    assert "USO, 22.11.2026." in drawn


@pytest.mark.parametrize("file", ["chart.png", "figures.csv"])
def test_unknown_indicator_has_no_files(leader, edition, file):
    assert leader.get(f"/k/kannus/analysis/indicators/no-such/{file}").status_code == 404


def test_indicator_without_figures_has_no_picture(leader, edition):
    assert leader.get("/k/kannus/analysis/indicators/evp-index/chart.png").status_code == 404


def test_files_of_another_municipality_are_not_given(leader, edition, jamsa):
    assert leader.get("/k/jamsa/analysis/indicators/over-64/figures.csv").status_code == 404


# -- Evidence


def test_each_rule_is_told_in_words():
    rules = {
        rule.__name__ for kinds in (RULES, GENERAL) for each in kinds.values() for rule in each
    }

    assert rules | {"level_now"} == set(IN_WORDS)
    assert all(set(words) == {"fi", "sv", "en"} for words in IN_WORDS.values())


def test_sentence_shows_the_figures_it_stands_on_with_more_digits():
    made = content()
    (over_span, *_rest) = sheet(made, made.groups[0], measure(made, "population"), "fi").findings

    assert over_span.text.startswith("Kannuksen väkiluku väheni 13,8")
    assert over_span.figures == (
        ("Ensimmäinen vuosi", "2000"),
        ("Viimeinen vuosi", "2024"),
        ("Kannus", "−13,79"),  # (5 264 − 6 106) / 6 106
        ("Vertailukuntien mediaani", "−30"),  # of −20 and −40
        ("Koko maa", "10"),
    )
    assert over_span.basis.startswith("Muutos ensimmäisestä vuodesta viimeiseen.")


def test_page_of_an_indicator_shows_sentence_rule_and_figures(leader, edition):
    page = leader.get("/k/kannus/analysis/indicators/population/").content.decode()

    assert "Mihin tämä perustuu" in page
    assert "−13,79" in page
    assert "Kunnat rinnakkain, muutos 2000–2024" in page


# -- Year and municipality


def test_overview_shows_the_year_asked_for(leader, edition):
    page = leader.get("/k/kannus/analysis/?year=2021").content.decode()

    assert "Luvut vuoden 2021 mukaan" in page
    assert "25,1" in page
    assert "26,9" not in page
    assert "<option selected>2021</option>" in " ".join(page.split())


@pytest.mark.parametrize("asked", ["1850", "x", "2024&year=9999", "<b>"])
def test_year_without_figures_says_so_and_shows_the_newest(leader, edition, asked):
    page = leader.get(f"/k/kannus/analysis/?year={asked}").content.decode()

    assert "ei ole lukuja" in page
    assert "26,9" in page
    assert "<b>." not in page


def test_staff_change_the_municipality_and_keep_the_year(
    client_for, coordinator, leader, edition, kannus, season8
):
    confirm(kannus, season8)
    staff = client_for(coordinator)

    assert 'name="municipality"' in staff.get("/k/kannus/analysis/").content.decode()
    assert 'name="municipality"' not in leader.get("/k/kannus/analysis/").content.decode()
    asked = staff.get("/analyses/", {"municipality": "kannus", "year": "2021"})
    assert (asked.status_code, asked["Location"]) == (302, "/k/kannus/analysis/?year=2021")
    assert staff.get("/analyses/", {"municipality": "//evil.example"}).status_code == 404
