"""A coordinator moves municipalities on the board: by mouse, by keyboard, without scripts."""

import pytest
from playwright.sync_api import Locator, Page, expect

from municipalities.models import Municipality, User
from seasons.enums import ParticipationState
from seasons.models import Participation, Season
from tests.municipalities.factories import MunicipalityFactory
from tests.seasons.factories import FeeTierFactory, ParticipationFactory
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db(transaction=True)

BOARD = "/seasons/8/members/board/"


@pytest.fixture
def on_the_list(season8: Season, kannus: Municipality, jamsa: Municipality) -> Season:
    FeeTierFactory(season=season8, population=(0, None), annual_fee_eur=9_000)
    for place in (kannus, jamsa):
        with scope(place.pk):
            ParticipationFactory(municipality=place, season=season8)
    return season8


def opened(page: Page) -> Page:
    page.goto(BOARD)
    ready(page)
    return page


def ready(page: Page) -> None:
    expect(page.locator("[data-board][data-ready]")).to_be_attached()


def stage(page: Page, name: str) -> Locator:
    return page.locator(f"[data-stage={name}]")


def card(page: Page, name: str) -> Locator:
    return page.locator("[data-board] li").filter(has_text=name)


def state_of(municipality: Municipality) -> str:
    with scope(municipality.pk):
        return Participation.objects.get().state


def test_coordinator_leads_a_municipality_over_the_board(
    new_page, coordinator: User, on_the_list, kannus, axe_clean, fits
):
    page = opened(new_page(coordinator))
    axe_clean(page)
    fits(page)

    drag_to_interested_and_plan(page, axe_clean)
    move_to_deciding_by_keyboard(page, axe_clean)
    decline_with_a_reason(page, axe_clean)
    undo_it(page)

    assert state_of(kannus) == ParticipationState.DECIDING


def drag_to_interested_and_plan(page: Page, axe_clean) -> None:
    card(page, "Kannus").drag_to(stage(page, "interested"))
    expect(page.get_by_text("Kannus on nyt vaiheessa ”Kiinnostunut”.")).to_be_visible()
    expect(stage(page, "interested")).to_contain_text("Kannus")
    expect(page.get_by_label("Seuraava askel").first).to_have_value(
        "Soita ja sovi, milloin hallitus päättää"
    )
    axe_clean(page)
    page.get_by_role("button", name="Tallenna seuraava askel").click()
    expect(card(page, "Kannus")).to_contain_text("viimeistään 1.12.2026")


def move_to_deciding_by_keyboard(page: Page, axe_clean) -> None:
    ready(page)
    page.get_by_role("link", name="Siirrä Kannus").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Siirrä: Kannus")
    expect(dialog).to_be_visible()
    axe_clean(page)
    offered = dialog.get_by_role("button").all_inner_texts()
    assert offered == [
        "Siirrä: Kutsuttu",
        "Siirrä: Päättämässä",
        "Siirrä: Päätetty",
        "Siirrä: Kieltäytyi",
        "Peruuta",
    ]
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name="Siirrä Kannus")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("button", name="Kutsuttu")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kannus on nyt vaiheessa ”Päättämässä”.")).to_be_visible()


def decline_with_a_reason(page: Page, axe_clean) -> None:
    ready(page)
    card(page, "Kannus").drag_to(stage(page, "declined"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kannus")
    page.get_by_label("Syy").select_option(label="Ei aikaa tai väkeä nyt")
    page.get_by_label("Kunnan omin sanoin").fill("Kysytään 2028")
    axe_clean(page)
    page.get_by_role("button", name="Merkitse, ettei kunta osallistu").click()
    expect(page.get_by_text("Kysytään 2028").first).to_be_visible()
    axe_clean(page)


def undo_it(page: Page) -> None:
    page.get_by_role("button", name="Peru merkintä").click()
    expect(page.get_by_text("Taas Päättämässä")).to_be_visible()


def test_card_goes_nowhere_it_may_not(new_page, coordinator: User, on_the_list, kannus):
    page = opened(new_page(coordinator))

    card(page, "Kannus").drag_to(stage(page, "confirmed"))

    expect(stage(page, "invited")).to_contain_text("Kannus")
    assert state_of(kannus) == ParticipationState.INVITED


def test_phone_without_scripts_reads_stages_and_moves_by_a_page(
    new_page, coordinator: User, on_the_list, kannus, fits
):
    page = new_page(coordinator, width=360, scripts=False)
    page.goto(BOARD)
    headings = [words.split()[0] for words in page.locator(".stage h2").all_inner_texts()]
    assert headings[:3] == ["Kutsuttu", "Kiinnostunut", "Päättämässä"]

    fits(page)
    page.get_by_role("link", name="Siirrä Kannus").click()
    page.get_by_role("button", name="Päättämässä").click()

    expect(page.get_by_text("Kannus on nyt vaiheessa ”Päättämässä”.")).to_be_visible()
    assert state_of(kannus) == ParticipationState.DECIDING


@pytest.mark.parametrize("address", [BOARD, f"{BOARD}?moved=kannus", "/seasons/8/members/"])
def test_phone_shows_it_all_within_its_width(
    new_page, coordinator: User, on_the_list, axe_clean, fits, address
):
    page = new_page(coordinator, width=360)
    page.goto(address)

    fits(page)
    axe_clean(page)


def test_column_is_as_long_as_its_cards(new_page, coordinator: User, on_the_list):
    for _n in range(12):
        place = MunicipalityFactory()
        with scope(place.pk):
            ParticipationFactory(municipality=place, season=on_the_list)

    page = opened(new_page(coordinator))

    last = stage(page, "invited").get_by_role("link", name="Siirrä").last
    expect(stage(page, "invited").locator("li")).to_have_count(14)
    column, button = stage(page, "invited").bounding_box(), last.bounding_box()
    assert column
    assert button
    assert button["y"] + button["height"] <= column["y"] + column["height"]
