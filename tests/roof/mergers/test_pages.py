"""The pages of mergers: a look, the question, the press."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from municipalities.models import Municipality
from tests.municipalities.factories import PersonFactory
from tests.pressing import press
from tests.roof.mergers.merging import AFTER
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

LOOK = reverse("mergers_network:merge")


def look_at(former, into, year=2027):
    return f"{LOOK}?former={former.pk}&into={into.pk if into else ''}&year={year}"


@pytest.mark.usefixtures("full")
def test_merger_is_looked_at_with_its_rule_and_done_with_a_press(
    client_for, coordinator, kannus, jamsa, time_machine
):
    time_machine.move_to(AFTER)
    client = client_for(coordinator)

    page = client.get(look_at(kannus, jamsa)).content.decode()
    done = press(client, look_at(kannus, jamsa), follow=True)

    assert "Tätä ei voi kumota." in page
    assert "Kannus: liitetty kuntaan Jämsä." in done.content.decode()
    kannus.refresh_from_db()
    assert kannus.merged_into == jamsa


@pytest.mark.usefixtures("full")
def test_look_ahead_says_from_when_on_and_has_no_press(client_for, coordinator, kannus, jamsa):
    page = client_for(coordinator).get(look_at(kannus, jamsa))

    assert page.status_code == 200
    assert "1.1.2027" in page.content.decode()
    assert "Tätä ei voi kumota." not in page.content.decode()


@pytest.mark.usefixtures("full")
def test_press_for_a_look_that_has_changed_meanwhile_is_refused(
    client_for, coordinator, kannus, jamsa, time_machine
):
    from tests.pressing import carried

    time_machine.move_to(AFTER)
    client = client_for(coordinator)
    fields = carried(client.get(look_at(kannus, jamsa)))
    with scope(kannus.pk):
        PersonFactory(municipality=kannus)

    answer = client.post(look_at(kannus, jamsa), fields)

    assert answer.status_code == 422
    assert not Municipality.objects.filter(merged_on__isnull=False).exists()


def test_merger_with_itself_is_told_at_its_field(client_for, coordinator, kannus):
    page = client_for(coordinator).get(look_at(kannus, kannus))

    assert page.status_code == 422
    assert "ei voi liittää itseensä" in page.content.decode()


def test_wholly_new_municipality_needs_code_and_names(client_for, coordinator, kannus, jamsa):
    url = f"{LOOK}?former={kannus.pk}&second={jamsa.pk}&year=2027"

    assert client_for(coordinator).get(url).status_code == 422
    named = f"{url}&code=988&name_fi=Uusi&genitive_fi=Uuden"
    assert client_for(coordinator).get(named).status_code == 200


@pytest.mark.parametrize("year", ["2026", "2099", "x", ""])
def test_year_that_no_merger_can_have_is_told(client_for, coordinator, kannus, jamsa, year):
    assert client_for(coordinator).get(look_at(kannus, jamsa, year)).status_code == 422


@pytest.mark.usefixtures("full")
def test_preview_asks_the_database_as_often_for_many_people(client_for, coordinator, kannus, jamsa):
    client = client_for(coordinator)
    client.get(look_at(kannus, jamsa))
    counts = []
    for more in (0, 30):
        with scope(kannus.pk):
            for _each in range(more):
                PersonFactory(municipality=kannus)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(look_at(kannus, jamsa))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 18  # twelve of its own, six of the scope that it opens


def test_former_municipality_is_in_the_list_and_on_the_page_of_its_successor(
    client_for, coordinator, kannus, jamsa, merged, time_machine
):
    merged()
    time_machine.move_to(AFTER)
    client = client_for(coordinator)

    listed = client.get(reverse("people_network:municipalities"), {"q": "kannus"}).content.decode()
    page = client.get(reverse("people_network:municipality", args=["jamsa"])).content.decode()

    assert "Kannus liittyi kuntaan Jämsä 1.1.2027." in listed
    assert "Kannus" in page
    assert "/k/kannus/municipality/" in page
