"""What a sheet seems to say before anybody has said how it is read."""

from datetime import date

import pytest

from analysis.statistics.forms.sheet_columns import SheetColumns
from analysis.statistics.sources import cells, guesses
from analysis.statistics.sources.layout import headings
from tests.analysis.statistics.workbooks import book
from uso.ground.lib import sheets

pytestmark = pytest.mark.usefixtures("in_english")

TITLED = [
    ["EVP-indeksi kunnittain 2025", None, None, None, None],
    [None, None, None, None, None],
    ["Kuntanumero", "Kunta", 2024, None, 2025],
    [None, None, "EVP-indeksi", "Sija", "EVP-indeksi"],
    [49, "Espoo", 82.05, 1, 83],
    [217, "Kannus", 41.2, 2, "41,9"],
    [182, "Jämsä", "-", 3, "…"],
    ["Lähde: FCG", None, None, None, None],
]


def columns(rows, head_rows=None, merge=()):
    sheet = next(iter(sheets.open_all_sheets("a.xlsx", book(rows, merge=merge)).values()))
    areas = cells.load_areas()
    return SheetColumns(sheet, head_rows or guesses.head_rows(sheet, areas), areas)


def test_table_below_a_title_with_merged_headings_is_found():
    found = columns(TITLED, merge=("A1:E1", "A3:A4", "B3:B4", "C3:D3"))

    assert found.rows == (3, 4)
    assert found.guess_area() == "Kuntanumero"
    assert (found.identifier_kind("Kuntanumero"), found.identifier_kind("Kunta")) == (
        "code",
        "name",
    )
    assert found.guess_figures({"evp": ["EVP-indeksi"], "other": ["Muu"]}) == {"evp": "EVP-indeksi"}
    assert found.figure_choices()[2:] == [
        ("=EVP-indeksi", "C, E: EVP-indeksi (2024, 2025)"), ("=Sija", "D: Sija (2024)"),
    ]  # fmt: skip
    assert found.guess_year("evp.xlsx") == 2025
    assert guesses.unknown_marks(found.figure_cells()) == ["-"]


@pytest.mark.parametrize(
    ("heading", "name", "year"),
    [
        ("EVP 2024", "EVP", 2024),
        ("EVP (2024)", "EVP", 2024),
        ("2024 EVP (indeksi)", "EVP (indeksi)", 2024),
        ("Osuus 15–64, 2024*", "Osuus 15–64", 2024),
        ("2024*", "", 2024),
        ("31.12.2024", "", 2024),
        ("Muutos 2024–2040", "Muutos 2024–2040", None),
        ("EVP2024", "EVP2024", None),
        ("12024", "12024", None),
        ("," * 500 + " 2024", "," * 500 + " 2024", None),
    ],
)
def test_year_is_found_in_a_heading(heading, name, year):
    sheet = sheets.open_all_sheets("a.xlsx", book([[heading], [1]]))["Taul1"]

    head = headings(sheet, (1,))[0]

    assert (head.text, head.name, head.year) == (heading, name, year)
    assert head.preliminary == heading.endswith("*")


def test_column_of_years_and_decimal_points_are_found():
    found = columns([["Alue", "Vuosi", "Arvo"], ["Esbo", "2024", "1.5"], ["Kannus", 2025, "2"]])

    assert (found.guess_area(), found.guess_year_column(), found.guess_decimal()) == (
        "Alue",
        "Vuosi",
        ".",
    )
    assert found.guess_year("arvot.csv") is None


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Kunta;EVP\nEspoo;82,05\nKannus;41,2\n", ";"),
        ("Kunta\tEVP\nEspoo\t82,05\n", "\t"),
        ('"Kunta","EVP"\n"Espoo","82,05"\n', ","),
    ],
)
def test_what_stands_between_the_cells_of_a_text_is_found(text, sign):
    assert sheets.guess_separator(text.encode()) == sign


def test_dates_are_figures_gone_wrong_and_no_years():
    found = columns([["Kunta", "EVP"], ["Esbo", date(2025, 5, 1)], ["Kannus", "1.5.2025"]], (1,))

    assert found.guess_year_column() == ""
    assert found.guess_figures({"evp": ["EVP"]}) == {"evp": "EVP"}


def test_sheet_without_municipalities_has_no_headings():
    sheet = sheets.open_all_sheets("a.xlsx", book([["Lue minut"], ["Espoo"]]))["Taul1"]

    assert guesses.head_rows(sheet, cells.load_areas()) is None


def test_content_is_looked_for_among_the_first_headings_of_a_readable_length():
    names = [f"Sarake {number}" for number in range(300)]

    assert guesses.match_headings([*names[1:], "EVP"], {"evp": ["EVP"]}) == {"evp": "EVP"}
    assert guesses.match_headings([*names, "EVP"], {"evp": ["EVP"]}) == {}
    assert guesses.match_headings(["EVP " * 60], {"evp": ["EVP"]}) == {}
