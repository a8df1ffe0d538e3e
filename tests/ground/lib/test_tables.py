"""Lists: order, search, and files no spreadsheet can be harmed with."""

import datetime as dt
import io
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from uso.ground.lib.marks import link
from uso.ground.lib.tables import Column, arrange, as_csv, as_text, as_xlsx, harmless

COLUMNS = [
    Column("name", "Kunta", lambda row: row.name, sought=True),
    Column("fee", "Maksu", lambda row: row.fee, numeric=True),
    Column("note", "Huomautus", lambda row: "", sorts=False),
]
ROWS = [
    SimpleNamespace(name="Äänekoski", fee=Decimal("12000.00")),
    SimpleNamespace(name="Åbo", fee=None),
    SimpleNamespace(name="Jämsä", fee=Decimal("9000.00")),
]


def names(**asked):
    return [row.name for row in arrange(COLUMNS, ROWS, asked, name="kunnat").rows]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["Äänekoski", "Åbo", "Jämsä"]),
        ({"sort": "name"}, ["Jämsä", "Åbo", "Äänekoski"]),
        ({"sort": "-name"}, ["Äänekoski", "Åbo", "Jämsä"]),
        ({"sort": "fee"}, ["Jämsä", "Äänekoski", "Åbo"]),
        ({"sort": "-fee"}, ["Äänekoski", "Jämsä", "Åbo"]),
        ({"sort": "note"}, ["Äänekoski", "Åbo", "Jämsä"]),
        ({"sort": "nothing"}, ["Äänekoski", "Åbo", "Jämsä"]),
        ({"q": "ÄÄN koski"}, ["Äänekoski"]),
        ({"q": "12000"}, []),
    ],
)
def test_arrange_orders_and_finds(asked, expected):
    assert names(**asked) == expected


def test_heads_turn_the_order_and_keep_the_words_sought():
    table = arrange(COLUMNS, ROWS, {"sort": "name", "q": "jä"}, name="kunnat")

    assert [(head.url, head.direction) for head in table.heads] == [
        ("?sort=-name&q=j%C3%A4", "ascending"),
        ("?sort=fee&q=j%C3%A4", ""),
        ("", ""),
    ]
    assert table.exports[0] == ("XLSX", "?sort=name&q=j%C3%A4&export=xlsx")


def test_table_without_sought_columns_has_no_search():
    assert not arrange(COLUMNS[1:], ROWS, {"q": "jä"}, name="x").searches
    assert len(arrange(COLUMNS[1:], ROWS, {"q": "jä"}, name="x").rows) == 3


def test_unknown_export_is_none():
    assert arrange(COLUMNS, ROWS, {"export": "exe"}, name="x").export == ""


def test_response_is_a_file_of_the_same_rows():
    table = arrange(COLUMNS, ROWS, {"export": "csv", "sort": "fee"}, name="kunnat")

    response = table.response()

    assert response["Content-Disposition"] == 'attachment; filename="kunnat.csv"'
    assert response.content.decode("utf-8-sig") == (
        "Kunta;Maksu;Huomautus\r\nJämsä;9000,00;\r\nÄänekoski;12000,00;\r\nÅbo;;\r\n"
    )


def test_file_of_the_demonstration_says_so_in_its_name(settings):
    settings.DEMO = True

    response = arrange(COLUMNS, ROWS, {"export": "csv"}, name="kunnat").response()

    assert response["Content-Disposition"] == 'attachment; filename="esittely-kunnat.csv"'


def test_xlsx_keeps_numbers_and_dates_and_defuses_text():
    at = dt.datetime(2026, 3, 24, 7, tzinfo=dt.UTC)

    book = load_workbook(
        io.BytesIO(as_xlsx(["=1+1", "Aika"], [["=cmd()", at], [Decimal("1.5"), None]]))
    )

    cells = [[(cell.value, cell.data_type) for cell in row] for row in book.active.iter_rows()]
    assert cells == [
        [("=1+1", "s"), ("Aika", "s")],
        [("=cmd()", "s"), (at.replace(hour=9, tzinfo=None), "d")],
        [(1.5, "n"), (None, "n")],
    ]


def test_xlsx_leaves_out_characters_the_format_forbids():
    book = load_workbook(io.BytesIO(as_xlsx(["Aihe"], [["Talous\x0b ja\x00 elinvoima"]])))

    assert book.active["A2"].value == "Talous ja elinvoima"


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


@pytest.mark.usefixtures("in_english")
def test_as_text_writes_as_people_do():
    at = dt.datetime(2026, 3, 24, 7, tzinfo=dt.UTC)

    shown = [as_text(value) for value in (None, at, at.date(), 1234, "Kannus")]

    assert shown == ["", "24\xa0Mar 2026 at\xa09:00", "24\xa0Mar 2026", "1,234", "Kannus"]


def test_row_of_the_page_carries_the_words_of_its_heads():
    table = arrange(COLUMNS[:2], ROWS[2:], {}, name="x")

    assert table.body == [
        '<tr><td data-label="Kunta"><span>Jämsä</span></td>'
        '<td class="r" data-label="Maksu"><span>9\xa0000</span></td></tr>'
    ]


def test_row_of_the_page_draws_what_its_column_draws_and_escapes_the_rest():
    columns = [
        Column("name", "Kunta", lambda row: row, drawn=lambda row: link("/k/", row), heads=True),
        Column("plain", 'A "{0}" label', lambda row: row),
    ]

    [row] = arrange(columns, ["<b>{1}</b>"], {}, name="x").body

    assert row == (
        '<tr><th scope="row"><a href="/k/">&lt;b&gt;{1}&lt;/b&gt;</a></th>'
        '<td data-label="A &quot;{0}&quot; label"><span>&lt;b&gt;{1}&lt;/b&gt;</span></td></tr>'
    )
