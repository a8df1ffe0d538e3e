"""Lists: order, search, and files no spreadsheet can be harmed with."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from uso.ground.lib.marks import link
from uso.ground.lib.tables import (
    DRAWN_WHOLE,
    FIRST_OF_A_LONG_ONE,
    Column,
    Filter,
    RowAction,
    arrange,
    as_text,
)

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


def asking(**asked):
    return RequestFactory().get("/", asked)


def names(**asked):
    return [row.name for row in arrange(COLUMNS, ROWS, asking(**asked), name="kunnat").rows]


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
    table = arrange(COLUMNS, ROWS, asking(**{"sort": "name", "q": "jä"}), name="kunnat")

    assert [(head.url, head.direction) for head in table.heads] == [
        ("?sort=-name&q=j%C3%A4", "ascending"),
        ("?sort=fee&q=j%C3%A4", ""),
        ("", ""),
    ]
    assert table.exports[0] == ("XLSX", "?sort=name&q=j%C3%A4&export=xlsx")


def test_table_without_sought_columns_has_no_search():
    assert not arrange(COLUMNS[1:], ROWS, asking(**{"q": "jä"}), name="x").searches
    assert len(arrange(COLUMNS[1:], ROWS, asking(**{"q": "jä"}), name="x").rows) == 3


def test_unknown_export_is_none():
    assert arrange(COLUMNS, ROWS, asking(**{"export": "exe"}), name="x").export == ""


def test_response_is_a_file_of_the_same_rows():
    table = arrange(COLUMNS, ROWS, asking(**{"export": "csv", "sort": "fee"}), name="kunnat")

    response = table.response()

    assert response["Content-Disposition"] == 'attachment; filename="kunnat.csv"'
    assert response.content.decode("utf-8-sig") == (
        "Kunta;Maksu;Huomautus\r\nJämsä;9000,00;\r\nÄänekoski;12000,00;\r\nÅbo;;\r\n"
    )


def test_file_of_the_demonstration_says_so_in_its_name(settings):
    settings.DEMO = True

    response = arrange(COLUMNS, ROWS, asking(**{"export": "csv"}), name="kunnat").response()

    assert response["Content-Disposition"] == 'attachment; filename="esittely-kunnat.csv"'


@pytest.mark.usefixtures("in_english")
def test_as_text_writes_as_people_do():
    at = dt.datetime(2026, 3, 24, 7, tzinfo=dt.UTC)

    shown = [as_text(value) for value in (None, at, at.date(), 1234, "Kannus")]

    assert shown == ["", "24\xa0Mar 2026 at\xa09:00", "24\xa0Mar 2026", "1,234", "Kannus"]


def test_row_of_the_page_carries_the_words_of_its_heads():
    table = arrange(COLUMNS[:2], ROWS[2:], asking(), name="x")

    assert list(table.body) == [
        '<tr><td data-label="Kunta"><span>Jämsä</span></td>'
        '<td class="r" data-label="Maksu"><span>9\xa0000</span></td></tr>'
    ]


def test_row_of_the_page_draws_what_its_column_draws_and_escapes_the_rest():
    columns = [
        Column("name", "Kunta", lambda row: row, drawn=lambda row: link("/k/", row), heads=True),
        Column("plain", 'A "{0}" label', lambda row: row),
    ]

    [row] = arrange(columns, ["<b>{1}</b>"], asking(), name="x").body

    assert row == (
        '<tr><th scope="row"><a href="/k/">&lt;b&gt;{1}&lt;/b&gt;</a></th>'
        '<td data-label="A &quot;{0}&quot; label"><span>&lt;b&gt;{1}&lt;/b&gt;</span></td></tr>'
    )


PRICED = Filter(
    "priced", "Maksu", lambda row: "no" if row.fee is None else "yes", [("yes", "On"), ("no", "Ei")]
)


def test_filter_narrows_the_rows_and_their_files():
    table = arrange(COLUMNS, ROWS, asking(priced="no", q="o"), name="x", filters=[PRICED])

    assert [row.name for row in table.rows] == ["Åbo"]
    assert table.exports[1] == ("CSV", "?priced=no&q=o&export=csv")


def test_filter_offers_its_choices_and_the_way_out():
    table = arrange(COLUMNS, ROWS, asking(priced="no", sort="fee"), name="x", filters=[PRICED])

    [(label, choices)] = table.filter_choices
    assert label == "Maksu"
    assert [(str(each.label), each.current, each.url) for each in choices[1:]] == [
        ("On", False, "?priced=yes&sort=fee"),
        ("Ei", True, "?priced=no&sort=fee"),
    ]
    assert (choices[0].current, choices[0].url) == (False, "?sort=fee")


HIDDEN = [
    Column("name", "Kunta", lambda row: row.name, heads=True),
    Column("fee", "Maksu", lambda row: row.fee),
    Column("note", "Huomautus", lambda row: "x", on_page=False),
]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, ["name", "fee"]),
        ({"columns": ["note"]}, ["name", "note"]),
        ({"columns": ["note", "fee"]}, ["name", "fee", "note"]),
        ({"columns": ["nothing"]}, ["name", "fee"]),
    ],
)
def test_columns_are_chosen_and_files_hold_them_all(asked, shown):
    table = arrange(HIDDEN, ROWS, asking(**asked), name="x")

    assert [column.key for column in table.columns] == shown
    assert [(each.key, each.current) for each in table.column_choices] == [
        ("fee", "fee" in shown),
        ("note", "note" in shown),
    ]
    assert len(table.cells(ROWS[0])) == 3


def test_rows_come_with_the_name_and_size_of_their_group_unless_sorted():
    rows, columns = [ROWS[0], ROWS[2], ROWS[1]], [HIDDEN[0]]
    head = '<tr class="group"><th colspan="1" scope="colgroup">{} <span class="quiet">{}</span></th></tr>'

    def bodies(**asked):
        return list(arrange(columns, rows, asking(**asked), name="x", group_of=PRICED.value).body)

    assert [bodies()[at] for at in (0, 3)] == [head.format("yes", 2), head.format("no", 1)]
    assert (len(bodies()), len(bodies(sort="name"))) == (5, 3)


def test_row_has_its_link_and_its_press_with_a_token():
    request = asking()
    edit = RowAction("Muuta", lambda row: f"/{row.name}/", lambda row: row.name)
    remind = RowAction(
        "Muistuta", lambda row: "/m/", lambda row: row.name, sends=True,
        offered=lambda row: row.fee is None,
    )  # fmt: skip

    with_press, without = arrange(
        HIDDEN[:1], ROWS[1:], request, name="x", actions=[edit, remind]
    ).body

    link_ = '<a href="/Åbo/">Muuta <span class="visually-hidden">Åbo</span></a>'
    assert link_ in with_press
    assert f'value="{request.META["CSRF_COOKIE"]}"' not in with_press  # masked
    assert 'name="csrfmiddlewaretoken"' in with_press
    assert 'Muistuta <span class="visually-hidden">Åbo</span></button>' in with_press
    assert "<form" not in without


def test_row_without_a_press_asks_for_no_token():
    request = asking()

    list(arrange(HIDDEN, ROWS, request, name="x").body)

    assert "CSRF_COOKIE" not in request.META


def many(number, **asked):
    rows = [SimpleNamespace(name=f"Kunta {n:03}", fee=None) for n in range(number)]
    return arrange(COLUMNS, rows, asking(**asked), name="kunnat")


def test_page_draws_the_first_of_a_long_list_and_all_where_asked():
    first, every = many(DRAWN_WHOLE + 1, q="kunta"), many(DRAWN_WHOLE + 1, all="1")

    assert len(list(first.body)) == FIRST_OF_A_LONG_ONE
    assert first.all_url == "?q=kunta&all=1"
    assert len(list(every.body)) == DRAWN_WHOLE + 1
    assert every.all_url == ""


def test_list_that_just_fits_is_whole_and_files_always_are():
    long, whole = many(DRAWN_WHOLE + 1, export="csv"), many(DRAWN_WHOLE)

    assert (whole.all_url, len(list(whole.body))) == ("", DRAWN_WHOLE)
    assert long.response().content.count(b"Kunta 1") == 1
    assert long.response().content.count(b"Kunta 0") == DRAWN_WHOLE


def test_sums_are_in_euros_and_notes_stand_below():
    columns: list[Column[str]] = [
        Column("sum", "Summa", Decimal, in_euros=True, notes=lambda row: [f"<{row}>", ""]),
        Column("none", "Ei", lambda _row: None, in_euros=True),
    ]

    [row] = arrange(columns, ["9000.5"], asking(), name="x").body

    assert "<span>9\xa0000,50\xa0€<small" in row
    assert "&lt;9000.5&gt;</small></span>" in row
    assert '<td data-label="Ei"><span></span></td>' in row
