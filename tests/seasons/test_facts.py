"""The known seasons as the public documents print them."""

from datetime import date
from decimal import Decimal

import pytest

from municipalities.models import Municipality
from seasons.enums import EntitlementKind as Kind
from seasons.enums import SeasonState
from seasons.facts import is_made_up, known_decisions, load_seasons
from seasons.models import Entitlement, FeeTier, Participation, Phase, Season, WorkshopTheme

pytestmark = pytest.mark.django_db


@pytest.fixture
def seasons(db: None) -> dict[int, Season]:
    load_seasons()
    return {season.number: season for season in Season.objects.all()}


def package(season: Season) -> dict[str, tuple[int | None, bool]]:
    return {
        row.kind: (row.quantity, row.yearly) for row in season.entitlements.order_by("position")
    }


def tiers(season: Season) -> list[tuple[int, int | None, Decimal | None]]:
    return [
        (tier.lower, tier.upper, tier.annual_fee_eur)
        for tier in season.fee_tiers.order_by("population")
    ]


def test_seasons_are_those_of_the_documents(seasons):
    assert {n: (s.years, s.theme_fi, s.state) for n, s in seasons.items()} == {
        4: ("2017–2018", "", SeasonState.CLOSED),
        6: ("2021–2022", "Kestävä kuntajohtaminen", SeasonState.CLOSED),
        7: ("2023–2024", "Uudistuvien kuntien johtaminen", SeasonState.CLOSED),
        8: ("2025–2026", "Siiloista silloille", SeasonState.OPEN),
    }


def test_no_season_names_the_year_of_its_population(seasons):
    assert {s.population_year for s in seasons.values()} == {None}


def test_season_4_gives_a_span_of_fees_and_no_tiers(seasons):
    assert (seasons[4].fee_low_eur, seasons[4].fee_high_eur) == (8_000, 16_000)
    assert tiers(seasons[4]) == []


@pytest.mark.parametrize(
    ("number", "fees"),
    [
        (6, (8_000, 11_000, 16_000)),
        (7, (None, 12_000, None)),
        (8, (9_000, 12_000, 16_000)),
    ],
)
def test_fees_by_tier(seasons, number, fees):
    low, middle, high = fees

    assert tiers(seasons[number]) == [
        (0, 9_000, low),
        (9_000, 45_001, middle),
        (45_001, None, high),
    ]
    assert seasons[number].fee_low_eur is None
    assert seasons[number].fee_high_eur is None


def test_package_of_season_4(seasons):
    assert package(seasons[4]) == {
        Kind.SEMINAR: (4, True),
        Kind.CHANGE_CLINIC: (None, False),
        Kind.REVIEWS: (None, False),
        Kind.COUNCIL_MATERIALS: (None, False),
        Kind.DEVELOPMENT_PLAN: (None, False),
        Kind.WORKSHOP: (3, True),
    }


def test_package_of_season_6(seasons):
    assert package(seasons[6]) == {
        Kind.SEMINAR: (6, False),
        Kind.ELECTED_TRAINING: (2, False),
        Kind.FORESIGHT: (None, False),
        Kind.REVIEWS: (None, False),
        Kind.PEER_DISCUSSION: (None, False),
        Kind.WORKSHOP: (5, False),
        Kind.ANALYSIS: (None, False),
        Kind.SUPPORT: (None, False),
    }


def test_package_of_season_7(seasons):
    assert package(seasons[7]) == {
        Kind.SEMINAR: (4, False),
        Kind.DEVELOPER_SEMINAR: (4, False),
        Kind.CONTACT_MEETING: (None, False),
        Kind.REVIEWS: (None, False),
        Kind.PEER_DISCUSSION: (None, False),
        Kind.WORKSHOP: (5, False),
        Kind.ANALYSIS: (None, False),
        Kind.SUPPORT: (None, False),
    }


def test_package_of_season_8(seasons):
    assert package(seasons[8]) == {
        Kind.SEMINAR: (4, False),
        Kind.SPARRING: (6, False),
        Kind.CONTACT_MEETING: (None, False),
        Kind.LIVE_CONTACT_MEETING: (2, False),
        Kind.PEER_DISCUSSION: (None, False),
        Kind.REVIEWS: (None, False),
        Kind.WORKSHOP: (5, False),
        Kind.ANALYSIS: (None, False),
        Kind.SUPPORT: (None, False),
    }


@pytest.mark.parametrize(("number", "workshops"), [(4, 6), (6, 5), (7, 5), (8, 5)])
def test_workshops_of_the_whole_season(seasons, number, workshops):
    entitlement = Entitlement.objects.get(season=seasons[number], kind=Kind.WORKSHOP)

    assert entitlement.in_all == workshops
    assert entitlement.for_each_municipality


def test_phases_are_known_of_season_8_alone(seasons):
    assert set(Phase.objects.values_list("season__number", flat=True)) == {8}


@pytest.mark.parametrize(
    ("number", "themes"),
    [
        (
            4,
            [
                ("Kuntakonsernin mahdollisuudet, riskit ja strategiset tavoitteet", 3),
                ("Tulevaisuuden kunnan toiminta, verkostot ja kumppanuudet", 3),
                ("Muutoksessa johtaminen ja osaamisen kehittäminen", 3),
            ],
        ),
        (
            6,
            [
                ("Kestävä kuntajohtaminen", 0),
                ("Strateginen johtaminen", 6),
                ("Toimiva kaksoisjohtaminen", 5),
            ],
        ),
        (7, [("Uudistuvien kuntien johtaminen", 2)]),
    ],
)
def test_themes_of_earlier_seasons(seasons, number, themes):
    rows = seasons[number].themes.order_by("position")

    assert [(theme.name_fi, len(theme.topics_fi)) for theme in rows] == themes
    assert all(len(row.topics_fi) == len(row.topics_sv) == len(row.topics_en) for row in rows)


def test_what_is_billed_on_top_is_said_where_the_documents_say_it(seasons):
    assert {n for n, season in seasons.items() if season.vat_on_top} == {4}
    assert {n for n, season in seasons.items() if season.travel_on_top} == {6, 7, 8}


@pytest.mark.parametrize(("number", "offered"), [(4, 0), (6, 5), (7, 0), (8, 7)])
def test_subjects_offered_for_workshops(seasons, number, offered):
    assert WorkshopTheme.objects.filter(season=seasons[number]).count() == offered


def test_decisions_that_are_known_are_those_of_two_towns():
    assert {
        key: (one.decision_section, one.diary_number) for key, one in known_decisions().items()
    } == {
        (7, "182"): ("344", "1256/00.04.02/2022"),
        (8, "217"): ("140", "195/00.01.03/2024"),
    }


def test_only_what_has_no_known_decision_is_made_up_and_only_in_the_demonstration(settings):
    season, kannus = Season(number=8), Municipality(code="217")
    true = Participation(season=season, municipality=kannus, diary_number="195/00.01.03/2024")
    other = Participation(season=season, municipality=Municipality(code="182"))

    assert (is_made_up(true, season), is_made_up(other, season)) == (False, False)
    settings.DEMO = True
    assert (is_made_up(true, season), is_made_up(other, season)) == (False, True)


def test_themes_of_season_8_are_verbatim(seasons):
    themes = seasons[8].themes.order_by("position")

    assert [(theme.position, theme.name_fi, len(theme.topics_fi)) for theme in themes] == [
        (1, "Toimiva kuntajohtaminen ja sujuva päätöksenteko", 4),
        (2, "Strateginen ja kestävä kunta", 4),
        (3, "Uudistuva elinvoima-hyvinvointikunta", 4),
    ]
    assert all(
        len(theme.topics_fi) == len(theme.topics_sv) == len(theme.topics_en) for theme in themes
    )


def test_phases_of_season_8_are_its_half_years(seasons):
    phases = seasons[8].phases.order_by("position")

    assert [(phase.name_fi, phase.starts_on, phase.ends_on) for phase in phases] == [
        ("Kevät 2025", date(2025, 1, 1), date(2025, 6, 30)),
        ("Syksy 2025", date(2025, 7, 1), date(2025, 12, 31)),
        ("Kevät 2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("Syksy 2026", date(2026, 7, 1), date(2026, 12, 31)),
    ]
    assert all(phase.focus_fi and phase.focus_sv and phase.focus_en for phase in phases)


def test_loading_again_changes_nothing_and_keeps_what_coordinators_changed(seasons):
    Season.objects.filter(number=8).update(population_year=2024)
    before = list(FeeTier.objects.values())

    added = load_seasons()

    assert added == []
    assert list(FeeTier.objects.values()) == before
    assert Season.objects.get(number=8).population_year == 2024


def test_texts_come_in_the_active_language(seasons, settings):
    from django.utils.translation import override

    theme = seasons[8].themes.get(position=2)
    with override("sv"):
        assert (seasons[8].theme, theme.name) == (
            "Från silor till broar",
            "En strategisk och hållbar kommun",
        )
        assert theme.topics[2] == "Kommunkoncernens hållbara ekonomi"
        assert seasons[4].theme == ""
