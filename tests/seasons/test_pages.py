"""Pages of the seasons in a coordinator's and an expert's hands."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from events.enums import EventState
from municipalities.enums import Role
from seasons.actions.joining import record_decision
from seasons.enums import ParticipationState as State
from seasons.enums import SeasonState
from seasons.facts import load_seasons
from seasons.models import FeeTier, Participation, Season
from tests.events.factories import EventFactory, published_event
from tests.municipalities.factories import MunicipalityFactory, PopulationFactory, user_with_role
from tests.pressing import carried, press
from tests.seasons.factories import EXIT, ParticipationFactory, SeasonFactory
from uso.ground.lib.dates import HELSINKI
from uso.ground.mail.models import Message
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

AT = datetime(2024, 11, 1, 9, tzinfo=UTC)
DECIDING = {"state": State.DECIDING, "state_on": "2024-09-16"}


@pytest.fixture
def season(db) -> Season:
    load_seasons()
    Season.objects.filter(number=8).update(population_year=2024)
    return Season.objects.get(number=8)


@pytest.fixture
def staff(client_for, coordinator):
    return client_for(coordinator)


@pytest.fixture
def reader(client_for, expert):
    return client_for(expert)


def put(municipality, season, **fields) -> Participation:
    with scope(municipality.pk):
        return ParticipationFactory(municipality=municipality, season=season, **fields)


def stored(municipality) -> Participation:
    with scope(municipality.pk):
        return Participation.objects.get()


def confirmed(municipality, season, coordinator, population=5_264, fee=9_000) -> Participation:
    return put(
        municipality,
        season,
        state=State.CONFIRMED,
        population=population,
        population_year=2024,
        annual_fee_eur=fee,
        confirmed_at=AT,
        confirmed_by=coordinator,
        decided_by_fi="Kaupunginhallitus",
        decided_on=date(2024, 10, 22),
        decision_section="140",
        diary_number="195/00.01.03/2024",
    )


def way_of(slug: str, client) -> list[str]:
    return [each.words for each in client.get(url("member", 8, slug)).context["way"]]


def said(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def url(name: str, *args) -> str:
    return reverse(f"seasons_network:{name}", args=args)


# -- Season ------------------------------------------------------------------------------------


def test_list_counts_members_of_each_season(season, kannus, jamsa, coordinator, staff):
    confirmed(kannus, season, coordinator)
    put(jamsa, season)

    listed = staff.get(url("list")).context["listed"]

    assert [(row.season.number, row.member_count) for row in listed] == [
        (8, 1),
        (7, 0),
        (6, 0),
        (4, 0),
    ]


def test_page_and_the_frame_around_it_read_the_seasons_once(season, staff):
    with CaptureQueriesContext(connection) as asked:
        staff.get(url("members", 8))

    of_all = [query for query in asked if 'FROM "seasons_season" ORDER BY' in query["sql"]]
    assert len(of_all) == 1


@pytest.mark.parametrize(
    ("name", "arguments", "title"),
    [
        ("members", (8,), "Jäsenet · USO8 – USO"),
        ("members", (7,), "Jäsenet · USO7 – USO"),
        ("detail", (8,), "Kausi · USO8 – USO"),
        ("list", (), "Kaudet – USO"),
    ],
)
def test_title_carries_the_season(season, staff, name, arguments, title):
    (shown,) = re.findall(r"<title>(.*?)</title>", staff.get(url(name, *arguments)).text, re.S)

    assert " ".join(shown.split()) == title


def test_open_season_stands_out_on_the_list(season, staff):
    listed = staff.get(url("list")).context["listed"]

    assert {row.season.number: row.kind for row in listed} == {8: "strong", 7: "", 6: "", 4: ""}


def test_season_page_shows_package_fees_themes_and_phases(season, reader):
    page = reader.get(url("detail", 8))

    assert [row.quantity for row in page.context["own"]] == [5, None, None]
    assert [str(tier.annual_fee_eur) for tier in page.context["content"].tiers] == [
        "9000.00",
        "12000.00",
        "16000.00",
    ]
    assert len(page.context["line"].phases) == 4
    assert page.context["checks"] == []
    assert "Toimiva kuntajohtaminen ja sujuva päätöksenteko" in page.text


def test_time_line_shows_what_is_held_and_what_has_no_phase(season, reader, coordinator):
    phase = season.phases.order_by("position").first()
    EventFactory(season=season, phase=phase, title_fi="Avaus")
    EventFactory(season=season, phase=None, title_fi="Retki")
    cancelled = {
        "state": EventState.CANCELLED, "cancelled_at": AT, "cancelled_by": coordinator,
    }  # fmt: skip
    published_event(season=season, phase=phase, title_fi="Peruttu seminaari", **cancelled)
    published_event(season=season, phase=None, title_fi="Peruttu retki", **cancelled)

    page = reader.get(url("detail", 8))

    line = page.context["line"]
    assert [event.title_fi for event in line.phases[0].events] == ["Avaus"]
    assert [event.title_fi for event in line.unphased] == ["Retki"]
    assert "Vaiheiden ulkopuolella" in page.text
    assert "Retki" in page.text
    assert "Peruttu" not in page.text


def test_time_line_whose_events_have_phases_names_nothing_outside(season, reader):
    EventFactory(season=season, phase=season.phases.order_by("position").first())

    assert "Vaiheiden ulkopuolella" not in reader.get(url("detail", 8)).text


def test_season_without_tiers_shows_its_span(season, staff):
    page = staff.get(url("detail", 4))

    assert "8\xa0000–16\xa0000\xa0€" in page.text
    assert "16\xa0000\xa0€" in page.text


def test_opening_with_a_gap_says_so(season, staff):
    SeasonFactory(number=12, first_year=2033, last_year=2034, state=SeasonState.DRAFT)

    page = press(staff, url("open", 12))

    assert (page.status_code, bool(page.context["refused"])) == (422, True)
    assert Season.objects.get(number=12).state == SeasonState.DRAFT


# -- Members -----------------------------------------------------------------------------------


def test_members_show_confirmed_and_estimated_fees(season, kannus, jamsa, coordinator, staff):
    PopulationFactory(municipality=kannus, count=9_500)
    PopulationFactory(municipality=jamsa, count=19_377)
    confirmed(kannus, season, coordinator)
    put(jamsa, season, state=State.DECIDING)

    context = staff.get(url("members", 8)).context

    assert [
        (row.name, row.population, row.annual_fee_eur, row.frozen) for row in context["table"].rows
    ] == [("Jämsä", 19_377, 12_000, False), ("Kannus", 5_264, 9_000, True)]
    assert context["fee_sum"] == 9_000
    assert [step.count for step in context["funnel"]] == [0, 0, 1, 0, 1]
    assert context["on_list"] == 2
    estimated, fixed = context["table"].body
    assert f'href="{url("member", 8, "jamsa")}"' in estimated
    assert "arvio" in estimated
    assert "arvio" not in fixed


def test_fee_sum_is_of_those_taking_part(season, kannus, jamsa, coordinator, staff):
    confirmed(kannus, season, coordinator)
    confirmed(jamsa, season, coordinator, fee=12_000)
    confirmed(MunicipalityFactory(), season, coordinator, fee=None)
    press(staff, url("withdraw", 8, "kannus"), EXIT)

    assert staff.get(url("members", 8)).context["fee_sum"] == 12_000


def test_population_of_another_year_is_named(season, kannus, jamsa, coordinator, staff):
    confirmed(kannus, season, coordinator)
    Season.objects.filter(number=8).update(population_year=2023)
    PopulationFactory(municipality=jamsa, year=2023, count=19_377)
    put(jamsa, season)

    rows = staff.get(url("members", 8)).context["table"].body

    assert [">2024</small>" in row for row in rows] == [False, True]


@pytest.mark.parametrize("number", [7, 8])
def test_state_and_decision_are_drawn_whether_made_up_or_not(number, kannus, coordinator, staff):
    load_seasons()
    confirmed(kannus, Season.objects.get(number=number), coordinator)  # Kannus's is real in 8 alone

    [row] = staff.get(url("members", number)).context["table"].body

    assert '<span class="tag good">' in row
    assert "&lt;" not in row


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        (2024, "Väkiluvut 31.12.2024."),
        (2026, "Maksun ratkaisee väkiluku 31.12.2026, jota ei ole vielä julkaistu."),
    ],
)
def test_list_says_whether_the_populations_are_published(season, kannus, staff, year, sentence):
    Season.objects.filter(pk=season.pk).update(population_year=year)
    PopulationFactory(municipality=kannus, count=5_264)
    put(kannus, season)

    page = staff.get(url("members", 8))

    assert sentence in page.text
    assert (page.text.count("Väkiluvut 31.12."), page.text.count("julkaistu.")) in [(1, 0), (0, 1)]


def test_member_without_a_population_has_no_fee_yet(season, kannus, staff):
    put(kannus, season)

    row = staff.get(url("members", 8)).context["table"].rows[0]

    assert (row.population, row.population_year, row.tier, row.annual_fee_eur) == (None,) * 4


def test_members_can_be_filtered_sought_and_sorted(season, kannus, jamsa, staff):
    put(kannus, season, state=State.DECIDING)
    put(jamsa, season)

    def names(query: str) -> list[str]:
        table = staff.get(url("members", 8) + query).context["table"]
        return [row.name for row in table.rows]

    assert names("") == ["Jämsä", "Kannus"]
    assert names("?sort=-name") == ["Kannus", "Jämsä"]
    assert names("?state=deciding") == ["Kannus"]
    assert names("?state=nonsense") == []
    assert names("?q=jäm") == ["Jämsä"]


def test_members_are_taken_out_as_csv_and_xlsx(season, kannus, coordinator, staff):
    confirmed(kannus, season, coordinator)

    text = staff.get(url("members", 8) + "?export=csv").content.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(staff.get(url("members", 8) + "?export=xlsx").content))

    heads, row = csv.reader(io.StringIO(text), delimiter=";")
    assert len(heads) == 21
    assert row[0] == "Kannus"
    assert row[12:16] == ["Kaupunginhallitus", "22.10.2024", "140", "195/00.01.03/2024"]
    assert [cell.value for cell in list(book.active)[1]][3:7:3] == [5_264, 9_000]


# -- One municipality --------------------------------------------------------------------------


def test_municipality_is_added_once(season, kannus, jamsa, staff):
    response = staff.post(url("add_member", 8), {"municipality": kannus.pk})

    assert response.url == url("member", 8, "kannus")
    assert stored(kannus).state == State.INVITED
    again = staff.post(url("add_member", 8), {"municipality": kannus.pk})
    assert again.status_code == 422
    assert [pk for pk, _ in again.context["form"].fields["municipality"].choices] == [
        "",
        str(jamsa.pk),
    ]


def test_municipality_is_added_and_nobody_is_written_to(season, kannus, kannus_contact, staff):
    staff.post(url("add_member", 8), {"municipality": kannus.pk})

    with across_municipalities(reason="the test looks at the outbox"):
        assert not Message.objects.exists()


def test_adding_to_an_ended_season_keeps_the_form(season, kannus, staff):
    page = staff.post(url("add_member", 7), {"municipality": kannus.pk})

    assert page.status_code == 422
    assert page.context["form"].non_field_errors()
    assert page.context["form"]["municipality"].value() == str(kannus.pk)


def test_way_of_a_municipality_from_invited_to_member(season, kannus, staff):
    PopulationFactory(municipality=kannus, count=5_264)
    put(kannus, season)

    staff.post(url("stage", 8, "kannus"), DECIDING)
    staff.post(
        url("decide", 8, "kannus"),
        {
            "decided_by_fi": "Kaupunginhallitus",
            "decided_on": "2024-10-22",
            "decision_section": "§ 140",
            "diary_number": "195/00.01.03/2024",
        },
    )
    press(staff, url("confirm", 8, "kannus"))

    row = stored(kannus)
    assert row.decision == "Kaupunginhallitus 22.10.2024 §\xa0140"
    assert (row.state, row.annual_fee_eur, row.population) == (State.CONFIRMED, 9_000, 5_264)
    assert way_of("kannus", staff) == [
        "Mukana",
        "Päätös kirjattu: Kaupunginhallitus 22.10.2024 §\xa0140, 195/00.01.03/2024",
        "Päättämässä 16.9.2024 alkaen",
        "Kutsuttu 2.9.2024 alkaen",
    ]


def test_each_step_says_that_it_was_done(season, kannus, staff):
    PopulationFactory(municipality=kannus, count=5_264)
    put(kannus, season)
    steps = {
        "stage": DECIDING,
        "decide": {"decided_by_fi": "Khall", "decided_on": "2024-10-22"},
        "confirm": {},
        "withdraw": EXIT,
        "restore": {},
    }

    answers = [
        (press if name in ("confirm", "withdraw") else Client.post)(
            staff, url(name, 8, "kannus"), given, follow=True
        )
        for name, given in steps.items()
    ]

    assert [said(answer) for answer in answers] == [
        ["Vaihe tallennettiin."],
        ["Päätös kirjattiin."],
        ["Kannus on nyt mukana."],
        ["Merkittiin, ettei kunta osallistu."],
        ["Merkintä peruttiin: kunta on taas mukana."],
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"decided_on": "2999-01-01"}, "decided_on"),
        ({"decided_on": "1917-12-06"}, "decided_on"),
        ({"decided_by_fi": ""}, "decided_by_fi"),
    ],
)
def test_faulty_decision_keeps_what_was_typed(season, kannus, staff, given, field):
    put(kannus, season)
    typed = {"decided_by_fi": "Khall", "decided_on": "2024-10-22", "diary_number": "195"} | given

    page = staff.post(url("decide", 8, "kannus"), typed)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["diary_number"].value() == "195"
    assert stored(kannus).state == State.INVITED


def test_decision_of_a_member_is_shown_as_boards_write_it(season, kannus, coordinator, reader):
    confirmed(kannus, season, coordinator)

    shown = [reader.get(page).text for page in (url("member", 8, "kannus"), url("members", 8))]

    assert ["Kaupunginhallitus 22.10.2024 §\xa0140" in page for page in shown] == [True, True]
    assert ["195/00.01.03/2024" in page for page in shown] == [True, True]


def test_decision_of_today_is_recorded(season, kannus, staff):
    put(kannus, season)
    today = timezone.localdate()

    staff.post(
        url("decide", 8, "kannus"),
        {"decided_by_fi": "Kunnanhallitus", "decided_on": today.isoformat()},
    )

    assert (stored(kannus).state, stored(kannus).decided_on) == (State.DECIDED, today)


def test_decision_of_a_member_is_refused_on_the_form(season, kannus, coordinator, staff):
    confirmed(kannus, season, coordinator)

    page = staff.post(
        url("decide", 8, "kannus"), {"decided_by_fi": "Khall", "decided_on": "2024-10-23"}
    )

    assert page.status_code == 422
    assert stored(kannus).decided_on == date(2024, 10, 22)


def test_refused_step_says_why_and_changes_nothing(season, kannus, staff):
    put(kannus, season)

    page = press(staff, url("confirm", 8, "kannus"))

    assert page.status_code == 422
    assert "Kirjaa ensin kunnan päätös." in page.text
    assert f'<a href="{url("member", 8, "kannus")}">' in page.text
    assert "Vahvista osallistuminen</button>" not in page.text
    assert stored(kannus).state == State.INVITED


def test_steps_offered_are_those_the_state_allows(season, kannus, coordinator, staff, reader):
    def offered() -> list[str]:
        names = ("confirm", "decide", "stage", "withdraw", "restore")
        own, others = (client.get(url("member", 8, "kannus")).text for client in (staff, reader))
        assert not any(url(name, 8, "kannus") in others for name in names)
        return [name for name in names if f'="{url(name, 8, "kannus")}"' in own]

    row = put(kannus, season)
    assert offered() == ["decide", "stage", "withdraw"]

    with scope(kannus.pk):
        record_decision(
            participation=row, decided_by_fi="Khall", decided_on=date(2024, 10, 22), decision_section="", diary_number="",
            by=coordinator, at=AT,
        )  # fmt: skip
    assert offered() == ["confirm", "decide", "withdraw"]

    with scope(kannus.pk):
        Participation.objects.update(
            state=State.CONFIRMED, confirmed_at=AT, confirmed_by=coordinator
        )
    assert offered() == ["withdraw"]

    press(staff, url("withdraw", 8, "kannus"), EXIT)
    assert offered() == ["restore"]


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (State.INVITED, ""),
        (State.DECIDING, ""),
        (State.DECIDED, "wait"),
        (State.CONFIRMED, "good"),
        (State.DECLINED, "bad"),
        (State.WITHDRAWN, "bad"),
    ],
)
def test_state_has_its_look(season, kannus, coordinator, staff, state, kind):
    put(kannus, season, state=state, confirmed_at=AT, confirmed_by=coordinator)

    assert staff.get(url("member", 8, "kannus")).context["member"].kind == kind


def test_way_names_each_step(season, kannus, staff):
    put(kannus, season)
    decision = {"decided_by_fi": "Khall", "decided_on": "2024-10-22"}

    staff.post(url("stage", 8, "kannus"), DECIDING)
    staff.post(url("decide", 8, "kannus"), decision)
    staff.post(url("decide", 8, "kannus"), decision | {"decided_on": "2024-10-23"})

    assert way_of("kannus", staff) == [
        "Päätöstä muutettu",
        "Päätös kirjattu: Khall 22.10.2024",
        "Päättämässä 16.9.2024 alkaen",
        "Kutsuttu 2.9.2024 alkaen",
    ]


def test_stage_of_a_day_ahead_is_refused_at_its_field(season, kannus, staff):
    put(kannus, season)

    page = staff.post(url("stage", 8, "kannus"), DECIDING | {"state_on": "2026-11-25"})

    assert page.status_code == 422
    assert page.context["stage_form"].errors["state_on"] == [
        "Päivä on tulevaisuudessa: anna päivä, jona se tapahtui."
    ]
    assert stored(kannus).state == State.INVITED


def test_decision_of_a_sunday_is_asked_about_and_then_taken(season, kannus, staff):
    put(kannus, season)
    typed = {"decided_by_fi": "Khall", "decided_on": "2024-10-20"}

    asked = staff.post(url("decide", 8, "kannus"), typed)
    staff.post(url("decide", 8, "kannus"), typed | {"decided_on_is_right": "2024-10-20"})

    assert asked.status_code == 422
    assert asked.context["form"].errors["decided_on"] == [
        "20.10.2024: sunnuntai. Valitse toinen päivä tai merkitse, että tämä on oikein."
    ]
    assert stored(kannus).decided_on == date(2024, 10, 20)


def test_season_whose_years_have_passed_has_ended(
    season, kannus, client_for, coordinator, time_machine
):
    put(kannus, season)
    time_machine.move_to(datetime(2027, 1, 1, 0, 30, tzinfo=HELSINKI))
    staff = client_for(coordinator)

    listed = {row.season.number: row for row in staff.get(url("list")).context["listed"]}
    page = staff.post(url("add_member", 8), {"municipality": MunicipalityFactory().pk})

    assert (listed[8].stage, listed[8].kind) == (SeasonState.CLOSED, "")
    assert staff.get(url("detail", 8)).context["stage"] == SeasonState.CLOSED
    assert page.context["form"].non_field_errors() == [
        "Kausi on päättynyt: siihen ei voi enää lisätä kuntia."
    ]


def test_stage_form_offers_the_steps_before_the_decision(season, kannus, staff):
    put(kannus, season, state=State.DECIDING)

    form = staff.get(url("member", 8, "kannus")).context["stage_form"]

    assert [value for value, _label in form.fields["state"].choices] == [
        State.INVITED,
        State.INTERESTED,
        State.DECIDING,
    ]
    assert form["state"].value() == State.DECIDING


def test_withdrawal_and_its_undoing(season, kannus, staff):
    put(kannus, season)

    press(staff, url("withdraw", 8, "kannus"), EXIT)
    assert stored(kannus).state == State.DECLINED

    staff.post(url("restore", 8, "kannus"))
    assert stored(kannus).state == State.INVITED


def test_municipality_outside_the_season_is_not_found(season, kannus, staff):
    assert staff.get(url("member", 8, "kannus")).status_code == 404
    assert staff.post(url("confirm", 8, "kannus")).status_code == 404
    assert staff.get(url("member", 9, "kannus")).status_code == 404


def test_expert_reads_but_changes_nothing(season, kannus, reader):
    put(kannus, season)

    assert reader.get(url("member", 8, "kannus")).status_code == 200
    for name in ("decide", "stage", "confirm", "withdraw", "restore"):
        assert reader.post(url(name, 8, "kannus")).status_code == 403
    assert stored(kannus).state == State.INVITED


# -- A press does what its words said


def decided(kannus, season, **fields) -> Participation:
    return put(
        kannus,
        season,
        state=State.DECIDED,
        decided_by_fi="Kaupunginhallitus",
        decided_on=date(2024, 10, 22),
        **fields,
    )


def test_confirming_names_the_terms_and_fixes_no_others(season, kannus, staff):
    PopulationFactory(municipality=kannus, count=5_264)
    decided(kannus, season)
    asked = staff.get(url("confirm", 8, "kannus"))
    assert "9\xa0000,00\xa0€" in asked.context["terms"].values()
    FeeTier.objects.filter(season=season).update(annual_fee_eur=12_000)

    refused = staff.post(url("confirm", 8, "kannus"), carried(asked))

    assert refused.status_code == 422
    (said_why,) = refused.context["form"].non_field_errors()
    assert "Vuosimaksu: 9\xa0000,00\xa0€ → 12\xa0000,00\xa0€" in said_why
    assert stored(kannus).state == State.DECIDED
    assert staff.post(url("confirm", 8, "kannus"), carried(refused)).status_code == 302
    assert stored(kannus).annual_fee_eur == 12_000


def test_confirming_without_the_question_asks(season, kannus, staff):
    PopulationFactory(municipality=kannus, count=5_264)
    decided(kannus, season)

    assert staff.post(url("confirm", 8, "kannus")).status_code == 422
    assert stored(kannus).state == State.DECIDED


def test_page_of_a_confirmed_municipality_says_when_and_offers_nothing(season, kannus, staff):
    PopulationFactory(municipality=kannus, count=5_264)
    decided(kannus, season)
    asked = staff.get(url("confirm", 8, "kannus"))
    assert "5\xa0264 (31.12.2024)" in asked.context["terms"].values()
    staff.post(url("confirm", 8, "kannus"), carried(asked))

    pages = [
        staff.get(url("confirm", 8, "kannus")),
        staff.post(url("confirm", 8, "kannus"), carried(asked)),
    ]

    assert [page.status_code for page in pages] == [200, 422]
    for page in pages:
        assert "Kannus vahvistettiin jo " in page.text
        assert "jos haluat yhä samaa" not in page.text
        assert 'name="rows-TOTAL_FORMS"' not in page.text


def test_second_tab_replaces_no_decision_it_has_not_shown(
    season, kannus, staff, coordinator, client_for
):
    put(kannus, season)
    late = staff.get(url("member", 8, "kannus"))
    other = user_with_role(Role.COORDINATOR, first_name="Maija", last_name="Toinen")
    typed = {"decided_by_fi": "Kunnanhallitus", "decided_on": "2024-10-21"}
    client_for(other).post(url("decide", 8, "kannus"), typed)

    refused = staff.post(
        url("decide", 8, "kannus"),
        {
            **carried(late, url("decide", 8, "kannus")),
            "decided_by_fi": "Kaupunginhallitus",
            "decided_on": "2024-10-22",
        },
    )

    [said_why] = refused.context["form"].non_field_errors()
    assert said_why.startswith("Tämä on muuttunut sillä välin (Maija Toinen, ")
    assert "Tila: Kutsuttu → Päätetty" in said_why
    assert "Päättänyt toimielin: – → Kunnanhallitus" in said_why
    assert refused.context["form"]["decided_by_fi"].value() == "Kaupunginhallitus"
    assert stored(kannus).decided_by_fi == "Kunnanhallitus"
    again = {"decided_by_fi": "Kaupunginhallitus", "decided_on": "2024-10-22"}
    answer = staff.post(
        url("decide", 8, "kannus"), {**carried(refused, url("decide", 8, "kannus")), **again}
    )
    assert answer.status_code == 302
    assert stored(kannus).decided_by_fi == "Kaupunginhallitus"


def test_decision_typed_after_the_confirmation_is_still_shown(season, kannus, coordinator, staff):
    decided(kannus, season)
    late = staff.get(url("member", 8, "kannus"))
    with scope(kannus.pk):
        Participation.objects.update(
            state=State.CONFIRMED, confirmed_at=AT, confirmed_by=coordinator
        )

    page = staff.post(
        url("decide", 8, "kannus"),
        {
            **carried(late, url("decide", 8, "kannus")),
            "decided_by_fi": "Valtuusto",
            "decided_on": "2024-10-23",
        },
    )

    assert page.status_code == 422
    assert page.text.count("Kirjoittamaasi ei tallennettu") == 1
    assert "Valtuusto" in page.text
    assert "Tila: Päätetty → Mukana" in page.context["form"].non_field_errors()[0]


def test_coordinator_corrects_a_confirmed_decision_and_the_history_keeps_both(
    season, kannus, coordinator, staff
):
    decided(kannus, season, decision_section="140", diary_number="195/2024", annual_fee_eur=9_000)
    with scope(kannus.pk):
        Participation.objects.update(
            state=State.CONFIRMED, confirmed_at=AT, confirmed_by=coordinator
        )
    assert url("correct", 8, "kannus") in staff.get(url("member", 8, "kannus")).text
    corrected = {
        "decided_by_fi": "Kaupunginhallitus",
        "decided_on": "2024-10-22",
        "decision_section": "104",
        "diary_number": "195/2024",
    }

    unexplained = press(staff, url("correct", 8, "kannus"), corrected)
    press(staff, url("correct", 8, "kannus"), {**corrected, "reason": "Pykälä oli väärin"})

    assert list(unexplained.context["form"].errors) == ["reason"]
    row = stored(kannus)
    assert (row.decision_section, row.state, row.annual_fee_eur) == ("104", State.CONFIRMED, 9_000)
    correction = staff.get(url("member", 8, "kannus")).context["way"][0]
    assert (correction.by, correction.words) == (
        coordinator.name,
        "Päätöstä korjattu: Pykälä oli väärin",
    )
    assert correction.note == "Aiemmin: Kaupunginhallitus 22.10.2024 §\xa0140, 195/2024."


def test_decision_that_is_not_confirmed_is_not_corrected(season, kannus, staff):
    decided(kannus, season)
    typed = {"decided_by_fi": "Khall", "decided_on": "2024-10-22", "reason": "x"}

    page = press(staff, url("correct", 8, "kannus"), typed)

    assert page.status_code == 422
    assert stored(kannus).decided_by_fi == "Kaupunginhallitus"
