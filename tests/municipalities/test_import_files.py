"""Files brought to the roster: texts of any encoding, workbooks, the list that was taken out."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from municipalities.models import Person
from tests.municipalities.importing import (
    MAIJA,
    ORJAN,
    PAGE,
    TABLE,
    add,
    bring,
    facts,
    look_and_bring,
    people_of,
)
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for, kannus_contact):
    return client_for(kannus_contact)


def upload(client, content, name="henkilot.csv", **more):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content), **more})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_text_file_of_any_encoding_and_separator_is_read(client, kannus, encoding, separator):
    page = upload(client, TABLE.replace("\t", separator).encode(encoding))
    bring(client, page, page.context["rows"])

    assert [facts(each) for each in people_of(kannus)] == [MAIJA, ORJAN]


def test_encoding_that_was_guessed_is_said(client):
    assert "Windows-1252" in str(upload(client, TABLE.encode("cp1252")).context["notes"])
    assert upload(client, TABLE.encode()).context["notes"] == ()


def saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def workbook(rows=None) -> Workbook:
    book = Workbook()
    for row in rows or [line.split("\t") for line in TABLE.splitlines()]:
        book.active.append(row)
    return book


def test_workbook_is_read(client, kannus):
    page = upload(client, saved(workbook()), "henkilot.xlsx")
    bring(client, page, page.context["rows"])

    assert [facts(each) for each in people_of(kannus)] == [MAIJA, ORJAN]


def test_merged_cells_hidden_parts_and_empty_rows_are_read_as_they_are_seen(client):
    book = workbook(
        [
            ["Kannuksen luottamushenkilöt", None, None, None],
            ["Sukunimi", "Etunimi", "Toimielin", "Puhelin"],
            ["Meikäläinen", "Maija", "kunnanhallitus", 401234567],
            ["Virtanen", "Matti", None, None],
            [None, None, None, None],
            ["Piilo", "Pirkko", "kunnanhallitus", None],
            ["Korhonen", "Kalle", "valtuusto", None],
        ]
    )
    sheet = book.active
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("C3:C4")
    sheet.row_dimensions[6].hidden = True
    page = upload(client, saved(book), "henkilot.xlsx", group="elected")

    rows = page.context["plan"].rows
    assert [(each.number, each.row.name, each.row.body) for each in rows] == [
        (3, "Maija Meikäläinen", "kunnanhallitus"),
        (4, "Matti Virtanen", "kunnanhallitus"),
        (7, "Kalle Korhonen", "valtuusto"),
    ]
    assert rows[0].row.phone == "+358401234567"
    assert page.context["notes"] == (
        "Piilotettuja rivejä ei luettu: 6. Näytä ne tiedostossa, jos ne kuuluvat mukaan.",
    )


def test_hidden_column_is_left_out_and_said(client):
    book = workbook()
    book.active.column_dimensions["G"].hidden = True

    page = upload(client, saved(book), "henkilot.xlsx")

    assert [each.row.phone for each in page.context["plan"].rows] == ["", ""]
    assert "G" in str(page.context["notes"])


def test_other_sheets_are_named(client):
    book = workbook()
    book.create_sheet("Vanhat").append(["Nimi"])

    assert "Vanhat" in str(upload(client, saved(book), "henkilot.xlsx").context["notes"])


PDF_REFUSED = (
    "PDF-tiedostosta ei voi lukea henkilöitä. Liitä rivit tai valitse XLSX- tai CSV-tiedosto."
)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"%PDF-1.7 rows", PDF_REFUSED),
        ("a.csv", b"%PDF-1.7 rows", PDF_REFUSED),
        ("a.pdf", b"Nimi\nMaija Virtanen", PDF_REFUSED),
        ("a.docx", b"PK\x03\x04", "DOCX-tiedostosta ei voi lukea henkilöitä."),
        ("a.jpg", b"\xff\xd8\xff\0", "JPG-tiedostosta ei voi lukea henkilöitä."),
        ("a.xlsx", b"MZ\x90\0", ""),
        ("a.xlsx", b"PK\x03\x04 broken", "rikki"),
        ("a.csv", b"\0" * 10, ""),
        ("a.csv", b"x" * (10 * 1024 * 1024 + 1), "liian suuri"),
    ],
)
def test_file_that_is_no_table_is_refused_in_a_sentence(client, name, content, words):
    page = upload(client, content, name)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["file"]
    assert words in str(page.context["form"].errors["file"])


# -- The file that was taken out -----------------------------------------------------------------


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_list_that_was_taken_out_can_be_brought_back_and_adds_nobody(
    client, kannus, language, kind
):
    look_and_bring(client, TABLE)
    add(
        kannus,
        first_name="=SUM(A1)",
        last_name="+O'Brien",
        email="",
        title="@SUM(A1)",
        body="-2",
        language="en",
    )
    client.cookies["django_language"] = language
    file = client.get("/k/kannus/people/", {"export": kind})
    with scope(kannus.pk):
        before = list(Person.objects.order_by("pk").values())

    page = upload(client, file.content, f"henkilot.{kind}")

    assert [row.outcome for row in page.context["plan"].rows] == ["same"] * 3
    assert page.context["plan"].table.unused == ()
    with scope(kannus.pk):
        assert list(Person.objects.order_by("pk").values()) == before


def test_formulas_in_the_file_are_text(client, kannus):
    add(kannus, first_name="=1+1", last_name="Kaava", email="")

    text = client.get("/k/kannus/people/", {"export": "csv"}).content.decode("utf-8-sig")

    assert ";'=1+1;" in text
