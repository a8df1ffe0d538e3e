"""Writing a season in the browser: rows added and moved by keyboard and by dragging, or without scripts."""

import pytest
from playwright.sync_api import Page, expect

from seasons.models import Season, Theme
from tests.seasons.factories import SeasonFactory

pytestmark = pytest.mark.django_db(transaction=True)
THEMES = "/seasons/9/edit/themes/"


@pytest.fixture
def draft(db) -> Season:
    season = SeasonFactory(number=9, first_year=2027, last_year=2028)
    for position, name in enumerate(("Yksi", "Kaksi", "Kolme"), start=1):
        Theme.objects.create(season=season, position=position, name_fi=name)
    return season


def names(page: Page) -> list[str]:
    """Return the Finnish names on the page, in the order in which they stand."""
    fields = page.locator(".rows-form > ol [name$='-name_fi']")
    return [fields.nth(n).input_value() for n in range(fields.count())]


def stored() -> list[str]:
    return list(Theme.objects.order_by("position").values_list("name_fi", flat=True))


def save(page: Page) -> None:
    page.get_by_role("button", name="Tallenna tämä osa").click()
    expect(page.get_by_text("Tallennettu.")).to_be_visible()


def test_rows_are_moved_added_and_removed_by_keyboard(
    new_page, coordinator, draft, axe_clean, fits
):
    page = new_page(coordinator)
    page.goto(THEMES)
    axe_clean(page)

    page.get_by_role("button", name="Siirrä ylemmäs: Teema 3").focus()
    page.keyboard.press("Enter")
    assert names(page) == ["Yksi", "Kolme", "Kaksi"]
    expect(page.get_by_role("button", name="Siirrä ylemmäs: Teema 2")).to_be_focused()
    expect(page.locator(".rows-form [role=status]")).to_have_text("Kolme: paikka 2/3")
    page.get_by_role("button", name="Lisää teema").press("Enter")
    page.keyboard.type("Neljä")
    page.get_by_role("checkbox", name="Poista Teema 1").press("Space")
    axe_clean(page)
    save(page)

    assert stored() == ["Kolme", "Kaksi", "Neljä"]
    page.set_viewport_size({"width": 320, "height": 900})
    fits(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_line_left_untouched_is_no_line_and_one_begun_stays(new_page, coordinator, draft, scripts):
    page = new_page(coordinator, scripts=scripts)
    page.goto("/seasons/9/edit/package/")
    if scripts:
        page.get_by_role("button", name="Lisää rivi").click()
        expect(page.get_by_label("Laji")).to_have_count(2)
    save(page)

    if scripts:  # they take the empty lines away but one
        expect(page.get_by_role("button", name="Lisää rivi")).to_be_visible()
        expect(page.get_by_label("Laji")).to_have_count(1)
    page.get_by_label("Laskettuna").last.select_option("yearly")
    page.get_by_role("button", name="Tallenna tämä osa").click()

    fault = page.locator(".error-summary").get_by_role("link").filter(has_text="Laji")
    expect(fault).to_have_count(1)
    fault.click()
    expect(page.get_by_label("Laji").and_(page.locator("[aria-invalid=true]"))).to_be_focused()


def test_row_is_dragged_to_its_place(new_page, coordinator, draft):
    page = new_page(coordinator)
    page.goto(THEMES)

    handle = page.locator("[data-drag]").nth(2)
    handle.hover()
    page.mouse.down()
    page.mouse.move(600, page.locator(".rows-form li").first.bounding_box()["y"] + 5, steps=20)
    page.mouse.up()
    save(page)

    assert stored()[0] == "Kolme"


def test_rows_added_and_moved_come_back_after_the_page_was_left(new_page, coordinator, draft):
    page = new_page(coordinator)
    page.goto(THEMES)
    page.get_by_role("button", name="Lisää teema").click()
    page.keyboard.type("Neljä")
    page.get_by_role("button", name="Siirrä ylemmäs: Teema 4").click()

    page.goto(THEMES)

    assert names(page) == ["Yksi", "Kaksi", "Neljä", "Kolme"]
    save(page)
    assert stored() == ["Yksi", "Kaksi", "Neljä", "Kolme"]


def test_long_names_are_seen_whole_and_stay_on_one_line(new_page, coordinator, draft):
    page = new_page(coordinator)
    page.goto(THEMES)
    name = page.get_by_label("Nimi suomeksi").first
    name.fill("Uudistuva elinvoima- ja hyvinvointikunta\nverkostojen, kumppanuuksien ja yhteistyön")
    save(page)

    assert stored()[0] == (
        "Uudistuva elinvoima- ja hyvinvointikunta verkostojen, kumppanuuksien ja yhteistyön"
    )
    expect(name).to_have_js_property("lang", "fi")
    page.wait_for_load_state()
    assert name.evaluate("e => e.scrollHeight <= e.clientHeight && e.clientHeight > 60")
    tops = page.locator("li").filter(has=name).locator(".abreast").first.locator("label")
    assert len({tops.nth(n).bounding_box()["y"] for n in range(3)}) == 1


def test_rows_work_without_scripts(new_page, coordinator, draft):
    page = new_page(coordinator, scripts=False)
    page.goto(THEMES)

    rows = page.locator(".rows-form > ol > li")
    assert rows.count() == 5
    rows.nth(0).get_by_label("Järjestys").fill("9")
    rows.nth(1).get_by_role("checkbox", name="Poista").check()
    rows.nth(3).get_by_label("Nimi suomeksi").fill("Neljä")
    save(page)

    assert stored() == ["Kolme", "Yksi", "Neljä"]


def test_first_row_of_an_empty_part_is_number_one(new_page, coordinator, draft):
    page = new_page(coordinator)
    page.goto(f"/seasons/{draft.number}/edit/contacts/")

    assert page.locator(".rows-form legend").all_inner_texts() == ["Yhteyshenkilö 1"]
    page.get_by_label("Tehtävänimike suomeksi").fill("Johtaja")
