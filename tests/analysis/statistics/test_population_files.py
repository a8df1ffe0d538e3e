"""Populations of a year from a file of somebody's own: what is read, and what each bad row says."""

from datetime import date

import pytest
from openpyxl import Workbook

from analysis.statistics.sources.population_files import AreasOfYear, PopulationTable, read_table
from municipalities.division import Successor
from tests.analysis.statistics.workbooks import saved
from uso.ground.lib.errors import UnreadableFile

pytestmark = pytest.mark.usefixtures("in_english")

NAMES = {"217": "Kannus", "182": "Jämsä", "609": "Pori"}
AREAS = AreasOfYear(
    NAMES,
    {name.casefold(): code for code, name in NAMES.items()} | {"lavia": "413"},
    {"413": Successor("609", date(2015, 1, 1))},
)


def read(text: str, year: int = 2025) -> PopulationTable:
    return read_table("vaki.csv", text.encode(), year=year, areas=AREAS)


def problems(text: str) -> list[tuple[int, str]]:
    return [(one.row, one.sentence) for one in read(text).problems]


@pytest.mark.parametrize(
    "text",
    [
        "Kuntakoodi;Kunta;Vuosi;Väkiluku\n217;Kannus;2025;5210\n182;Jämsä;2025;19 000\n",
        "kunta,år,folkmängd\nKannus,2025,5210\nJÄMSÄ,31.12.2025,19\u00a0000\n",
        "code\tpopulation\nKU217\t5210\n182\t19\u202f000\n",
        "217;2025;5210\n182;2025*;19000\n",
        "Kannus;5210\n182 Jämsä;19000,0\n",
        "Väestö 31.12.2025\n\nAlue;Vuosi;Asukkaita\nKOKO MAA;2025;5 600 000\n\nKannus;2025;5210\nJämsä;2025;19000\n",
    ],
)
def test_file_is_read_by_code_or_name_with_or_without_headings(text):
    table = read(text)

    assert table.counts == {"217": 5210, "182": 19_000}
    assert table.problems == []


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Kannus;2024;5210", "the year is 2024, and 2025 was chosen: mend the row or the choice."),
        ("Kannus;kaksi;5210", "“kaksi” is no year: write 2025."),
        ("Kannus;;5210", "“” is no year: write 2025."),
        ("Kannus;2025;-5210", "“-5210” is negative: a population is at least 1."),
        ("Kannus;2025;−5210", "“−5210” is negative: a population is at least 1."),
        (
            "Kannus;2025;5210,5",
            "“5210,5” has decimals: write the number of people, without points and commas.",
        ),
        (
            "Kannus;2025;5.210",
            "“5.210” has decimals: write the number of people, without points and commas.",
        ),
        (
            "Kannus;2025;noin 5000",
            "“noin 5000” is not a number of people: write it in digits, such as 5264.",
        ),
        (
            "Kannus;2025;52 10",
            "“52 10” is not a number of people: write it in digits, such as 5264.",
        ),
        ("Kannus;2025;0", "“0” cannot be the population of a municipality: mend it."),
        (
            "Kannus;2025;3 000 000",
            "“3 000 000” cannot be the population of a municipality: mend it.",
        ),
        ("Kannus;2025;", "the population is missing: write it, or take the row away."),
        (";2025;5210", "the municipality is missing: write its code or name."),
        ("Kanus;2025;5210", "“Kanus” is no municipality: write its code or its official name."),
        ("999;2025;5210", "“999” is no municipality: write its code or its official name."),
        (
            "Lavia;2025;1900",
            "“Lavia” (413) was merged into Pori (609) on 1\xa0Jan 2015: its people belong to that figure. Take this row away.",
        ),
        (
            "413;2025;1900",
            "“413” (413) was merged into Pori (609) on 1\xa0Jan 2015: its people belong to that figure. Take this row away.",
        ),
    ],
)
def test_bad_row_is_told_with_its_number_and_the_others_are_read(row, sentence):
    table = read(f"Kunta;Vuosi;Väkiluku\nJämsä;2025;19000\n{row}\n")

    assert table.counts == {"182": 19_000}
    assert [(one.row, one.sentence) for one in table.problems] == [(3, sentence)]


def test_code_and_name_of_two_municipalities_are_told():
    assert problems("Koodi;Kunta;Väkiluku\n217;Jämsä;5210\n") == [
        (2, "“217” is not the code of “Jämsä”: mend one of them in the file.")
    ]


def test_municipality_twice_with_one_figure_is_read_once():
    table = read("Kunta;Väkiluku\nKannus;5210\n217;5210\n")

    assert table.counts == {"217": 5210}
    assert table.notes == ["Row 3 repeats row 2 (Kannus): it was read once."]


def test_municipality_twice_with_two_figures_is_not_used_at_all():
    table = read("Kunta;Väkiluku\nKannus;5210\n217;5211\nKannus;5210\n")

    assert table.counts == {}
    assert [one.row for one in table.problems] == [3, 4]
    assert table.problems[0].sentence == (
        "Kannus is in row 2 too, with another figure: neither is used. Take the wrong one away."
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a;b;c;d;e\n1;2;3;4;5\n", "The columns are not recognised"),
        ("Kunta;Väkiluku\n", "The file has no row with a municipality and its population."),
        ("Kunta;Kunta;Väkiluku\nKannus;Kannus;1\n", "The file has the column “kunta” twice"),
        ("%PDF-1.7\n", "a PDF document"),
    ],
)
def test_file_that_cannot_be_read_says_why(text, sentence):
    with pytest.raises(UnreadableFile, match=sentence):
        read(text)


def sheet_of(rows: list[list[object]]) -> tuple[Workbook, object]:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book, book.active


def test_hidden_columns_and_rows_are_left_out_and_said():
    book, sheet = sheet_of(
        [["Kunta", "Väkiluku", "Väkiluku"], ["Kannus", 1, 5210], ["Jämsä", 1, 2]]
    )
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True

    table = read_table("a.xlsx", saved(book), year=2025, areas=AREAS)

    assert table.counts == {"217": 5210}
    assert [note.split(":")[0] for note in table.notes] == [
        "Hidden columns were not read",
        "Hidden rows were not read",
    ]


def test_merged_cells_of_a_figure_are_told_and_of_a_name_are_not_read_twice():
    book, sheet = sheet_of([["Kunta", "Väkiluku"], ["Kannus", 5210], ["Jämsä", None]])
    sheet.merge_cells("B2:B3")

    table = read_table("a.xlsx", saved(book), year=2025, areas=AREAS)

    assert table.counts == {"217": 5210}
    assert [(one.row, one.sentence) for one in table.problems] == [
        (3, "the cell of the population is merged with others: unmerge it in the file.")
    ]


def test_figures_that_a_workbook_stores_with_a_fraction_of_zero_are_whole():
    book, _sheet = sheet_of([["Kunta", "Väkiluku"], ["Kannus", 5210.0], ["Jämsä", 19000.5]])

    table = read_table("a.xlsx", saved(book), year=2025, areas=AREAS)

    assert table.counts == {"217": 5210}
    assert [one.row for one in table.problems] == [3]
