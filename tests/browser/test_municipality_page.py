"""A municipality's people look at what is held of them and say where invoices go, on a phone; a coordinator finds it."""

import re

import pytest
from playwright.sync_api import expect

from billing.models import BuyerDetails
from municipalities.models import Municipality, User
from tests.browser.conftest import PHONE
from tests.municipalities.factories import PopulationFactory
from tests.seasons.factories import FeeTierFactory, ParticipationFactory
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def on_the_list(season8, kannus: Municipality) -> None:
    FeeTierFactory(season=season8, population=(0, None))
    for year in (2000, 2001, 2024):
        PopulationFactory(municipality=kannus, year=year, count=7_000 - year)
    with scope(kannus.pk):
        ParticipationFactory(municipality=kannus, season=season8)


def test_billing_contact_gives_the_details_on_a_phone(
    new_page, kannus_billing: User, kannus, on_the_list, axe_clean, fits
):
    page = new_page(kannus_billing, width=PHONE)
    page.goto("/k/kannus/municipality/")
    expect(page.get_by_role("img", name="asukasta 31.12.2024")).to_be_visible()
    axe_clean(page)
    fits(page)

    page.get_by_role("link", name="Ilmoita verkkolaskutiedot").click()
    page.get_by_label("Verkkolaskuosoite").fill("0037 0178 4557")
    page.get_by_label("Operaattorin tunnus").fill("bawcfi22")
    page.get_by_label("Viitteenne").fill("Kustannuspaikka 4711")
    page.get_by_label("Postinumero").fill("6910")
    axe_clean(page)
    fits(page)
    page.get_by_role("button", name="Tallenna tiedot").click()
    expect(page.get_by_text("Kirjoita viisi numeroa").first).to_be_visible()
    page.get_by_label("Postinumero").fill("")
    page.get_by_role("button", name="Tallenna tiedot").click()

    expect(page).to_have_url(re.compile("/k/kannus/municipality/$"))
    expect(page.get_by_text("Laskutustiedot on tallennettu ja vahvistettu.")).to_be_visible()
    expect(page.get_by_text("tarkistusnumero ei täsmää")).to_be_visible()
    axe_clean(page)
    fits(page)
    page.get_by_role("button", name="Vahvista, että tiedot ovat ajan tasalla").click()
    expect(page.get_by_text("Laskutustiedot on vahvistettu.")).to_be_visible()
    with scope(kannus.pk):
        row = BuyerDetails.objects.get()
        assert (row.operator, row.confirmed_by) == ("BAWCFI22", kannus_billing)


def test_coordinator_walks_from_the_members_to_the_page(
    new_page, coordinator: User, on_the_list, axe_clean, fits
):
    page = new_page(coordinator)
    page.goto("/seasons/8/members/")
    page.get_by_role("link", name="Kunnan sivu: Kannus").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Kannus")
    axe_clean(page)
    fits(page)
    page.get_by_text("Luvut taulukkona").click()
    expect(page.get_by_role("cell", name="4\N{NO-BREAK SPACE}976")).to_be_visible()
    page.get_by_role("link", name="USO8", exact=True).click()
    page.get_by_role("link", name="Kunnan sivu").click()
    page.get_by_role("link", name="Kunnat").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kunnat")
    axe_clean(page)
    fits(page)
