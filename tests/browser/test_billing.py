"""A coordinator drafts a year's fees; the municipality reads its own invoice."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from seasons.enums import ParticipationState
from tests.billing.factories import vat_rates
from tests.browser.conftest import PHONE
from tests.seasons.factories import FeeTierFactory, member_of
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/seasons/8/billing/2026/"


@pytest.fixture
def members(season8, kannus, jamsa) -> None:
    """Kannus takes part at 9 000 €; Jämsä has decided but is not confirmed."""
    vat_rates()
    FeeTierFactory(season=season8, population=(0, None))
    with scope(kannus.pk):
        member_of(season8, kannus)
    with scope(jamsa.pk):
        member_of(season8, jamsa, state=ParticipationState.DECIDED)


def said(page: Page) -> str:
    return re.sub(r"\s+", " ", page.locator("main").inner_text())


@pytest.mark.parametrize("scripts", [True, False])
def test_coordinator_looks_drafts_and_removes(new_page, members, coordinator, axe_clean, scripts):
    page = new_page(coordinator, scripts=scripts)
    page.goto(ADDRESS)
    axe_clean_where_it_can(page, axe_clean, scripts)

    page.get_by_role("link", name="Luo laskuluonnokset 2026").click()
    axe_clean_where_it_can(page, axe_clean, scripts)
    assert "Alv 25,5 % 2 295,00 € Yhteensä 11 295,00 €" in said(page)
    assert "Jämsä Osallistumista ei ole vahvistettu." in said(page)

    page.get_by_role("button", name="Luo 1 luonnos").click()
    assert "1 laskuluonnos luotiin vuodelle 2026." in said(page)
    assert "2026 1/1 9 000,00 € 2 295,00 € 11 295,00 €" in said(page)

    page.get_by_role("link", name="Poista vuoden 2026 luonnokset").click()
    axe_clean_where_it_can(page, axe_clean, scripts)
    page.get_by_role("button", name="Poista 1 luonnos").click()
    assert "1 luonnos poistettiin." in said(page)
    assert "2026 0/1" in said(page)


def axe_clean_where_it_can(page: Page, axe_clean, scripts: bool) -> None:
    if scripts:
        axe_clean(page)


def test_coordinator_states_another_date_of_supply(new_page, members, coordinator):
    page = new_page(coordinator)
    page.goto(ADDRESS + "drafts/")

    page.get_by_label("Suorituspäivä").fill(date(2026, 3, 15).isoformat())
    page.get_by_role("button", name="Laske uudelleen").click()
    page.get_by_role("button", name="Luo 1 luonnos").click()

    page.get_by_role("link", name="Kannus", exact=True).click()
    assert "Suorituspäivä 15.3.2026" in said(page)


def test_municipality_reads_its_invoice_on_a_phone(
    new_page, members, coordinator, kannus_leader, axe_clean, fits
):
    drafting = new_page(coordinator, width=PHONE)
    for step in ("", "drafts/"):
        drafting.goto(ADDRESS + step)
        fits(drafting)
    drafting.get_by_role("button", name="Luo 1 luonnos").click()
    fits(drafting)

    page = new_page(kannus_leader, width=PHONE)
    page.goto("/k/kannus/invoices/")

    expect(page.get_by_role("heading", name="Vuosimaksu 2026", level=2)).to_be_visible()
    assert "Yhteensä 11 295,00 €" in said(page)
    axe_clean(page)
    fits(page)
