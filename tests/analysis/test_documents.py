"""The PDF: text, numbers equal to the page and the annex, PDF/UA, our own typeface alone."""

import io
import re

import outloud
import pytest
from django.utils import translation
from openpyxl import load_workbook
from pypdf import PdfReader

from analysis.engine.measure_list import MEASURES
from analysis.render import chapters, chart_table, sheet
from analysis.render.annex import annex_xlsx, figure_rows
from analysis.render.pdf import STYLE, report_html, report_pdf, standalone_html
from tests.analysis.figures import content, measure
from uso.ground.lib.pdf import make_pdf

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pdfs() -> dict[str, bytes]:
    return {language: report_pdf(content(), language).content for language in ("fi", "sv", "en")}


def words(pdf: bytes) -> str:
    """The text of a PDF on one line, ligatures and line ends undone."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


GOLDEN = {
    "fi": [
        "Kannus Tilanneanalyysi",
        "Mistä olemme tulossa ja minne menossa?",
        "Kausi 2025–2026 1. painos, 22.11.2026",
        "Havainnot tiivistettynä",
        "Kannuksen väkiluku väheni 13,8 % vuosina 2000–2024",
        "Indeksi, 2000 = 100. Vertailukunnat: mediaani ja vaihteluväli.",
        "Perustelu: ”Naapureita <b>ja</b> verrokkeja”",
        "Lähde: Tilastokeskus, 11re (CC BY 4.0), haettu 21.11.2026, versio 1.",
        "Kannus · Tilanneanalyysi 2025–2026 · 1. painos 22.11.2026",
    ],
    "sv": [
        "Kannus Lägesanalys",
        "Varifrån kommer vi och vart är vi på väg?",
        "Iakttagelserna i korthet",
        "Folkmängden i Kannus minskade med 13,8 % 2000–2024",
        "Källa: Statistikcentralen, 11re (CC BY 4.0), hämtad 21.11.2026, version 1.",
    ],
    "en": [
        "Kannus Situation analysis",
        "Where do we come from and where are we going?",
        "Summary of findings",
        "The population of Kannus fell by 13.8% in 2000–2024",
        "Source: Statistics Finland, 11re (CC BY 4.0), retrieved 21.11.2026, version 1.",
    ],
}


@pytest.mark.parametrize("language", GOLDEN)
def test_pdf_says_what_it_should(pdfs, language):
    text = words(pdfs[language])

    assert [line for line in GOLDEN[language] if line not in text] == []


@pytest.mark.parametrize("demo", [True, False])
def test_cover_says_in_the_demonstration_what_is_made_up(settings, demo):
    settings.DEMO = demo

    assert ("vertailukuntien valinta on keksitty" in report_html(content(), "fi")) is demo


@pytest.mark.parametrize("language", GOLDEN)
def test_pdf_holds_each_figure_of_the_pages_tables(pdfs, language):
    text = words(pdfs[language])
    made = content()

    for group in made.groups:
        for each in group.measures:
            for row in chart_table(made, each, language, limit=8).rows:
                assert " ".join(row.cells).replace("\xa0", " ") in text, row.label


@pytest.mark.parametrize("language", GOLDEN)
def test_pdf_tells_each_measure_with_the_pages_finding_or_why_there_is_none(pdfs, language):
    text = words(pdfs[language]).replace(" ", "")

    for chapter in chapters(content(), language):
        assert "".join(chapter.name.split()) in text
        for row in chapter.rows:
            assert "".join((row.finding or row.missing).split()) in text, row.key


def test_page_pdf_and_annex_show_the_same_figures():
    made = content()
    shown = sheet(made, made.groups[0], measure(made, "over-64"), "fi")
    annexed = {
        (series, year): figure
        for name, series, year, figure, _unit in figure_rows(made, "fi")
        if name == "65 vuotta täyttäneet"
    }

    for row in shown.table.rows:
        for year, cell in zip(shown.table.years, row.cells, strict=True):
            written = annexed.get((row.label, year))
            assert cell == ("–" if written is None else f"{written:.1f}".replace(".", ","))


@pytest.mark.parametrize("language", GOLDEN)
def test_annex_opens_with_figures_findings_peers_and_sources(language):
    book = load_workbook(io.BytesIO(annex_xlsx(content(), language)))

    assert len(book.sheetnames) == 4
    figures, findings, _peers, sources = (list(book[name].values) for name in book.sheetnames)
    assert len(figures) == 1 + len(list(figure_rows(content(), language)))
    assert len(findings) == 1 + len(MEASURES)
    assert sources[1][1:4] == ("11re", "21.11.2026", "1")


def test_pdf_passes_pdf_ua(pdfs, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(pdfs["fi"])  # the three languages have one structure

    result = outloud.check(str(path))

    assert [
        f"{found.rule}: {found.message}" for found in result.findings if found.severity == "error"
    ] == []


def test_pdf_is_tagged_titled_and_speaks_its_language(pdfs):
    reader = PdfReader(io.BytesIO(pdfs["sv"]))
    catalogue = reader.trailer["/Root"]

    assert catalogue["/Lang"] == "sv"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Lägesanalys 2025–2026: Kannus"
    assert [item.title for item in reader.outline if not isinstance(item, list)]


def test_pdf_holds_our_own_typeface_alone(pdfs):
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in PdfReader(io.BytesIO(pdfs["fi"])).pages
        for font in page["/Resources"].get("/Font", {}).values()
    }

    assert fonts
    assert {name.split("+")[-1].split("-")[0] for name in fonts} == {"UsoSans"}


def test_two_measures_stand_on_a_page(pdfs):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdfs["fi"])).pages]

    together = [("Väkiluku", "Alle 15-vuotiaat"), ("65 vuotta täyttäneet", "Väestöllinen huoltosuhde"),
                ("Luonnollinen väestönlisäys", "Kuntien välinen nettomuutto")]  # fmt: skip
    for first, second in together:
        assert any(
            page.count("Lähde:") == 2 and first in page and second in page for page in pages
        ), first


def test_word_longer_than_a_line_is_broken_before_the_margin():
    link = "https://www.example.org/" + "0123456789" * 20
    page = f'<html lang="fi"><title>x</title><body><h1>x</h1><p>{link}</p><ul><li>{link}</li></ul>'

    pdf = make_pdf(page, STYLE.read_text()).content

    lines = PdfReader(io.BytesIO(pdf)).pages[0].extract_text().splitlines()
    assert max(map(len, lines)) < 100
    assert "".join(lines).count(link) == 2


def test_words_of_people_are_escaped():
    html = report_html(content(), "fi")

    assert "Naapureita &lt;b&gt;ja&lt;/b&gt; verrokkeja" in html


def test_language_of_the_request_plays_no_part():
    with translation.override("sv"):
        html = report_html(content(), "fi")

    assert '<html lang="fi">' in html
    assert "Havainnot tiivistettynä" in html


def test_html_stands_by_itself():
    html = standalone_html(content(), "fi")

    assert "@page" in html
    assert "http://" not in html.replace("http://www.w3.org/2000/svg", "")
