"""Contact person brings thirty people on a phone, mends a row in place, and merges a double."""

import pytest
from playwright.sync_api import Page, expect

from municipalities.enums import Group
from municipalities.models import Person
from tests.browser.conftest import PHONE
from tests.municipalities.factories import PersonFactory
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/k/kannus/people/"
SURNAMES = (
    "Aalto", "Berg", "Eklund", "Forsman", "Hakala", "Heino", "Hiltunen", "Ikonen", "Järvi", "Kallio",
    "Karjalainen", "Kinnunen", "Koivisto", "Laakso", "Lahtinen", "Lindqvist", "Manninen", "Niemi",
    "Nurmi", "Ojala", "Peltola", "Rantanen", "Saarinen", "Toivonen", "Uotila", "Vainio", "Ylinen", "Öberg",
)  # fmt: skip
ROWS = "\n".join(
    [
        "Sukunimi\tEtunimi\tRyhmä\tNimike\tToimielin\tSähköposti",
        *(f"{each}\tKaino\tluottamushenkilö\tjäsen\tkunnanvaltuusto\t" for each in SURNAMES),
        "Meikäläinen\tMaija\tluottamushenkilö\tpuheenjohtaja\tkunnanhallitus\tmaija.meikäläinen@kannus.example",
        "Malli\tVeikko\tviranhaltija\tkunnanjohtaja\t\tveikko@kannus.example",
    ]
)


@pytest.fixture
def roster(kannus):
    with scope(kannus.pk):
        PersonFactory(
            municipality=kannus, first_name="Veikko", last_name="Malli", title="talousjohtaja",
            email="veikko@kannus.example",
        )  # fmt: skip
        PersonFactory(
            municipality=kannus, first_name="Kaino", last_name="Öberg", email="kaino@kannus.example",
            group=Group.ELECTED,
        )  # fmt: skip


@pytest.mark.parametrize("scripts", [True, False])
def test_contact_person_brings_thirty_people_on_a_phone(
    new_page, axe_clean, fits, roster, kannus, kannus_contact, scripts
):
    def look(page: Page) -> None:
        if scripts:
            fits(page)
            axe_clean(page)

    page = new_page(kannus_contact, width=PHONE, scripts=scripts)
    page.goto(LIST)
    page.get_by_role("link", name="Tuo taulukko").click()
    look(page)
    page.get_by_label("Taulukosta kopioidut rivit").fill(ROWS)
    page.get_by_role("button", name="Tarkista rivit").click()

    main = page.locator("main")
    expect(main).to_contain_text("30 riviä luettiin. 27 henkilöä on uusia.")
    expect(main).to_contain_text("Onko se maija.meikalainen@kannus.example?")
    look(page)
    page.get_by_label("Rivit").fill(ROWS.replace("meikäläinen@", "meikalainen@"))
    page.get_by_role("button", name="Tarkista uudelleen").click()
    expect(main).to_contain_text("28 henkilöä on uusia.")
    page.get_by_role("checkbox", name="Veikko Malli").check()
    look(page)
    page.get_by_role("button", name="Tuo luetteloon").click()

    expect(main).to_contain_text("28 henkilöä lisättiin.")
    with scope(kannus.pk):
        assert Person.objects.count() == 30
        assert Person.objects.get(first_name="Veikko").title == "kunnanjohtaja"


def test_double_is_seen_and_merged_on_a_phone(new_page, axe_clean, fits, kannus, kannus_contact):
    with scope(kannus.pk):
        for email in ("maija@kannus.example", ""):
            PersonFactory(
                municipality=kannus, first_name="Maija", last_name="Meikäläinen", email=email
            )
    page = new_page(kannus_contact, width=PHONE)
    page.goto(LIST)

    page.get_by_role("link", name="Etsi kahteen kertaan luettelossa olevat").click()
    expect(page.locator("main")).to_contain_text("Sama nimi")
    fits(page)
    axe_clean(page)
    page.get_by_role("link", name="Katso ja yhdistä").click()
    expect(page.locator("main")).to_contain_text("Tämä säilyy")
    fits(page)
    axe_clean(page)
    page.get_by_role("button", name="Yhdistä").click()

    expect(page.locator("main")).to_contain_text("Kukaan ei ole luettelossa kahdesti")
    with scope(kannus.pk):
        assert Person.objects.count() == 1
