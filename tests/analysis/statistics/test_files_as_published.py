"""Files as authorities publish them: what a person sees in the file is what is read, and each doubt is named."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import NamedStyle

from analysis.statistics.enums import Doubt, RejectReason
from analysis.statistics.sources.base import DoubtfulCells, RejectedRows, Series, TablePlan
from analysis.statistics.sources.mapping import LEAVE_OUT, READ, FileMapping
from tests.analysis.statistics.workbooks import (
    BY_HEADING,
    BY_YEAR,
    book,
    cells,
    failing,
    packed_with,
    read,
    saved,
)
from uso.ground.lib import sheets, slow_workbooks

pytestmark = pytest.mark.usefixtures("in_english")

BY_COLUMN = FileMapping("evp", "Kunta", {"Aste": "evp"}, area_as="name", year_column="Vuosi")
CSV_BY_NAME = FileMapping("evp", "Kunta", {"Väkiluku": "evp"}, area_as="name", year=2024)


def made(rows):
    """A workbook of the rows that more is done to."""
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    return workbook, workbook.active


def raised(text, note, align="superscript"):
    return CellRichText(text, TextBlock(InlineFont(vertAlign=align), note))


# -- Percentages


@pytest.mark.parametrize(
    ("number_format", "stored", "expected"),
    [
        ("0.0%", 0.069, 6.9),
        ("0%", 1, 100),
        ("0.00 %;[Red]-0.00 %", -0.0725, -7.25),
        ('0.0" %"', 6.9, 6.9),
        (r"0.0\ \%", 6.9, 6.9),
        ("0.0", 0.069, 0.069),
    ],
)
def test_percent_cell_is_read_as_it_is_displayed(number_format, stored, expected):
    workbook, sheet = made([["Kunta", 2024], [217, stored]])
    sheet["B2"].number_format = number_format

    answer = read(saved(workbook))

    assert cells(answer) == {("217", 2024): expected}
    named = [one.doubt for one in answer.doubts]
    assert named == ([Doubt.PERCENT] if expected != stored else [])


def test_percent_cells_are_named_with_what_is_read_of_them():
    workbook, sheet = made([["Kunta", 2024], *([code, 0.069] for code in (217, 182, 49))])
    for row in (2, 3):
        sheet.cell(row, 2).number_format = "0.0%"

    assert read(saved(workbook)).doubts == (DoubtfulCells(Doubt.PERCENT, 2, "B2 = 6.9; B3 = 6.9"),)


@pytest.mark.parametrize(
    ("unit", "expected"), [("euroa", True), ("‰", True), ("%", False), ("prosenttia", False)]
)
def test_percentage_read_into_another_unit_is_a_doubt_of_its_own(unit, expected):
    workbook, sheet = made([["Kunta", 2024], [217, 0.125]])
    sheet["B2"].number_format = "0.0%"
    plan = TablePlan("evp", [Series("evp", "evp", unit=unit)])

    doubts = read(saved(workbook), plan=plan).doubts

    assert (DoubtfulCells(Doubt.NOT_PERCENT, 1, "B2 = 12.5") in doubts) is expected


@pytest.mark.parametrize(("heading", "expected"), [("Muutos, %", 1), ("Tulot", 0)])
def test_percentage_by_its_heading_is_one_too(heading, expected):
    rules = FileMapping("evp", "Kunta", {heading: "evp"}, area_as="name", year=2024)
    plan = TablePlan("evp", [Series("evp", "evp", unit="€ / asukas")])

    doubts = read(f"Kunta;{heading}\nKannus;12,5\n", rules, plan).doubts

    assert [one.cells for one in doubts if one.doubt == Doubt.NOT_PERCENT] == [1] * expected


def test_percentage_typed_as_text_is_refused():
    assert "“12,5 %” is not a figure" in failing("Kunta;2024\n217;12,5 %\n")


# -- Notes


def test_superscript_after_a_figure_or_a_name_is_a_note():
    workbook, _sheet = made(
        [
            ["Kunta", "EVP-indeksi"],
            ["Kannus", raised("6,9", "1")],
            [raised("Jämsä", "2)"), raised("12", "2")],
            ["Espoo¹", "7,5 ²⁾"],
        ]
    )

    answer = read(saved(workbook), BY_HEADING)

    assert cells(answer) == {("217", 2025): 6.9, ("182", 2025): 12, ("049", 2025): 7.5}
    [doubt] = answer.doubts
    assert (doubt.doubt, doubt.cells) == (Doubt.NOTE, 5)
    assert "B2 = 6,9" in doubt.detail


def test_superscript_of_a_unit_and_other_formats_are_no_notes():
    workbook, _sheet = made(
        [
            ["Kunta", raised("Asunto, m", "2")],
            ["Kannus", raised("6", ",9", "subscript")],
        ]
    )
    rules = replace(BY_HEADING, contents={"Asunto, m2": "evp"})

    answer = read(saved(workbook), rules)

    assert cells(answer) == {("217", 2025): 6.9}
    assert answer.doubts == ()


# -- What is hidden


def hidden_book():
    workbook, sheet = made(
        [["Kunta", 2023, 2024], [217, 1, 2], [182, 99, 98], [49, 3, 4], [None, None, None]]
    )
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["B"].hidden = True
    return saved(workbook)


def test_hidden_figures_are_read_by_nobody_who_was_not_asked():
    message = failing(hidden_book())

    assert message.startswith("B, 3 are hidden in the file and have figures: say whether")


def test_hidden_figures_are_read_and_named_where_somebody_says_so():
    answer = read(hidden_book(), replace(BY_YEAR, hidden=READ))

    assert cells(answer)["182", 2023] == 99
    assert answer.doubts == (DoubtfulCells(Doubt.HIDDEN, 2, "B, 3"),)


def test_hidden_figures_are_left_out_and_named_where_somebody_says_so():
    answer = read(hidden_book(), replace(BY_YEAR, hidden=LEAVE_OUT))

    assert cells(answer) == {("217", 2024): 2, ("049", 2024): 4}
    assert RejectedRows(RejectReason.HIDDEN, 2, "B, 3") in answer.rejected
    assert answer.doubts == ()


def test_hidden_rows_and_columns_without_figures_are_not_asked_about():
    workbook, sheet = made([["Otsikko"], ["Kunta", "koodi", 2024], [217, 1, 2], ["Lähde: THL"]])
    sheet.row_dimensions[1].hidden = True
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["B"].width = 0

    assert cells(read(saved(workbook), replace(BY_YEAR, head_rows=(2,)))) == {("217", 2024): 2}


def test_first_sheet_is_the_first_displayed_one_and_a_hidden_one_is_named():
    workbook, sheet = made([["Kunta", 2024], [217, 99]])
    sheet.sheet_state, sheet.title = "hidden", "Vanha"
    other = workbook.create_sheet("Uusi")
    for row in (["Kunta", 2024], [217, 1]):
        other.append(row)

    assert cells(read(saved(workbook))) == {("217", 2024): 1}
    chosen = read(saved(workbook), replace(BY_YEAR, sheet="Vanha"))
    assert chosen.doubts == (DoubtfulCells(Doubt.HIDDEN_SHEET, 0, "Vanha"),)


# -- Names and codes


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_known_in_composed_and_decomposed_letters(form):
    text = unicodedata.normalize(form, "Kunta;Väkiluku\nJämsä;1\nYlöjärvi;2\nÅbo;3\n")

    assert cells(read(text, CSV_BY_NAME)) == {
        ("182", 2024): 1,
        ("980", 2024): 2,
        ("853", 2024): 3,
    }


@pytest.mark.parametrize("by", ["code", "name"])
def test_areas_are_read_as_authorities_write_them(by):
    rules = FileMapping("evp", "Kunta", {"": "evp"}, area_as=by)
    rows = [
        ["005 Alajärvi", 1],
        ["KU182 Jämsä", 2],
        ["KU217", 3],
        ["MK16", 4],
        ["MK17 Pohjois-Pohjanmaa", 5],
        ["Egentliga Finland", 6],
        ["SSS KOKO MAA", 7],
        ["Kan\u200bnus\xa0", 8] if by == "name" else ["049", 8],
    ]
    del rows[2 if by == "name" else -1]

    found = cells(read([["Kunta", 2024], *rows], rules))

    assert [area for area, _year in found][:2] == ["005", "182"]
    assert {"MK16", "MK17", "MK02", "SSS"} <= {area for area, _year in found}
    assert len(found) == 7


def test_rows_of_other_divisions_are_left_out_and_named():
    answer = read(
        [
            ["Kunta", "EVP-indeksi"],
            ["Kannus", 1],
            ["SK161", 2],
            ["Keski-Pohjanmaan hyvinvointialue", 3],
            ["Kokkolan seutukunta", 4],
            ["Manner-Suomi", 5],
        ],
        BY_HEADING,
    )

    assert cells(answer) == {("217", 2025): 1}
    [rejected] = answer.rejected
    assert (rejected.reason, rejected.rows) == (RejectReason.OTHER_AREA, 4)
    assert "Manner-Suomi" in rejected.detail


def test_code_beside_the_name_of_another_municipality_is_refused():
    message = failing([["Kunta", 2024], ["005 Kannus", 1]])

    assert "“005” is not the code of “Kannus”: mend one of them" in message


# -- Years


def test_star_in_a_column_of_years_is_preliminary():
    answer = read("Kunta;Vuosi;Aste\nKannus;2024*;6,9\nKalajoki;2023;6,7\n", BY_COLUMN)

    assert cells(answer) == {("217", 2024): 6.9, ("208", 2023): 6.7}
    frame = answer.frame
    assert frame.loc[frame["preliminary"], "area"].tolist() == ["217"]


@pytest.mark.parametrize("year", ["31.12.2023", "2023-12-31", date(2023, 12, 31)])
def test_date_in_a_column_of_years_is_refused_by_its_row(year):
    message = failing(
        [["Kunta", "Vuosi", "Aste"], ["Kannus", 2023, 1], ["Veteli", year, 1]], BY_COLUMN
    )

    assert message.startswith("Row 3, column B: ")
    assert "is a date: write the year alone" in message


@pytest.mark.parametrize("year", [2027, 2099, 2199, 2999])
def test_year_that_has_not_been_is_refused_by_its_row(year):
    message = failing(f"Kunta;Vuosi;Aste\nKalajoki;2023;6,7\nKannus;{year};6,9\n", BY_COLUMN)

    assert message.startswith(f"Row 3, column B: the year {year} has not been")


def test_heading_and_mapping_of_a_year_that_has_not_been_are_refused():
    assert "Row 1, column B: the year 2027 has not been" in failing([["Kunta", 2027], [217, 1]])
    assert "the year 2027 has not been" in failing(
        [["Kunta", "EVP-indeksi"], ["Kannus", 1]], replace(BY_HEADING, year=2027)
    )


@pytest.mark.parametrize("year", ["0000", "1899", "999"])
def test_year_no_statistics_are_of_is_refused(year):
    assert f"Row 2, column B: “{year}” is not a year" in failing(
        f"Kunta;Vuosi;Aste\nKannus;{year};6,9\n", BY_COLUMN
    )


def test_projection_has_years_that_have_not_been():
    plan = TablePlan("evp", [Series("evp", "evp", is_projection=True)])

    assert cells(read([["Kunta", 2040], [217, 1]], plan=plan)) == {("217", 2040): 1}


# -- Encodings and kinds of files


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_text_is_read_in_the_encodings_of_spreadsheet_programs(encoding, named):
    text = "Kunta;Väkiluku\nJämsä;19 979\nÄänekoski;18 000\n"

    answer = read(text.encode(encoding), CSV_BY_NAME, name="evp.csv")

    assert cells(answer) == {("182", 2024): 19979, ("992", 2024): 18000}
    assert [(one.doubt, one.detail) for one in answer.doubts] == (
        [(Doubt.ENCODING, named)] if named else []
    )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.csv"])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (OLE + "Workbook".encode("utf-16-le"), "of an older kind (.xls). Open it in a spreadsheet"),
        (
            OLE + "Workbook".encode("utf-16-le"),
            "choose “Save as” and the kind “Excel workbook (.xlsx)”",
        ),
        (b"\x09\x08\x10\0\0\6\5\0", "of an older kind (.xls)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "is locked with a password"),
    ],
)
def test_older_and_locked_workbooks_are_named_with_the_way_out(name, content, words):
    assert words in failing(content, name=name)


def test_workbook_with_endless_styles_is_refused_unopened(monkeypatch):
    styles = b'<styleSheet xmlns="x"><cellXfs>' + b"<xf/>" * (slow_workbooks.MAX_STYLES + 1)
    monkeypatch.setattr(sheets, "_load_sheet", None)

    message = failing(packed_with(**{"xl/styles.xml": styles + b"</cellXfs></styleSheet>"}))

    assert "far more styles of cells than a table needs" in message


def with_sheet(inside, before=b""):
    """A workbook of one cell whose sheet holds something more."""
    rows = b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>' + inside + b"</sheetData>"
    return packed_with(
        **{"xl/worksheets/odd.xml": b"<worksheet>" + before + rows + b"</worksheet>"}
    )


@pytest.mark.parametrize(
    "content",
    [
        with_sheet(b'<row ht="1"/>' * 100_001),
        with_sheet(b"", before=b'<cfRule sqref="' + b"A1 " * 100_001 + b'"/>'),
        with_sheet(
            b'<f t="shared" si="0">' + b"A1+" * 1_000 + b"</f>" + b'<f t="shared" si="0"/>' * 7_000
        ),
        packed_with(**{"xl/sharedStrings.xml": b"<sst>" + b"<si><r/></si>" * 50_001 + b"</sst>"}),
    ],
    ids=["heights of rows", "references", "shared formulas", "texts of many parts"],
)
def test_workbook_that_takes_minutes_to_open_is_refused_unopened(content, monkeypatch):
    monkeypatch.setattr(sheets, "_load_sheet", None)

    assert "far too large" in failing(content)


@pytest.mark.parametrize(
    "content",
    [
        with_sheet(b"<f><![CDATA[</f>]]>A1+A1</f>"),
        packed_with(**{"xl/odd.xml": b'<numFmt formatCode="' + b"[" * 2_000 + b'"/>'}),
    ],
    ids=["hidden formula", "long format"],
)
def test_workbook_that_hides_its_size_is_refused_unopened(content, monkeypatch):
    monkeypatch.setattr(sheets, "_load_sheet", lambda *_given, **_more: pytest.fail("opened"))

    assert "broken or locked" in failing(content)


def test_columns_hidden_far_beyond_the_sheet_are_not_counted_out():
    workbook, sheet = made([["Kunta", 2024], [217, 1]])
    sheet.column_dimensions["C"].hidden = True
    sheet.column_dimensions["C"].min, sheet.column_dimensions["C"].max = 3, 2_000_000_000

    assert cells(read(saved(workbook))) == {("217", 2024): 1}


def test_long_text_of_raised_digits_takes_no_time():
    text = "1" + "¹," * 60_000 + "x"

    assert "is not a figure" in failing(f"Kunta;2024\n217;{text}\n")


def test_workbook_with_some_styles_is_read():
    workbook, sheet = made([["Kunta", 2024], [217, 1]])
    for number in range(50):
        workbook.add_named_style(NamedStyle(f"oma {number}"))
    sheet["B2"].style = "oma 7"

    assert cells(read(saved(workbook))) == {("217", 2024): 1}


def test_plain_file_leaves_no_doubt():
    assert read(book([["Kunta", 2024], [217, 1]])).doubts == ()
