"""The next season from its copy to the first municipality: made, planned, published, printed, answered."""

import io
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from events.facts import load_programme
from events.models import Event
from seasons.enums import SeasonState
from seasons.facts import load_seasons
from seasons.models import Season
from tests.browser.conftest import NARROW, PHONE
from uso.ground.tenancy.crossing import across_municipalities

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


@pytest.fixture
def season8(db: None, sent, monkeypatch) -> Season:
    """USO8 as the documents have it, to be copied; nobody's interest has been counted."""
    cache.clear()
    monkeypatch.setattr("uso.roof.brochure.interest_form.SOONEST_SECONDS", -1)
    load_seasons()
    season = Season.objects.get(number=8)
    load_programme(season)
    return season


def test_next_season_is_copied_planned_published_and_wins_a_municipality(
    new_page, season8, kannus, coordinator, axe_clean, fits
):
    page = new_page(coordinator)

    copy_the_season(page, axe_clean)
    compare_it(page, axe_clean)
    edit_its_theme(page, axe_clean)
    plan_its_events(page, axe_clean)
    publish_it(page, axe_clean)
    text = take_the_invitation(page, axe_clean)
    assert [word for word in ("Sillat kantavat", "Teemaseminaari 3") if word not in text] == []
    express_interest(new_page(width=NARROW, scripts=False), fits)
    find_the_municipality(page, axe_clean)

    page.set_viewport_size({"width": PHONE, "height": 900})
    for address in ("new/", "compare/?all=1", "9/", "9/events/", "9/invitation/", "9/members/"):
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


def edit_its_theme(page: Page, axe_clean) -> None:
    """Write another lead theme into the copy."""
    page.goto("/seasons/9/edit/basics/")
    page.get_by_label("Kauden teema suomeksi").fill("Sillat kantavat")
    page.get_by_role("button", name="Tallenna tämä osa").click()
    expect(page.get_by_text("Tallennettu.")).to_be_visible()
    expect(page.get_by_label("Kauden teema suomeksi")).to_have_value("Sillat kantavat")
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


def publish_it(page: Page, axe_clean) -> None:
    """Look over what the season has, and open it to the municipalities."""
    page.goto("/seasons/9/")
    page.get_by_role("link", name="Tarkista ja julkaise").click()
    axe_clean(page)
    page.get_by_role("button", name="Julkaise kausi").click()
    expect(page.get_by_role("link", name="Muutokset kauteen")).to_be_visible()
    assert Season.objects.get(number=9).state == SeasonState.OPEN


def take_the_invitation(page: Page, axe_clean) -> str:
    """Make the invitation and download it in Finnish; return its text."""
    page.get_by_role("link", name="Kutsu (PDF) ja julkinen sivu").click()
    expect(page.get_by_text("Ei vielä laadittu").first).to_be_visible()
    page.get_by_role("button", name="Tee kutsu (PDF)").click()
    expect(page.get_by_text("Ajan tasalla")).to_have_count(3)
    axe_clean(page)
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Lataa suomeksi").click()
    content = Path(downloading.value.path()).read_bytes()
    return " ".join(each.extract_text() for each in PdfReader(io.BytesIO(content)).pages)


def express_interest(page: Page, fits) -> None:
    """A stranger reads of the season on a narrow phone without scripts, and mends what was forgotten."""
    page.goto("/uso9/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sillat kantavat")
    fits(page)
    page.get_by_role("link", name="Ilmaise kiinnostuksesi").first.click()
    page.get_by_label("Kunta").select_option("Kannus")
    page.get_by_label("Nimesi").fill("Aino Aho")
    page.get_by_role("button", name="Lähetä").click()
    expect(page.locator(".error-summary")).to_contain_text("Kirjoita sähköpostiosoite")
    fits(page)
    page.get_by_label("Sähköposti").fill("aino.aho@kannus.example")
    page.get_by_role("button", name="Lähetä").click()
    page.wait_for_url("**/interest/sent/**")
    assert [each["name"] for each in page.context.cookies()] == ["uso_csrf"]


def find_the_municipality(page: Page, axe_clean) -> None:
    """The municipality stands among those interested, with who wrote."""
    page.goto("/seasons/9/members/?state=interested")
    page.get_by_role("link", name="Kannus", exact=True).click()
    expect(page.get_by_role("link", name="aino.aho@kannus.example")).to_be_visible()
    axe_clean(page)
