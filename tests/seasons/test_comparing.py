"""Two seasons side by side, as the public documents tell of them and as coordinators make them."""

from datetime import date
from decimal import Decimal

import pytest

from seasons.actions.copying import copy_season
from seasons.comparing import compare
from seasons.enums import SeasonState
from seasons.facts import load_seasons
from seasons.models import FeeTier, Season
from seasons.queries import compared_members, contents_of
from tests.seasons.factories import FeeTierFactory, SeasonFactory, member_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known_seasons(db, in_english) -> None:
    load_seasons()


def season(number: int) -> Season:
    return Season.objects.get(number=number)


def topics(earlier: int, later: int) -> dict[str, dict[str, tuple]]:
    found = compare(*contents_of(season(earlier), season(later)))
    return {
        topic.title: {
            row.label: (list(row.earlier), list(row.later), str(row.mark), row.words)
            for row in topic.rows
        }
        for topic in found
    }


def marks(rows: dict[str, tuple]) -> dict[str, tuple[str, str]]:
    return {label: row[2:] for label, row in rows.items()}


def test_number_a_year_is_compared_with_a_number_in_all():
    package = topics(4, 6)["What the fee gives"]

    assert package["Theme seminars"] == (
        ["Theme and peer seminars", "4 a year = 8 in all, shared by all"],
        ["Interactive seminars", "6 in all, shared by all"],
        "changed",
        "8 → 6",
    )
    assert package["Development workshops"][2:] == ("changed", "6 → 5")
    assert package["Situation analysis"][2:] == ("new", "new")
    assert package["Development plan"][2:] == ("gone", "gone")


def test_fees_that_no_document_gives_are_not_known_and_no_change():
    assert marks(topics(6, 7)["Annual fee"]) == {
        "below 9,000 inhabitants": ("unknown", "not known"),
        "9,000–45,000 inhabitants": (
            "changed", "€11,000 → €12,000 (+€1,000)",
        ),
        "above 45,000 inhabitants": ("unknown", "not known"),
    }  # fmt: skip
    fees = topics(4, 8)["Annual fee"]
    assert {row[2] for row in fees.values()} == {"unknown"}
    assert fees["By size, without limits"][0] == ["€8,000–16,000"]


def test_lowest_fee_without_the_highest_is_not_known():
    Season.objects.filter(number=4).update(fee_high_eur=None)

    row = topics(4, 8)["Annual fee"]["By size, without limits"]

    assert row[0] == []


def test_fees_of_two_full_seasons_are_compared_tier_by_tier():
    assert [row[3] for row in topics(6, 8)["Annual fee"].values()] == [
        "€8,000 → €9,000 (+€1,000)",
        "€11,000 → €12,000 (+€1,000)",
        "the same",
    ]


def test_tiers_with_other_limits_are_cut_where_either_begins():
    for number, limits in ((20, [(0, None)]), (21, [(0, 10_000), (10_000, None)])):
        made = SeasonFactory(number=number)
        for n, population in enumerate(limits):
            FeeTierFactory(season=made, population=population, annual_fee_eur=9_000 - n / 2)

    assert [(label, row[3]) for label, row in topics(20, 21)["Annual fee"].items()] == [
        ("below 10,000 inhabitants", "the same"),
        ("above 9,999 inhabitants", "€9,000 → €8,999.50 (−€0.50)"),
    ]  # fmt: skip


def test_seasons_that_say_nothing_have_nothing_to_compare():
    for number in (20, 21):
        SeasonFactory(number=number, theme_fi="", population_year=None, vat_on_top=False)

    found = compare(*contents_of(season(20), season(21)))

    assert [topic.title for topic in found if topic.rows] == ["Themes"]
    assert [row.mark for topic in found for row in topic.rows] == ["unknown"]


def test_themes_and_phases_that_no_document_lists_are_not_known():
    found = topics(4, 8)
    assert found["Themes"]["Lead theme"][2] == "unknown"
    assert {row[2] for row in found["Phases"].values()} == {"unknown"}
    assert {row[2] for row in found["Why now"].values()} == {"unknown"}
    themes = {label: row[2] for label, row in found["Themes"].items() if label != "Lead theme"}
    assert sorted(themes.values()) == ["gone"] * 3 + ["new"] * 3


def test_terms_a_season_does_not_say_are_open_and_no_change():
    assert marks(topics(4, 8)["Terms of the fee"]) == {
        "Value-added tax": ("unknown", "not known"),
        "Experts' travel costs": ("unknown", "not known"),
    }
    assert marks(topics(7, 8)["Terms of the fee"]) == {
        "Experts' travel costs": ("same", "the same")
    }


def test_copy_differs_in_nothing_but_its_years(coordinator):
    Season.objects.filter(number=8).update(population_year=2024)
    copy_season(source=season(8), number=9, first_year=2027, by=coordinator)

    found = compare(*contents_of(season(8), season(9)))

    assert [(topic.title, [row.label for row in topic.differing]) for topic in found] == [
        ("What the fee gives", []),
        ("Annual fee", []),
        ("Themes", []),
        ("Phases", []),
        ("Terms of the fee", ["Year of the population that decides the fee"]),
        ("Why now", []),
        ("Subjects offered for workshops", []),
    ]


def test_each_change_of_a_copy_is_named(coordinator):
    made = copy_season(source=season(8), number=9, first_year=2027, by=coordinator)
    made.entitlements.filter(kind="sparring").update(quantity=5)
    made.entitlements.filter(kind="reviews").update(name_fi="Muuta")
    made.entitlements.filter(kind="support").update(for_each_municipality=False)
    made.entitlements.filter(kind="live_contact_meeting").update(quantity=None)
    made.entitlements.filter(kind="peer_discussion").delete()
    made.phases.filter(position=1).update(ends_on=date(2027, 5, 31), focus_fi="Muuta")
    made.phases.filter(position=2).update(name_fi="Loppuvuosi")
    first = made.themes.get(position=1)
    first.topics_fi = [*first.topics_fi[1:], "Uusi", "Toinen"]
    first.save()
    made.background_fi = made.background_fi[::-1]
    made.theme_fi = "Toinen teema"
    made.save()
    FeeTier.objects.filter(season=made, population__startswith=0).update(
        annual_fee_eur=Decimal("8500")
    )

    found = compare(*contents_of(season(8), season(9)))

    assert {row.words for topic in found for row in topic.differing} == {
        "6 → 5", "other words", "for whom", "2 → no number", "gone", "days, focus", "name",
        "topics: +2, −1", "another order", "changed", "€9,000 → €8,500 (−€500)",
    }  # fmt: skip


# -- Members ---------------------------------------------------------------------------------------


@pytest.fixture
def uso9(db) -> Season:
    made = SeasonFactory(number=9)
    FeeTierFactory(season=made, population=(0, None))
    Season.objects.filter(number=9).update(state=SeasonState.OPEN)
    return season(9)


def test_members_who_joined_left_and_stayed(network, uso9, kannus, jamsa):
    other = type(kannus).objects.create(code="005", slug="alajarvi", name_fi="Alajärvi")
    for each in (kannus, jamsa):
        member_of(season(8), each)
    for each in (jamsa, other):
        member_of(uso9, each)

    found = compared_members(season(8), uso9)

    assert (found.joined, found.left, found.stayed) == ([other], [kannus], [jamsa])
    assert (found.count, found.count_later) == (2, 2)


def test_members_of_a_season_before_the_service_are_not_all_known(network, kannus, jamsa):
    member_of(season(7), jamsa)
    for each in (kannus, jamsa):
        member_of(season(8), each)

    found = compared_members(season(7), season(8))

    assert (found.joined, found.left, found.stayed) == (None, None, [jamsa])
    assert (found.complete, found.complete_later) == (False, True)
    assert (found.made_up, found.made_up_later) == (False, False)


def test_only_members_without_a_known_decision_are_made_up(network, jamsa, settings):
    settings.DEMO = True
    member_of(season(7), jamsa, diary_number="1256/00.04.02/2022")
    member_of(season(8), jamsa)

    found = compared_members(season(7), season(8))

    assert (found.made_up, found.made_up_later) == (False, True)


def test_draft_has_nobody_yet(network, kannus, browser):
    member_of(season(8), kannus)
    SeasonFactory(number=9)

    found = compared_members(season(8), season(9))
    page = browser.get("/seasons/compare/?left=8&right=9").content.decode()

    assert (found.joined, found.left, found.complete_later) == (None, None, False)
    assert (found.prepared, found.prepared_later) == (False, True)
    assert "ei vielä ketään" in page
    assert "Ei jatkanut" not in page


# -- The page ----------------------------------------------------------------------------------------


@pytest.fixture
def browser(client_for, coordinator):
    return client_for(coordinator)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", (7, 8)),
        ("?right=6", (4, 6)),
        ("?right=4", (4, 6)),
        ("?left=8&right=7", (7, 8)),
        ("?left=4&right=8", (4, 8)),
        ("?left=nonsense&right=99", (7, 8)),
    ],
)
def test_page_shows_the_earlier_season_first(browser, query, numbers):
    page = browser.get(f"/seasons/compare/{query}")

    assert (page.context["earlier"].number, page.context["later"].number) == numbers


def test_what_is_the_same_is_shown_when_asked(browser):
    few = browser.get("/seasons/compare/?left=6&right=8").content.decode()
    everything = browser.get("/seasons/compare/?left=6&right=8&all=1").content.decode()

    assert ("16\xa0000\xa0€" in few, "16\xa0000\xa0€" in everything) == (False, True)
    assert "8\xa0000\xa0€ → 9\xa0000\xa0€" in few


def test_service_with_one_season_has_nothing_to_compare(browser, network):
    Season.objects.exclude(number=8).delete()

    page = browser.get("/seasons/compare/").content.decode()

    assert "Vertailtavaa ei vielä ole" in page


def test_phases_that_only_moved_say_by_how_much(coordinator):
    copy_season(source=season(8), number=9, first_year=2027, by=coordinator)

    found = {each.title: each for each in compare(*contents_of(season(8), season(9)))}

    assert found["Phases"].remark == "The phases are the same, the days 2 years later"


def test_theme_that_a_draft_does_not_name_yet_cannot_be_compared():
    SeasonFactory(number=20, theme_fi="", state=SeasonState.DRAFT)

    row = topics(8, 20)["Themes"]["Lead theme"]

    assert row[1:] == (["not named yet"], "unknown", "cannot be compared")


def test_season_is_not_compared_with_itself(client_for, coordinator):
    page = client_for(coordinator).get("/seasons/compare/?left=8&right=8").content.decode()

    assert "Valitse kaksi eri kautta." in page
    assert "<table" not in page


def test_terms_that_the_demonstration_chose_are_marked(settings):
    settings.DEMO = True
    Season.objects.filter(number=8).update(population_year=2024, vat_on_top=True)

    terms = topics(6, 8)["Terms of the fee"]

    assert terms["Year of the population that decides the fee"][1] == ["2024 (made up)"]
    assert terms["Value-added tax"][1] == ["comes on top of the fee (made up)"]
    assert "made up" not in terms["Experts' travel costs"][1][0]
