"""Files for spreadsheet programs: what is a number stays one, what is text never becomes a formula."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from uso.ground.lib.spreadsheets import XlsxSheet, as_csv, as_xlsx, harmless


def test_xlsx_keeps_numbers_and_dates_and_defuses_text():
    at = dt.datetime(2026, 3, 24, 7, tzinfo=dt.UTC)

    book = load_workbook(
        io.BytesIO(as_xlsx(XlsxSheet(["=1+1", "Aika"], [["=cmd()", at], [Decimal("1.5"), None]])))
    )

    cells = [[(cell.value, cell.data_type) for cell in row] for row in book.active.iter_rows()]
    assert cells == [
        [("=1+1", "s"), ("Aika", "s")],
        [("=cmd()", "s"), (at.replace(hour=9, tzinfo=None), "d")],
        [(1.5, "n"), (None, "n")],
    ]


def test_xlsx_leaves_out_characters_the_format_forbids():
    book = load_workbook(
        io.BytesIO(as_xlsx(XlsxSheet(["Aihe"], [["Talous\x0b ja\x00 elinvoima"]])))
    )

    assert book.active["A2"].value == "Talous ja elinvoima"


def test_sheet_has_its_title_widths_bold_heads_and_lines_where_texts_are_long():
    sheets = [
        XlsxSheet(
            ["Aihe", "Teksti"], [["a", "pitkä"], ["b", None]], "Yksi", (12, 40), frozenset({1})
        ),
        XlsxSheet(["Luku"], [[1.5]], "Kaksi"),
    ]

    book = load_workbook(io.BytesIO(as_xlsx(*sheets)))

    first = book["Yksi"]
    assert book.sheetnames == ["Yksi", "Kaksi"]
    assert [first.column_dimensions[letter].width for letter in "AB"] == [12, 40]
    assert [first[cell].font.bold for cell in ("A1", "B1", "A2")] == [True, True, False]
    assert [bool(first[cell].alignment.wrap_text) for cell in ("A2", "B2")] == [False, True]
    assert first.freeze_panes == "A2"
    assert book["Kaksi"]["A2"].value == 1.5


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2", "'-2"),
        (-2, "-2"),
        (True, "True"),
        (dt.date(2026, 3, 24), "24.03.2026"),
        (dt.datetime(2026, 3, 24, 7, tzinfo=dt.UTC), "24.03.2026 09:00"),
        (None, ""),
    ],
)
def test_csv_cell(cell, expected):
    assert as_csv(["x"], [[cell]]).decode("utf-8-sig").splitlines()[1] == (expected or '""')


@given(st.text())
def test_harmless_text_never_starts_a_formula(text):
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_title_of_a_sheet_is_what_spreadsheets_allow():
    book = load_workbook(io.BytesIO(as_xlsx(XlsxSheet(["Luku"], [[1]], "A/B: " + "x" * 40))))

    assert book.sheetnames == ["A B  " + "x" * 26]
