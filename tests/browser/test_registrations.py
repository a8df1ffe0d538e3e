"""The contact person's journey: several people to theme seminar IV in one save, by mouse and keys."""

import pytest

from events.enums import Mode
from events.models import Event
from tests.browser.conftest import PHONE
from tests.events import conftest as world
from tests.events.factories import published_event

# The people and the event of the tests of events.
members, seminar, save = world.members, world.seminar, world.save
eero, maija, sulo = world.eero, world.maija, world.sulo

GRID = "/k/kannus/registrations/"
FULL = "Teemaseminaari IV on täynnä paikan päällä: {} ei mahtunut. Etänä on tilaa."


def cell(page, person, event=None):
    return page.get_by_role("radiogroup", name=f"{person.name}, {event or 'Teemaseminaari IV'}")


@pytest.mark.parametrize("scripts", [True, False])
def test_several_people_are_registered_in_one_save(
    new_page, axe_clean, kannus_contact, seminar, eero, maija, sulo, scripts
):
    page = new_page(kannus_contact, scripts=scripts)
    page.goto("/k/kannus/events/")
    page.get_by_role("link", name="Ilmoita osallistujat").click()

    cell(page, eero).get_by_label("Paikalle").check()
    cell(page, maija).get_by_label("Etänä").check()
    cell(page, sulo).get_by_label("Paikalle").check()
    if scripts:
        assert page.get_by_text("3 muutosta", exact=True).is_visible()
    page.get_by_role("button", name="Tallenna").click()

    page.get_by_text("3 muutosta tallennettu.").wait_for()
    assert page.get_by_text("Tallennettu", exact=True).count() == 3
    assert world.taken(seminar) == world.confirmed_rows(seminar) == {"in_person": 2, "remote": 1}
    if scripts:
        axe_clean(page)


def test_full_room_is_named_and_the_rest_is_saved(
    new_page, axe_clean, fits, kannus_contact, seminar, eero, maija, sulo
):
    page = new_page(kannus_contact)
    page.goto(GRID)
    for person in (eero, maija, sulo):
        cell(page, person).get_by_label("Paikalle").check()

    page.get_by_role("button", name="Tallenna").click()

    page.get_by_role("link", name=FULL.format(sulo.name)).wait_for()
    assert cell(page, sulo).get_by_label("Paikalle").is_checked()
    axe_clean(page)
    fits(page)
    cell(page, sulo).get_by_label("Etänä").check()
    page.get_by_role("button", name="Tallenna").click()
    page.get_by_text("1 muutos tallennettu.").wait_for()
    assert world.taken(seminar) == {"in_person": 2, "remote": 1}


def test_arrows_move_and_space_changes(new_page, kannus_contact, seminar, eero, maija):
    other = published_event(season=seminar.season, title_fi="Toinen", days=60)
    page = new_page(kannus_contact)
    page.goto(GRID)
    first, second = cell(page, eero), cell(page, eero, other.title_fi)

    first.get_by_label("Ei osallistu").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")

    assert first.get_by_label("Ei osallistu").is_checked()
    assert second.get_by_label("Paikalle").is_checked()
    assert first.get_by_label("Ei osallistu").evaluate("e => e === document.activeElement")
    for expected in ("Paikalle", "Etänä", "Ei osallistu"):
        page.keyboard.press("Space")
        assert first.get_by_label(expected).is_checked()


def test_paper_shows_every_person_and_event_and_what_was_chosen(
    new_page, kannus_contact, seminar, eero, maija, save
):
    for n in range(7):
        published_event(season=seminar.season, title_fi=f"Tapahtuma {n}", days=20 + n)
    save({(eero, seminar): Mode.IN_PERSON})
    page = new_page(kannus_contact, width=680)  # A4 upright, less its margins
    page.goto(GRID)

    page.emulate_media(media="print")

    heads = page.locator(".grid thead th")
    assert heads.count() == 9
    assert all(head.is_visible() for head in heads.all())
    edge = page.locator(".grid").evaluate("e => e.getBoundingClientRect().right")
    assert edge <= 680
    shown = [label for label in cell(page, eero).locator("label").all() if label.is_visible()]
    assert [label.inner_text().strip() for label in shown] == ["Paikalle"]


def test_keys_choose_move_and_undo(new_page, kannus_contact, seminar, eero, maija):
    page = new_page(kannus_contact)
    page.goto(GRID)

    cell(page, eero).get_by_label("Ei osallistu").focus()
    page.keyboard.press("p")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("e")

    assert cell(page, eero).get_by_label("Paikalle").is_checked()
    assert cell(page, maija).get_by_label("Etänä").is_checked()
    page.keyboard.press("Delete")
    assert page.get_by_text("1 muutos", exact=True).is_visible()
    page.get_by_role("button", name="Kumoa").click()
    assert cell(page, eero).get_by_label("Ei osallistu").is_checked()
    assert page.get_by_text("Ei tallentamattomia muutoksia").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_phone_shows_one_event_at_a_time(
    new_page, fits, kannus_contact, season8, seminar, eero, scripts
):
    published_event(season=season8, title_fi="Sparraus 6", days=40)
    page = new_page(kannus_contact, width=PHONE, scripts=scripts)
    page.goto(GRID)

    assert cell(page, eero).is_visible()
    assert not cell(page, eero, "Sparraus 6").is_visible()
    chooser = page.get_by_label("Tapahtuma", exact=True)
    chooser.select_option(str(Event.objects.get(title_fi="Sparraus 6").pk))
    assert cell(page, eero, "Sparraus 6").is_visible()
    assert not cell(page, eero).is_visible()
    fits(page)


def test_coordinator_sees_who_comes(new_page, axe_clean, coordinator, seminar, eero, save):
    save({(eero, seminar): Mode.IN_PERSON})
    page = new_page(coordinator)

    page.goto("/seasons/8/events/")
    axe_clean(page)
    page.get_by_role("link", name="Teemaseminaari IV").click()

    assert page.get_by_role("cell", name="Esimerkki").is_visible()
    axe_clean(page)
