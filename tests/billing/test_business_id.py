"""A municipality's business id: given by its people, checked, kept with who confirmed it and when."""

import pytest
from django.db import DatabaseError, transaction

from billing.forms import BusinessIdForm
from billing.models import BusinessIdConfirmation
from municipalities.models import Municipality
from tests.billing.factories import InvoiceFactory
from tests.pressing import carried
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

PAGE = "/k/kannus/invoices/business-id/"


@pytest.mark.parametrize("typed", ["0178455-6", "01784556", " 0178455–6", "FI01784556"])
def test_business_id_is_read_as_people_write_it(typed):
    form = BusinessIdForm({"business_id": typed})

    assert form.is_valid()
    assert form.cleaned_data["business_id"] == "0178455-6"


@pytest.mark.parametrize("typed", ["0178455-7", "178455", "Kannus", "0178455-61"])
def test_wrong_check_digit_is_refused(typed):
    assert list(BusinessIdForm({"business_id": typed}).errors) == ["business_id"]


def test_contact_person_gives_it_and_drafts_get_it(client_for, kannus, kannus_contact, join):
    participation = join(kannus)
    with scope(kannus.pk):
        draft = InvoiceFactory(participation=participation, year=2026, buyer_business_id="")
    client = client_for(kannus_contact)
    assert "Ilmoita Y-tunnus" in client.get("/k/kannus/invoices/").text

    answer = client.post(PAGE, {"business_id": "0178455-6"})

    assert answer.url == "/k/kannus/invoices/"
    assert Municipality.objects.get(pk=kannus.pk).business_id == "0178455-6"
    page = client.get("/k/kannus/invoices/").text
    assert ("0178455-6" in page, kannus_contact.name in page) == (True, True)
    with scope(kannus.pk):
        draft.refresh_from_db()
        assert draft.buyer_business_id == "0178455-6"
        row = BusinessIdConfirmation.objects.get()
        assert (row.business_id, row.confirmed_by) == ("0178455-6", kannus_contact)


def test_second_tab_replaces_no_business_id_it_has_not_shown(client_for, kannus, kannus_contact):
    client = client_for(kannus_contact)
    late = carried(client.get(PAGE))
    client.post(PAGE, {**late, "business_id": "0178455-6"})

    refused = client.post(PAGE, {**late, "business_id": "0201256-6"})

    assert refused.status_code == 422
    assert "– → 0178455-6" in refused.text
    assert 'value="0201256-6"' in refused.text
    assert Municipality.objects.get(pk=kannus.pk).business_id == "0178455-6"


def test_earlier_confirmations_stay(client_for, coordinator, kannus, kannus_contact):
    client_for(kannus_contact).post(PAGE, {"business_id": "0178455-6"})
    client_for(coordinator).post(PAGE, {"business_id": "0201256-6"})

    assert client_for(coordinator).get(PAGE).text.count("0178455-6") == 1
    with scope(kannus.pk):
        rows = BusinessIdConfirmation.objects.order_by("pk")
        assert list(rows.values_list("business_id", "confirmed_by")) == [
            ("0178455-6", kannus_contact.pk),
            ("0201256-6", coordinator.pk),
        ]
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(business_id="0178455-6")


def test_wrong_one_stays_typed_and_stores_nothing(client_for, kannus, kannus_contact):
    answer = client_for(kannus_contact).post(PAGE, {"business_id": "0178455-7"})

    assert answer.status_code == 422
    assert "0178455-7" in answer.text
    assert Municipality.objects.get(pk=kannus.pk).business_id == ""
