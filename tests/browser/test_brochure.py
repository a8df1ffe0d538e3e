"""The public page of a season as a stranger reads it: accessible, without a session, in print."""

import pytest
from playwright.sync_api import expect

from events.facts import load_programme
from seasons.facts import load_seasons
from seasons.models import Season
from tests.browser.conftest import NARROW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def season() -> Season:
    load_seasons()
    season = Season.objects.get(number=8)
    load_programme(season)
    return season


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
