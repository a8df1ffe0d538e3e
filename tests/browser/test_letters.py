"""A coordinator writes to a stage: the draft, a preview, a test to herself, the letters, the log."""

import pytest
from playwright.sync_api import expect

from municipalities.models import Municipality, User
from tests.municipalities.factories import ContactAddressFactory
from tests.seasons.factories import ParticipationFactory, opened_season
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [1280, 360])
def test_coordinator_writes_to_a_stage_and_sees_what_each_got(
    new_page, coordinator: User, kannus: Municipality, jamsa: Municipality, sent, width, fits
):
    season = opened_season(number=8)
    for place in (kannus, jamsa):
        with scope(place.pk):
            ParticipationFactory(season=season, municipality=place)
            ContactAddressFactory(municipality=place, email=f"kirjaamo@{place.slug}.example")
    page = new_page(coordinator, width=width)

    page.goto("/seasons/8/letters/new/?state=invited&template=thanks")
    fits(page)
    page.get_by_role("button", name="Tallenna luonnos").click()
    expect(page.locator("#preview")).to_contain_text("Kunta: Jämsä.")
    fits(page)
    page.get_by_label("Näytä vastaanottajan kirje").select_option(index=1)
    page.get_by_role("button", name="Näytä", exact=True).click()
    expect(page.locator("#preview")).to_contain_text("Kunta: Kannus.")
    page.get_by_role("button", name="Lähetä koekirje itselleni").click()
    expect(
        page.get_by_text(f"Koekirje lähetettiin osoitteeseen {coordinator.email}.")
    ).to_be_visible()
    page.get_by_role("link", name="Lähetä 2 kirjettä").click()
    fits(page)
    page.get_by_role("button", name="Lähetä 2 kirjettä").click()
    expect(page.get_by_text("Kirjeitä lähetetään: 2.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("2 / 2 on annettu postipalvelimelle")).to_be_visible()
    fits(page)
