"""A table of people brought to the roster: looked at first, then stored as it was shown."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from openpyxl import Workbook

from municipalities.enums import Group
from municipalities.forms import BringForm
from municipalities.models import Person
from municipalities.roster.merging import join_people
from municipalities.roster.tables import MOST_COLUMNS, MOST_PEOPLE
from tests.municipalities.factories import PersonFactory
from tests.pressing import carried
from uso.ground.lib.money import number
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

PAGE = "/k/kannus/people/import/"
TABLE = (
    "Sukunimi\tEtunimi\tRyhmä\tNimike\tToimielin\tSähköposti\tPuhelin\tKieli\n"
    "Meikäläinen\tMaija\tLuottamushenkilö\tpuheenjohtaja\tkunnanhallitus\tmaija@kannus.example\t040 123 4567\tsuomi\n"
    "Åberg\tÖrjan\tviranhaltija\ttalousjohtaja\t\torjan@kannus.example\t\tsvenska\n"
)


@pytest.fixture
def client(client_for, kannus_contact):
    return client_for(kannus_contact)


def people_of(municipality) -> list[Person]:
    with scope(municipality.pk):
        return list(Person.objects.order_by("pk"))


def add(municipality, **fields) -> Person:
    with scope(municipality.pk):
        return PersonFactory(municipality=municipality, **fields)


def look(client, rows="", **more):
    return client.post(PAGE, {"rows": rows, **more})


def bring(client, page, rows="", **more):
    """Press the button of a page that was shown."""
    return client.post(PAGE, {"rows": rows, "bring": "1", **carried(page), **more}, follow=True)


def look_and_bring(client, rows, *, group="", **more):
    return bring(client, look(client, rows, group=group), rows, group=group, **more)


def sentences(page, kind="errors") -> list[str]:
    return [
        remark.sentence for row in page.context["plan"].rows for remark in getattr(row.row, kind)
    ]


def facts(person: Person) -> tuple[str, ...]:
    names = ("first_name", "last_name", "group", "title", "body", "email", "phone", "language")
    return tuple(getattr(person, name) for name in names)


MAIJA = (
    "Maija", "Meikäläinen", "elected", "puheenjohtaja", "kunnanhallitus", "maija@kannus.example",
    "+358401234567", "fi",
)  # fmt: skip
ORJAN = ("Örjan", "Åberg", "office", "talousjohtaja", "", "orjan@kannus.example", "", "sv")


def test_nothing_is_stored_before_the_press(client, kannus):
    page = look(client, TABLE)

    assert [row.outcome for row in page.context["plan"].rows] == ["new", "new"]
    assert people_of(kannus) == []


def test_what_was_shown_is_stored(client, kannus):
    done = look_and_bring(client, TABLE)

    assert [facts(each) for each in people_of(kannus)] == [MAIJA, ORJAN]
    assert [str(each) for each in done.context["messages"]] == ["2 henkilöä lisättiin."]


def test_the_same_table_twice_adds_nobody(client, kannus):
    look_and_bring(client, TABLE)

    again = look(client, TABLE)
    assert [row.outcome for row in again.context["plan"].rows] == ["same", "same"]
    assert 'name="bring"' not in again.text
    refused = bring(client, again, TABLE)
    assert refused.status_code == 422
    assert len(people_of(kannus)) == 2


def test_table_without_addresses_twice_adds_nobody(client, kannus):
    look_and_bring(client, "Meikäläinen, Maija\nVirtanen, Matti", group="elected")

    again = look(client, "Meikäläinen, Maija\nVirtanen, Matti", group="elected")
    assert [row.outcome for row in again.context["plan"].rows] == ["same", "same"]


def test_press_sent_twice_is_one(client, kannus):
    page = look(client, TABLE)

    for _twice in range(2):
        done = bring(client, page, TABLE)

    assert done.redirect_chain[-1][0] == "/k/kannus/people/"
    assert len(people_of(kannus)) == 2


def test_whoever_came_in_meanwhile_is_told_and_nothing_is_stored(client, kannus):
    page = look(client, TABLE)
    add(
        kannus,
        first_name="Maija",
        last_name="Meikäläinen",
        email="maija@kannus.example",
        group=Group.ELECTED,
    )

    refused = bring(client, page, TABLE)

    assert refused.status_code == 422
    [why] = refused.context["bring"].non_field_errors()
    assert "Rivi 2: uusi: Maija Meikäläinen → muuttuu: Maija Meikäläinen" in why
    assert len(people_of(kannus)) == 1
    bring(client, refused, TABLE)
    assert [each.last_name for each in people_of(kannus)] == ["Meikäläinen", "Åberg"]


def test_rows_mended_after_the_preview_are_shown_again_first(client, kannus):
    page = look(client, TABLE)

    refused = bring(client, page, TABLE.replace("Maija\t", "Liisa\t"))

    assert refused.status_code == 422
    assert people_of(kannus) == []


def test_changed_title_is_stored_only_where_it_is_accepted(client, kannus):
    look_and_bring(client, TABLE)
    changed = TABLE.replace("puheenjohtaja", "varapuheenjohtaja").replace(
        "talousjohtaja", "kunnanjohtaja"
    )

    page = look(client, changed)
    assert [[str(each) for each in row.changes] for row in page.context["plan"].rows] == [
        ["Nimike tai tehtävä: puheenjohtaja → varapuheenjohtaja"],
        ["Nimike tai tehtävä: talousjohtaja → kunnanjohtaja"],
    ]
    bring(client, page, changed, accept="3")

    assert [each.title for each in people_of(kannus)] == ["puheenjohtaja", "kunnanjohtaja"]


def test_all_changes_are_accepted_by_one_tick(client, kannus):
    look_and_bring(client, TABLE)
    changed = TABLE.replace("johtaja", "pomo")

    bring(client, look(client, changed), changed, accepts_all="on")

    assert [each.title for each in people_of(kannus)] == ["puheenpomo", "talouspomo"]


def test_empty_cells_overwrite_nothing(client, kannus):
    look_and_bring(client, TABLE)

    page = look(client, "Etunimi;Sukunimi;Nimike\nMaija;Meikäläinen;\n", group="office")

    assert [row.outcome for row in page.context["plan"].rows] == ["same"]


def test_who_has_left_comes_back_where_it_is_accepted(client, kannus):
    look_and_bring(client, TABLE)
    with scope(kannus.pk):
        Person.objects.filter(first_name="Maija").update(left_on="2026-01-01")

    page = look(client, TABLE)
    assert [row.outcome for row in page.context["plan"].rows] == ["changed", "same"]
    bring(client, page, TABLE, accept="2")

    assert [each.has_left for each in people_of(kannus)] == [False, False]


def test_namesake_with_another_address_is_asked_about(client, kannus):
    known = add(kannus, first_name="Maija", last_name="Meikäläinen", email="vanha@kannus.example")

    page = look(client, TABLE)
    assert page.context["plan"].rows[0].candidates == (known,)
    refused = bring(client, page, TABLE)
    assert refused.status_code == 422
    assert "2" in str(refused.context["bring"].non_field_errors())
    assert len(people_of(kannus)) == 1


@pytest.mark.parametrize(
    ("answer", "emails"),
    [
        ("none", ["vanha@kannus.example"]),
        ("other", ["vanha@kannus.example", "maija@kannus.example"]),
        ("same", ["maija@kannus.example"]),
    ],
)
def test_answer_decides_what_becomes_of_a_namesake(client, kannus, answer, emails):
    known = add(kannus, first_name="Maija", last_name="Meikäläinen", email="vanha@kannus.example")
    page = look(client, TABLE)

    bring(client, page, TABLE, **{"who-2": known.pk if answer == "same" else answer})

    assert [each.email for each in people_of(kannus) if each.last_name != "Åberg"] == emails


TWO_OF_ONE = (
    "Sukunimi\tEtunimi\tRyhmä\tNimike\tSähköposti\n"
    "Meikäläinen\tMaija\tlh\t{title}\tmaija@kannus.example\n"
    "Meikäläinen\tMaija\tlh\tjäsen\ttoinen@kannus.example\n"
)


@pytest.mark.parametrize(
    ("known", "title", "given", "ticked"),
    [
        ("vanha@kannus.example", "pj", {"who-2": "same"}, []),
        ("maija@kannus.example", "pj", {"accept": "2"}, [True]),
        ("maija@kannus.example", "pj", {"accepts_all": "on"}, [False]),
        ("maija@kannus.example", "", {}, []),  # the first row changes nothing
    ],
)
def test_person_chosen_by_two_rows_is_refused_and_the_answers_stay(
    client, kannus, known, title, given, ticked
):
    person = add(
        kannus, first_name="Maija", last_name="Meikäläinen", email=known, title="", group="elected"
    )
    rows, key = TWO_OF_ONE.format(title=title), str(person.pk)
    answers = {name: key if value == "same" else value for name, value in given.items()}

    refused = bring(client, look(client, rows), rows, **answers, **{"who-3": key})

    assert refused.status_code == 422
    [why] = refused.context["bring"].non_field_errors()
    assert why.startswith("Rivit 2, 3 on valittu samaksi henkilöksi, Maija Meikäläinen.")
    assert [(each.email, each.title) for each in people_of(kannus)] == [(known, "")]
    assert {answer for _row, answer in refused.context["asked"]} == {key}
    assert [tick for _row, tick in refused.context["changed"]] == ticked
    assert refused.context["bring"]["accepts_all"].value() == ("accepts_all" in given)


def test_change_that_is_not_accepted_leaves_the_person_to_another_row(client, kannus):
    person = add(
        kannus, first_name="Maija", last_name="Meikäläinen", email="maija@kannus.example", title=""
    )
    rows = TWO_OF_ONE.format(title="pj")

    bring(client, look(client, rows), rows, **{"who-3": person.pk})

    assert [(each.email, each.title) for each in people_of(kannus)] == [
        ("toinen@kannus.example", "jäsen")
    ]


def test_new_last_name_with_the_same_address_is_asked_about(client, kannus):
    known = add(kannus, first_name="Maija", last_name="Virtanen", email="maija@kannus.example")

    page = look(client, TABLE)
    bring(client, page, TABLE, **{"who-2": known.pk})

    assert [each.name for each in people_of(kannus)] == ["Maija Meikäläinen", "Örjan Åberg"]


@pytest.mark.parametrize(
    ("known", "typed"),
    [("onni@kannus.example", "onni@kannus.example"), ("", "onni@kannus.example"), ("", ""),
     ("onni@kannus.example", "")],
)  # fmt: skip
@pytest.mark.parametrize("name", ["Onni Näyte", "Näyte Onni"])
def test_names_the_other_way_round_are_the_same_person(client, kannus, known, typed, name):
    add(kannus, first_name="Onni", last_name="Näyte", email=known, title="")
    page = look(client, f"{name}\t{typed}\nVirtanen Matti\t\nKorhonen Aino\t", group=Group.ELECTED)
    row = page.context["plan"].rows[0]
    assert [each.name for each in row.changes] == (["email"] if typed and not known else [])
    assert row.person.first_name == "Onni"
    assert page.context["plan"].table.last_name_first
    assert "Onni → Näyte" not in page.content.decode()


def test_names_the_other_way_round_with_another_address_are_asked_about(client, kannus):
    person = add(
        kannus, first_name="Onni", last_name="Näyte", email="onni@kannus.example", title=""
    )
    page = look(client, "Onni Näyte\to@muu.example\nVirtanen Matti\t", group=Group.ELECTED)
    [(asked, _answer)] = page.context["asked"]
    assert asked.candidates == (person,)
    assert "Onni → Näyte" not in page.content.decode()


def test_names_mended_in_a_row_with_a_key_are_a_change(client, kannus):
    person = add(kannus, first_name="Näyte", last_name="Onni", email="onni@kannus.example")
    rows = f"Tunniste\tSukunimi\tEtunimi\n{person.pk}\tNäyte\tOnni"
    [row] = look(client, rows).context["plan"].rows
    assert [(each.name, each.after) for each in row.changes] == [
        ("first_name", "Onni"),
        ("last_name", "Näyte"),
    ]


def test_order_of_the_names_that_was_guessed_is_said(client):
    page = look(client, "Matti Korhonen\tmatti@kannus.example", group=Group.ELECTED)
    words = " ".join(page.content.decode().split())
    assert (
        "Nimet luettiin järjestyksessä etunimi, sukunimi: Matti Korhonen. Jos järjestys on toinen,"
        " valitse se kohdassa ”Korjaa rivejä tässä” ja tarkista uudelleen." in words
    )


def test_rows_of_apparently_one_person_are_said(client):
    rows = "Virtanen, Maija\tm@kannus.example\nVirtanen, Maija Liisa\tm@kannus.example"

    page = look(client, rows, group=Group.ELECTED).content.decode()

    assert "Uudet henkilöt" in page
    assert "Rivit 1 ja 2 ovat ilmeisesti sama henkilö: poista toinen." in page
    assert "kumpikin saa myös toisen viestit" not in page


def test_stranger_with_the_same_address_is_new_and_worth_a_look(client, kannus):
    add(kannus, first_name="Kaino", last_name="Kirjaaja", email="maija@kannus.example")

    page = look(client, TABLE)

    assert page.context["plan"].rows[0].outcome == "new"
    assert sentences(page, "warnings") == [
        "Luettelossa henkilöllä Kaino Kirjaaja on sama osoite: kumpikin saa myös toisen viestit."
    ]


def test_nameless_namesake_gets_the_address_where_it_is_accepted(client, kannus):
    add(kannus, first_name="Maija", last_name="Meikäläinen", email="", group=Group.ELECTED)

    bring(client, look(client, TABLE), TABLE, accept="2")

    assert [each.email for each in people_of(kannus)] == [
        "maija@kannus.example",
        "orjan@kannus.example",
    ]


def test_two_namesakes_on_the_list_ask_for_an_address(client, kannus):
    for email in ("a@kannus.example", "b@kannus.example"):
        add(kannus, first_name="Maija", last_name="Meikäläinen", email=email, title="")

    page = look(client, "Meikäläinen, Maija", group="office")

    assert sentences(page) == [
        "Luettelossa on monta tämännimistä: anna tämän henkilön sähköpostiosoite."
    ]


def test_table_far_wider_than_a_list_of_people_is_refused(client, kannus):
    page = look(client, "Maija\tMeikäläinen\n" + "\t" * MOST_COLUMNS + "x")

    assert "Rivillä 2 on yli 200 saraketta" in page.content.decode()
    assert people_of(kannus) == []


def test_person_without_letters_in_the_first_name_is_no_form_of_another(client, kannus):
    add(kannus, first_name="-", last_name="Testinen", email="sama@kannus.example")

    page = look(
        client,
        "Etunimi\tSukunimi\tSähköposti\nMaija\tVirtanen\tsama@kannus.example",
        group="office",
    )

    assert [row.outcome for row in page.context["plan"].rows] == ["new"]


def test_sign_that_is_compared_as_nothing_is_no_name(client):
    page = look(client, "Etunimi\tSukunimi\n\ufe76\tVirtanen")

    assert len(sentences(page)) == 1


def test_address_longer_than_its_column_is_an_error_of_its_row(client, kannus):
    email = "a" * 60 + "@" + ".".join(["b" * 60] * 4) + ".example"

    look_and_bring(client, f"Etunimi\tSukunimi\tSähköposti\nMaija\tVirtanen\t{email}")

    assert people_of(kannus) == []


def test_number_that_no_row_has_is_passed_over():
    nines = "9" * 5_000

    form = BringForm(QueryDict(f"accept={nines}&accept=2&who-{nines}=new&who-3=new"))

    form.full_clean()
    assert (form.cleaned_data["accepted"], form.cleaned_data["answers"]) == ({2}, {3: "new"})


def test_wrong_rows_are_left_out_and_the_rest_is_stored(client, kannus):
    done = look_and_bring(client, TABLE.replace("maija@kannus", "maija meikäläinen@kannus"))

    assert [each.last_name for each in people_of(kannus)] == ["Åberg"]
    assert "1 rivi jäi pois" in str(*done.context["messages"])


def test_name_may_be_in_small_letters_or_without_dots_and_is_the_same(client, kannus):
    look_and_bring(client, TABLE)

    page = look(client, "Etunimi;Sukunimi;Sähköposti\nMAIJA;MEIKÄLÄINEN;Maija@Kannus.example")

    assert [row.outcome for row in page.context["plan"].rows] == ["same"]


def test_other_municipalitys_people_are_neither_known_nor_changed(client, kannus, jamsa):
    add(jamsa, first_name="Maija", last_name="Meikäläinen", email="maija@kannus.example", title="x")

    look_and_bring(client, TABLE)

    assert [each.title for each in people_of(jamsa)] == ["x"]
    assert len(people_of(kannus)) == 2


def test_key_of_another_municipalitys_person_means_nobody(client, kannus, jamsa):
    theirs = add(jamsa, first_name="Maija", last_name="Meikäläinen")

    look_and_bring(client, f"Tunniste;Nimi;Ryhmä\n{theirs.pk};Maija Meikäläinen;vh")

    assert [each.name for each in people_of(kannus)] == ["Maija Meikäläinen"]
    assert people_of(jamsa)[0].title == ""


def test_too_many_people_are_refused_with_what_to_do(client):
    page = look(client, "\n".join(f"Etu{n}\tSuku{n}" for n in range(MOST_PEOPLE + 1)))

    assert page.status_code == 422
    assert f"tuoda {number(MOST_PEOPLE)} henkilöä" in str(page.context["form"].errors["rows"])


def test_no_field_of_the_table_is_called_optional(client):
    page = client.get(PAGE).content.decode()

    assert "Liitä rivit tai valitse tiedosto." in page
    for field in ("id_rows", "id_file", "id_group", "id_order"):
        [label] = re.findall(rf'<label for="{field}">(.*?)</label>', page)
        assert "vapaaehtoinen" not in label


@pytest.mark.parametrize("rows", ["", " \n\t\n"])
def test_nothing_pasted_says_what_to_do(client, rows):
    page = look(client, rows)

    assert page.status_code == 422
    assert "rows" in page.context["form"].errors


def test_table_without_names_says_what_to_call_them(client):
    assert "Etunimi" in str(look(client, "Nimike;Sähköposti\npj;a@b.fi").context["form"].errors)


def test_typed_text_is_not_run_on_the_page(client):
    page = look(client, "<b>Maija</b>\tMeikäläinen\t</textarea><script>\n", group="office")

    assert "<b>Maija" not in page.text
    assert "</textarea><script>" not in page.text


# -- Files ---------------------------------------------------------------------------------------


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


def test_key_in_the_file_knows_who_has_a_new_name(client, kannus):
    known = add(kannus, first_name="Maija", last_name="Virtanen", email="vanha@kannus.example")

    page = look(
        client,
        f"Tunniste;Etunimi;Sukunimi;Sähköposti\n{known.pk};Maija;Meikäläinen;uusi@kannus.example",
    )

    [row] = page.context["plan"].rows
    assert (row.person, [each.name for each in row.changes]) == (known, ["last_name", "email"])


def test_key_of_who_was_merged_knows_who_was_kept(client, kannus, kannus_contact):
    kept = add(kannus, first_name="Maija", last_name="Meikäläinen")
    double = add(kannus, first_name="Maija", last_name="Meikalainen")
    key = double.pk
    join_people(person=kept, double=double, by=kannus_contact)

    page = look(client, f"Tunniste;Nimi\n{key};Maija Meikäläinen")

    assert [row.person for row in page.context["plan"].rows] == [kept]
