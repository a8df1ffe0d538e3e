"""From the invitation to the confirmed member: a clerk without an account, then a coordinator."""

import re

import docx
import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from seasons.actions.joining import invite_municipality
from seasons.models import Season
from tests.browser.conftest import PHONE
from tests.clock import TODAY
from tests.municipalities.factories import PopulationFactory
from tests.seasons.factories import opened_season
from uso.ground.mail.models import Message
from uso.ground.tenancy.crossing import across_municipalities

pytestmark = pytest.mark.django_db(transaction=True)

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def season(db, kannus, coordinator) -> Season:
    """A season that invites, and Kannus on its list since today."""
    cache.clear()
    PopulationFactory(municipality=kannus, year=2024, count=5_264)
    season = opened_season(number=8, late_joining="by_months")
    invite_municipality(season=season, municipality=kannus, by=coordinator, on=TODAY)
    return season


@pytest.fixture
def link(season, new_page, coordinator, settings) -> str:
    """The link as a coordinator copies it from the municipality's page."""
    office = new_page(coordinator)
    office.goto("/seasons/8/members/kannus/")
    address = office.get_by_label("Linkki ilman tunnusta").input_value()
    return address.removeprefix(settings.BASE_URL)


@pytest.mark.parametrize("scripts", [True, False])
def test_clerk_without_an_account_fetches_paper_and_text(
    new_page, link, axe_clean, fits, tmp_path, scripts
):
    page = new_page(width=PHONE, scripts=scripts)
    page.goto(link)
    fits(page)
    page.get_by_label("Toimielin", exact=False).first.select_option("Kaupunginhallitus")
    page.get_by_label("Yhdyshenkilö").fill("kaupunginjohtaja <b>Maija</b> Mäki")

    for name in ("first", "second"):  # the same form twice: a download leaves the page as it was
        with page.expect_download() as download:
            page.get_by_role("button", name="Lataa Word-tiedostona").click()
        download.value.save_as(tmp_path / f"{name}.docx")
    page.get_by_role("button", name="Täydennä teksti").click()
    expect(page.get_by_label("Päätöspohja tekstinä")).to_have_value(
        re.compile("nimetään kaupunginjohtaja <b>Maija</b> Mäki")
    )

    assert page.context.cookies() == []
    words = [each.text for each in docx.Document(tmp_path / "second.docx").paragraphs]
    assert "yhdyshenkilöksi verkostoon nimetään kaupunginjohtaja <b>Maija</b> Mäki" in words
    copy = page.get_by_role("button", name="Kopioi teksti")
    if scripts:
        axe_clean(page)
        fits(page)
        copy.click()
        expect(page.get_by_role("status")).to_have_text(re.compile("Kopioitu|Teksti on valittu"))
    else:
        expect(copy).to_be_hidden()


def test_coordinator_records_the_decision_and_invites_whom_it_names(
    new_page, season, coordinator, axe_clean, fits, tmp_path
):
    file = tmp_path / "ote.pdf"
    file.write_bytes(PDF)
    page = new_page(coordinator)
    page.goto("/seasons/8/members/kannus/")
    page.get_by_label("Päättänyt toimielin").fill("Kaupunginhallitus")
    page.get_by_label("Päätöspäivä").fill(TODAY.isoformat())
    page.get_by_label("Pykälä").fill("140")
    page.get_by_label("Diaarinumero").fill("195/00.01.03/2026")
    page.get_by_label("Päätös PDF-tiedostona").set_input_files(file)
    page.get_by_role("button", name="Kirjaa päätös").click()
    expect(page.get_by_role("link", name="Lataa päätös: ote.pdf")).to_be_visible()
    axe_clean(page)

    page.get_by_role("link", name="Vahvista osallistuminen").click()
    page.get_by_label("Nimi").first.fill("Maija Mäki")
    page.get_by_label("Sähköposti").first.fill("maija.maki@kannus.example")
    expect(page.get_by_text("1\xa0500,00\xa0€")).to_be_visible()
    axe_clean(page)
    page.set_viewport_size({"width": PHONE, "height": 900})
    fits(page)
    page.get_by_role("button", name="Vahvista osallistuminen").click()
    expect(page.get_by_text("Kannus on nyt mukana.")).to_be_visible()

    with across_municipalities(reason="the test reads the outbox"):
        (message,) = Message.objects.all()
    assert (message.template, message.to_email) == ("invitation", "maija.maki@kannus.example")
