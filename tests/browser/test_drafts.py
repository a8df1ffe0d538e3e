"""Nothing typed is lost when the session ends: it is back after the sign-in, and goes when it is saved."""

import pytest

from municipalities.models import Person
from tests.browser.conftest import sign_in_by_code
from tests.events import conftest as world
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db(transaction=True)

members, seminar, save = world.members, world.seminar, world.save
eero, maija, sulo = world.eero, world.maija, world.sulo

ADD, GRID = "/k/kannus/people/add/", "/k/kannus/registrations/"
BACK = "Tallentamattomat muutoksesi on palautettu"


def drafts(page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))")


def test_person_typed_while_the_session_ends_is_back_after_the_sign_in(
    new_page, kannus, kannus_contact, axe_clean
):
    page = new_page(kannus_contact)
    page.context.set_default_timeout(15_000)
    page.goto(ADD)
    page.locator("[name=first_name]").fill("Uuno")
    page.locator("[name=last_name]").fill("Uusi")
    page.locator("[name=group][value=office]").check()
    page.context.clear_cookies(name="uso_session")
    page.locator("main .form button").last.click()
    page.wait_for_url("**/accounts/login/**")

    sign_in_by_code(page, kannus_contact.email, there=page.url)
    page.wait_for_url(f"**{ADD}")

    assert page.locator("[name=first_name]").input_value() == "Uuno"
    assert page.locator("[name=group][value=office]").is_checked()
    assert page.get_by_text(BACK).is_visible()
    axe_clean(page)
    page.locator("main .form button").last.click()
    page.wait_for_url("**/k/kannus/people/")
    assert drafts(page) == []
    with scope(kannus.pk):
        assert Person.objects.filter(last_name="Uusi").count() == 1


def test_grid_is_as_it_was_chosen_and_can_be_forgotten(
    new_page, kannus_contact, seminar, eero, maija
):
    page = new_page(kannus_contact)
    page.goto(GRID)
    cell = page.get_by_role("radiogroup", name=f"{eero.name}, Teemaseminaari IV")
    cell.get_by_label("Paikalle").check()
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(GRID)

    assert cell.get_by_label("Paikalle").is_checked()
    assert page.get_by_text("1 muutos", exact=True).is_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Hylkää muutokset").click()
    page.wait_for_function("!document.querySelector('.note.draft')")

    assert not cell.get_by_label("Paikalle").is_checked()
    assert drafts(page) == []


def test_what_somebody_else_has_typed_here_is_gone(new_page, kannus_contact):
    page = new_page(kannus_contact)
    page.context.set_default_timeout(15_000)
    page.goto(ADD)
    page.evaluate(
        "localStorage.setItem('draft:999:/x/', JSON.stringify({at: Date.now(), typed: []}))"
    )
    page.locator("[name=first_name]").fill("Uuno")
    assert len(drafts(page)) == 2

    page.reload()

    assert drafts(page) == [f"draft:{kannus_contact.pk}:{ADD}"]
