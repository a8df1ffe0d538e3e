"""Events planned from the package of a draft season: the page, its press, its warnings."""

from datetime import date, datetime

import pytest
from django.utils import timezone, translation

from events.actions.programme import plan_from_package
from events.enums import EventState
from events.models import Event
from events.planning import season_plan
from events.queries import programme
from seasons.enums import EntitlementKind, SeasonState
from seasons.models import Entitlement, Phase, Season
from tests.events.factories import EventFactory
from tests.pressing import carried, press
from tests.seasons.factories import EntitlementFactory, FeeTierFactory, SeasonFactory
from uso.ground.lib.dates import HELSINKI
from uso.ground.lib.errors import RuleViolation

pytestmark = pytest.mark.django_db

PAGE = "/seasons/9/events/plan/"


@pytest.fixture
def uso9(db) -> Season:
    season = SeasonFactory(number=9, first_year=2027, last_year=2028)
    days = [("2027-01-01", "2027-12-31"), ("2028-01-01", "2028-12-31")]
    for n, (first, last) in enumerate(days, 1):
        Phase.objects.create(
            season=season, position=n, name_fi=f"Vaihe {n}", name_sv=f"Fas {n}",
            starts_on=first, ends_on=last,
        )  # fmt: skip
    EntitlementFactory(season=season, kind=EntitlementKind.SEMINAR, quantity=2, position=1)
    EntitlementFactory(season=season, kind=EntitlementKind.SPARRING, quantity=1, position=2)
    EntitlementFactory(season=season, kind=EntitlementKind.PEER_DISCUSSION, quantity=None)
    EntitlementFactory(
        season=season, kind=EntitlementKind.WORKSHOP, quantity=5, for_each_municipality=True
    )
    return season


@pytest.fixture
def browser(client_for, coordinator):
    return client_for(coordinator)


def planned(season: Season) -> list[tuple]:
    return [
        (e.kind, e.position, e.title_fi, e.phase and e.phase.position, e.state,
         f"{timezone.localtime(e.starts_at):%d.%m.%Y %H.%M}" if e.starts_at else "")
        for e in season.events.order_by("kind", "position")
    ]  # fmt: skip


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=HELSINKI)


def typed(browser) -> dict[str, str]:
    page = browser.get(PAGE)
    fields = page.context["form"]
    return {**carried(page), **{f.html_name: f.value() and f"{f.value()}" for f in fields}}


def test_press_makes_the_packages_events_as_drafts(uso9, browser):
    answer = browser.post(PAGE, typed(browser), follow=True)

    assert answer.redirect_chain == [("/seasons/9/events/", 302)]
    assert planned(uso9) == [
        ("seminar", 1, "Teemaseminaari 1", 1, "draft", "02.07.2027 09.00"),
        ("seminar", 2, "Teemaseminaari 2", 2, "draft", "30.06.2028 09.00"),
        ("sparring", 1, "Luottamushenkilösparraus 1", 1, "draft", "01.07.2027 17.00"),
    ]
    first = uso9.events.get(kind="seminar", position=1)
    assert (first.title_sv, first.title_en) == ("Temaseminarium 1", "Theme seminar 1")
    assert (first.ends_at, first.deadline_at, first.seats.count()) == (None, None, 0)
    assert (first.published_at, first.announced_at) == (None, None)


def test_what_is_there_is_counted_and_made_only_once(uso9, coordinator, browser):
    EventFactory(season=uso9, kind="seminar", position=2, phase=uso9.phases.get(position=2))
    EventFactory(season=uso9, kind="sparring", position=1)
    fields = typed(browser)
    assert [name for name in fields if "_" in name] == ["seminar_1"]

    answers = [browser.post(PAGE, fields) for _time in range(2)]

    assert [answer.url for answer in answers] == ["/seasons/9/events/"] * 2
    assert [row[:2] for row in planned(uso9)] == [("seminar", 1), ("seminar", 2), ("sparring", 1)]
    assert plan_from_package(season=uso9, days={"seminar_1": None}, by=coordinator) == []


def test_who_presses_after_a_colleague_is_told(uso9, coordinator, browser):
    fields = typed(browser)
    days = {"seminar_1": None, "seminar_2": None, "sparring_1": None}
    plan_from_package(season=uso9, days=days, by=coordinator)

    answer = browser.post(PAGE, fields)

    assert answer.status_code == 422
    assert "2/2 suunniteltu" in answer.content.decode()
    assert uso9.events.count() == 3


def test_cancelled_event_is_none_of_the_packages(uso9, coordinator):
    EventFactory(
        season=uso9, kind="sparring", position=7, state=EventState.CANCELLED,
        cancelled_at=timezone.now(), cancelled_by=coordinator, published_at=timezone.now(),
        published_by=coordinator, starts_at=at(2027, 3, 1, 9), ends_at=at(2027, 3, 1, 10),
        deadline_at=at(2027, 2, 1, 9),
    )  # fmt: skip

    assert "sparring_1" in {each.key for each in season_plan(uso9).missing}


def test_number_a_year_is_counted_for_all_years(uso9):
    Entitlement.objects.filter(kind="seminar").update(yearly=True)

    lines = {line.name: line.count for line in season_plan(uso9).lines}

    with translation.override("fi"):
        assert list(lines.values()) == [4, 1]
        assert season_plan(uso9).numberless == ["Vertaiskeskustelut ja kehittämistilaisuudet"]


def test_season_without_phases_is_planned_over_all_its_days(uso9):
    Phase.objects.all().delete()
    EventFactory(season=uso9, kind="seminar", position=1)

    missing = season_plan(uso9).missing

    assert [(each.key, each.phase) for each in missing] == [
        ("seminar_2", None),
        ("sparring_1", None),
    ]
    assert all(date(2027, 1, 1) <= each.on <= date(2028, 12, 31) for each in missing)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2027-12-24", "jouluaatto"),
        ("2027-06-25", "juhannusaatto"),
        ("2027-05-01", "Vappu"),
        ("2027-05-08", "lauantai"),
        ("2028-05-09", "vaiheen Vaihe 1 ulkopuolella"),
    ],
)
def test_doubtful_day_is_asked_about_once_and_then_taken(uso9, browser, day, why):
    fields = typed(browser) | {"seminar_1": day}

    asked = browser.post(PAGE, fields)
    assert asked.status_code == 422
    assert list(asked.context["form"].errors) == ["seminar_1"]
    assert why.lower() in str(asked.context["form"].errors["seminar_1"]).lower()
    assert not uso9.events.exists()

    browser.post(PAGE, fields | {"seminar_1_is_right": day})
    assert (
        timezone.localdate(uso9.events.get(kind="seminar", position=1).starts_at).isoformat() == day
    )


def test_same_day_in_two_phases_is_doubtful_in_one(uso9, browser):
    fields = typed(browser) | {"seminar_1": "2027-05-10", "seminar_2": "2027-05-10"}

    answer = browser.post(PAGE, fields)

    assert list(answer.context["form"].errors) == ["seminar_2"]


def test_day_of_a_planned_event_is_asked_about_with_every_other_doubt(uso9, browser):
    EventFactory(season=uso9, title_fi="Muualla", starts_at=at(2028, 5, 1, 9))
    fields = typed(browser) | {"seminar_1": "2028-05-01"}

    answer = browser.post(PAGE, fields)

    (said,) = answer.context["form"].errors["seminar_1"]
    assert said == (
        "ma 1.5.2028: Vappu, vaiheen Vaihe 1 ulkopuolella, samana päivänä on myös Muualla. "
        "Valitse toinen päivä tai merkitse, että tämä on oikein."
    )
    browser.post(PAGE, fields | {"seminar_1_is_right": "2028-05-01"})
    assert uso9.events.filter(kind="seminar").count() == 2


@pytest.mark.parametrize(
    ("days", "asked"),
    [
        ({"seminar_1": "2027-07-01"}, {"seminar_1": "Luottamushenkilösparraus 1"}),
        ({"sparring_1": "2027-07-02"}, {"sparring_1": "Teemaseminaari 1"}),
        (
            {"seminar_1": "2027-05-11", "sparring_1": "2027-05-11"},
            {"sparring_1": "Teemaseminaari 1"},
        ),
        ({"seminar_1": "2027-05-11", "sparring_1": "2027-05-12"}, {}),
    ],
)
def test_two_events_put_on_one_day_are_asked_about_once(uso9, browser, days, asked):
    answer = browser.post(PAGE, typed(browser) | days)

    errors = answer.context["form"].errors if asked else {}
    assert list(errors) == list(asked)
    for name, other in asked.items():
        assert f"samana päivänä on myös {other}." in str(errors[name])


def test_day_outside_the_season_is_refused_at_its_field(uso9, browser):
    fields = typed(browser) | {"seminar_2": "2029-01-09", "seminar_2_is_right": "2029-01-09"}

    answer = browser.post(PAGE, fields)

    assert answer.status_code == 422
    assert "2027–2028" in str(answer.context["form"].errors["seminar_2"])
    assert not uso9.events.exists()


@pytest.mark.parametrize(
    "forged",
    [
        {"seminar_3": "2027-03-09"},
        {"seminar_-1": "2027-03-09", "seminar_0": "2027-03-10"},
        {"workshop_1": "2027-03-09", "other_1": "2027-03-10", "": "2027-03-11"},
        {f"seminar_{n}": "2027-03-09" for n in range(3, 5_000)},
        {"seminar_1_is_right": "2027-03-09", "season": "8", "phase": "1"},
    ],
)
def test_events_that_the_package_does_not_promise_are_not_made(uso9, browser, forged):
    answer = browser.post(PAGE, typed(browser) | forged)

    assert answer.url == "/seasons/9/events/"
    kinds = [(kind, position) for kind, position, *_rest in planned(uso9)]
    assert kinds == [("seminar", 1), ("seminar", 2), ("sparring", 1)]


def test_page_of_one_season_plans_no_event_of_another(uso9, browser):
    other = SeasonFactory(number=10, first_year=2029, last_year=2030)
    EntitlementFactory(season=other, kind=EntitlementKind.SEMINAR, quantity=2)
    event = EventFactory(season=other, kind="seminar", position=2, title_fi="Toisen kauden")
    there = typed(browser) | {"seminar_2": "2030-03-12"}

    answer = browser.post("/seasons/10/events/plan/", there)

    assert answer.status_code == 422
    assert list(other.events.all()) == [event]
    assert not uso9.events.exists()


@pytest.mark.parametrize("day", ["-1", "0", "9999-99-99", "2027-02-30", "x" * 10_000, "<b>"])
def test_day_that_is_none_is_refused_at_its_field(uso9, browser, day):
    answer = browser.post(PAGE, typed(browser) | {"seminar_1": day})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["seminar_1"]
    assert not uso9.events.exists()


def test_as_many_events_as_a_package_can_promise_get_their_days(uso9):
    Entitlement.objects.filter(kind="seminar").update(quantity=99, yearly=True)

    found = [each for each in season_plan(uso9).missing if each.kind == "seminar"]

    assert [each.number for each in found] == list(range(1, 199))
    assert len({each.on for each in found}) == 198


def test_empty_day_makes_an_event_without_one(uso9, browser):
    browser.post(PAGE, typed(browser) | {"seminar_1": ""})

    assert next(row[5] for row in planned(uso9)) == ""
    assert uso9.events.count() == 3


def test_open_season_is_planned_one_by_one(uso9, coordinator, browser):
    FeeTierFactory(season=uso9, population=(0, None))
    Season.objects.filter(pk=uso9.pk).update(state=SeasonState.OPEN)

    assert browser.get(PAGE).url == "/seasons/9/events/"
    assert "plan/" not in browser.get("/seasons/9/events/").content.decode()
    translation.activate("en")
    with pytest.raises(RuleViolation, match="no longer a draft"):
        plan_from_package(season=uso9, days={"seminar_1": None}, by=coordinator)
    assert not Event.objects.exists()


def test_warnings_stand_in_the_programme_of_a_draft_season_alone(uso9, browser):
    first, second = uso9.phases.order_by("position")
    day = {"starts_at": at(2027, 12, 24, 17), "ends_at": at(2027, 12, 24, 18)}
    EventFactory(season=uso9, phase=first, title_fi="Aattona", **day)
    EventFactory(season=uso9, phase=second, title_fi="Väärässä vaiheessa", **day)
    EventFactory(season=uso9, phase=None, title_fi="Liian myöhään", starts_at=at(2029, 1, 9, 9))
    EventFactory(season=uso9, phase=first, title_fi="Arkena", starts_at=at(2027, 3, 9, 9))
    EventFactory(season=uso9, phase=first, title_fi="Päivätön")

    with translation.override("en"):
        doubts = {p.event.title_fi: list(p.doubts) for part in programme(uso9) for p in part.events}
    assert doubts == {
        "Aattona": ["Christmas Eve", "Väärässä vaiheessa is on the same day"],
        "Väärässä vaiheessa": [
            "Christmas Eve",
            "outside the phase Vaihe 2",
            "Aattona is on the same day",
        ],
        "Liian myöhään": ["The day is outside the season 2027–2028."],
        "Arkena": [],
        "Päivätön": [],
    }
    assert "Jouluaatto" in browser.get("/seasons/9/events/").content.decode()

    uso9.state = SeasonState.OPEN
    assert {tuple(p.doubts) for part in programme(uso9) for p in part.events} == {()}


def test_page_shows_planned_events_with_their_doubts(uso9, browser):
    EventFactory(
        season=uso9, kind="seminar", position=1, title_fi="Siirretty", starts_at=at(2027, 5, 1, 9)
    )

    page = browser.get(PAGE).content.decode()

    assert "Siirretty" in page
    assert " <small" in page
    assert "Vappu" in page


def test_page_counts_the_days_to_be_checked_once_everything_is_planned(uso9, browser):
    press(browser, PAGE)
    assert "tarkistettava" not in browser.get(PAGE).content.decode()
    uso9.events.filter(kind="seminar").update(starts_at=at(2027, 3, 9, 9), phase=None)

    page = browser.get(PAGE).content.decode()

    assert "samana päivänä on myös Teemaseminaari 2" in page
    assert "2 päivää on tarkistettava." in page


def test_package_that_promises_no_number_says_what_to_do(season8, browser):
    season8.number = 9
    season8.save()

    page = press(browser, PAGE)

    assert page.url == "/seasons/9/events/"
    assert "Paketissa ei luvata" in browser.get(PAGE).content.decode()
