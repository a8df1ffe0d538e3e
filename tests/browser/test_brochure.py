"""A stranger reads of the season and says that their municipality is interested; the pipeline has it."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from events.facts import load_programme
from seasons.facts import load_seasons
from seasons.models import Season
from tests.browser.conftest import NARROW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def season(monkeypatch) -> Season:
    cache.clear()
    monkeypatch.setattr("uso.roof.brochure.interest_form.SOONEST_SECONDS", -1)
    load_seasons()
    season = Season.objects.get(number=8)
    load_programme(season)
    return season


def test_strangers_interest_comes_on_the_pipeline(
    new_page, season, kannus, coordinator, axe_clean, fits
):
    page = new_page(width=NARROW, scripts=False)
    page.goto("/uso8/")
    fits(page)
    page.get_by_role("link", name="Ilmaise kiinnostuksesi").first.click()
    page.get_by_label("Kunta").select_option("Kannus")
    page.get_by_label("Nimesi").fill("Aino Aho")
    page.get_by_role("button", name="Lähetä").click()
    assert "Kirjoita sähköpostiosoite" in page.locator(".error-summary").inner_text()
    fits(page)
    page.get_by_label("Sähköposti").fill("aino.aho@kannus.example")
    page.get_by_role("button", name="Lähetä").click()
    page.wait_for_url("**/interest/sent/**")
    assert page.context.cookies()[0]["name"] == "uso_csrf"

    office = new_page(coordinator)
    office.goto("/seasons/8/members/?state=interested")
    office.get_by_role("link", name="Kannus").click()

    assert office.get_by_role("link", name="aino.aho@kannus.example").is_visible()
    axe_clean(office)


@pytest.mark.parametrize("address", ["/uso8/", "/uso8/interest/"])
def test_public_pages_are_accessible_and_leave_no_session(
    new_page, season, kannus, axe_clean, fits, address
):
    page = new_page(width=NARROW)
    page.goto(address)

    fits(page)
    axe_clean(page)
    assert "uso_session" not in {each["name"] for each in page.context.cookies()}


def test_page_is_read_in_swedish_and_printed_without_what_is_pressed(new_page, season):
    page = new_page()
    page.goto("/uso8/?lang=fi")
    page.get_by_role("link", name="Svenska").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Från silor till broar"
    assert page.locator("html").get_attribute("lang") == "sv"
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Anmäl intresse").first).to_be_hidden()
