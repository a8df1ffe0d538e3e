"""From season to season: who stayed, came back, joined anew, did not go on; what is not known."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from municipalities.models import Municipality
from seasons.enums import Move, ParticipationState
from seasons.facts import load_seasons
from seasons.models import Season
from seasons.queries import movers
from seasons.transitions import Roll, size_in_words, size_of, transitions
from tests.municipalities.factories import MunicipalityFactory, PopulationFactory
from tests.seasons.factories import ParticipationFactory, SeasonFactory, member_of, opened_season
from uso.ground.tenancy.scope import scope
from uso.roof.bench.pages import is_read_or_write

PAGE = "/seasons/from-season-to-season/"
A, B, C, D = range(1, 5)


def roll(number: int, *members: int, gone: tuple[int, ...] = (), **known: bool) -> Roll:
    return Roll(Season(number=number), frozenset(members), frozenset(gone), **known)


# -- The rules, without a database -------------------------------------------------------------------


def test_each_municipality_makes_one_move():
    first, second = transitions([roll(1, A, B), roll(2, B, C), roll(3, A, C, D)])

    assert first.moves == {A: Move.LEFT, B: Move.STAYED, C: Move.JOINED}
    assert second.moves == {A: Move.RETURNED, B: Move.LEFT, C: Move.STAYED, D: Move.JOINED}


def test_nobody_leaves_for_a_list_that_is_not_known():
    (step,) = transitions([roll(1, A, B), roll(2, B, is_whole=False)])

    assert step.moves == {B: Move.STAYED}
    assert not step.is_whole


def test_nobody_is_new_after_a_list_that_is_not_known():
    (step,) = transitions([roll(1, A, B, is_whole=False), roll(2, B, C)])

    assert step.moves == {A: Move.LEFT, B: Move.STAYED}


def test_who_is_known_of_a_season_before_the_unknown_one_took_part_earlier():
    _, step = transitions([roll(1, A), roll(2, is_whole=False), roll(3, A, B)])

    assert step.moves == {A: Move.EARLIER}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "move"), [(date(2027, 1, 10), Move.UNDECIDED), (date(2029, 1, 1), Move.LEFT)]
)
def test_who_has_decided_and_waits_has_not_left_while_the_season_lasts(on, move):
    past = opened_season(number=8)
    later = opened_season(number=9, first_year=2027, last_year=2028)
    waits = MunicipalityFactory()
    for season, place in ((past, waits), (later, MunicipalityFactory())):
        with scope(place.pk):
            member_of(season, place)
    with scope(waits.pk):
        ParticipationFactory(season=later, municipality=waits, state=ParticipationState.DECIDED)

    (step,) = movers(on=on).steps

    assert {each.municipality: each.move for each in step.movers}[waits] == move


def test_of_a_season_that_has_not_begun_only_those_who_said_no_have_left():
    (step,) = transitions([roll(1, A, B, C), roll(2, A, D, gone=(B,), is_filling=True)])

    assert step.moves == {A: Move.STAYED, B: Move.LEFT, C: Move.UNDECIDED, D: Move.JOINED}


def test_seasons_between_two_are_named():
    (step,) = transitions([roll(4, A), roll(7, A)])

    assert step.missing_numbers == [5, 6]


@pytest.mark.parametrize(
    ("population", "start"),
    [(None, None), (0, 0), (8_999, 0), (9_000, 9_000), (45_000, 9_000), (45_001, 45_001)],
)
def test_size_classes_have_the_limits_of_the_documents(population, start):
    assert size_of(population) == start


def test_size_classes_are_named_as_fee_tiers_are():
    assert [size_in_words(start) for start in (0, 9_000, 45_001)] == [
        "alle 9\xa0000 asukasta",
        "9\xa0000–45\xa0000 asukasta",
        "yli 45\xa0000 asukasta",
    ]


# -- What is read ------------------------------------------------------------------------------------


@pytest.fixture
def seasons(network) -> dict[int, Season]:
    load_seasons()
    opened_season(number=9)
    return {season.number: season for season in Season.objects.all()}


def moves_into(number: int) -> dict[str, Move]:
    step = next(s for s in movers(on=timezone.localdate()).steps if s.later.number == number)
    return {mover.municipality.name_fi: mover.move for mover in step.movers}


def test_of_seasons_before_the_service_only_what_is_known_is_said(seasons, kannus, jamsa):
    member_of(seasons[4], kannus)
    member_of(seasons[7], jamsa)
    for each in (kannus, jamsa):
        member_of(seasons[8], each)

    found = movers(on=timezone.localdate())

    assert (moves_into(6), moves_into(7)) == ({}, {})
    assert moves_into(8) == {"Jämsä": Move.STAYED, "Kannus": Move.EARLIER}
    assert [season.number for season in found.unknown] == [6, 7]


def test_who_skipped_a_season_comes_back(seasons, kannus, jamsa):
    member_of(seasons[4], kannus)
    member_of(seasons[8], jamsa)
    for each in (kannus, jamsa):
        member_of(seasons[9], each)

    assert moves_into(9) == {"Jämsä": Move.STAYED, "Kannus": Move.RETURNED}


def test_why_they_did_not_go_on(seasons, kannus, jamsa):
    for each in (kannus, jamsa):
        member_of(seasons[8], each)
    ParticipationFactory(
        season=seasons[9], municipality=kannus, state=ParticipationState.DECLINED,
        exit_note="Talousarvio ei riitä",
    )  # fmt: skip

    step = movers(on=timezone.localdate()).steps[0]

    assert [(m.municipality, m.move, m.reason, m.note) for m in step.movers] == [
        (kannus, Move.LEFT, "Talous", "Talousarvio ei riitä"),
        (jamsa, Move.UNDECIDED, "", ""),
    ]


def test_once_the_season_has_begun_who_is_not_in_it_did_not_go_on(seasons, kannus, jamsa):
    for each in (kannus, jamsa):
        member_of(seasons[8], each)
    member_of(seasons[9], jamsa)

    step = movers(on=seasons[9].first_day).steps[0]

    assert step.counts == {Move.STAYED: 1, Move.LEFT: 1}


def test_a_draft_is_no_step(seasons, kannus):
    SeasonFactory(number=10)

    assert [s.later.number for s in movers(on=timezone.localdate()).steps] == [9, 8, 7, 6]


def test_population_is_of_one_year_in_every_season(seasons, kannus):
    for year, count in ((2023, 9_500), (2024, 8_900)):
        PopulationFactory(municipality=kannus, year=year, count=count)
    for number in (8, 9):
        member_of(seasons[number], kannus)

    found = movers(on=timezone.localdate())

    assert (found.population_year, found.steps[0].movers[0].population) == (2024, 8_900)


def test_members_are_marked_where_they_are_made_up(seasons, kannus, settings):
    settings.DEMO = True
    for number in (8, 9):
        member_of(seasons[number], kannus, diary_number="195/00.01.03/2024")

    assert movers(on=timezone.localdate()).steps[0].is_made_up


# -- The page ----------------------------------------------------------------------------------------


@pytest.fixture
def staff(client_for, coordinator):
    return client_for(coordinator)


@pytest.fixture
def went_on(seasons, kannus, jamsa):
    """Kannus went on to season 9, Jämsä has not decided."""
    for each in (kannus, jamsa):
        PopulationFactory(municipality=each, year=2024, count=8_000)
        member_of(seasons[8], each)
    member_of(seasons[9], kannus)


def test_page_opens_on_the_latest_step_that_is_known_whole(staff, went_on):
    page = staff.get(PAGE)

    assert page.context["chosen"].later.number == 9
    assert [group.counts for group in page.context["groups"][0][2]] == [[1, 1]]


def test_page_says_what_is_not_known(staff, went_on):
    text = staff.get(f"{PAGE}?to=7").content.decode()

    assert "Kaikkia jäseniä ei tiedetä näiltä kausilta: USO4, USO6, USO7" in text
    assert "Välissä: USO5" in text
    assert [bool(bar.drawn) for bar in staff.get(PAGE).context["bars"]] == [
        True,
        False,
        False,
        False,
    ]
    assert "ei tiedossa" in text


def test_file_holds_every_season_or_the_chosen_one(staff, went_on, seasons, jamsa):
    member_of(seasons[7], jamsa)

    def rows(query: str) -> list[list[str]]:
        text = staff.get(f"{PAGE}?{query}&export=csv").content.decode("utf-8-sig")
        return [row[:4] for row in csv.reader(io.StringIO(text), delimiter=";")][1:]

    assert rows("to=9") == [
        ["Kannus", "USO8", "USO9", "Jatkoi"],
        ["Jämsä", "USO8", "USO9", "Ei vielä päättänyt"],
    ]
    assert [row[2] for row in rows("every=1")] == ["USO9", "USO9", "USO8"]


def test_list_narrows_to_a_move(staff, went_on):
    page = staff.get(f"{PAGE}?to=9&move=undecided")

    assert [row.municipality.name_fi for row in page.context["table"].rows] == ["Jämsä"]


@pytest.mark.django_db
def test_page_without_seasons_says_so(staff):
    assert "Tarvitaan kaksi julkaistua kautta" in staff.get(PAGE).content.decode()


def test_page_is_linked_from_list_and_comparison(staff, went_on):
    for address in ("/seasons/", "/seasons/compare/?left=8&right=9"):
        assert PAGE in staff.get(address).content.decode()


@pytest.mark.slow
def test_308_municipalities_over_10_seasons_are_read_at_once(staff, coordinator, network):
    places = Municipality.objects.bulk_create(
        MunicipalityFactory.build(code=f"{n:03}", slug=f"m{n}") for n in range(308)
    )
    for number in range(11, 21):
        season = opened_season(number=number)
        season.participations.bulk_create(
            ParticipationFactory.build(
                season=season,
                municipality=each,
                state=ParticipationState.CONFIRMED,
                confirmed_at=timezone.now(),
                confirmed_by=coordinator,
            )
            for each in places
        )

    with CaptureQueriesContext(connection) as asked:
        answer = staff.get(PAGE)

    assert len(answer.context["table"].rows) == 308
    assert sum(map(is_read_or_write, asked)) <= 12
