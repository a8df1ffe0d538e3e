"""The invitation as a PDF: what it says, PDF/UA, when it is made, who gets it."""

import io
import re
from decimal import Decimal

import outloud
import pytest
from django.test import Client
from pypdf import PdfReader

from analysis.statistics.actions.loading import load_catalogue
from analysis.statistics.models import Indicator
from events.facts import load_programme
from seasons.enums import LateJoining, SeasonState
from seasons.facts import load_seasons
from seasons.models import Entitlement, FeeTier, InvitationDocument, Season, SeasonContact, Theme
from tests.roof.brochure.typed import write_markup
from tests.seasons.factories import EntitlementFactory, SeasonFactory, opened_season
from uso.ground.jobs.models import Job, JobState
from uso.ground.lib.pdf import Pdf
from uso.ground.tenancy.crossing import across_municipalities
from uso.roof.brochure.actions import NothingToMakeError, make_invitations, start_invitations
from uso.roof.brochure.content import languages_of, write
from uso.roof.brochure.gathering import season_rows
from uso.roof.brochure.printing import fingerprint, invitation_html, invitation_pdf, style_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ADDRESS = "https://uso.example/uso8/?lang=fi"
PAGE = "/seasons/8/invitation/"


def printed(season: Season, language: str = "fi") -> Pdf:
    brochure = write(season_rows(season, list(Season.objects.all())), language)
    return invitation_pdf(invitation_html(brochure, ADDRESS), style_of(brochure))


def words(pdf: Pdf) -> str:
    pages = PdfReader(io.BytesIO(pdf.content)).pages
    text = " ".join(page.extract_text() for page in pages)
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def season(db: None) -> Season:
    """USO8 as the documents have it."""
    load_seasons()
    season = Season.objects.get(number=8)
    load_programme(season)
    return season


GOLDEN = {
    "fi": [
        "Siiloista silloille", "Kausi 2025–2026", "Kutsu kunnille", "Miksi nyt",
        "Uusi valtuustokausi ja strategioiden päivitykset", "93", "kuntaa on ollut mukana",
        "2021–2022 Kestävä kuntajohtaminen", "Toimiva kuntajohtaminen ja sujuva päätöksenteko",
        "Kevät 2025", "Teemaseminaari I", "Sparraukset luottamushenkilöille",
        "Strategian laadinta, päivitys ja arviointi", "9 000–45 000 asukasta 12 000 €",
        "Kunnan väkiluku Maksu vuodessa", "Asiantuntijoiden matkakulut", "Näin liitytte", ADDRESS,
    ],
    "sv": [
        "Från silor till broar", "Säsongen 2025–2026", "En inbjudan till kommunerna", "Varför nu",
        "Våren 2025", "Temaseminarium I", "Så ansluter ni er", "9 000–45 000 invånare 12 000 €",
    ],
    "en": ["From silos to bridges", "Season 2025–2026", "How to join", "Spring 2025"],
}  # fmt: skip


@pytest.mark.parametrize("language", GOLDEN)
def test_invitation_says_what_the_season_is(season, language):
    text = words(printed(season, language)).replace("\xa0", " ")

    assert [line for line in GOLDEN[language] if line not in text] == []


def test_nothing_is_said_that_the_season_does_not_say(season):
    text = words(printed(season))

    for unsaid in (
        "arvonlisävero",
        "väkiluku 31.12.",
        "erässä",
        "Kysy lisää",
        "Luonnos",
        "Esittely",
    ):
        assert unsaid not in text, unsaid


def test_terms_are_printed_where_they_are_set(season):
    Season.objects.filter(pk=season.pk).update(
        vat_on_top=True, population_year=2024, billing_months=[2, 9],
        late_joining=LateJoining.BY_MONTHS,
    )  # fmt: skip
    season.refresh_from_db()

    text = words(printed(season))

    for said in ("lisätään arvonlisävero", "väkiluku 31.12.2024", "2 erässä", "jäljellä olevilta"):
        assert said in text, said


def test_indicators_are_those_of_the_catalogue_by_group(season):
    load_catalogue()
    Indicator.objects.filter(code="co2_emissions").update(is_active=False)

    text = words(printed(season))

    assert "Väestökehitys" in text
    assert "HYTE-kerroin" in text
    assert "Lähteet: Tilastokeskus" in text
    assert "Hiilidioksidipäästöt" not in text
    assert text.count("Omaisuusrikosten määrä") == 1  # of the old and the present classification
    assert "luokitus" not in text


def test_draft_says_so_on_each_page(season):
    season.state = SeasonState.DRAFT

    pages = PdfReader(io.BytesIO(printed(season).content)).pages

    assert all("Luonnos" in page.extract_text() for page in pages)


def test_demonstration_says_what_is_made_up(season, settings):
    settings.DEMO = True
    draft = SeasonFactory(number=9, theme_fi="Keksitty teema")

    for each, said in ((season, "tapahtumien päivät on keksitty"), (draft, "kausi on keksitty")):
        for page in PdfReader(io.BytesIO(printed(each).content)).pages:
            assert said in re.sub(r"\s+", " ", page.extract_text())


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_invitation_passes_pdf_ua(season, language, tmp_path):
    SeasonContact.objects.create(season=season, position=1, name="Aino", email="a@uso.example")
    path = tmp_path / "invitation.pdf"
    path.write_bytes(printed(season, language).content)

    result = outloud.check(str(path))

    assert [
        f"{found.rule}: {found.message}" for found in result.findings if found.severity == "error"
    ] == []


def test_invitation_is_titled_and_holds_our_own_typeface_alone(season):
    reader = PdfReader(io.BytesIO(printed(season, "sv").content))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }

    assert reader.trailer["/Root"]["/Lang"] == "sv"
    assert reader.metadata.title == "Från silor till broar – USO8 2025–2026"
    assert {name.split("+")[-1].split("-")[0] for name in fonts} == {"UsoSans"}


def test_each_idea_has_its_page(season):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(printed(season).content)).pages]

    assert len(pages) == 6  # the catalogue of indicators is not loaded
    assert "Kevät 2025" in pages[3]
    assert "Syksy 2026" in pages[3]  # the four phases stand on one page
    assert "Interaktiiviset teemaseminaarit" in pages[4]
    assert "Digitalisaatio ja digitiekartat" in pages[4]  # the workshops' subjects fit below


def test_subjects_of_workshops_stay_together_where_the_package_fills_its_page(season):
    for position in range(20, 32):
        EntitlementFactory(season=season, kind=f"other_{position}", position=position)

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(printed(season).content)).pages]

    (subjects,) = [page for page in pages if "Digitalisaatio ja digitiekartat" in page]
    assert "Kuntakonsernin käytännöt" in subjects
    assert "Interaktiiviset teemaseminaarit" not in subjects


def test_words_longer_than_a_line_stay_on_the_page(season):
    long = "Uudistumiskyvykkyysjohtamisverkostokehittämiskumppanuusmalli" * 2
    Season.objects.filter(pk=season.pk).update(theme_fi=long[:120], background_fi=[long])
    Theme.objects.filter(season=season).update(name_fi=long, topics_fi=[long])
    Entitlement.objects.filter(season=season).update(name_fi=long)
    season.refresh_from_db()

    for page in PdfReader(io.BytesIO(printed(season).content)).pages:
        edges: list[float] = []
        page.extract_text(
            visitor_text=lambda text, cm, tm, *_rest, edges=edges: edges.append(
                tm[4] * cm[0] + cm[4] + 0 * len(text)
            )
        )
        assert max(map(len, page.extract_text().splitlines())) < 110
        assert max(edges) < float(page.mediabox.width)


def test_markup_in_any_text_is_printed_as_typed(season):
    typed = write_markup(season)
    season.refresh_from_db()

    text = words(printed(season))

    assert [each for each in typed if each not in text] == []


def test_fee_without_a_tier_and_a_fee_with_cents(season):
    season4 = Season.objects.get(number=4)
    FeeTier.objects.filter(season=season, population__contains=0).update(
        annual_fee_eur=Decimal("9000.50")
    )

    assert "8 000 € – 16 000 €" in words(printed(season4)).replace("\xa0", " ")
    assert "9 000,50 €" in words(printed(season)).replace("\xa0", " ")


def test_languages_are_those_the_season_is_written_in(season):
    bare = SeasonFactory(number=9, theme_fi="Teema", first_year=2027, last_year=2028)

    assert languages_of(season_rows(season, [])) == ["fi", "sv", "en"]
    assert languages_of(season_rows(bare, [])) == ["fi"]


# -- Making ------------------------------------------------------------------------------------


@pytest.fixture
def small(db: None, monkeypatch) -> Season:
    """A season in one language, whose setting takes no time."""
    monkeypatch.setattr(
        "uso.roof.brochure.actions.invitation_pdf",
        lambda html, style: Pdf(f"%PDF {fingerprint(html, style)}".encode(), 3),
    )
    return opened_season(number=8, theme_sv="", theme_en="")


def made(season: Season) -> InvitationDocument:
    list(make_invitations(season))
    return InvitationDocument.objects.get(season=season)


def test_invitation_is_made_again_only_when_it_says_something_else(small):
    first = made(small)
    again = made(small)
    Season.objects.update(theme_fi="Toinen teema")
    small.refresh_from_db()
    changed = made(small)

    assert (first.pages, again.made_at, again.sha256) == (3, first.made_at, first.sha256)
    assert changed.pk == first.pk
    assert (changed.of_sha256 != first.of_sha256, changed.sha256 != first.sha256) == (True, True)


def test_two_who_press_start_one_job(small, coordinator):
    first = start_invitations(season=small, by=coordinator)
    second = start_invitations(season=small, by=coordinator)

    assert first == second


def test_nothing_is_started_where_all_is_up_to_date(small, coordinator, in_english):
    made(small)

    with pytest.raises(NothingToMakeError, match="up to date"):
        start_invitations(season=small, by=coordinator)


def test_press_makes_the_file_and_the_page_says_when(
    small, client_for, coordinator, sent, django_capture_on_commit_callbacks
):
    staff = client_for(coordinator)
    assert "Ei vielä laadittu" in staff.get(PAGE).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        staff.post(PAGE + "make/")

    with across_municipalities(reason="the test looks at the job"):
        job = Job.objects.get()
    assert (job.state, job.result_url) == (JobState.DONE, PAGE)
    assert "Ajan tasalla" in staff.get(PAGE).content.decode()
    Season.objects.update(theme_fi="Toinen teema")
    assert "Kausi on muuttunut" in staff.get(PAGE).content.decode()


def test_nothing_is_written_to_compare_where_there_is_no_file(
    small, client_for, coordinator, monkeypatch
):
    def fail(*_given):
        pytest.fail("an invitation was written though nothing is compared with it")

    monkeypatch.setattr("uso.roof.brochure.queries.invitation_list.invitation_html", fail)

    assert "Ei vielä laadittu" in client_for(coordinator).get(PAGE).content.decode()


def test_file_is_given_to_staff_and_once_the_season_is_open_to_all(small, client_for, coordinator):
    document = made(small)

    staff = client_for(coordinator).get(PAGE + "fi/")
    anybody = Client().get("/uso8/invitation-fi.pdf")

    assert staff.content == anybody.content == bytes(document.content)
    assert "Kutsu%20USO8%202025%E2%80%932026.pdf" in staff["Content-Disposition"]
    assert anybody["Cache-Control"] == "public, max-age=300"
    assert 'href="/uso8/invitation-fi.pdf"' in Client().get("/uso8/?lang=fi").content.decode()
    assert Client().get("/uso8/invitation-sv.pdf").status_code == 404
    assert Client().get("/uso8/invitation-xx.pdf").status_code == 404


def test_file_of_a_draft_is_for_staff(client_for, coordinator, small):
    made(SeasonFactory(number=9, first_year=2027, last_year=2028, state=SeasonState.DRAFT))

    assert client_for(coordinator).get("/seasons/9/invitation/fi/").status_code == 200
    assert Client().get("/uso9/invitation-fi.pdf").status_code == 404
