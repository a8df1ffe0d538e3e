"""The gallery and the pages for errors: accessible in both themes, narrow, without scripts."""

import pytest

from tests.browser.conftest import NARROW

ERRORS = {
    "/fails/400/": "Palvelu ei ymmärtänyt pyyntöä",
    "/fails/403/": "Et voi nähdä tätä sivua",
    "/nothing-here/": "Sivua ei löytynyt",
    "/fails/500/": "Palvelussa tapahtui virhe",
    "/fails/429/": "Liian monta yritystä",
    "/fails/403_csrf/": "Tietoja ei tallennettu: sivu oli vanhentunut",
}


def test_gallery_is_accessible_and_fits(new_page, axe_clean, fits):
    page = new_page(width=NARROW)

    page.goto("/gallery/")
    fits(page)
    page.locator("details").evaluate_all("all => all.forEach((each) => (each.open = true))")

    axe_clean(page)


def test_gallery_works_without_scripts(new_page):
    page = new_page(scripts=False)

    page.goto("/gallery/")
    page.get_by_role("searchbox", name="Etsi luettelosta").fill("jäm")
    page.get_by_role("button", name="Etsi").click()
    page.wait_for_url("**/gallery/?*q=*")

    assert page.locator("#table tbody tr").all_inner_texts() == [
        "Jämsä\t19\xa0767\t12\xa0000\t14.11.2024\t"
    ]


@pytest.mark.parametrize(("address", "heading"), ERRORS.items())
def test_error_page_is_plain_and_accessible(new_page, axe_clean, fits, settings, address, heading):
    settings.ROOT_URLCONF = "tests.browser.urls"
    page = new_page(width=NARROW)

    page.goto(address)

    assert page.get_by_role("heading", level=1).inner_text() == heading
    axe_clean(page)
    fits(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_theme_is_chosen_and_remembered(new_page, scripts):
    page = new_page(scripts=scripts)
    page.goto("/gallery/")

    page.locator("summary", has_text="Kieli ja näyttö").click()
    page.get_by_role("button", name="Tumma").click()
    page.goto("/gallery/")

    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(14, 22, 21)"


def test_language_is_chosen(page):
    page.goto("/gallery/")

    page.locator("summary", has_text="Kieli ja näyttö").click()
    page.get_by_role("button", name="Svenska").click()

    assert page.locator("html").get_attribute("lang") == "sv"
    assert page.get_by_role("heading", level=1).inner_text() == "Komponenter"
