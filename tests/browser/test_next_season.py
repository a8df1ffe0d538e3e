"""The coordinator's journey from an earlier season to the planned events of the next."""

import pytest
from playwright.sync_api import Page, expect

from events.facts import load_programme
from events.models import Event
from seasons.enums import SeasonState
from seasons.facts import load_seasons
from seasons.models import Season
from tests.browser.conftest import PHONE
from uso.ground.tenancy.crossing import across_municipalities

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


def test_season_is_copied_compared_and_planned(new_page, coordinator, axe_clean, fits):
    load_seasons()
    load_programme(Season.objects.get(number=8))
    page = new_page(coordinator)

    copy_the_season(page, axe_clean)
    compare_it(page, axe_clean)
    plan_its_events(page, axe_clean)
    page.set_viewport_size({"width": PHONE, "height": 900})
    for address in ("new/", "compare/?all=1", "9/events/plan/", "9/events/"):
        page.goto(f"/seasons/{address}")
        fits(page)


def copy_the_season(page: Page, axe_clean) -> None:
    page.goto("/seasons/")
    page.get_by_role("link", name="Uusi kausi").click()
    expect(page.get_by_label("Ensimmäinen vuosi")).to_have_value("2027")
    axe_clean(page)
    page.get_by_label("Numero").fill("8")
    page.get_by_role("button", name="Tee luonnos").click()
    expect(page.get_by_role("alert")).to_contain_text("USO8")
    axe_clean(page)
    page.get_by_label("Numero").fill("9")
    page.get_by_role("button", name="Tee luonnos").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("USO9")
    made = Season.objects.get(number=9)
    assert (made.state, made.years, made.events.count()) == (SeasonState.DRAFT, "2027–2028", 16)


def compare_it(page: Page, axe_clean) -> None:
    page.get_by_role("link", name="Vertaa toiseen kauteen").click()
    expect(page.get_by_text("Vaiheet ovat samat, päivät 2 vuotta myöhemmin").first).to_be_visible()
    page.get_by_label("Näytä myös se, mikä on samaa").check()
    page.get_by_role("button", name="Vertaa").click()
    expect(page.get_by_role("row").filter(has_text="Teemaseminaarit")).to_contain_text("sama")
    axe_clean(page)


def plan_its_events(page: Page, axe_clean) -> None:
    """Two seminars are missing; one of them is moved to Christmas Eve and asked about."""
    with across_municipalities(reason="the database looks for registrations of what is deleted"):
        Event.objects.filter(season__number=9, kind="seminar", position__gt=2).delete()
    page.goto("/seasons/9/events/")
    page.get_by_role("link", name="Suunnittele tapahtumat paketista").click()
    axe_clean(page)
    page.get_by_label("Teemaseminaari 4").fill("2028-12-22")
    page.get_by_label("Teemaseminaari 3").fill("2028-12-24")
    page.get_by_role("button", name="Suunnittele 2 tapahtumaa luonnoksina").click()
    expect(page.get_by_role("alert")).to_contain_text("Jouluaatto")
    axe_clean(page)
    page.get_by_label("Teemaseminaari 3").fill("2028-03-31")
    page.get_by_role("button", name="Suunnittele 2 tapahtumaa luonnoksina").click()
    expect(page.get_by_role("row").filter(has_text="Teemaseminaari 3")).to_contain_text("Luonnos")
    assert Event.objects.filter(season__number=9, kind="seminar").count() == 4
