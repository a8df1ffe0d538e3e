"""Where a municipality's invoices go: given and confirmed by its people, checked, never guessed."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from billing.actions import make_fee_drafts
from billing.einvoice_addresses import doubt_about
from billing.forms import BuyerDetailsForm
from billing.models import BuyerDetails, Invoice
from billing.queries import DETAILS, Buyer
from municipalities.models import Municipality
from tests.billing.factories import BuyerDetailsFactory
from tests.clock import NOW
from tests.pressing import carried
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

LIST, PAGE = "/k/kannus/invoices/", "/k/kannus/invoices/e-invoice/"
CONFIRM = PAGE + "confirm/"
GIVEN = {
    "einvoice_address": "0037 0178 4556",
    "operator": "bawcfi22",
    "peppol_endpoint": "",
    "reference": "Kustannuspaikka 4711",
    "language": "fi",
    "street": "PL 42",
    "postal_code": "69 101",
    "post_office": "Kannus",
    "email": "Ostolaskut@Kannus.example",
}
WRONG_DIGIT = "003701784557"


def form(**changes) -> BuyerDetailsForm:
    return BuyerDetailsForm(GIVEN | changes)


def stored(place: Municipality) -> BuyerDetails | None:
    with scope(place.pk):
        return BuyerDetails.objects.select_related("confirmed_by").first()


@pytest.fixture
def details(kannus, kannus_billing):
    with scope(kannus.pk):
        return BuyerDetailsFactory(municipality=kannus, confirmed_by=kannus_billing)


@pytest.fixture
def contact(client_for, kannus_contact) -> Client:
    return client_for(kannus_contact)


@pytest.mark.parametrize("role", ["kannus_contact", "kannus_billing", "coordinator"])
def test_details_are_stored_as_operators_have_them_with_who_confirmed(
    role, request, client_for, kannus
):
    user = request.getfixturevalue(role)

    answer = client_for(user).post(PAGE, GIVEN)

    assert answer.url == LIST
    row = stored(kannus)
    assert {name: getattr(row, name) for name in DETAILS} == {
        **GIVEN,
        "einvoice_address": "003701784556",
        "operator": "BAWCFI22",
        "postal_code": "69101",
        "email": "ostolaskut@kannus.example",
    }
    assert row.confirmed_by == user
    page = client_for(user).get(LIST).text
    assert "PL 42, 69101 Kannus" in page
    assert user.name in page


def test_everything_but_the_language_may_be_left_empty(kannus):
    empty = BuyerDetailsForm(dict.fromkeys(DETAILS, "") | {"language": "sv"})

    assert empty.is_valid()
    assert list(BuyerDetailsForm(dict.fromkeys(DETAILS, "")).errors) == ["language"]


def test_language_of_the_majority_is_proposed(contact, kannus):
    Municipality.objects.filter(pk=kannus.pk).update(language_status="sv-fi")

    assert '<option value="sv" selected>' in contact.get(PAGE).text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("einvoice_address", "0037å1784556"),
        ("einvoice_address", "00370"),
        ("einvoice_address", "A" * 36),
        ("operator", "Basware Oyj, välittäjä"),
        ("peppol_endpoint", "003701784556x:"),
        ("peppol_endpoint", "0212:01784556"),
        ("peppol_endpoint", "0037:01784556"),
        ("postal_code", "6910"),
        ("postal_code", "FI-691"),
        ("email", "laskut kannus.example"),
        ("language", "de"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(field, typed, kannus):
    assert list(form(**{field: typed}).errors) == [field]


def test_scheme_that_peppol_removed_is_named_with_the_mend(in_english):
    [said] = form(peppol_endpoint="0212:01784556").errors["peppol_endpoint"]

    assert said == "Peppol no longer knows addresses that begin with 0212:. Write 0216: instead."


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0037 0178 4556", "0216:003701784556"),
        ("0216: 003701784556", "0216:003701784556"),
        ("0088:7381035000010", "0088:7381035000010"),
        ("", ""),
    ],
)
def test_peppol_address_gets_the_finnish_scheme(typed, kept):
    sent = form(peppol_endpoint=typed)

    assert sent.is_valid()
    assert sent.cleaned_data["peppol_endpoint"] == kept


@pytest.mark.parametrize("missing", ["street", "postal_code", "post_office"])
def test_postal_address_is_whole_or_not_there(missing, kannus):
    assert list(form(**{missing: ""}).errors) == [missing]


def test_form_that_fails_keeps_what_was_typed_and_stores_nothing(contact, kannus):
    answer = contact.post(PAGE, GIVEN | {"postal_code": "6910", "reference": "Viite 1"})

    assert answer.status_code == 422
    assert 'value="Viite 1"' in answer.text
    assert "Kirjoita viisi numeroa, esimerkiksi 69100." in answer.text
    assert stored(kannus) is None


def test_second_tab_replaces_nothing_it_has_not_shown(contact, kannus):
    late = carried(contact.get(PAGE))
    contact.post(PAGE, {**late, **GIVEN})

    refused = contact.post(PAGE, {**late, **GIVEN, "reference": "Toinen"})

    assert refused.status_code == 422
    assert stored(kannus).reference == "Kustannuspaikka 4711"


def test_press_confirms_and_changes_nothing_else(contact, kannus, kannus_contact, details):
    page = contact.get(LIST)

    answer = contact.post(CONFIRM, carried(page))

    row = stored(kannus)
    assert answer.url == LIST
    assert (row.confirmed_by, row.confirmed_at >= NOW) == (kannus_contact, True)
    assert (row.reference, row.operator) == (details.reference, details.operator)


def test_press_of_a_page_that_showed_something_else_confirms_nothing(
    contact, kannus, kannus_billing, details
):
    old = carried(contact.get(LIST))
    with scope(kannus.pk):
        BuyerDetails.objects.update(reference="Toinen")

    contact.post(CONFIRM, old)

    assert stored(kannus).confirmed_by == kannus_billing
    assert "Toinen" in contact.get(LIST).text


def test_nothing_is_confirmed_where_nothing_was_given(contact):
    assert contact.post(CONFIRM).status_code == 404


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("own", "/k/kannus/municipality/"),
        ("network", "/municipalities/kannus/"),
        ("", LIST),
        ("//evil.example", LIST),
    ],
)
def test_press_and_form_lead_back_where_they_were_begun(
    came_from, back, client_for, coordinator, details
):
    client = client_for(coordinator)

    assert client.post(CONFIRM, {"from": came_from}).url == back
    assert client.post(PAGE, {**GIVEN, "from": came_from}).url == back
    assert f'href="{back}"' in client.get(f"{PAGE}?from={came_from}").text


def test_form_that_fails_still_knows_where_it_was_begun(contact):
    answer = contact.post(PAGE, {**GIVEN, "postal_code": "1", "from": "own"})

    assert '<input type="hidden" name="from" value="own">' in answer.text


def test_leader_reads_and_may_not_change(client_for, kannus_leader, details):
    page = client_for(kannus_leader).get(LIST).text

    assert details.einvoice_address in page
    assert PAGE not in page
    assert CONFIRM not in page


def test_what_an_einvoice_lacks_is_named(kannus, details, in_english):
    assert Buyer(kannus, None).missing == [
        "business ID",
        "e-invoice address",
        "operator's identifier",
        "your reference",
    ]
    assert Buyer(kannus, details).missing == ["business ID"]


def test_doubtful_ovt_is_stored_and_told(contact, kannus):
    contact.post(PAGE, GIVEN | {"einvoice_address": WRONG_DIGIT})

    page = contact.get(LIST).text

    assert stored(kannus).einvoice_address == WRONG_DIGIT
    assert "tarkistusnumero ei täsmää" in page


def test_doubts_are_said_once_and_of_each_address(kannus, in_english):
    kannus.business_id = "0201256-6"
    given = BuyerDetails(
        einvoice_address=WRONG_DIGIT,
        peppol_endpoint="0216:" + WRONG_DIGIT,
        operator="003701784557",
    )

    assert len(Buyer(kannus, given).doubts) == 1
    given.einvoice_address = "003701784556"
    assert len(Buyer(kannus, given).doubts) == 2
    assert Buyer(kannus, None).doubts == []


@pytest.mark.parametrize(
    ("address", "business_id", "words"),
    [
        ("003701784556", "", ""),
        ("003701784556", "0178455-6", ""),
        ("00370178455612345", "0178455-6", ""),
        ("TE003701784557", "", ""),
        ("FI2112345600000785", "", ""),
        ("003701784557", "", "wrong check digit"),
        ("003701784556", "0201256-6", "the municipality's is 0201256-6"),
    ],
)
def test_what_is_doubtful_of_an_address(address, business_id, words, in_english):
    said = doubt_about(address, business_id)

    assert words in said
    assert bool(said) == bool(words)


@pytest.mark.parametrize(
    "wrong",
    [
        {"einvoice_address": "0037 0178"},
        {"operator": "bawcfi22"},
        {"peppol_endpoint": "003701784556"},
        {"street": "PL 42"},
        {"street": "PL 42", "postal_code": "6910", "post_office": "Kannus"},
    ],
)
def test_database_refuses_what_the_form_would(wrong, in_kannus):
    with pytest.raises(IntegrityError), transaction.atomic():
        BuyerDetailsFactory(municipality=in_kannus, **wrong)


def test_history_has_who_changed_what_and_no_address_of_a_person(in_kannus, details):
    details.reference = "Toinen"
    details.save()

    events = BuyerDetails._meta.apps.get_model("billing", "BuyerDetailsEvent").objects
    assert list(events.order_by("pk").values_list("reference", flat=True)) == [
        "Kustannuspaikka 4711",
        "Toinen",
    ]
    assert "email" not in {field.name for field in events.model._meta.fields}


def test_drafts_are_in_the_language_that_was_asked_for(join, kannus, season8, coordinator, details):
    join(kannus)
    with scope(kannus.pk):
        BuyerDetails.objects.update(language="sv")

    make_fee_drafts(season=season8, year=2026, by=coordinator, at=NOW)

    with scope(kannus.pk):
        assert Invoice.objects.get().language == "sv"
