"""Whose row of a table is whose on the roster: known, asked about, chosen."""

import pytest

from municipalities.enums import Group
from municipalities.roster.merging import join_people
from tests.municipalities.importing import (
    TABLE,
    add,
    bring,
    look,
    look_and_bring,
    people_of,
    sentences,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for, kannus_contact):
    return client_for(kannus_contact)


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


def test_person_without_letters_in_the_first_name_is_no_form_of_another(client, kannus):
    add(kannus, first_name="-", last_name="Testinen", email="sama@kannus.example")

    page = look(
        client,
        "Etunimi\tSukunimi\tSähköposti\nMaija\tVirtanen\tsama@kannus.example",
        group="office",
    )

    assert [row.outcome for row in page.context["plan"].rows] == ["new"]


def test_name_may_be_in_small_letters_or_without_dots_and_is_the_same(client, kannus):
    look_and_bring(client, TABLE)

    page = look(client, "Etunimi;Sukunimi;Sähköposti\nMAIJA;MEIKÄLÄINEN;Maija@Kannus.example")

    assert [row.outcome for row in page.context["plan"].rows] == ["same"]


def test_key_of_another_municipalitys_person_means_nobody(client, kannus, jamsa):
    theirs = add(jamsa, first_name="Maija", last_name="Meikäläinen")

    look_and_bring(client, f"Tunniste;Nimi;Ryhmä\n{theirs.pk};Maija Meikäläinen;vh")

    assert [each.name for each in people_of(kannus)] == ["Maija Meikäläinen"]
    assert people_of(jamsa)[0].title == ""


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
