"""The page of a municipality: what each reader sees of it, and that its words about that are true."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from analysis.enums import DocumentKind
from analysis.models import AnalysisDocument
from municipalities.enums import Role
from municipalities.facts import taken_over_by
from municipalities.rules import can_see_roles
from seasons.enums import ExitReason, ParticipationSource, ParticipationState
from seasons.models import DecisionDocument
from tests.analysis.editions import ready_made
from tests.billing.factories import BuyerDetailsFactory
from tests.clock import NOW
from tests.municipalities.factories import (
    ContactAddressFactory,
    MunicipalityFactory,
    PopulationFactory,
    user_with_role,
)
from tests.seasons.factories import ParticipationFactory, SeasonFactory, member_of, opened_season
from uso.ground.tenancy.scope import scope
from uso.roof.home.audience import IN_WORDS, who_sees
from uso.roof.home.population import population_course
from uso.roof.home.queries.municipality_page import municipality_page, page_from_the_network

pytestmark = pytest.mark.django_db

OWN, FROM_THE_NETWORK = "/k/kannus/municipality/", "/municipalities/kannus/"
ADDRESS = {
    "coordinator": FROM_THE_NETWORK,
    "expert": FROM_THE_NETWORK,
    "kannus_contact": OWN,
    "kannus_leader": OWN,
    "kannus_billing": OWN,
}
CONTACT = frozenset({Role.CONTACT})
STAFF = frozenset({Role.COORDINATOR})
WITHDRAWN = {
    "state": ParticipationState.WITHDRAWN,
    "exit_stage": ParticipationState.CONFIRMED,
    "exit_reason": ExitReason.FINANCES,
    "exit_note": "Säästöohjelma, soitetaan keväällä.",
    "state_on": date(2026, 2, 2),
}


@pytest.fixture
def seen_as(request, client_for):
    """The text of the page as somebody reads it, at the address of that role."""

    def page(role: str, address: str = "") -> str:
        client: Client = client_for(request.getfixturevalue(role))
        response = client.get(address or ADDRESS[role])
        assert response.status_code == 200
        return response.content.decode()

    return page


@pytest.fixture
def season60():
    return opened_season(number=60)


@pytest.fixture
def with_decision(season60, kannus, coordinator):
    with scope(kannus.pk):
        row = member_of(
            season60,
            kannus,
            decided_by_fi="Kaupunginhallitus",
            decided_on=date(2026, 10, 22),
            decision_section="140",
            diary_number="195/00.01.03/2024",
        )
        DecisionDocument.objects.create(
            municipality=kannus,
            participation=row,
            name="ote.pdf",
            content=b"%PDF",
            at=NOW,
            by=coordinator,
        )
    return row


def listed(season, municipality, **fields):
    return ParticipationFactory(season=season, municipality=municipality, **fields)


def parts(page: str) -> set[str]:
    return set(re.findall(r'<section class="card[^"]*" id="(\w+)"', page))


@pytest.mark.parametrize(
    ("role", "hidden"),
    [
        ("coordinator", set()),
        ("expert", {"people", "invoicing", "letters"}),
        ("kannus_contact", set()),
        ("kannus_leader", set()),
        ("kannus_billing", {"people", "letters", "files"}),
    ],
)
def test_each_role_sees_its_parts(role, hidden, seen_as, kannus):
    every = {"facts", "population", "people", "invoicing", "seasons", "letters", "files"}

    assert parts(seen_as(role)) == every - hidden


@pytest.mark.parametrize("part", ["facts", "people", "invoicing", "seasons", "letters", "files"])
def test_part_says_truly_who_sees_it(part, seen_as, kannus):
    pages = {role: seen_as(role) for role in ADDRESS}
    card = re.search(rf'id="{part}".*?</section>', pages["coordinator"], re.DOTALL).group()
    said = re.search(r"Tämän näkevät: ([^.]*)\.", card).group(1).split(", ")
    words = {
        "kannus_contact": "kunnan yhdyshenkilöt",
        "kannus_leader": "kunnan johto",
        "kannus_billing": "kunnan laskutuksen yhteyshenkilöt",
        "coordinator": "verkoston koordinaattorit",
        "expert": "verkoston asiantuntijat",
    }

    assert {words[role] for role, page in pages.items() if part in parts(page)} == set(said)


def test_every_role_has_words(in_english):
    assert set(IN_WORDS) == set(Role)
    assert who_sees(can_see_roles) == (
        "Who sees this: the municipality's contact persons, the municipality's leaders,"
        " the network's coordinators."
    )


def test_names_and_who_was_merged_into_it(seen_as, kannus, coordinator, client_for):
    MunicipalityFactory(code="398", slug="lahti", name_fi="Lahti", name_sv="Lahtis")

    page = seen_as("coordinator", "/municipalities/lahti/")

    assert '<dd lang="sv">Lahtis</dd>' in page
    assert "Nastola" in page
    assert "532, 1.1.2016" in page


def test_mergers_of_one_come_latest_first():
    assert [each.name for each in taken_over_by("297")] == ["Juankoski", "Maaninka"]
    assert taken_over_by("217") == ()


def test_former_name_leads_to_the_page(client_for, coordinator):
    MunicipalityFactory(code="398", slug="lahti")

    response = client_for(coordinator).get("/municipalities/nastola/")

    assert response.url == "/municipalities/lahti/"


def test_population_is_said_drawn_and_listed_with_its_sources(kannus, in_english):
    figures = [
        PopulationFactory(municipality=kannus, year=2000, count=6_000, source="Sotkanet"),
        PopulationFactory(municipality=kannus, year=2001, count=5_900, source="Sotkanet"),
        PopulationFactory(municipality=kannus, year=2024, count=5_250, source="kunta_vaki"),
    ]

    course = population_course("Kannus", figures)

    assert course.sentence == (
        "5,250 inhabitants on 31 December 2024. Change since 2000: −750 (−12.5%)."
    )
    assert f"<title>Kannus: {course.sentence}</title>" in course.chart
    assert course.sources == ["Sotkanet (2000–2001)", "kunta_vaki (2024)"]
    assert [each.year for each in course.years] == [2024, 2001, 2000]


def test_growth_has_its_sign_and_one_figure_no_change(kannus, in_english):
    first = PopulationFactory(municipality=kannus, year=2000, count=1_000)
    last = PopulationFactory(municipality=kannus, year=2024, count=1_100)

    assert "+100 (+10.0%)" in population_course("Kannus", [first, last]).sentence
    assert population_course("Kannus", [last]).sentence == "1,100 inhabitants on 31 December 2024."


def test_without_figures_nothing_is_drawn(seen_as, kannus):
    assert population_course("Kannus", []) is None
    assert "Väestölukua ei ole saatavilla." in seen_as("coordinator")


def test_people_stand_with_role_and_days(seen_as, kannus):
    user_with_role(Role.CONTACT, kannus, first_name="Yrjö", last_name="Yhdys", email="y@k.fi")

    page = seen_as("kannus_leader")

    assert '<th scope="row">Yrjö Yhdys</th>' in page
    assert "1.1.2025" in page
    assert "Laskutuksen yhteyshenkilö: ei vielä ketään" in re.sub(r"\s+", " ", page)


def test_shared_mailbox_stands_among_the_contacts_of_who_may_see_them(kannus, seen_as):
    with scope(kannus.pk):
        ContactAddressFactory(municipality=kannus, email="kirjaamo@kannus.example")

    shows = {role for role in ADDRESS if "kirjaamo@kannus.example" in seen_as(role)}

    assert shows == {"coordinator", "kannus_contact", "kannus_leader"}


def test_invoicing_details_are_changed_by_who_may_and_read_by_leaders(kannus, seen_as):
    with scope(kannus.pk):
        BuyerDetailsFactory(municipality=kannus)

    shows = {role: seen_as(role) for role in ADDRESS}

    assert {role for role, page in shows.items() if "BAWCFI22" in page} == {
        "coordinator",
        "kannus_contact",
        "kannus_leader",
        "kannus_billing",
    }
    assert {role for role, page in shows.items() if "/invoices/e-invoice/confirm/" in page} == {
        "coordinator",
        "kannus_contact",
        "kannus_billing",
    }
    assert "/k/kannus/invoices/e-invoice/?from=network" in shows["coordinator"]
    assert "/k/kannus/invoices/e-invoice/?from=own" in shows["kannus_billing"]


def test_decision_stands_as_it_was_made(seen_as, with_decision):
    page = seen_as("kannus_leader")

    assert "Kaupunginhallitus 22.10.2026 §\N{NO-BREAK SPACE}140" in page
    assert "195/00.01.03/2024" in page


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("coordinator", "/seasons/60/members/kannus/decision/file/"),
        ("expert", None),
        ("kannus_contact", "/k/kannus/seasons/60/decision/file/"),
        ("kannus_billing", "/k/kannus/seasons/60/decision/file/"),
    ],
)
def test_file_of_the_decision_leads_where_the_reader_may_go(
    role, address, seen_as, with_decision, client_for, request
):
    found = re.findall(r'href="([^"]*/decision/file/)"', seen_as(role))

    assert found == ([address] if address else [])
    if address:
        client = client_for(request.getfixturevalue(role))
        assert client.get(address).content == b"%PDF"


def test_late_joiner_pays_each_year_its_own_fee(season60, in_kannus):
    row = member_of(
        season60,
        in_kannus,
        decided_on=date(2130, 10, 6),
        first_year_fee_eur=Decimal(2_250),
        joining_year=season60.last_year,
    )

    [found] = municipality_page(in_kannus, CONTACT).seasons

    assert row.joined_late
    assert found.fees == [(season60.last_year, Decimal(2_250))]


def test_member_from_the_start_pays_the_annual_fee(season60, in_kannus):
    row = member_of(season60, in_kannus, decided_on=date(2128, 10, 22))

    [found] = municipality_page(in_kannus, CONTACT).seasons

    assert not row.joined_late
    assert found.fees == [(2129, Decimal(9_000)), (2130, Decimal(9_000))]


def test_first_year_of_who_joined_in_the_middle_costs_less(season60, in_kannus):
    member_of(season60, in_kannus, first_year_fee_eur=Decimal(750))

    [found] = municipality_page(in_kannus, CONTACT).seasons

    assert found.fees == [(2129, Decimal(750)), (2130, Decimal(9_000))]


def test_no_fee_stands_before_the_confirmation_or_of_a_record(season60, in_kannus):
    ParticipationFactory(season=season60, municipality=in_kannus)
    ParticipationFactory(
        season=opened_season(number=61),
        municipality=in_kannus,
        state=ParticipationState.CONFIRMED,
        state_on=None,
        source=ParticipationSource.RECORD,
    )

    found = municipality_page(in_kannus, CONTACT).seasons

    assert [(str(each.season), each.fees) for each in found] == [("USO61", []), ("USO60", [])]


def test_stage_has_its_look(season60, in_kannus):
    looks = {
        ParticipationState.CONFIRMED: "good",
        ParticipationState.DECIDED: "wait",
        ParticipationState.DECIDING: "",
        ParticipationState.DECLINED: "bad",
    }
    for number, state in enumerate(looks, start=71):
        put = member_of if state == ParticipationState.CONFIRMED else listed
        put(opened_season(number=number), in_kannus, state=state)

    found = municipality_page(in_kannus, CONTACT).seasons

    assert {each.participation.state: each.kind for each in found} == looks


def test_draft_season_is_for_the_networks_staff_alone(season60, in_kannus):
    ParticipationFactory(season=season60, municipality=in_kannus)
    ParticipationFactory(season=SeasonFactory(number=61), municipality=in_kannus)

    assert [str(each.season) for each in municipality_page(in_kannus, CONTACT).seasons] == ["USO60"]
    assert len(municipality_page(in_kannus, STAFF).seasons) == 2


def test_reason_of_an_exit_is_seen_by_all_and_the_note_by_staff_alone(season60, kannus, seen_as):
    with scope(kannus.pk):
        ParticipationFactory(season=season60, municipality=kannus, **WITHDRAWN)

    shows = {role: seen_as(role) for role in ADDRESS}

    assert all("2.2.2026: Talous" in page for page in shows.values())
    assert {role for role, page in shows.items() if "Säästöohjelma" in page} == {
        "coordinator",
        "expert",
    }


def test_season_leads_to_the_page_that_the_reader_may_open(season60, kannus, seen_as):
    with scope(kannus.pk):
        ParticipationFactory(season=season60, municipality=kannus)

    assert 'href="/seasons/60/members/kannus/"' in seen_as("coordinator")
    assert 'href="/k/kannus/seasons/60/"' in seen_as("kannus_leader")


def test_published_analyses_stand_with_their_files_and_drafts_do_not(
    season60, in_kannus, coordinator
):
    first = ready_made(in_kannus, season60, coordinator)
    ready_made(in_kannus, season60, coordinator, edition=2, is_published=False)
    for language in ("sv", "fi"):
        AnalysisDocument.objects.create(
            municipality=in_kannus,
            analysis=first,
            language=language,
            kind=DocumentKind.PDF,
            content=b"%PDF",
            sha256="a" * 64,
            pages=1,
        )

    [found] = municipality_page(in_kannus, CONTACT).analyses

    assert (found.edition, found.languages) == (1, ["fi", "sv"])


def test_page_from_the_network_holds_one_municipality_alone(season60, kannus, jamsa, coordinator):
    for place in (kannus, jamsa):
        with scope(place.pk):
            ParticipationFactory(season=season60, municipality=place)
            PopulationFactory(municipality=place)
            ready_made(place, season60, coordinator)

    page = page_from_the_network("kannus", STAFF)
    assert page_from_the_network("eiole", STAFF) is None

    assert len(page.seasons) == len(page.analyses) == len(page.population.years) == 1
    assert page.seasons[0].participation.municipality == kannus


def test_list_finds_a_municipality_by_the_name_it_took_over(client_for, coordinator, kannus):
    lahti = MunicipalityFactory(code="398", slug="lahti", name_fi="Lahti")
    PopulationFactory(municipality=lahti, count=121_337)
    with scope(lahti.pk):
        member_of(SeasonFactory(number=8), lahti)

    page = client_for(coordinator).get("/municipalities/?q=nastola").content.decode()

    assert 'href="/municipalities/lahti/"' in page
    assert "121\N{NO-BREAK SPACE}337" in page
    assert "USO8" in page
    assert "Kannus" not in page


def test_list_is_given_as_a_file(client_for, expert, kannus):
    response = client_for(expert).get("/municipalities/?export=csv")

    assert "Kannus" in response.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/seasons/8/members/", "/seasons/8/members/board/", "/seasons/8/members/kannus/"],
)
def test_pages_of_the_members_lead_to_it(address, season8, kannus, client_for, coordinator):
    with scope(kannus.pk):
        ParticipationFactory(season=season8, municipality=kannus)

    page = client_for(coordinator).get(address).content.decode()

    assert f'href="{FROM_THE_NETWORK}"' in page


def test_own_people_find_it_in_the_navigation(client_for, kannus_billing):
    page = client_for(kannus_billing).get("/k/kannus/").content.decode()

    assert re.search(
        rf'<a[^>]*href="{OWN}"[^>]*>\s*(<svg.*?</svg>)?\s*(<span[^>]*>)?Oma kunta', page, re.DOTALL
    )
