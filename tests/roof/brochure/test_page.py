"""The public page of a season: what it says, to whom, and that any cache may keep it."""

import re
from datetime import UTC, date, datetime
from html import escape

import pytest
from django.test import Client
from django.utils import timezone

from events.facts import load_programme
from seasons.enums import EntitlementKind, SeasonState
from seasons.facts import load_seasons
from seasons.models import Amendment, Phase, Season, SeasonContact, Theme, WorkshopTheme
from tests.events.factories import EventFactory, published_event
from tests.roof.brochure.typed import write_markup
from tests.seasons.factories import EntitlementFactory, SeasonFactory, opened_season
from uso.roof.brochure.content import write
from uso.roof.brochure.gathering import season_rows

pytestmark = pytest.mark.django_db

FI = "/uso8/?lang=fi"


@pytest.fixture
def season(db: None) -> Season:
    return opened_season(number=8, theme_sv="Från silor till broar")


def words(url: str, client: Client | None = None) -> str:
    """What a reader sees of a page, on one line."""
    response = (client or Client()).get(url)
    assert response.status_code == 200
    body = response.content.decode().split("<main", 1)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_draft_is_not_found_and_an_ended_season_is_there():
    SeasonFactory(number=8)
    SeasonFactory(number=4, theme_fi="", state=SeasonState.CLOSED)

    assert Client().get("/uso8/").status_code == 404
    assert Client().get("/uso7/").status_code == 404
    assert "Kausi 2017–2018 on päättynyt" in words("/uso4/?lang=fi")


def test_page_says_what_the_season_holds(season):
    Season.objects.filter(pk=season.pk).update(background_fi=["Uusi valtuustokausi"])
    Theme.objects.create(season=season, position=1, name_fi="Kestävä kunta", topics_fi=["Talous"])
    WorkshopTheme.objects.create(season=season, position=1, name_fi="Strategia")
    SeasonContact.objects.create(season=season, position=1, name="Aino Aho", email="a@uso.example")
    EntitlementFactory(season=season, name_fi="Omat kehittämispajat", for_each_municipality=True)
    EntitlementFactory(
        season=season, kind=EntitlementKind.CONTACT_MEETING, quantity=None, ongoing=True
    )

    text = words(FI)

    for said in (
        "Siiloista silloille", "Uusi valtuustokausi", "Kestävä kunta Talous", "Strategia",
        "Aino Aho a@uso.example", "5 Omat kehittämispajat", "koko kauden ajan",
        "kaikki kunnat 9 000 €", "väkiluku 31.12.2024", "Maksuun lisätään arvonlisävero.",
    ):  # fmt: skip
        assert said in text.replace("\xa0", " "), said


def test_terms_that_the_demonstration_chose_are_marked(season, settings):
    settings.DEMO = True

    text = words(FI)

    assert "väkiluku 31.12.2024. (keksitty)" in text
    assert "Maksuun lisätään arvonlisävero. (keksitty)" in text


def test_season_that_ends_soon_says_when(season):
    assert "Kausi päättyy 31.12.2026." in words(FI)

    opened_season(number=9)

    assert "Kausi päättyy" not in words("/uso9/?lang=fi")


@pytest.mark.parametrize(
    ("kind", "position", "title", "beside"),
    [
        ("seminar", 2, "Strategia", "Teemaseminaari 2"),
        ("seminar", None, "Strategia", "Teemaseminaari"),
        ("seminar", 2, "Teemaseminaari II", ""),
        ("other", 2, "Kesäpäivä", ""),
    ],
)
def test_kind_of_an_event_stands_beside_a_title_that_does_not_say_it(
    season, kind, position, title, beside
):
    EventFactory(season=season, kind=kind, position=position, title_fi=title)

    (event,) = write(season_rows(season, []), "fi").unphased

    assert (event.kind, event.title) == (beside, title)


def test_parts_without_facts_are_left_out():
    SeasonFactory(number=4, theme_fi="", state=SeasonState.CLOSED)

    text = words("/uso4/?lang=fi")

    assert "USO4" in text
    for heading in ("Miksi nyt", "Teemat", "Vuosimaksu", "Tilanneanalyysi", "Näin liitytte"):
        assert heading not in text, heading


def test_network_figures_of_a_later_invitation_are_not_told_of_an_earlier_season(season):
    SeasonFactory(number=7, state=SeasonState.CLOSED)

    assert "93 kuntaa on ollut mukana" in words(FI)
    assert "93" not in words("/uso7/?lang=fi")


def test_day_of_an_event_is_shown_once_it_is_published(season):
    phase = Phase.objects.create(
        season=season, position=1, name_fi="Syksy 2026",
        starts_on=date(2026, 7, 1), ends_on=date(2026, 12, 31),
    )  # fmt: skip
    at = datetime(2026, 12, 9, 7, tzinfo=UTC)
    EventFactory(season=season, phase=phase, title_fi="Seminaari IV", starts_at=at)
    published_event(season=season, title_fi="Kesäpäivä", starts_at=at, days=10)

    text = words(FI)

    assert "Seminaari IV" in text
    assert text.count("ke 9.12.2026") == 1
    assert "Kesäpäivä · ke 9.12.2026" in text


def test_markup_in_any_text_appears_as_typed(db):
    load_seasons()
    season = Season.objects.get(number=8)
    load_programme(season)
    typed = write_markup(season)

    page = Client().get(FI).content.decode()

    assert [each for each in typed if escape(each) not in page] == []
    assert "<b>{{" not in page


def test_changes_of_an_open_season_are_listed(season, coordinator):
    Amendment.objects.create(
        season=season, part="fees", holds_from=date(2026, 1, 1), at=timezone.now(), by=coordinator,
        reason_fi="Kustannukset <b>nousivat</b>",
        changes={code: [["Vuosimaksu", "9 000 €", "9 500 €"]] for code in ("fi", "sv", "en")},
    )  # fmt: skip

    text = words(FI)

    assert "Muutokset kauteen" in text
    assert "Kustannukset &lt;b&gt;nousivat&lt;/b&gt;" in text
    assert "Vuosimaksu 9 000 € 9 500 €" in text


@pytest.mark.parametrize("address", [FI, "/uso8/", "/robots.txt", "/sitemap.xml"])
def test_public_pages_set_no_cookie_and_may_be_kept(season, client_for, coordinator, address):
    for client in (Client(), client_for(coordinator)):
        response = client.get(address)

        assert response.status_code == 200
        assert not response.cookies
        assert response["Cache-Control"].startswith("public, max-age=")


def test_page_of_one_language_is_the_same_for_everybody(season, client_for, coordinator):
    signed_in = client_for(coordinator).get(FI)
    swedish = Client(headers={"accept-language": "sv"}).get(FI)

    assert signed_in.content == swedish.content == Client().get(FI).content
    assert not signed_in.has_header("Vary")


def test_page_without_a_language_follows_the_reader_and_says_so(season):
    response = Client(headers={"accept-language": "sv"}).get("/uso8/")

    assert '<html lang="sv">' in response.content.decode()
    assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize("address", [FI, "/uso8/", "/uso8/invitation-fi.pdf"])
def test_page_that_is_not_there_is_kept_nowhere_and_its_forms_have_their_token(
    db, settings, address
):
    response = Client().get(address)

    assert response.status_code == 404
    assert response["Cache-Control"] == "no-store"
    assert {"Accept-Language", "Cookie"} <= set(response["Vary"].split(", "))
    assert settings.CSRF_COOKIE_NAME in response.cookies
    assert "csrfmiddlewaretoken" in response.text


def test_unchanged_page_is_not_sent_again(season):
    first = Client().get(FI)

    again = Client().get(FI, headers={"if-none-match": first["ETag"]})
    Season.objects.update(theme_fi="Toinen teema")
    changed = Client().get(FI, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)


def test_page_names_itself_for_search_and_links(season, settings):
    settings.BASE_URL = "https://uso.example"

    head = Client().get("/uso8/?lang=sv").content.decode().split("</head>")[0]

    page = "https://uso.example/uso8/"
    assert f'<link rel="canonical" href="{page}?lang=sv">' in head
    assert f'hreflang="fi" href="{page}?lang=fi"' in head
    assert 'hreflang="en"' not in head  # nothing of the season is written in it
    assert f'hreflang="x-default" href="{page}"' in head
    assert '<meta property="og:title" content="Från silor till broar – USO8 2025–2026">' in head
    assert 'content="https://uso.example/uso8/picture-sv.png"' in head
    assert "noindex" not in head


def test_demonstration_is_not_indexed(season, settings):
    settings.DEMO = True

    assert '<meta name="robots" content="noindex">' in Client().get(FI).content.decode()
    assert "Allow" not in Client().get("/robots.txt").content.decode()


def test_robots_and_sitemap_name_the_opened_seasons_alone(season):
    SeasonFactory(number=9)

    robots = Client().get("/robots.txt").content.decode()
    sitemap = Client().get("/sitemap.xml").content.decode()

    assert "Allow: /uso\n" in robots
    assert "Disallow: /\n" in robots
    assert sitemap.count("<loc>") == 1
    assert "/uso8/</loc>" in sitemap


@pytest.mark.slow
def test_picture_of_a_link_is_a_png_of_its_size(season):
    Season.objects.update(theme_fi="<b>Pitkä</b> & " + "uudistumiskyvykkyyden johtaminen " * 3)

    response = Client().get("/uso8/picture-fi.png")

    assert response["Content-Type"] == "image/png"
    assert response.content[16:24] == (1200).to_bytes(4) + (630).to_bytes(4)
    assert Client().get("/uso8/picture-de.png").status_code == 404


def test_pages_are_read_alone(season):
    assert Client().post(FI).status_code == 405
