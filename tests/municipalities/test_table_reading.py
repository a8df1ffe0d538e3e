"""Tables of people as they come: headings, separators, names, addresses, what is wrong in a row."""

import pytest
from django.utils.translation import override

from municipalities.roster.headings import Order
from municipalities.roster.reading import read_people
from municipalities.roster.tables import MOST_ROWS, rows_of
from uso.ground.lib.errors import RuleViolation


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def names(text, **options):
    return [(row.first_name, row.last_name) for row in read_people(text, **options).rows]


def only(text, **options):
    [row] = read_people(text, **options).rows
    return row


def wrong(text, **options):
    return [(each.field, each.sentence) for each in only(text, **options).errors]


def looked_at(text):
    return [(each.field, each.sentence) for each in only(text).warnings]


BOTH = [("Maija", "Meikäläinen"), ("Matti", "Virtanen")]


@pytest.mark.parametrize(
    "text",
    [
        "Etunimi;Sukunimi\nMaija;Meikäläinen\nMatti;Virtanen",
        "Sukunimi;Etunimi\nMeikäläinen;Maija\nVirtanen;Matti",
        "EFTERNAMN\tFörnamn\nMeikäläinen\tMaija\nVirtanen\tMatti",
        "Last name,First name\nMeikäläinen,Maija\nVirtanen,Matti",
        "Nimi\nMeikäläinen, Maija\nVirtanen, Matti",
        "Namn:\nMaija Meikäläinen\nMatti Virtanen",
        "Meikäläinen, Maija\nVirtanen, Matti",
        "Maija Meikäläinen\nMatti Virtanen",
        "Meikäläinen Maija\nVirtanen Matti",
        "Maija\tMeikäläinen\nMatti\tVirtanen",
        "Meikäläinen\tMaija\nVirtanen\tMatti",
        "Meikäläinen, Maija; pj, hallitus\nVirtanen, Matti; jäsen, hallitus",
        "\ufeffEtunimi|Sukunimi\r\nMaija|Meikäläinen\r\n\r\nMatti|Virtanen\r\n",
        '"Etunimi"\t"Sukunimi"\n"Maija"\t"Meikä\u00adläinen"\n  Matti \t Virtanen\u00a0',
    ],
)
def test_names_are_found_in_one_column_or_two_and_in_either_order(text):
    assert names(text.removeprefix("\ufeff")) == BOTH


@pytest.mark.parametrize(
    "other",
    ["Virtanen, Maija Liisa", "Maija, Virtanen", "Virtanen-Korhonen, Maija"],
)
def test_rows_of_apparently_one_person_are_said_once(other):
    table = read_people(f"Nimi\tE-mail\nVirtanen, Maija\tm@x.fi\nAho, Matti\t\n{other}\tm@x.fi")

    assert [[each.sentence for each in row.warnings] for row in table.rows] == [
        [],
        [],
        ["Rows 2 and 4 are apparently the same person: remove one of them."],
    ]


@pytest.mark.parametrize("other", ["Virtanen, Matti", "Virtanen, Raija", "Korhonen, Maija"])
def test_two_people_with_one_address_are_not_called_one(other):
    table = read_people(f"Nimi\tE-mail\nVirtanen, Maija\tm@x.fi\n{other}\tm@x.fi")

    assert all("both get each other's" in row.warnings[0].sentence for row in table.rows)


def test_order_that_was_asked_is_believed_where_no_heading_says_so():
    text = "Aho\tSalo\nMaa\tLahti"

    assert names(text) == [("Aho", "Salo"), ("Maa", "Lahti")]
    assert names(text, order=Order.LAST_NAME) == [("Salo", "Aho"), ("Lahti", "Maa")]
    assert names("Virtanen\tMatti", order=Order.FIRST_NAME) == [("Virtanen", "Matti")]
    assert names("Etunimi\tSukunimi\nAho\tSalo", order=Order.LAST_NAME) == [("Aho", "Salo")]


@pytest.mark.parametrize(
    "heading", ["Sukunimi ja etunimi", "Sukunimi Etunimi", "Efternamn och förnamn"]
)
def test_heading_of_whole_names_says_which_comes_first(heading):
    assert names(f"{heading}\nAho Salo\nMaa Lahti") == [("Salo", "Aho"), ("Lahti", "Maa")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Matti Korhonen", "first name, last name: Matti Korhonen."),
        ("Matti\tKorhonen", "first name, last name: Matti Korhonen."),
        ("Nimi\nKorhonen Matti", "last name, first name: Korhonen Matti."),
        ("Virtanen, Aino\nAho Salo\nMaa Lahti", "first name, last name: Aho Salo."),
    ],
)
def test_order_that_was_guessed_is_said_with_an_example(text, words):
    assert read_people(text).order_in_words == f"The names were read in the order {words}"


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("Matti Korhonen", Order.FIRST_NAME),
        ("Korhonen, Matti", Order.GUESSED),
        ("Etunimi\tSukunimi\nMatti\tKorhonen", Order.GUESSED),
        ("Etunimi ja sukunimi\nMatti Korhonen", Order.GUESSED),
    ],
)
def test_order_that_somebody_has_said_is_not_told(text, order):
    assert read_people(text, order=order).order_in_words == ""


@pytest.mark.parametrize(
    ("heading", "field", "typed", "read"),
    [
        ("Ryhmä", "group", "Luottamushenkilöt", "elected"),
        ("Grupp", "group", "tjänsteinnehavare", "office"),
        ("Group", "group", "Office holder", "office"),
        ("Nimike", "title", "kunnanjohtaja", "kunnanjohtaja"),
        ("Befattning", "title", "ordförande", "ordförande"),
        ("Organ", "body", "fullmäktige", "fullmäktige"),
        ("Toimielin", "body", "kunnan\u00a0hallitus", "kunnan hallitus"),
        ("S-posti", "email", "Maija@Kannus.FI", "maija@kannus.fi"),
        ("E-post", "email", "Maija M <maija@kannus.fi>;", "maija@kannus.fi"),
        ("E-mail address", "email", "mailto:maija@kannus.fi", "maija@kannus.fi"),
        ("Sähköposti", "email", "maija@kärkölä.fi", "maija@kärkölä.fi"),
        ("Gsm", "phone", "040-123 4567", "+358401234567"),
        ("Telefon", "phone", "+46 70 123 45 67", "+46701234567"),
        ("Kieli", "language", "ruotsi", "sv"),
        ("Språk", "language", "FI", "fi"),
        ("Titel", "title", "'=SUM(A1)", "=SUM(A1)"),
        ("Telefon", "phone", "'+358401234567", "+358401234567"),
    ],
)
def test_headings_and_cells_are_read_in_three_languages(heading, field, typed, read):
    row = only(f"Nimi\t{heading}\nMaija Meikäläinen\t{typed}")

    assert (getattr(row, field), row.errors) == (read, ())


def test_columns_without_headings_are_known_by_what_stands_in_them():
    table = read_people(
        "Maija Meikäläinen\tpj\tkunnanhallitus\tmaija@kannus.fi\t040 1234567\tlh\tsuomi\n"
        "Matti Virtanen\tjäsen\ttekninen lautakunta\t\t\tlh\truotsi"
    )

    assert [part for _letter, part in table.columns] == [
        "Name", "Title or position", "Body", "E-mail", "Telephone", "Group", "Language",
    ]  # fmt: skip
    assert [row.body for row in table.rows] == ["kunnanhallitus", "tekninen lautakunta"]


def test_title_above_the_headings_is_passed_over_and_columns_not_used_are_named():
    table = read_people("Kannus 2026\n\nEtunimi;Sukunimi;Kengät;Nimike\nMaija;M;43;pj")

    assert [(row.number, row.name, row.title) for row in table.rows] == [(4, "Maija M", "pj")]
    assert table.unused == ("Kengät",)


def test_row_that_names_a_group_alone_is_a_heading_of_those_below():
    table = read_people("Luottamushenkilöt\nMaija M\nViranhaltijat\nMatti V")

    assert [row.group for row in table.rows] == ["elected", "office"]


def test_rows_keep_the_numbers_their_owner_sees():
    text = 'Etunimi\tSukunimi\n\nMaija\t"Meikä\nläinen"\n\t\nMatti\tVirtanen'

    assert [row.number for row in read_people(text).rows] == [3, 5]


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("maija meikalainen@kannus.fi", "There is a blank within “maija meikalainen@kannus.fi”: write one address without blanks."),
        ("maija.meikäläinen@kannus.fi", "“maija.meikäläinen@kannus.fi” has letters that no address has. Is it maija.meikalainen@kannus.fi?"),
        ("maija(at)kannus.fi", "“maija(at)kannus.fi” is no e-mail address: write one such as name@example.fi, or leave it out."),
        ("a@b.fi, c@d.fi", "There is a blank within “a@b.fi, c@d.fi”: write one address without blanks."),
    ],
)  # fmt: skip
def test_wrong_address_is_named_with_its_mend(email, sentence):
    assert wrong(f"Nimi\tSähköposti\nMaija M\t{email}") == [("E-mail", sentence)]


def test_blanks_beside_the_signs_of_an_address_are_taken_out_and_said():
    row = only("Nimi\tSähköposti\nMaija M\tmaija. meikalainen @kannus.fi")

    assert row.email == "maija.meikalainen@kannus.fi"
    assert [each.field for each in row.warnings] == ["E-mail"]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Nimi;Ryhmä\nMaija M;kuntalainen", ["Group"]),
        ("Nimi;Kieli\nMaija M;norja", ["Language"]),
        ("Nimi;Puhelin\nMaija M;vaihde", ["Telephone"]),
        ("Etunimi;Sukunimi\nMaija;", ["Last name"]),
        ("Nimi;Nimike\nMaija;pj", ["First name"]),
        (f"Nimi;Nimike\nMaija M;{'x' * 81}", ["Title or position"]),
        ("Etunimi;Sukunimi\nMaija;a@b.fi", ["Last name"]),
        ("Etunimi;Sukunimi\nMaija;040 123", ["Last name"]),
        ("Etunimi;Sukunimi;Ryhmä;Kieli\nMaija;;x;y", ["Group", "Language", "Last name"]),
    ],
)
def test_each_fault_of_a_row_is_named_by_its_field(text, fields):
    assert [field for field, _sentence in wrong(text)] == fields


def test_lost_zero_of_a_mobile_number_is_put_back_and_said():
    assert only("Nimi;Puhelin\nMaija M;401234567").phone == "+358401234567"
    assert looked_at("Nimi;Puhelin\nMaija M;401234567") == [
        ("Telephone", "0 was added before the number: 0401234567.")
    ]


def test_rows_of_one_person_are_joined_and_said():
    row = only(
        "Nimi;Nimike;Toimielin;Sähköposti\nMaija M;pj;kunnanhallitus;\nMAIJA M;jäsen;kunnanvaltuusto;m@x.fi"
    )

    assert (row.title, row.body, row.email) == ("pj", "kunnanhallitus, kunnanvaltuusto", "m@x.fi")
    assert row.warnings[-1].sentence == (
        "Row 3 is the same person, so the rows were joined. Left out: jäsen."
        " If they are two people, give both an e-mail address."
    )


def test_namesakes_with_addresses_of_their_own_stay_two():
    assert len(names("Nimi;Sähköposti\nMaija M;a@x.fi\nMaija M;b@x.fi")) == 2


def test_two_people_with_one_address_are_both_warned_of():
    table = read_people("Nimi;Sähköposti\nMaija M;kirjaamo@x.fi\nMatti V;kirjaamo@x.fi")

    assert [row.warnings[0].sentence for row in table.rows] == [
        "Matti V in row 3 has the same address: both get each other's messages.",
        "Maija M in row 2 has the same address: both get each other's messages.",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('Nimi\n"Maija M\nMatti V', "a quotation mark may be left open"),
        ("\n" * (MOST_ROWS + 1), "divide the table"),
        ("x" * 3_000_001, "divide the table"),
    ],
)
def test_text_that_is_no_list_is_refused_in_a_sentence(text, words):
    with pytest.raises(RuleViolation, match=words):
        rows_of(text)
