"""After a merger: the successor's people read the former pages, nobody else does, and nobody writes."""

from datetime import date

import pytest
from django.db import ProgrammingError, connection
from django.urls import reverse

from municipalities.access import READ_AFTER_MERGER
from municipalities.enums import Role
from tests.access import addresses, table, url_of
from tests.analysis.editions import ready_made, store
from tests.municipalities.factories import user_with_role
from tests.roof.mergers.merging import AFTER
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope
from uso.roof.mergers.plans import MergerPlan
from uso.roof.mergers.relations import RELATIONS

pytestmark = pytest.mark.django_db

REFUSED_OR_LED = {302, 404}


@pytest.fixture
def third_contact(third):
    return user_with_role(Role.CONTACT, third)


@pytest.fixture
def after(full, merged, time_machine):
    """Everything of Kannus as arguments of addresses; it has been merged into Jämsä since."""
    merged()
    time_machine.move_to(AFTER)
    return full


def below_kannus():
    return [name for name, (_pattern, names) in addresses().items() if "slug" in names and name in table() and not name.split(":")[0].endswith("_network")]  # fmt: skip


def answers(client, given):
    found = {}
    for name in below_kannus():
        method = table()[name][0]
        send = client.get if method == "GET" else client.post
        found[name] = send(url_of(name, given)).status_code
    return found


def test_only_pages_that_read_are_kept():
    assert set(below_kannus()) >= READ_AFTER_MERGER
    assert {table()[name][0] for name in READ_AFTER_MERGER} == {"GET"}


def test_somebody_of_the_successor_reads_what_is_kept_and_is_led_on_from_the_rest(
    after, client_for, jamsa_contact
):
    found = answers(client_for(jamsa_contact), after)

    rest = {name: status for name, status in found.items() if name not in READ_AFTER_MERGER}
    assert set(rest.values()) == {302}
    kept = {name: found[name] for name in READ_AFTER_MERGER}
    assert {name for name, status in kept.items() if status == 200} >= {
        "people:municipality", "seasons:detail", "billing:list", "analysis:overview",
        "workshops:list", "workshops:detail",
    }  # fmt: skip
    assert set(kept.values()) <= {200, 404}  # 404: of an edition that is not published


def test_nobody_of_a_third_municipality_finds_anything(after, client_for, third_contact):
    assert set(answers(client_for(third_contact), after).values()) == {404}


def test_who_had_a_role_in_the_former_one_reads_it_through_the_role_in_the_new_one(
    full, merged, client_for, kannus_contact, time_machine
):
    merged()
    time_machine.move_to(AFTER)

    page = client_for(kannus_contact).get("/k/kannus/invoices/")

    assert page.status_code == 200
    assert "Kannus liittyi" in page.content.decode()
    assert '<a href="/k/jamsa/">Jämsä</a>' in page.content.decode()


def test_an_ended_role_alone_reads_nothing(
    full, merged, client_for, kannus_leader, jamsa, time_machine
):
    merged()
    jamsa.memberships.update(ends_on=date(2027, 1, 4))
    time_machine.move_to(AFTER)

    assert set(answers(client_for(kannus_leader), full).values()) == {404}


def test_old_address_leads_to_the_new_one_with_a_sentence(after, client_for, jamsa_contact):
    answer = client_for(jamsa_contact).get("/k/kannus/", follow=True)

    assert answer.redirect_chain == [("/k/jamsa/municipality/", 302)]
    assert "Kannus liittyi kuntaan Jämsä 1.1.2027." in answer.content.decode()
    assert "/k/kannus/municipality/" in answer.content.decode()


def test_press_in_a_page_of_before_stores_nothing_and_says_so(
    after, client_for, coordinator, kannus
):
    answer = client_for(coordinator).post(
        "/k/kannus/people/add/",
        {"first_name": "Uusi", "last_name": "Henkilö", "group": "office", "language": "fi"},
        follow=True,
    )

    assert "Mitään ei tallennettu." in answer.content.decode()
    with scope(kannus.pk):
        assert not kannus.people.filter(first_name="Uusi").exists()


def test_documents_of_the_former_one_are_downloaded_and_counted(
    kannus, season8, coordinator, merged, client_for, jamsa_contact, time_machine
):
    with scope(kannus.pk):
        analysis = ready_made(kannus, season8, coordinator)
        store(analysis, "fi")
    merged()
    time_machine.move_to(AFTER)

    url = reverse("analysis:document", args=["kannus", analysis.pk, "fi"])
    answer = client_for(jamsa_contact).get(url)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    with scope(kannus.pk):
        assert analysis.downloads.count() == 1


def test_three_generations_are_read_through_the_last(
    full, merged, third, jamsa, client_for, third_contact, time_machine
):
    merged()
    merged(MergerPlan([jamsa], third, 2027))
    time_machine.move_to(AFTER)
    client = client_for(third_contact)

    assert client.get("/k/kannus/invoices/").status_code == 200
    assert client.get("/k/jamsa/invoices/").status_code == 200
    assert client.get("/k/kannus/", follow=True).redirect_chain == [
        ("/k/kokkola/municipality/", 302)
    ]


def test_scope_of_the_successor_shows_no_row_of_the_former_one(after, kannus, jamsa, third):
    """Each table: the rows of Kannus are in sight in its own scope alone."""
    with across_municipalities(reason="the test knows which tables are protected"):
        tables = sorted({table for table, column in RELATIONS if column == "municipality_id"})
    for place in (jamsa, third):
        with scope(place.pk), connection.cursor() as cursor:
            for name in tables:
                if name.startswith("municipalities_") and name in OPEN_TABLES:
                    continue
                cursor.execute(
                    f"SELECT count(*) FROM {name} WHERE municipality_id = %s", [kannus.pk]
                )
                assert (name, cursor.fetchone()[0]) == (name, 0)


OPEN_TABLES = {
    "municipalities_membership", "municipalities_membershipevent", "municipalities_invitation",
    "municipalities_population", "municipalities_populationevent",
}  # fmt: skip


@pytest.mark.usefixtures("after")
def test_row_of_the_former_one_cannot_be_taken_by_the_successor(kannus, jamsa):
    with pytest.raises(ProgrammingError), scope(jamsa.pk), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO municipalities_mergedperson (municipality_id, former_id, person_id)"
            " VALUES (%s, 1, 1)",
            [kannus.pk],
        )
