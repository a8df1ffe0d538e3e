"""Shared mailboxes: who adds them, what is refused, whose they are."""

import pytest

from municipalities.models import ContactAddress
from tests.municipalities.factories import ContactAddressFactory, MunicipalityFactory
from tests.pressing import press
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

LIST = "/k/kannus/contacts/"
ADD = "/k/kannus/contacts/mailboxes/add/"
FILLED = {"label": "Kirjaamo", "email": "kirjaamo@kannus.fi", "language": "fi"}


def mailboxes(municipality) -> list[tuple[str, str]]:
    with scope(municipality.pk):
        return list(ContactAddress.objects.order_by("pk").values_list("label", "email"))


@pytest.mark.parametrize("who", ["kannus_contact", "coordinator"])
def test_mailbox_is_added_by_contact_person_and_coordinator(client_for, request, kannus, who):
    user = request.getfixturevalue(who)
    client = client_for(user)

    press(client, ADD, FILLED)

    assert mailboxes(kannus) == [("Kirjaamo", "kirjaamo@kannus.fi")]
    page = client.get(LIST).text
    assert "kirjaamo@kannus.fi" in page
    assert user.name in page.split('id="mailboxes"')[1].split("</table>")[0]


def test_mailbox_is_of_one_municipality_alone(client_for, kannus, jamsa, kannus_contact):
    with scope(jamsa.pk):
        theirs = ContactAddressFactory(municipality=jamsa, email="kirjaamo@jamsa.example")
    client = client_for(kannus_contact)

    assert "kirjaamo@jamsa.example" not in client.get(LIST).text
    assert client.get(f"{LIST}mailboxes/{theirs.pk}/").status_code == 404
    assert client.post(f"{LIST}mailboxes/{theirs.pk}/remove/").status_code == 404
    assert len(mailboxes(jamsa)) == 1


def test_mailbox_may_be_added_where_nobody_has_an_account(client_for, coordinator):
    invited = MunicipalityFactory(language_status="sv")
    page = f"/k/{invited.slug}/contacts/mailboxes/add/"
    client = client_for(coordinator)

    assert '<option value="sv" selected>' in client.get(page).text
    press(client, page, {**FILLED, "email": "  Kirjaamo@Kunta.FI "})

    assert mailboxes(invited) == [("Kirjaamo", "kirjaamo@kunta.fi")]


@pytest.mark.parametrize(
    "email", ["kirjaamo@ähtäri", "kirjaamo kannus@kannus.fi", "kirjaamo", "kirjäamo@kannus.fi"]
)
def test_address_that_cannot_be_mailed_to_is_refused(client_for, kannus, kannus_contact, email):
    client = client_for(kannus_contact)

    page = press(client, ADD, {**FILLED, "email": email})

    assert page.status_code == 422
    assert 'id="id_email_error"' in page.text
    assert mailboxes(kannus) == []


def test_same_address_stands_once(client_for, kannus, kannus_contact):
    with scope(kannus.pk):
        ContactAddressFactory(municipality=kannus, email="kirjaamo@kannus.fi")
    client = client_for(kannus_contact)

    page = press(client, ADD, {**FILLED, "email": "KIRJAAMO@kannus.fi"})

    assert page.status_code == 422
    assert "Osoite on jo luettelossa." in page.text
    assert len(mailboxes(kannus)) == 1


def test_mailbox_is_changed_and_removed(client_for, kannus, kannus_contact):
    with scope(kannus.pk):
        address = ContactAddressFactory(municipality=kannus)
    client, page = client_for(kannus_contact), f"{LIST}mailboxes/{address.pk}/"

    press(client, page, {**FILLED, "label": "Hallinto"})
    assert mailboxes(kannus) == [("Hallinto", "kirjaamo@kannus.fi")]

    client.post(f"{page}remove/")
    assert mailboxes(kannus) == []
