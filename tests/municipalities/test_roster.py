"""The roster: lists, twins refused by name, the way back to the grid."""

import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook

from municipalities.enums import Group
from municipalities.models import Person
from municipalities.queries import distinct_names
from municipalities.roster import saving
from tests.municipalities.factories import PersonFactory
from tests.pressing import carried, press
from uso.ground.lib.errors import RuleViolation
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)  # as in tests/clock.py
LIST = "/k/kannus/people/"
ADD = "/k/kannus/people/add/"
UUNO = {
    "first_name": "Uuno",
    "last_name": "Uusi",
    "title": "",
    "body": "",
    "group": "office",
    "email": "uuno@kannus.example",
    "phone": "",
    "language": "fi",
}


@pytest.fixture
def client(client_for, kannus_contact):
    return client_for(kannus_contact)


@pytest.fixture
def uuno(kannus) -> Person:
    with scope(kannus.pk):
        return PersonFactory(municipality=kannus, **UUNO)


def people_of(municipality) -> list[Person]:
    with scope(municipality.pk):
        return list(Person.objects.order_by("pk"))


def test_list_is_by_group_and_in_finnish_order(client, kannus):
    with scope(kannus.pk):
        for last, group in (
            ("Öölä", Group.OFFICE), ("Aalto", Group.OFFICE), ("Åberg", Group.OFFICE),
            ("Zitting", Group.ELECTED),
        ):  # fmt: skip
            PersonFactory(municipality=kannus, last_name=last, group=group)

    shown = client.get(LIST).context["table"].rows

    assert [p.last_name for p in shown] == ["Zitting", "Aalto", "Åberg", "Öölä"]


def test_empty_list_says_what_to_do(client):
    assert ADD in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("words", "found"), [("uusi uuno", 1), ("UUNO@KANNUS", 1), ("jämsä", 0), ("<b>", 0)]
)
def test_search_looks_at_names_titles_and_addresses(client, uuno, words, found):
    assert len(client.get(LIST, {"q": words}).context["table"].rows) == found


def test_list_is_taken_out_as_a_file(client, uuno):
    file = client.get(LIST, {"export": "csv"})

    assert file.headers["Content-Disposition"] == 'attachment; filename="kannus-henkilot.csv"'
    assert f"{uuno.pk};Uusi;Uuno;Viranhaltija;" in file.content.decode("utf-8-sig")


def test_list_has_one_name_on_its_page_its_tab_and_its_sheet(client, uuno):
    page = client.get(LIST).content.decode()
    file = client.get(LIST, {"export": "xlsx"})

    assert load_workbook(io.BytesIO(file.content)).sheetnames == ["Henkilöt"]
    assert re.findall(r'aria-current="page">\s*(Henkilöt|Osallistujat)\s*</a>', page)
    assert "Osallistujat" not in page
    assert "Tuo henkilöt taulukosta" in client.get(f"{LIST}import/").content.decode()


def test_other_municipalitys_people_are_not_listed(client, jamsa):
    with scope(jamsa.pk):
        PersonFactory(municipality=jamsa, last_name="Jämsäläinen")

    assert "Jämsäläinen" not in client.get(LIST).content.decode()


def test_added_person_is_on_the_list(client, kannus):
    response = client.post(ADD, {**UUNO, "email": "Uuno@Kannus.example"})

    (person,) = people_of(kannus)
    assert response.url == LIST
    assert (person.name, person.email) == ("Uuno Uusi", "uuno@kannus.example")


def test_each_step_says_that_it_was_done(client, kannus):
    added = client.post(ADD, UUNO, follow=True)
    (person,) = people_of(kannus)
    changed = client.post(f"{LIST}{person.pk}/", {**UUNO, "last_name": "Uudempi"}, follow=True)
    gone = press(client, f"{LIST}{person.pk}/take-off/", follow=True)
    back = client.post(f"{LIST}{person.pk}/back/", follow=True)

    assert [str(*page.context["messages"]) for page in (added, changed, gone, back)] == [
        "Uuno Uusi on nyt luettelossa.",
        "Uuno Uudempi: muutokset tallennettiin.",
        "Uuno Uudempi poistettiin luettelosta.",
        "Uuno Uudempi on nyt luettelossa.",
    ]


def test_second_tab_is_told_what_has_changed_and_keeps_what_was_typed(client, kannus, uuno):
    page = f"{LIST}{uuno.pk}/"
    late = carried(client.get(page))
    client.post(page, {**UUNO, **carried(client.get(page)), "email": "uusi@kannus.example"})

    refused = client.post(page, {**UUNO, **late, "last_name": "Uudempi"})

    assert refused.status_code == 422
    [why] = refused.context["form"].non_field_errors()
    assert why.startswith(
        "Tämä on muuttunut sillä välin: Sähköposti: uuno@kannus.example → uusi@kannus.example."
    )
    assert 'value="Uudempi"' in refused.text
    assert [(each.last_name, each.email) for each in people_of(kannus)] == [
        ("Uusi", "uusi@kannus.example")
    ]
    assert client.post(page, {**UUNO, **carried(refused)}).status_code == 302


def test_change_of_somebody_taken_off_meanwhile_puts_nobody_back(client, kannus, uuno):
    page = f"{LIST}{uuno.pk}/"
    late = carried(client.get(page))
    press(client, f"{page}take-off/")

    refused = client.post(page, {**UUNO, **late, "last_name": "Uudempi"})

    assert refused.status_code == 422
    assert [each.has_left for each in people_of(kannus)] == [True]


def test_municipality_cannot_be_chosen_by_the_form(client, kannus, jamsa):
    client.post(ADD, {**UUNO, "municipality": jamsa.pk})

    assert len(people_of(kannus)) == 1
    assert people_of(jamsa) == []


@pytest.mark.parametrize(
    "given",
    [
        {"title": "toinen"},  # the same name and address
        {"email": "UUNO@kannus.example", "first_name": "uuno"},
        {"email": ""},  # the same name, not to be told apart
        {"email": "", "first_name": "uuno", "last_name": "UUSI"},
    ],
)
def test_twin_is_refused_by_name_and_the_input_kept(client, kannus, uuno, given):
    response = client.post(ADD, {**UUNO, **given})

    form = response.context["form"]
    assert response.status_code == 422
    assert "uuno" in str(form.errors).lower()
    assert form["last_name"].value() == {**UUNO, **given}["last_name"]
    assert len(people_of(kannus)) == 1


@pytest.mark.parametrize("field", ["first_name", "last_name"])
@pytest.mark.parametrize("typed", ["-", "040 123", "uuno@kannus.example", "\ufe76"])
def test_name_without_a_letter_is_refused_by_the_form_and_the_import(client, kannus, field, typed):
    refused = client.post(ADD, {**UUNO, field: typed})
    names = {"first_name": "Uuno", "last_name": "Uusi", field: typed}
    rows = f"Etunimi\tSukunimi\n{names['first_name']}\t{names['last_name']}"
    shown = client.post(f"{LIST}import/", {"rows": rows, "group": "office"})

    assert list(refused.context["form"].errors) == [field]
    [why] = refused.context["form"].errors[field]
    [remark] = shown.context["plan"].rows[0].row.errors
    assert remark.sentence == f"{why} Katso, ovatko sarakkeet paikoillaan."
    assert people_of(kannus) == []


def test_namesake_with_another_address_is_let_in(client, kannus, uuno):
    client.post(ADD, {**UUNO, "email": "toinen@kannus.example"})

    assert len(people_of(kannus)) == 2


def test_same_address_in_another_municipality_is_no_twin(client, kannus, jamsa):
    with scope(jamsa.pk):
        PersonFactory(municipality=jamsa, **UUNO)

    client.post(ADD, UUNO)

    assert len(people_of(kannus)) == 1


def test_person_renamed_to_a_namesake_without_an_address_is_refused(client, kannus, uuno):
    with scope(kannus.pk):
        other = PersonFactory(municipality=kannus, email="")

    response = client.post(f"{LIST}{other.pk}/", {**UUNO, "email": ""})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["last_name"]
    assert [person.last_name for person in people_of(kannus)] == ["Uusi", other.last_name]


def test_edited_person_is_no_twin_of_itself(client, kannus, uuno):
    response = client.post(f"{LIST}{uuno.pk}/", {**UUNO, "title": "talousjohtaja"})

    assert response.status_code == 302
    assert people_of(kannus)[0].title == "talousjohtaja"


def test_twin_that_came_in_meanwhile_is_refused_by_the_database(
    kannus, kannus_contact, uuno, monkeypatch
):
    monkeypatch.setattr(saving, "find_namesakes", lambda person: [])
    with scope(kannus.pk):
        twin = Person(municipality=kannus)
        with pytest.raises(RuleViolation):
            saving.save_person(person=twin, **UUNO, by=kannus_contact)
        assert Person.objects.count() == 1


def test_history_of_a_person_names_who_changed_it(kannus, kannus_contact, kannus_leader):
    person = saving.save_person(person=Person(municipality=kannus), **UUNO, by=kannus_contact)
    saving.archive_person(person=person, on=TODAY, by=kannus_leader)

    with scope(kannus.pk):
        events = person.pgh_event_model.objects.order_by("pgh_id")
        assert list(events.values_list("left_on", "pgh_context__user")) == [
            (None, kannus_contact.pk),
            (TODAY, kannus_leader.pk),
        ]


def test_person_is_taken_off_and_put_back(client, kannus, uuno):
    press(client, f"{LIST}{uuno.pk}/take-off/")
    assert client.get(LIST).context["table"].rows == []
    assert client.get(LIST).context["not_taking_part"] == 1
    assert "?gone=yes" in client.get(LIST).text
    assert len(client.get(LIST, {"gone": "yes"}).context["table"].rows) == 1
    client.post(f"{LIST}{uuno.pk}/back/")

    assert len(client.get(LIST).context["table"].rows) == 1
    assert "?gone=yes" not in client.get(LIST).text


def test_who_has_left_is_listed_with_the_day(client, kannus, uuno):
    press(client, f"{LIST}{uuno.pk}/take-off/")

    page = client.get(LIST, {"gone": "yes"})
    assert [each.left_on for each in page.context["table"].rows] == [TODAY]
    assert "24.11.2026" in page.text
    assert "24.11.2026" in client.get(f"{LIST}{uuno.pk}/").text


def test_who_has_left_is_offered_to_be_put_back_and_not_added_twice(client, kannus, uuno):
    press(client, f"{LIST}{uuno.pk}/take-off/")

    refused = client.post(ADD, UUNO)

    assert "palauta" in str(refused.context["form"].errors)
    assert len(people_of(kannus)) == 1


def test_body_and_telephone_are_on_the_list(client, kannus):
    client.post(ADD, {**UUNO, "body": "kunnanhallitus", "phone": "040 123 4567"})

    [person] = people_of(kannus)
    assert (person.body, person.phone) == ("kunnanhallitus", "+358401234567")
    assert len(client.get(LIST, {"q": "kunnanhallitus"}).context["table"].rows) == 1
    assert "+358401234567" in client.get(LIST).text


def test_leader_reads_the_list_and_changes_nothing(client_for, kannus_leader, uuno):
    page = client_for(kannus_leader).get(LIST)

    assert "Uusi Uuno" in page.text
    assert (ADD in page.text, f"{LIST}{uuno.pk}/" in page.text) == (False, False)


def test_next_leads_back_to_the_grid(client):
    back = "/k/kannus/registrations/?event=3"
    page = client.get(ADD, {"next": back})
    assert page.context["back"] == back

    assert client.post(ADD, {**UUNO, "next": back}).url == back


@pytest.mark.parametrize(
    "next_page",
    [
        "https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)",
        "http:///example.org", "\t//example.org", "example.org",
    ],
)  # fmt: skip
def test_next_leads_nowhere_else(client, next_page):
    assert client.post(ADD, {**UUNO, "next": next_page}).url == LIST


def test_template_and_html_syntax_in_a_name_stays_text(client):
    client.post(ADD, {**UUNO, "first_name": "{{ request.user }}", "last_name": "<img src=x>"})

    page = client.get(LIST).content.decode()
    assert "<img src=x>" not in page
    assert "&lt;img src=x&gt; {{ request.user }}" in page


def test_one_mailbox_serves_several_people_and_a_successor(client, kannus, uuno):
    response = client.post(ADD, {**UUNO, "first_name": "Seuraaja"})

    assert response.status_code == 302
    assert {person.email for person in people_of(kannus)} == {UUNO["email"]}
    assert len(people_of(kannus)) == 2


def test_namesakes_carry_what_tells_them_apart():
    def person(pk: int, title: str = "", email: str = "", last: str = "Virtanen") -> Person:
        return Person(pk=pk, first_name="Aino", last_name=last, title=title, email=email)

    chair, clerk = person(1, "puheenjohtaja"), person(2, "sihteeri", "aino@kannus.example")
    twin, other = person(3, "sihteeri", "toinen@kannus.example"), person(4, last="Aalto")

    assert distinct_names([chair, clerk, twin, other]) == {
        1: "Aino Virtanen (puheenjohtaja)",
        2: "Aino Virtanen (aino@kannus.example)",
        3: "Aino Virtanen (toinen@kannus.example)",
        4: "Aino Aalto",
    }
