"""A table of people brought to the roster: looked at first, then stored as it was shown."""

import re

import pytest
from django.http import QueryDict

from municipalities.enums import Group
from municipalities.forms import BringForm
from municipalities.models import Person
from municipalities.roster.tables import MOST_COLUMNS, MOST_PEOPLE
from tests.municipalities.importing import (
    MAIJA,
    ORJAN,
    PAGE,
    TABLE,
    add,
    bring,
    facts,
    look,
    look_and_bring,
    people_of,
    sentences,
)
from uso.ground.lib.money import number
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for, kannus_contact):
    return client_for(kannus_contact)


def test_nothing_is_stored_before_the_press(client, kannus):
    page = look(client, TABLE)

    assert [row.outcome for row in page.context["plan"].rows] == ["new", "new"]
    assert people_of(kannus) == []


def test_preview_says_how_many_rows_come_to_what(client, kannus):
    rows = "Etunimi\tSukunimi\tSähköposti\tNimike\n"
    for last, email, title in (
        ("Sama", "a@kannus.example", ""), ("Muuttuva", "b@kannus.example", ""), ("Kysytty", "c@kannus.example", ""),
    ):  # fmt: skip
        add(kannus, first_name="Maija", last_name=last, email=email, title=title)
    rows += "Maija\tSama\ta@kannus.example\nMaija\tMuuttuva\tb@kannus.example\tpj\n"
    rows += "Maija\tKysytty\td@kannus.example\nUusi\tIhminen\nToinen\tIhminen\n-\tVirhe\n"

    page = look(client, rows, group="office")

    assert page.context["plan"].counts_in_words == (
        "6 riviä luettiin. 2 henkilöä on uusia. 1 on jo luettelossa. 1 muuttuisi."
        " 1 odottaa vastaustasi. 1 jää pois, ellet korjaa sitä."
    )
    assert page.context["plan"].counts_in_words in page.text


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


def test_table_far_wider_than_a_list_of_people_is_refused(client, kannus):
    page = look(client, "Maija\tMeikäläinen\n" + "\t" * MOST_COLUMNS + "x")

    assert "Rivillä 2 on yli 200 saraketta" in page.content.decode()
    assert people_of(kannus) == []


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


def test_other_municipalitys_people_are_neither_known_nor_changed(client, kannus, jamsa):
    add(jamsa, first_name="Maija", last_name="Meikäläinen", email="maija@kannus.example", title="x")

    look_and_bring(client, TABLE)

    assert [each.title for each in people_of(jamsa)] == ["x"]
    assert len(people_of(kannus)) == 2


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
