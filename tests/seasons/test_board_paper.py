"""The paper for a board: what it says, in two languages, as a Word file and as text; who gets it."""

import io
import re
import shutil
import subprocess
from datetime import date, datetime
from decimal import Decimal

import docx
import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from municipalities.limits import may_read
from seasons.actions.paper_link import renew_paper_link
from seasons.board_paper.link import SIGNER, path_of
from seasons.board_paper.paper import (
    BLANK,
    BoardPaper,
    Bullets,
    Choices,
    Paragraph,
    Section,
    Table,
    write,
)
from seasons.board_paper.plain import as_text
from seasons.board_paper.word import as_docx
from seasons.enums import (
    DecidingBody,
    EntitlementKind,
    LateJoining,
    ParticipationState,
    SeasonState,
)
from seasons.facts import load_seasons
from seasons.models import Participation, Season, SeasonContact
from seasons.pricing import first_year_fee
from seasons.queries import PaperFacts, paper_facts
from tests.clock import NOW
from tests.municipalities.factories import PopulationFactory, UserFactory
from tests.seasons.factories import (
    EntitlementFactory,
    ParticipationFactory,
    SeasonFactory,
    member_of,
    opened_season,
)
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

FILLED = Choices(
    body=DecidingBody.CITY_BOARD,
    contact="kaupunginjohtaja Maija Meikäläinen",
    on_site="kaupunginhallituksen jäsenet, valtuuston puheenjohtajat ja johtoryhmä",
)
BEFORE = date(2024, 10, 22)


@pytest.fixture
def season8(db) -> Season:
    """USO8 as its invitation has it, with the terms that it leaves open."""
    load_seasons()
    season = Season.objects.get(number=8)
    Season.objects.filter(pk=season.pk).update(population_year=2024)
    season.refresh_from_db()
    return season


@pytest.fixture
def invited(season8, kannus, in_kannus) -> Participation:
    PopulationFactory(municipality=kannus, year=2024, count=5_264)
    return ParticipationFactory(season=season8, municipality=kannus)


def facts_of(participation: Participation) -> PaperFacts:
    season = Season.objects.get(pk=participation.season_id)
    found = paper_facts(season, participation.municipality.slug, list(Season.objects.all()))
    assert found
    return found


def text_of(
    participation: Participation,
    choices: Choices = FILLED,
    language: str = "fi",
    on: date = BEFORE,
) -> str:
    return as_text(write(facts_of(participation), choices, language, on=on)).replace("\xa0", " ")


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


def file_of(participation: Participation, choices: Choices = FILLED, language: str = "fi") -> bytes:
    return as_docx(write(facts_of(participation), choices, language, on=BEFORE), at=NOW)


# -- What it says --------------------------------------------------------------------------------


def test_finnish_paper_says_what_a_board_decides_on(invited):
    text = text_of(invited)

    for said in (
        "Liittyminen USO-verkostoon kaudeksi 2025–2026 (USO8)",
        "Toimielin: Kaupunginhallitus",
        "93 kuntaa 14 vuoden aikana (verkoston omat luvut USO8-kauden kutsussa).",
        "Sen teema on ”Siiloista silloille”.",
        "- työllisyyspalvelujen uudistus",
        "- Strateginen ja kestävä kunta: ennakointi ja muuttuva toimintaympäristö;",
        "- Interaktiiviset teemaseminaarit: 4",
        "- Räätälöidyt kehittämispajat: 5",
        "- Väkiluku 31.12.2024: 5 264",
        "- Maksuluokka: alle 9 000 asukasta",
        "- Vuosimaksu: 9 000 €",
        "2025: 9 000 €\n2026: 9 000 €\nYhteensä: 18 000 €",
        "- asiantuntijoiden matkakulut maksetaan toteutuneina",
        "Kaupunginhallitus päättää, että",
        "- Kannuksen kaupunki osallistuu USO-verkoston kauteen USO8 vuosina 2025–2026",
        "- yhdyshenkilöksi verkostoon nimetään kaupunginjohtaja Maija Meikäläinen",
        "- tilaisuuksiin paikan päälle voivat osallistua kaupunginhallituksen jäsenet, valtuuston",
        "Tiedoksi", "Liitteet",
    ):  # fmt: skip
        assert said in text, said
    assert "arvonlisävero" not in text  # the invitation does not say that it comes on top


def test_swedish_paper_is_swedish_throughout(invited):
    text = text_of(
        invited, Choices(body=DecidingBody.MUNICIPAL_BOARD, contact="kommundirektören"), "sv"
    )

    for said in (
        "Anslutning till nätverket USO för säsongen 2025–2026 (USO8)",
        "Dess tema är ”Från silor till broar”.",
        "- En strategisk och hållbar kommun: framsyn och en föränderlig omvärld;",
        "- Folkmängd 31.12.2024: 5 264",
        "Kommunstyrelsen beslutar att",
        "- kommunen Kannus deltar i nätverket USO:s säsong USO8 åren 2025–2026",
        "- till kontaktperson i nätverket utses kommundirektören",
    ):
        assert said in text, said
    assert not re.search(r"\b(ja|kunta|kunnan|vuosi|kausi|on|verkosto)\b", text)


def test_vat_is_said_where_the_season_says_so_alone(invited, season8):
    Season.objects.filter(pk=season8.pk).update(vat_on_top=True, travel_on_top=False)

    text = text_of(invited)

    assert "- maksuun lisätään arvonlisävero" in text
    assert "Maksuun lisätään arvonlisävero." in text
    assert "matkaku" not in text


def test_unknown_is_a_blank_and_never_invented(invited, season8):
    Season.objects.filter(pk=season8.pk).update(population_year=None)

    text = text_of(invited, Choices())

    for said in (
        f"Väkiluku: {BLANK}", f"Maksuluokka: {BLANK}", f"Vuosimaksu: {BLANK} €",
        f"2025: {BLANK} €", f"Yhteensä: {BLANK} €", f"{BLANK} päättää, että",
        "- Kannus osallistuu", f"nimetään {BLANK}", f"osallistua {BLANK}",
        f"vuosimaksu on {BLANK} €",
    ):  # fmt: skip
        assert said in text, said
    assert "9 000" not in text


def test_season_without_words_leaves_its_parts_out(kannus, in_kannus):
    season = SeasonFactory(number=30, theme_fi="")

    text = text_of(ParticipationFactory(season=season, municipality=kannus))

    assert "Osallistumisen sisältö" not in text
    assert "teema" not in text
    assert f"Verkoston koordinaattori: {BLANK}" in text


def test_package_names_numbers_and_what_goes_on(kannus, in_kannus):
    season = SeasonFactory(number=30)
    EntitlementFactory(season=season, name_fi="Pajat", yearly=True, for_each_municipality=True)
    EntitlementFactory(
        season=season, kind=EntitlementKind.CONTACT_MEETING, name_fi="Tapaamiset",
        quantity=None, ongoing=True,
    )  # fmt: skip

    text = text_of(ParticipationFactory(season=season, municipality=kannus))

    assert "- Tapaamiset: koko kauden ajan" in text
    assert re.search(r"- Pajat: 5, \w+", text)


# -- Earlier participation -----------------------------------------------------------------------


def test_earlier_decisions_are_named_and_what_is_not_known_is_said(invited, kannus):
    seventh = Season.objects.get(number=7)
    ParticipationFactory(
        season=seventh, municipality=kannus, state=ParticipationState.CONFIRMED,
        confirmed_at=NOW, confirmed_by=UserFactory(), decided_by_fi="Kaupunginhallitus",
        decided_on=date(2022, 11, 14), decision_section="344", diary_number="1256/00.04.02/2022",
    )  # fmt: skip

    text = text_of(invited)

    assert "- USO7 (2023–2024), Kaupunginhallitus 14.11.2022 § 344, 1256/00.04.02/2022" in text
    assert "\nVerkoston tiedot aiempien kausien jäsenistä ovat puutteelliset.\n" in text


def test_municipality_without_records_is_not_said_to_be_new(invited):
    text = text_of(invited)

    assert "ei ole merkintää kunnan aiemmasta osallistumisesta" in text
    assert "tiedot aiempien kausien jäsenistä ovat puutteelliset." in text
    assert f"Kunnan omien tietojen mukaan: {BLANK}" in text


def test_seasons_whose_members_are_all_known_are_named(invited, kannus, jamsa, network):
    later = opened_season(number=10, population_year=None)
    member_of(Season.objects.get(number=8), jamsa)

    text = text_of(ParticipationFactory(season=later, municipality=kannus))

    assert "Kaikki jäsenet ovat tiedossa kausilta: USO8 (2025–2026)." in text
    assert "puutteelliset" in text


def test_decision_of_another_municipality_is_not_named(invited, jamsa, network):
    member_of(Season.objects.get(number=7), jamsa, decided_on=date(2022, 11, 14))

    assert "14.11.2022" not in text_of(invited)


# -- Costs of who joins late ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "on", "rows"),
    [
        ("", date(2025, 10, 6), [("2025", "9 000 €"), ("2026", "9 000 €"), ("Yhteensä", "18 000 €")]),
        (LateJoining.FULL, date(2025, 10, 6), [("2025", "9 000 €"), ("2026", "9 000 €"), ("Yhteensä", "18 000 €")]),
        (LateJoining.BY_MONTHS, date(2025, 10, 6), [("2025", "2 250 €"), ("2026", "9 000 €"), ("Yhteensä", "11 250 €")]),
        (LateJoining.BY_MONTHS, date(2026, 11, 24), [("2026", "1 500 €"), ("Yhteensä", "1 500 €")]),
        (LateJoining.BY_MONTHS, date(2024, 12, 31), [("2025", "9 000 €"), ("2026", "9 000 €"), ("Yhteensä", "18 000 €")]),
    ],
)  # fmt: skip
def test_costs_follow_the_rule_of_joining_late(invited, season8, rule, on, rows):
    Season.objects.filter(pk=season8.pk).update(late_joining=rule)

    paper = write(facts_of(invited), FILLED, "fi", on=on)

    (table,) = [b for section in paper.sections for b in section.blocks if isinstance(b, Table)]
    assert [tuple(c.replace("\xa0", " ") for c in row) for row in table.rows] == rows


@pytest.mark.parametrize(
    ("on", "years", "before"),
    [
        (date(2025, 10, 6), "vuosina 2025–2026", None),
        (date(2026, 11, 24), "vuonna 2026", "2025"),
        (date(2027, 1, 7), "vuonna 2026", "2025"),  # the season is over
    ],
)
def test_proposal_names_the_years_that_are_paid(invited, on, years, before):
    text = text_of(invited, on=on)

    assert f"- Kannuksen kaupunki osallistuu USO-verkoston kauteen USO8 {years}\n" in text
    why = "Kunta liittyy kaudelle vuonna 2026. Kauden aiemmasta ajasta (2025) ei makseta."
    assert (why in text) is (before is not None)


def test_years_paid_by_a_confirmed_member_stay_when_its_decision_is_corrected(
    invited, season8, jamsa
):
    with scope(jamsa.pk):
        member = member_of(
            season8, jamsa, decided_on=date(2026, 10, 6),
            first_year_fee_eur=Decimal(2_250), joining_year=2025,
        )  # fmt: skip

    paper = write(facts_of(member), FILLED, "fi", on=date(2026, 11, 24))

    (table,) = [b for section in paper.sections for b in section.blocks if isinstance(b, Table)]
    rows = [("2025", "2 250 €"), ("2026", "9 000 €"), ("Yhteensä", "11 250 €")]
    assert [tuple(c.replace("\xa0", " ") for c in row) for row in table.rows] == rows


@given(
    st.decimals(min_value=0, max_value=9_999_999, places=2),
    st.dates(min_value=date(2025, 1, 1), max_value=date(2026, 12, 31)),
)
def test_first_years_fee_is_its_months_to_the_cent(fee: Decimal, decided_on: date):
    found = first_year_fee(fee, first_year=2025, decided_on=decided_on, by_months=True)

    cents, months = int(fee * 100), 13 - decided_on.month
    assert found == Decimal((cents * months * 2 + 12) // 24) / 100  # half a cent goes up
    assert found.as_tuple().exponent == -2
    assert first_year_fee(fee, first_year=2025, decided_on=decided_on, by_months=False) == fee
    assert first_year_fee(fee, first_year=2027, decided_on=decided_on, by_months=True) == fee


# -- The demonstration ---------------------------------------------------------------------------


def test_what_the_demonstration_made_up_is_marked(invited, season8, settings):
    settings.DEMO = True
    SeasonContact.objects.create(season=season8, position=1, name="Aino Aho", organisation="USO")

    text = text_of(invited)

    assert "keksityiksi merkityt tiedot eivät ole totta" in text
    assert "- Aino Aho, USO (keksitty)" in text
    assert "väkiluku 31.12.2024. (keksitty)" in text


# -- The Word file -------------------------------------------------------------------------------


def test_word_file_has_styles_title_and_language(invited):
    document = opened(file_of(invited))

    assert document.core_properties.title == "Liittyminen USO-verkostoon kaudeksi 2025–2026 (USO8)"
    assert document.core_properties.language == "fi-FI"
    assert document.core_properties.author == ""
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"fi-FI"}
    styles = {each.style.name for each in document.paragraphs}
    assert styles == {"Title", "Heading 1", "Heading 2", "Normal", "List Bullet"}
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "Tausta", "Osallistumisen sisältö", "Kustannukset", "Aiempi osallistuminen",
        "Päätösehdotus", "Tiedoksi", "Liitteet",
    ]  # fmt: skip
    assert round(document.sections[0].page_height.mm) == 297
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Vuosi", "Maksu"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert opened(file_of(invited, language="sv")).core_properties.language == "sv-FI"


def test_words_that_lead_to_a_list_stay_on_its_page(invited):
    paragraphs = opened(file_of(invited)).paragraphs

    kept = {each.text for each in paragraphs if each.paragraph_format.keep_with_next}
    assert "Kaupunginhallitus päättää, että" in kept
    assert not any(text.startswith("Toimielin") for text in kept)


def test_words_of_people_come_out_as_typed(invited, season8):
    typed = '<b>Maija</b> & "Co" {{ x }} \x0b\x01\ufffe\ud800'
    Season.objects.filter(pk=season8.pk).update(theme_fi="<i>Silta</i> \x0b\x1f\ufffe")

    document = opened(file_of(invited, Choices(contact=typed, other_body="a\x00b")))

    words = "\n".join(each.text for each in document.paragraphs)
    assert 'nimetään <b>Maija</b> & "Co" {{ x }}' in words
    assert "teema on ”<i>Silta</i>" in words
    assert "ab päättää, että" in words


@given(st.text(max_size=80))
def test_any_text_makes_a_file_that_opens(typed):
    blocks = (Paragraph(typed), Bullets((typed,)), Table((typed, "b"), ((typed, typed),)))
    paper = BoardPaper("fi", typed, blocks, (Section(typed, blocks),))

    assert len(opened(as_docx(paper, at=NOW)).tables) == 2
    assert as_text(paper)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_office_program_opens_the_file(invited, tmp_path):
    file = tmp_path / "paper.docx"
    file.write_bytes(file_of(invited))

    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", tmp_path, file],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")


# -- Pages ---------------------------------------------------------------------------------------

SENT = {
    "body": "city_board", "contact": "kaupunginjohtaja", "on_site": "<b>johtoryhmä</b>",
    "language": "fi",
}  # fmt: skip


def public(participation: Participation) -> str:
    return path_of(Participation.objects.select_related("season").get(pk=participation.pk))


@pytest.mark.parametrize("page", ["coordinator", "kannus_contact", "nobody"])
def test_paper_is_filled_in_and_downloaded(request, client_for, invited, page):
    if page == "nobody":
        client, url = Client(), public(invited)
    elif page == "coordinator":
        client = client_for(request.getfixturevalue(page))
        url = reverse("seasons_network:board_paper", args=[8, "kannus"])
    else:
        client = client_for(request.getfixturevalue(page))
        url = reverse("seasons:board_paper", args=["kannus", 8])

    empty, filled = client.get(url), client.post(url, {**SENT, "as": "text"})
    file = client.post(url, {**SENT, "as": "docx"})

    assert f"nimetään {BLANK}" in empty.content.decode()
    assert "nimetään kaupunginjohtaja" in filled.content.decode()
    assert "&lt;b&gt;johtoryhmä&lt;/b&gt;" in filled.content.decode()
    assert "Liittyminen%20USO8%20Kannus%2024.11.2026.docx" in file["Content-Disposition"]
    words = [each.text for each in opened(file.content).paragraphs]
    assert "yhdyshenkilöksi verkostoon nimetään kaupunginjohtaja" in words
    assert "tilaisuuksiin paikan päälle voivat osallistua <b>johtoryhmä</b>" in words


def test_form_begins_with_what_the_records_know(client_for, coordinator, invited):
    Participation.objects.filter(pk=invited.pk).update(
        decided_by_fi="Kunnanhallitus", contact_fi="kunnanjohtaja", on_site_fi="johtoryhmä"
    )

    page = client_for(coordinator).get("/seasons/8/members/kannus/paper/").content.decode()

    assert "Kunnanhallitus päättää, että" in page
    assert 'value="kunnanjohtaja"' in page


def test_other_body_needs_its_name(client_for, coordinator, invited):
    url = "/seasons/8/members/kannus/paper/"
    client = client_for(coordinator)

    unnamed = client.post(url, {**SENT, "body": "other"})
    named = client.post(url, {**SENT, "body": "", "other_body": "Konsernijaosto"})

    assert unnamed.status_code == 422
    assert "Tekstiä ei vielä täydennetty. Korjaa nämä:" in unnamed.content.decode()
    assert "Kirjoita päättävän toimielimen nimi." in unnamed.content.decode()
    assert "Konsernijaosto päättää, että" in named.content.decode()


def test_name_of_another_body_is_not_dropped_beside_one_of_the_list(
    client_for, coordinator, invited
):
    both = {**SENT, "body": "municipal_board", "other_body": "Konsernijaosto"}

    answer = client_for(coordinator).post("/seasons/8/members/kannus/paper/", both)

    assert answer.status_code == 422
    assert "on valittu Kunnanhallitus: valitse yllä ”Muu toimielin”" in answer.content.decode()


def test_paper_begins_in_swedish_for_who_reads_in_swedish(invited):
    for asked, chosen in (("", "fi"), ("?lang=sv", "sv")):
        page = Client().get(public(invited) + asked).content.decode()

        assert f'<option value="{chosen}" selected>' in page
        assert f'<textarea id="paper-text" class="paper-text" lang="{chosen}"' in page


def test_draft_season_is_not_shown_to_the_municipality(client_for, kannus_contact, in_kannus):
    draft = SeasonFactory(number=9, first_year=2027, last_year=2028, state=SeasonState.DRAFT)
    place = ParticipationFactory(season=draft, municipality=in_kannus)

    assert client_for(kannus_contact).get("/k/kannus/seasons/9/paper/").status_code == 404
    assert Client().get(public(place)).status_code == 404


def test_municipality_that_is_not_on_the_list_has_no_paper(client_for, coordinator, jamsa, invited):
    client = client_for(coordinator)

    assert client.get("/seasons/8/members/jamsa/paper/").status_code == 404


def test_home_offers_the_paper_while_nothing_is_decided(client_for, kannus_contact, invited):
    client = client_for(kannus_contact)

    assert "/k/kannus/seasons/8/paper/" in client.get("/k/kannus/").content.decode()

    Participation.objects.filter(pk=invited.pk).update(state=ParticipationState.DECIDED)
    assert "/k/kannus/seasons/8/paper/" not in client.get("/k/kannus/").content.decode()


# -- The link ------------------------------------------------------------------------------------


def test_link_sets_no_cookie_and_is_kept_nowhere(invited, client_for, coordinator):
    for client in (Client(), client_for(coordinator)):
        for answer in (client.get(public(invited)), client.post(public(invited), SENT)):
            assert answer.status_code == 200
            assert not answer.cookies
            assert "no-store" in answer["Cache-Control"]
            assert coordinator.first_name not in answer.content.decode()
            assert 'name="robots" content="noindex' in answer.content.decode()


def test_link_speaks_the_language_it_names(invited):
    page = Client().get(public(invited) + "?lang=sv").content.decode()

    assert '<html lang="sv">' in page
    assert "Beslutsunderlag för styrelsen" in page


def refused(url: str) -> str:
    answer = Client().get(url)
    assert answer.status_code == 404
    assert "no-store" in answer["Cache-Control"]
    page = answer.content.decode()
    assert "Kannus" not in page.replace("Kannus&#x27;s", "").replace("Kannuksen", "")
    return page


@pytest.mark.parametrize("spoil", [
    lambda token: token[:-1], lambda token: token + "x", lambda token: "9" + token,
    lambda token: token.replace(".", "-"), lambda _token: "x", lambda _token: SIGNER.sign("1"),
    lambda _token: SIGNER.sign("99999-1"), lambda _token: SIGNER.sign("9" * 30 + "-1"),
])  # fmt: skip
def test_altered_link_names_nobody_and_says_what_to_do(invited, season8, spoil):
    SeasonContact.objects.create(season=season8, position=1, name="Aino Aho", email="a@uso.example")
    start, token = public(invited).rstrip("/").rsplit("/", 1)

    page = refused(f"{start}/{spoil(token)}/")

    assert "Linkistä ei avaudu päätöspohjaa" in page
    assert "Aino Aho, a@uso.example" in page


def test_link_of_another_season_opens_nothing(invited):
    opened_season(number=60)

    refused(public(invited).replace("/uso8/", "/uso60/"))


@pytest.mark.parametrize("is_there", [True, False])
def test_link_of_a_season_not_opened_says_whom_to_ask_and_names_nobody(in_kannus, is_there):
    draft = SeasonFactory(number=9, first_year=2027, last_year=2028, state=SeasonState.DRAFT)
    SeasonContact.objects.create(season=draft, position=1, name="Aino Aho", email="a@uso.example")
    url = public(ParticipationFactory(season=draft, municipality=in_kannus))

    page = refused(url if is_there else url.replace("/uso9/", "/uso77/"))

    assert "Linkistä ei avaudu päätöspohjaa" in page
    assert "Pyydä uusi linkki siltä, joka lähetti sen sinulle." in page
    assert "Aino Aho" not in page
    assert "USO9" not in page
    assert 'class="brand" href="/"' in " ".join(page.split())


def test_renewed_link_works_and_the_one_before_does_not(invited, coordinator, client_for):
    before = public(invited)
    url = "/seasons/8/members/kannus/paper/link/"
    client = client_for(coordinator)
    asked = client.get(url)
    assert "lakkaa toimimasta" in asked.content.decode()
    assert "Vaihda Kannuksen päätöspohjan linkki" in asked.content.decode()
    assert Client().get(before).status_code == 200  # asking changes nothing

    renew_paper_link(participation=invited, by=coordinator)

    refused(before)
    assert Client().get(public(invited)).status_code == 200
    shown = client.get("/seasons/8/members/kannus/").content.decode()
    assert public(invited) in shown
    assert before not in shown


def test_link_ends_with_the_season(invited, time_machine):
    url = public(invited)
    time_machine.move_to(datetime(2026, 12, 31, 20, tzinfo=NOW.tzinfo))
    assert Client().get(url).status_code == 200

    time_machine.move_to(datetime(2027, 1, 1, 1, tzinfo=NOW.tzinfo))

    refused(url)


def test_link_is_asked_only_so_often(invited):
    cache.clear()
    url, asking = public(invited), RequestFactory().get("/")
    assert Client().get(url).status_code == 200

    allowed = [may_read(asking, "board_paper") for _ in range(120)]

    answer = Client().get(url)
    cache.clear()
    assert allowed == [True] * 119 + [False]
    assert answer.status_code == 429
    assert "Kannus" not in answer.content.decode().split("<main")[1]


def test_member_page_shows_no_link_before_the_season_is_published(
    client_for, coordinator, kannus, in_kannus
):
    ParticipationFactory(season=SeasonFactory(number=30), municipality=kannus)

    page = client_for(coordinator).get("/seasons/30/members/kannus/").content.decode()

    assert "/uso30/paper/" not in page
    assert "/seasons/30/members/kannus/paper/" in page
    link = "/seasons/30/members/kannus/paper/link/"
    client = client_for(coordinator)
    assert [client.get(link).status_code, client.post(link).status_code] == [404, 404]


def test_page_of_a_confirmed_member_does_not_begin_with_the_paper(
    client_for, coordinator, kannus, network
):
    member_of(opened_season(number=30), kannus)

    page = client_for(coordinator).get("/seasons/30/members/kannus/").content.decode()

    assert page.index("Liittymispäätös") < page.index("/members/kannus/paper/")
    assert page.index("/members/kannus/withdraw/") < page.index("/members/kannus/paper/")
