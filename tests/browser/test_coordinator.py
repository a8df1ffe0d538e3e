"""The coordinator's journey: season, members with fees, an event published, import, analyses."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from analysis.actions import documents
from events.enums import EventState
from events.models import Event
from municipalities.models import User
from tests.analysis.editions import file_of
from uso.ground.jobs.models import Job, JobState
from uso.ground.tenancy.crossing import across_municipalities
from uso.roof.demo.signins import SIGN_INS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
STATFIN = re.compile("^Tilastokeskuksen tietokannat$")


@pytest.fixture
def coordinator_of_demonstration(sent, monkeypatch) -> User:
    """The whole demonstration season; one event is left for the coordinator to publish.

    What is published is drawn at once; the leader's journey looks at the files.
    """
    monkeypatch.setattr(documents, "report_pdf", lambda content, language: file_of(language))
    call_command("load_demo")
    user = User.objects.get(email=SIGN_INS[0].email)
    Event.objects.filter(season__number=8, kind="contact_meeting", position=4).update(
        state=EventState.DRAFT, published_at=None, published_by=None
    )
    return user


def test_coordinator_runs_the_season(new_page, coordinator_of_demonstration, axe_clean):
    page = new_page(coordinator_of_demonstration)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tänään")
    axe_clean(page)

    see_members_with_fees(page, axe_clean)
    publish_an_event(page, axe_clean)
    see_registrations(page, axe_clean)
    import_statistics(page, axe_clean)
    build_analyses(page, axe_clean)
    approve_and_publish(page, axe_clean)


def see_members_with_fees(page: Page, axe_clean) -> None:
    page.get_by_role("link", name="Jäsenet", exact=True).first.click()
    row = page.get_by_role("row").filter(has_text="Kannus")
    expect(row).to_contain_text(re.compile(r"5\s264"))
    expect(row).to_contain_text(re.compile(r"9\s000,00"))
    axe_clean(page)


def publish_an_event(page: Page, axe_clean) -> None:
    page.get_by_role("link", name="Tapahtumat", exact=True).first.click()
    page.get_by_role("link", name="Yhdyshenkilöiden Teams-tapaaminen 4").click()
    axe_clean(page)
    page.get_by_role("link", name="Julkaise").click()
    page.get_by_role("button", name="Julkaise tapahtuma").click()
    page.wait_for_load_state()
    event = Event.objects.get(season__number=8, kind="contact_meeting", position=4)
    assert event.state == EventState.PUBLISHED


def see_registrations(page: Page, axe_clean) -> None:
    page.get_by_role("link", name="Tapahtumat", exact=True).first.click()
    page.get_by_role("link", name="Teemaseminaari IV").click()
    expect(page.get_by_role("row").filter(has_text="Vantaa").first).to_be_visible()
    axe_clean(page)


def import_statistics(page: Page, axe_clean) -> None:
    page.get_by_role("link", name="Tilastot", exact=True).first.click()
    statfin = page.locator("section").filter(has=page.get_by_role("heading", name=STATFIN))
    statfin.get_by_role("button", name="Lue palvelun mukana tulevat luvut").click()
    expect(statfin.first).to_contain_text("Mikään ei muuttunut")
    axe_clean(page)


BUILD = re.compile(r"^Laadi \d+ luonnos")


def build_analyses(page: Page, axe_clean) -> None:
    page.get_by_role("link", name="Tilanneanalyysit", exact=True).first.click()
    page.get_by_role("link", name=BUILD).click()
    page.get_by_role("button", name=BUILD).click()
    expect(page.locator(".job").first).to_contain_text("Valmis")
    axe_clean(page)
    with across_municipalities(reason="the test looks at the network's jobs"):
        jobs = list(Job.objects.filter(municipality=None))
    assert {job.state for job in jobs} == {JobState.DONE}
    assert max(job.total for job in jobs) == 5  # those whose peers are chosen


def approve_and_publish(page: Page, axe_clean) -> None:
    """Heinola waits for approval in the demonstration, Juva for publishing."""
    page.get_by_role("button", name="Hyväksy 1 luonnos").click()
    page.get_by_role("link", name="Julkaise 2 hyväksyttyä analyysia").click()
    page.get_by_role("button", name="Julkaise 2 analyysia").click()
    for name in ("Heinola", "Juva"):
        expect(page.get_by_role("row").filter(has_text=name)).to_contain_text("Julkaistu")
    expect(page.get_by_text("Mikään analyysi ei odota hyväksyntää tai julkaisua.")).to_be_visible()
    axe_clean(page)
