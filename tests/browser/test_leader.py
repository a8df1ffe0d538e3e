"""The leader's journey: in by a code, the analysis on the page, the same figures in the PDF."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from analysis.actions import documents
from analysis.render.pdf import report_pdf
from tests.analysis.editions import file_of
from tests.browser.conftest import PHONE, sign_in_by_code
from uso.roof.demo import analyses, season
from uso.roof.demo.signins import SIGN_INS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
LEADER = SIGN_INS[2].email


@pytest.fixture
def demonstration(sent, monkeypatch) -> None:
    """The demonstration, where only what the journey opens is built and drawn."""

    def of_kannus(season, members, *, by):
        analyses.load_analyses(season, [one for one in members if one.slug == "kannus"], by=by)

    def in_finnish(content, language):
        return report_pdf(content, language) if language == "fi" else file_of(language)

    monkeypatch.setattr(season, "load_analyses", of_kannus)
    monkeypatch.setattr(documents, "report_pdf", in_finnish)
    call_command("load_demo")


def test_leader_comes_by_code_reads_the_analysis_and_takes_the_pdf(
    new_page, demonstration, axe_clean, fits
):
    page = new_page()
    page.goto("/k/kannus/")
    axe_clean(page)
    sign_in_by_code(page, LEADER)
    page.wait_for_url("**/k/kannus/")
    axe_clean(page)

    figures = read_the_analysis(page, axe_clean)
    text = take_the_pdf(page, axe_clean)
    assert "Kannus Tilanneanalyysi" in text
    assert [figure for figure in figures if figure not in text] == []
    fit_on_a_phone(page, fits)


def read_the_analysis(page: Page, axe_clean) -> list[str]:
    """Open the overview and its first indicator; return the figures of Kannus they show."""
    page.get_by_role("link", name="Tilanneanalyysi", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tilanneanalyysi")
    axe_clean(page)
    overview = plain(page.locator(".indicator-table tbody b").first.inner_text())

    page.locator(".indicator-table tbody th a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Väkiluku")
    axe_clean(page)
    indicator = plain(page.locator(".now b").inner_text())
    assert overview == indicator == "5 246"
    newest = page.get_by_role("table", name="Väkiluku").locator("tbody tr").first
    return [indicator, *map(plain, newest.locator("td").all_inner_texts())]


def take_the_pdf(page: Page, axe_clean) -> str:
    """Download the PDF, which publishing has begun with; return its text."""
    page.get_by_role("link", name="Tilanneanalyysi", exact=True).first.click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Lataa PDF").first.click()
    axe_clean(page)
    assert downloading.value.suggested_filename.endswith(".pdf")
    file = Path(downloading.value.path())
    assert file.read_bytes().startswith(b"%PDF-")
    return plain(" ".join(each.extract_text() for each in PdfReader(file).pages))


def fit_on_a_phone(page: Page, fits) -> None:
    page.set_viewport_size({"width": PHONE, "height": 800})
    for address in (
        "/k/kannus/",
        "/k/kannus/analysis/",
        "/k/kannus/analysis/indicators/population/",
    ):
        page.goto(address)
        fits(page)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)
