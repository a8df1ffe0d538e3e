"""The page that makes a season from an earlier one."""

import pytest
from django.utils import translation

from events.facts import load_programme
from seasons.facts import load_seasons
from seasons.models import Season
from tests.pressing import carried, press

pytestmark = pytest.mark.django_db

PAGE = "/seasons/new/"
NINTH = {"source": "8", "number": "9", "first_year": "2027"}


@pytest.fixture
def uso8(db) -> Season:
    load_seasons()
    season = Season.objects.get(number=8)
    load_programme(season)
    return season


@pytest.fixture
def browser(client_for, coordinator):
    return client_for(coordinator)


def test_season_is_made_with_its_programme_and_opened(uso8, browser):
    answer = press(browser, PAGE, NINTH, follow=True)

    assert answer.redirect_chain == [("/seasons/9/", 302)]
    assert "USO9 on nyt luonnos, joka tehtiin kauden USO8 pohjalta." in answer.content.decode()
    made = Season.objects.get(number=9)
    assert (made.years, made.events.count(), uso8.events.count()) == ("2027–2028", 16, 16)


def test_same_press_makes_one_season(uso8, browser):
    key = carried(browser.get(PAGE))

    answers = [browser.post(PAGE, {**key, **NINTH}) for _time in range(2)]

    assert [answer.url for answer in answers] == ["/seasons/9/"] * 2
    assert Season.objects.filter(number=9).count() == 1


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"number": "8"}, "number", "USO8"),
        ({"first_year": "2026"}, "first_year", "USO8 (2025–2026)"),
        ({"number": "0"}, "number", "Write 1 or a larger number"),
        ({"first_year": "20277"}, "first_year", "Write 2099 or a smaller number"),
        ({"first_year": "2010"}, "first_year", "Write 2011 or a larger number"),
        ({"first_year": "2099"}, "first_year", "Kausi jatkuisi vuoden 2099 jälkeen"),
        ({"source": "5"}, "source", "Choose one of those on the list"),
        ({"source": ""}, "source", "aiempi kausi"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(uso8, browser, typed, field, words):
    answer = press(browser, PAGE, {**NINTH, **typed}, headers={"accept-language": "en"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    with translation.override("en"):
        assert words in str(answer.context["form"].errors[field])
    assert Season.objects.count() == 4


def test_service_without_seasons_has_nothing_to_copy(browser):
    assert browser.get(PAGE).status_code == 200
