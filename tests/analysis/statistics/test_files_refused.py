"""Files that cannot be right: a sentence with row and column, and nothing is opened that is a trap."""

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from analysis.statistics.sources import cells
from analysis.statistics.sources.base import SourceError
from analysis.statistics.sources.files import Files
from analysis.statistics.sources.mapping import FileMapping
from tests.analysis.statistics.workbooks import (
    BY_HEADING,
    BY_YEAR,
    XLSX,
    book,
    failing,
    packed_with,
    read,
    saved,
)
from uso.ground.lib import sheets, slow_workbooks
from uso.ground.lib.errors import UnreadableFile

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("noin 5", "Row 2, column B: “noin 5” is not a figure"),
        ("5 33", "“5 33” is not a figure"),
        ("1.234", "“1.234” is not a figure: write digits with “,” before decimals"),
        ("-", "“-” is not a figure: write digits with “,” before decimals, or name the mark"),
        ("12 %", "“12 %” is not a figure"),
        ("1.5.2024", "“1.5.2024” is not a figure"),
        (date(2024, 5, 1), "1.5.2024 is a date: the spreadsheet program has taken a figure"),
        (True, "“True” is not a figure"),
        ("#DIV/0!", "the formula gives the error #DIV/0!"),
        ("=1+1", "the result of the formula is not in the file: open the file"),
    ],
)
def test_cell_that_is_no_figure_is_named_with_the_mend(typed, words):
    message = failing([["Kunta", 2024], [217, typed]])

    assert message.startswith("Row 2, column B: ")
    assert words in message
    assert message.endswith("Nothing was stored.")


@pytest.mark.parametrize(
    ("typed", "factor"), [("9" * 300, 1), (1e300, 1), (-2 * 10**15, 1), (2 * 10**12, 1000)]
)
def test_figure_larger_than_any_is_named_with_its_row(typed, factor):
    rules = replace(BY_YEAR, factors={"evp": factor})

    message = failing([["Kunta", 2024], [217, 1], [182, typed]], rules)

    assert message.startswith(f"Row 3, column B: “{str(typed)[:15]}")
    assert "is far too large for a figure" in message


def test_figure_too_large_for_any_number_is_named_with_its_row():
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>Kunta</t></is></c><c r="B1"><v>2024</v></c></row>'
        b'<row r="2"><c r="A2"><v>217</v></c><c r="B2"><v>%b</v></c></row></sheetData></worksheet>'
    )
    huge = packed_with(**{"xl/worksheets/sheet1.xml": sheet % (b"9" * 400)})

    assert failing(huge).startswith("Row 2, column B: “9999")


@pytest.mark.parametrize(
    ("rules", "typed", "words"),
    [
        (BY_YEAR, 999, "Row 2, column A: “999” is not the code of a municipality"),
        (BY_YEAR, "Kannus", "“Kannus” is not the code of a municipality"),
        (BY_YEAR, None, "Row 2, column A: the municipality is missing though"),
        (BY_HEADING, "Kanus", "“Kanus” is not the name of a municipality: is it Kannus?"),
        (BY_HEADING, "Tukholma–Göteborg", "is not the name of a municipality: mend it"),
        (BY_HEADING, 217, "“217” is not the name of a municipality"),
    ],
)
def test_municipality_that_is_not_known_is_named(rules, typed, words):
    head = 2024 if rules is BY_YEAR else "EVP-indeksi"

    assert words in failing([["Kunta", head], [typed, 5]], rules)


def test_near_names_are_sought_of_the_first_unknown_ones_only():
    areas = cells.load_areas()

    def refusal(name):
        with pytest.raises(UnreadableFile) as refused:
            areas.find_code(name, sheets.CellRef(2, 1), BY_HEADING)
        return refused.value.message

    for number in range(cells.MAX_SOUGHT - 1):
        refusal(f"Tukholma {number}")
    assert refusal("Kanus").endswith("is it Kannus?")
    assert refusal("Kalajok").endswith("is not the name of a municipality: mend it in the file.")
    assert refusal("Kanus").endswith("is it Kannus?")


def test_all_that_is_wrong_is_named_at_once_but_not_endlessly():
    message = failing([["Kunta", 2024], *([217, f"x{at}"] for at in range(8))])

    assert message.count("is not a figure") == 5
    assert message.endswith("And 3 more. Nothing was stored.")


def test_municipality_given_twice_is_named_with_both_rows():
    message = failing([["Kunta", 2024], [217, 1], ["217", 2]])

    assert "Row 3, column B: 217 has a figure of 2024 in row 2 already" in message


def test_year_that_is_none_is_named():
    rules = FileMapping("evp", "Kunta", {"arvo": "evp"}, year_column="Vuosi")

    assert "Row 2, column B: “v. 24” is not a year" in failing(
        [["Kunta", "Vuosi", "arvo"], [217, "v. 24", 1]], rules
    )


@pytest.mark.parametrize(
    ("merge", "words"),
    [
        ("B2:B3", "Row 3, column B: the cell is merged with another: unmerge"),
        ("A2:A3", "Row 3, column A: the cell is merged with another"),
        ("B2:C2", "Row 2, column C: the cell is merged with another"),
    ],
)
def test_merged_cells_among_figures_are_named(merge, words):
    content = book([["Kunta", 2023, 2024], [217, 1, 2], [182, 3, 4]], merge=(merge,))

    assert words in failing(content)


def test_merged_heading_over_two_columns_says_which():
    content = book([["Kunta", 2024, None], [217, 1, 2]], merge=("B1:C1",))

    assert "Columns B and C have the same heading: where it is merged" in failing(content)


@pytest.mark.parametrize(
    ("rows", "rules", "words"),
    [
        ([["Alue", 2024], [217, 1]], BY_YEAR, "no heading “Kunta”; it has Alue, 2024"),
        ([["Kunta", "Kunta", 2024]], BY_YEAR, "heading “Kunta” more than once"),
        ([["Kunta", "EVP"]], BY_HEADING, "no heading “EVP-indeksi”"),
        ([["Kunta", "x"]], BY_YEAR, "no heading “a year”"),
        (
            [["Kunta", "EVP"]],
            FileMapping("evp", "Kunta", {"EVP": "evp"}),
            "Column B has no year",
        ),
        (
            [["Kunta", 2024]],
            FileMapping("evp", "Kunta", {"": "evp"}, head_rows=(7,)),
            "ends before the rows of headings",
        ),
        ([["Kunta", 2024]], BY_YEAR, "none of the figures asked for"),
        ([["Kunta", 2024], [217, ".."]], BY_YEAR, "none of the figures asked for"),
        ([], BY_YEAR, "has nothing on its sheet"),
        ([[None, " "], [""]], BY_YEAR, "has nothing on its sheet"),
        (
            [["Kunta", 2024]],
            FileMapping("evp", "Kunta", {"": "evp"}, sheet="X"),
            "no sheet “X”; it has Taul1",
        ),
    ],
)
def test_sheet_that_is_not_as_the_mapping_says_is_named(rows, rules, words):
    with pytest.raises(SourceError, match=words):
        read(rows, rules)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"Kunta;2024\n217;1\n", "a.xlsx holds plain text"),
        ("a.csv", XLSX, "a.csv holds a packed workbook"),
        ("a.xlsx", b"<html><table>", "holds a web page or XML"),
        ("a.csv", b" \n<html>", "holds a web page or XML"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "holds an older or a locked document"),
        ("a.csv", b"\x89PNG\0\0", "neither text nor a workbook"),
        ("a.xls", XLSX, "holds a packed workbook"),
        ("a.xlsx", XLSX[:400], "cannot be opened: it is broken or locked"),
        ("a.xlsx", XLSX[:-30], "cannot be opened: it is broken or locked"),
        ("a.csv", b"Kunta;2024\n\x81\x8d;1\n", "neither text nor a workbook"),
        ("a.csv", b'Kunta;2024\n217;"1\n182;2\n', "a quotation mark may be left open"),
        ("a.csv", b"", "has nothing on its sheet"),
        ("a.csv", b"x" * (sheets.MAX_BYTES + 1), "far too large"),
        ("a.csv", b";" * 100_000 + b"\n" * 100_000, "far too large"),
    ],
)
def test_file_that_is_not_what_its_name_says_is_refused(name, content, words):
    assert words in failing(content, name=name)


def test_workbook_that_unpacks_to_gigabytes_is_refused_unopened(monkeypatch):
    bomb = packed_with(**{"xl/media/a.xml": b"\0" * (slow_workbooks.MAX_UNPACKED + 1)})
    monkeypatch.setattr(sheets, "_load_sheet", None)

    assert len(bomb) < 100_000
    assert "far too large" in failing(bomb)


def test_workbook_that_declares_entities_is_refused():
    sheet = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">]><worksheet/>'

    assert "is broken or locked" in failing(packed_with(**{"xl/worksheets/sheet1.xml": sheet}))


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1"><v>1</v></c></row></sheetData>%b</worksheet>'
)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', "far too large"),
        (b'<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>', "far too large"),
        (b'<mergeCells><mergeCell ref="&#65;1:XFD9"/></mergeCells>', "is broken or locked"),
        (b"""<mergeCell a=' ref="A1"' ref="A1:XFD1048576"/>""", "is broken or locked"),
        (b'<n:comment ref="A1:XFD1048576"/>', "far too large"),
        (b"<!--" + b"<c >" * (slow_workbooks.MAX_CELLS + 1) + b"-->", "far too large"),
        (b"<c/>" * (slow_workbooks.MAX_CELLS + 1), "far too large"),
        (b"<a-b:c/>" * (slow_workbooks.MAX_CELLS + 1), "far too large"),
    ],
)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/media/sheet1.png"])
def test_workbook_that_would_be_laid_out_without_end_is_refused_unopened(
    monkeypatch, part, more, words
):
    monkeypatch.setattr(sheets, "_load_sheet", None)

    assert words in failing(packed_with(**{part: SHEET % more}))


@pytest.mark.parametrize(
    "text", ["\n" * (slow_workbooks.MAX_CELLS + 1), ";" * (slow_workbooks.MAX_CELLS + 1)]
)
def test_text_of_nothing_but_rows_or_columns_is_refused_while_it_is_read(monkeypatch, text):
    monkeypatch.setattr(sheets, "_pad_rows", None)

    with pytest.raises(UnreadableFile, match="far too large"):
        sheets.open_sheet("evp.csv", text.encode())


def test_packed_file_that_is_no_workbook_is_refused():
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("content.xml", "<a/>")

    assert "is broken or locked" in failing(written.getvalue())


def test_workbook_with_a_cell_far_away_is_refused():
    made = Workbook()
    made.active["XFD1048576"] = 1

    assert "far too large" in failing(saved(made))


def test_sheets_with_a_cell_far_down_are_refused_together_before_they_are_laid_out(monkeypatch):
    monkeypatch.setattr(sheets, "_pad_rows", None)
    made = Workbook()
    for sheet in (made.active, made.create_sheet()):
        sheet.cell(slow_workbooks.MAX_CELLS // 2 + 1, 1, 1)

    with pytest.raises(UnreadableFile, match="far too large"):
        sheets.open_all_sheets("evp.xlsx", saved(made))


@settings(max_examples=30)
@given(st.binary(max_size=300), st.sampled_from(["a.xlsx", "a.csv"]))
def test_any_bytes_are_figures_or_a_sentence(content, name):
    for start in (b"", b"PK\x03\x04", XLSX[: len(XLSX) // 2]):
        with pytest.raises(SourceError):
            read(start + content, name=name)


@pytest.mark.parametrize("body", [b"", b"{}\n", b"[]\nx", b"PK\x03\x04"])
def test_answer_that_is_no_file_with_its_mapping_says_so(body):
    with pytest.raises(SourceError, match="not a file with its mapping"):
        Files().table_id_of(body)
