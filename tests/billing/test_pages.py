"""Pages of billing in the hands of those who may see them, and of those who may not."""

import csv
import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from billing import actions
from billing.enums import InvoiceState
from billing.models import Invoice
from municipalities.models import Municipality
from seasons.enums import ParticipationState
from seasons.models import Participation
from tests.municipalities.factories import MunicipalityFactory
from tests.pressing import carried, press
from tests.seasons.factories import WITHDRAWN, FeeTierFactory, SeasonFactory, member_of
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

AT = datetime(2026, 1, 15, 9, tzinfo=UTC)


def season_url(name: str = "year", year: int | None = 2026, number: int = 8) -> str:
    given = {"number": number} | ({"year": year} if year else {})
    return reverse(f"billing_network:{name}", kwargs=given)


def own_url(municipality: Municipality) -> str:
    return reverse("billing:list", kwargs={"slug": municipality.slug})


def text(response) -> str:
    """Return what the page says, its spaces made one."""
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"[\s\u00a0]+", " ", words)


def count_invoices() -> int:
    with across_municipalities(reason="the test counts everybody's invoices"):
        return Invoice.objects.count()


@pytest.fixture
def staff(client_for, coordinator):
    return client_for(coordinator)


@pytest.fixture
def drafted(season8, coordinator):
    def run(year: int = 2026) -> None:
        actions.make_fee_drafts(season=season8, year=year, by=coordinator, at=AT)

    return run


# -- The season ------------------------------------------------------------------------------------


def test_season_sums_its_years_before_anything_is_drafted(staff, join, kannus, jamsa):
    join(kannus)
    join(jamsa, fee=12_000)

    response = staff.get(season_url())

    assert [(each.year, each.whole.gross_eur) for each in response.context["fees"]] == [
        (2025, Decimal("26355.00")),
        (2026, Decimal("26355.00")),
    ]
    assert response.context["whole"].gross_eur == Decimal("52710.00")
    assert "52 710,00 €" in text(response)


def test_season_says_who_is_drafted_and_what_is_missing(staff, join, drafted, kannus, jamsa):
    Municipality.objects.filter(pk=kannus.pk).update(business_id="0178455-6")
    join(kannus)
    drafted()
    join(jamsa, state=ParticipationState.DECIDED)

    response = staff.get(season_url())

    rows = [
        (row.municipality.name, row.state_label, row.obstacle, row.missing)
        for row in response.context["table"].rows
    ]
    assert rows == [
        ("Jämsä", "Ei laskuteta", "Osallistumista ei ole vahvistettu.", ("Y-tunnus puuttuu",)),
        ("Kannus", "Luonnos", "", ()),
    ]


def test_withdrawn_member_with_a_draft_is_pointed_out(staff, join, drafted, kannus):
    participation = join(kannus)
    drafted()
    with scope(kannus.pk):
        type(participation).objects.update(**WITHDRAWN)

    row = staff.get(season_url()).context["table"].rows[0]

    assert row.missing[0] == "Kunta ei ole enää mukana: poista luonnos."


def test_list_holds_those_who_joined_and_whoever_has_an_invoice(
    staff, join, drafted, kannus, jamsa, season8
):
    withdrawn = join(kannus)
    drafted()
    with scope(kannus.pk):
        type(withdrawn).objects.update(**WITHDRAWN)
    join(jamsa, state=ParticipationState.DECIDED)
    join(MunicipalityFactory(), state=ParticipationState.WITHDRAWN)
    join(MunicipalityFactory(), state=ParticipationState.INVITED)

    years = staff.get(season_url()).context["fees"]

    assert {each.year: [row.municipality for row in each.rows] for each in years} == {
        2025: [jamsa],
        2026: [jamsa, kannus],
    }


def test_year_counts_what_is_drafted_and_what_is_still_to_come(staff, join, drafted, kannus, jamsa):
    join(kannus)
    drafted()
    join(jamsa, fee=12_000)
    join(MunicipalityFactory(business_id="0178455-6"))
    join(MunicipalityFactory(), state=ParticipationState.DECIDED)

    shown = staff.get(season_url()).context["shown"]

    sums = [each.gross_eur for each in (shown.billed, shown.expected, shown.whole)]
    assert sums == [Decimal("11295.00"), Decimal("26355.00"), Decimal("37650.00")]
    assert (len(shown.invoices), len(shown.drafts), shown.payers) == (1, 1, 3)
    assert (shown.without_business_id, len(shown.left_out)) == (2, 1)


def test_issued_invoice_is_no_draft(staff, join, drafted, kannus):
    join(kannus)
    drafted()
    with scope(kannus.pk):
        Invoice.objects.update(state=InvoiceState.ISSUED, number=1)

    response = staff.get(season_url())

    assert (len(response.context["shown"].invoices), response.context["shown"].drafts) == (1, [])
    assert season_url("remove_drafts") not in response.content.decode()


def test_steps_offered_are_those_there_is_something_for(staff, join, drafted, kannus):
    join(kannus)
    steps = [season_url("drafts"), season_url("remove_drafts")]

    before = staff.get(season_url()).content.decode()
    drafted()
    after = staff.get(season_url()).content.decode()

    assert [[f'href="{step}"' in page for step in steps] for page in (before, after)] == [
        [True, False],
        [False, True],
    ]


def test_row_is_drawn_with_what_its_sums_rest_on(staff, join, kannus, jamsa):
    join(kannus)
    join(
        jamsa,
        state=ParticipationState.DECIDED,
        fee_tier=None,
        population=None,
        population_year=None,
    )

    without, full = staff.get(season_url()).context["table"].body

    said = re.sub(r"[\s\u00a0]+", " ", re.sub(r"<[^>]+>", " ", full))
    assert said.split(" Ei luonnosta")[0].strip() == (
        "Kannus Kunnan sivu: Kannus 5 264 (2024) alle 9 000 asukasta 9 000,00 € 2 295,00 € 25,5 % 11 295,00 €"
    )
    assert '<small class="amber">Y-tunnus puuttuu</small>' in full
    assert '<small class="">Osallistumista ei ole vahvistettu.</small>' in without
    assert ("%" in without, "€" in without) == (False, False)


def test_shown_year_is_the_current_tab(staff, season8):
    tabs = staff.get(season_url(year=2025)).context["tabs"]

    assert [(tab.label, tab.url, tab.current) for tab in tabs] == [
        (2025, season_url(year=2025), True),
        (2026, season_url(year=2026), False),
    ]


def test_season_without_members_says_what_comes(staff, season8):
    assert "Vielä ei ole ketään laskutettavaa" in text(staff.get(season_url()))


def test_season_opens_at_the_running_year(staff, season8, time_machine):
    time_machine.move_to(datetime(2025, 6, 1, tzinfo=UTC))

    assert staff.get(season_url("season", None)).context["shown"].year == 2025


def test_past_season_opens_at_its_last_year(client_for, coordinator, season8, time_machine):
    time_machine.move_to(datetime(2031, 6, 1, tzinfo=UTC))

    assert client_for(coordinator).get(season_url("season", None)).context["shown"].year == 2026


@pytest.mark.parametrize("name", ["year", "drafts", "remove_drafts"])
def test_year_outside_the_season_is_not_found(staff, season8, name):
    assert staff.get(season_url(name, 2027)).status_code == 404


@pytest.mark.parametrize("name", ["year", "drafts", "remove_drafts"])
def test_season_that_is_not_there_is_not_found(staff, season8, name):
    assert staff.get(season_url(name, number=99)).status_code == 404


def test_search_keeps_the_year(staff, join, kannus, jamsa):
    join(kannus)
    join(jamsa)

    response = staff.get(season_url(year=2025), {"q": "jämsä"})

    assert response.context["shown"].year == 2025
    assert [row.municipality for row in response.context["table"].rows] == [jamsa]


def test_csv_holds_what_an_accountant_needs(staff, join, drafted, kannus):
    Municipality.objects.filter(pk=kannus.pk).update(business_id="0178455-6")
    join(kannus)
    drafted()

    response = staff.get(season_url(), {"export": "csv"})

    heads, row = csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    assert dict(zip(heads, row, strict=True)) == {
        "Kunta": "Kannus",
        "Väkiluku": "5264",
        "Veroton": "9000,00",
        "Alv": "2295,00",
        "Yhteensä": "11295,00",
        "Tila": "Luonnos",
        "Puuttuu": "",
        "Y-tunnus": "0178455-6",
        "Vuosi": "2026",
        "Maksuluokka": row[9],
        "Väkiluvun vuosi": "2024",
        "Alv, %": "25,50",
        "Suorituspäivä": "31.12.2026",
    }


def test_xlsx_holds_numbers(staff, join, kannus):
    join(kannus)

    book = load_workbook(io.BytesIO(staff.get(season_url(), {"export": "xlsx"}).content))

    heads, row = book.active.iter_rows(values_only=True)
    assert (row[heads.index("Veroton")], row[heads.index("Yhteensä")]) == (9000, 11295)


# -- Drafting --------------------------------------------------------------------------------------


def test_looking_shows_the_sums_and_makes_nothing(staff, join, kannus, jamsa):
    join(kannus)
    join(jamsa, state=ParticipationState.DECIDED)

    said = text(staff.get(season_url("drafts")))

    assert "Yhteensä 11 295,00 €" in said
    assert "Alv 25,5 %" in said
    assert "Jämsä Osallistumista ei ole vahvistettu." in said
    assert count_invoices() == 0


def test_pressing_makes_the_drafts(staff, join, kannus, coordinator):
    join(kannus)

    response = press(staff, season_url("drafts"), follow=True)

    assert response.redirect_chain == [(season_url(), 302)]
    assert "1 laskuluonnos luotiin vuodelle 2026." in text(response)
    with scope(kannus.pk):
        assert Invoice.objects.get().made_by == coordinator


def test_drafting_without_the_question_asks(staff, join, kannus):
    join(kannus)

    asked = staff.post(season_url("drafts"))

    assert asked.status_code == 422
    assert "Luo 1 luonnos" in text(asked)
    assert count_invoices() == 0


def test_second_press_of_one_question_makes_no_more(staff, join, kannus):
    join(kannus)
    asked = carried(staff.get(season_url("drafts")))
    staff.post(season_url("drafts"), asked)

    again = staff.post(season_url("drafts"), asked)

    assert again.status_code == 422
    assert "ei enää: Kannus" in text(again)
    assert "Vuodelle 2026 ei ole luotavaa" in text(again)
    assert count_invoices() == 1


def test_question_names_who_is_left_out_and_notices_a_change_of_it(staff, join, kannus, jamsa):
    join(kannus)
    left_out = join(jamsa, state=ParticipationState.DECIDED)
    asked = staff.get(season_url("drafts"))
    with scope(jamsa.pk):
        Participation.objects.filter(pk=left_out.pk).update(state=ParticipationState.CONFIRMED)

    refused = staff.post(season_url("drafts"), carried(asked))

    assert "1 jäsen jää pois" in text(asked)
    assert "Jämsä: Osallistumista ei ole vahvistettu. →" in refused.context["refused"]
    assert count_invoices() == 0


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("day", "sentence"), [("2025-12-31", "Anna vuoden 2026 päivä."), ("eilen", "Anna oikea")]
)
def test_a_day_that_does_not_fit_is_named_and_nothing_is_offered(
    staff, join, kannus, method, day, sentence
):
    join(kannus)

    response = getattr(staff, method)(f"{season_url('drafts')}?supply_on={day}")

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"supply_on"}
    if day == "2025-12-31":
        assert sentence in text(response)
    assert "Luo 1 luonnos" not in text(response)
    assert count_invoices() == 0


def test_another_day_of_the_year_has_its_own_rate(staff, kannus):
    season = SeasonFactory(number=7, first_year=2023, last_year=2024)
    FeeTierFactory(season=season)
    with scope(kannus.pk):
        member_of(season, kannus)
    page = season_url("drafts", 2024, number=7)

    usual, earlier = staff.get(page), staff.get(page, {"supply_on": "2024-08-31"})

    assert [each.context["fees"].expected.vat_eur for each in (usual, earlier)] == [2_295, 2_160]
    assert [
        usual.context["form"].fields["supply_on"].widget.attrs[end] for end in ("min", "max")
    ] == [
        "2024-01-01",
        "2024-12-31",
    ]
    assert usual.context["form"]["supply_on"].value() == date(2024, 12, 31)


LATE = {"confirmed_at": datetime(2026, 11, 10, 9, tzinfo=UTC), "joining_year": 2026}


def test_who_joined_after_the_year_is_named_and_not_drafted(staff, join, kannus, jamsa):
    join(kannus)
    join(jamsa, fee=12_000, **LATE)

    page = staff.get(season_url("drafts", 2025))
    staff.post(season_url("drafts", 2025), carried(page))

    said = text(page)
    assert "Yhteensä 11 295,00 €" in said
    assert "Jämsä: liittyi vuonna 2026, 12 000,00 € + alv" in said
    assert "Jämsä Liittyi vuonna 2026, vuoden 2025 jälkeen" in said
    with across_municipalities(reason="the test looks at everybody's invoices"):
        assert [each.municipality for each in Invoice.objects.all()] == [kannus]


def test_who_joined_after_the_year_is_drafted_by_a_coordinators_choice(staff, join, kannus, jamsa):
    join(kannus)
    late = join(jamsa, fee=12_000, **LATE)
    page = f"{season_url('drafts', 2025)}?supply_on=2025-12-31&chosen={late.pk}"

    counted = staff.get(page)
    staff.post(page, carried(counted))

    assert counted.context["fees"].expected.gross_eur == Decimal("26355.00")
    assert "Liittyi vuoden 2025 jälkeen" in text(counted)
    assert count_invoices() == 2


def test_choice_is_not_made_by_a_question_without_it(staff, join, kannus, jamsa):
    join(kannus)
    late = join(jamsa, fee=12_000, **LATE)
    page = season_url("drafts", 2025)

    asked = carried(staff.get(page))
    refused = staff.post(f"{page}?supply_on=2025-12-31&chosen={late.pk}", asked)

    assert "→ 15 060,00 €" in text(refused)

    assert count_invoices() == 0


def test_late_joiner_is_billed_for_the_year_of_joining_like_others(staff, join, jamsa):
    join(jamsa, fee=12_000, **LATE)

    (row,) = staff.get(season_url()).context["shown"].rows

    assert (row.late, row.obstacle, row.due.fee_eur) == (None, "", 12_000)


def test_year_of_joining_is_not_that_of_the_confirmation(staff, join, kannus, jamsa):
    join(kannus, confirmed_at=LATE["confirmed_at"])
    join(jamsa, **LATE)

    shown = staff.get(season_url(year=2025)).context["shown"]

    assert [row.municipality for row in shown.late] == [jamsa]


def test_year_with_late_joiners_alone_leads_to_the_choice(staff, join, jamsa):
    join(jamsa, fee=12_000, **LATE)

    assert f'href="{season_url("drafts", 2025)}"' in staff.get(season_url(year=2025)).text


def test_late_joiner_that_was_drafted_is_asked_of_no_more(staff, join, jamsa, coordinator, season8):
    late = join(jamsa, fee=12_000, **LATE)
    actions.make_fee_drafts(season=season8, year=2025, by=coordinator, at=AT, chosen=[late.pk])

    assert staff.get(season_url("drafts", 2025)).context["fees"].late == []


@pytest.mark.parametrize("chosen", ["x", "-1", "99999999"])
def test_choice_of_nobody_bills_nobody(staff, join, jamsa, chosen):
    join(jamsa, fee=12_000, **LATE)

    press(staff, f"{season_url('drafts', 2025)}?supply_on=2025-12-31&chosen={chosen}")

    assert count_invoices() == 0


def test_nothing_to_draft_says_so(staff, join, drafted, kannus):
    join(kannus)
    drafted()

    assert "Vuodelle 2026 ei ole luotavaa" in text(staff.get(season_url("drafts")))


# -- Removing --------------------------------------------------------------------------------------


def test_removing_asks_first(staff, join, drafted, kannus):
    join(kannus)
    drafted()

    response = staff.get(season_url("remove_drafts"))

    assert "Yksi luonnos poistetaan." in text(response)
    assert count_invoices() == 1


def test_removing_removes(staff, join, drafted, kannus):
    join(kannus)
    drafted()

    response = press(staff, season_url("remove_drafts"), follow=True)

    assert "1 luonnos poistettiin." in text(response)
    assert count_invoices() == 0


def test_nothing_to_remove_says_so(staff, season8):
    assert "Vuodella 2026 ei ole luonnoksia" in text(staff.get(season_url("remove_drafts")))


# -- A municipality's own --------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["kannus_contact", "kannus_leader", "kannus_billing"])
def test_municipality_reads_its_invoices(request, client_for, join, drafted, kannus, person):
    join(kannus)
    drafted(2025)
    drafted(2026)

    response = client_for(request.getfixturevalue(person)).get(own_url(kannus))

    assert [invoice.year for invoice in response.context["invoices"]] == [2026, 2025]
    said = text(response)
    assert "Vuosimaksu 2026, USO8 Siiloista silloille (2025–2026)" in said
    assert "11 295,00 €" in said
    assert "Ei vielä maksettava" in said
    assert "Avaa kauden laskutus" not in said


def test_another_municipalitys_invoices_are_out_of_sight(
    client_for, join, drafted, kannus, jamsa, jamsa_contact
):
    join(kannus)
    join(jamsa, fee=12_000)
    drafted()
    theirs = client_for(jamsa_contact)

    assert theirs.get(own_url(kannus)).status_code == 404
    invoices = theirs.get(own_url(jamsa)).context["invoices"]
    assert [invoice.municipality for invoice in invoices] == [jamsa]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Kauden USO8 vuosimaksu on 9 000,00 €"),
        (
            {"state": ParticipationState.DECIDED, "annual_fee_eur": None},
            "vuosimaksu määräytyy, kun koordinaattori vahvistaa",
        ),
    ],
)
def test_without_invoices_the_page_says_what_comes(
    client_for, join, kannus, kannus_contact, fields, sentence
):
    join(kannus, **fields)

    assert sentence in text(client_for(kannus_contact).get(own_url(kannus)))


def test_who_takes_no_part_is_told_so(client_for, season8, kannus, kannus_contact):
    said = text(client_for(kannus_contact).get(own_url(kannus)))

    assert "Kunta ei ole mukana nykyisellä kaudella." in said


def test_coordinator_finds_the_way_to_the_run(staff, join, kannus):
    join(kannus)

    assert "Avaa kauden laskutus" in text(staff.get(own_url(kannus)))


# -- Who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["season", "year", "drafts", "remove_drafts"])
@pytest.mark.parametrize("person", ["expert", "kannus_contact", "kannus_billing"])
def test_coordinators_alone_run_the_billing(request, client_for, season8, person, name):
    client = client_for(request.getfixturevalue(person))
    url = season_url(name, None if name == "season" else 2026)

    assert client.get(url).status_code == 403
    assert client.post(url).status_code == 403


def test_expert_sees_no_invoices(client_for, expert, kannus):
    assert client_for(expert).get(own_url(kannus)).status_code == 403


# -- A press does what its words said


def test_removing_names_the_drafts_and_removes_no_others(staff, join, drafted, kannus, jamsa):
    join(kannus)
    drafted()
    asked = staff.get(season_url("remove_drafts"))
    join(jamsa)
    drafted()

    refused = staff.post(season_url("remove_drafts"), carried(asked))

    assert refused.status_code == 422
    assert "uutta: Jämsä" in refused.context["refused"]
    assert count_invoices() == 2


def test_run_makes_no_draft_the_page_has_not_shown(staff, join, kannus, jamsa):
    join(kannus)
    shown = staff.get(season_url("drafts"))
    join(jamsa)

    refused = staff.post(season_url("drafts"), carried(shown))

    assert refused.status_code == 422
    assert "uutta: Jämsä" in refused.context["refused"]
    assert "Yhteensä 22 590,00 €" in text(refused)
    assert count_invoices() == 0
