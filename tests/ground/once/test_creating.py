"""Every form that creates: the same press twice, or eight times at once, makes one thing."""

import ast
from pathlib import Path

import pytest
from django.test import Client

from analysis.models import ExpertComment
from events.models import Event
from municipalities.models import ContactAddress, Invitation, Person
from seasons.models import Letter, Participation
from tests.analysis.editions import ready_made
from tests.pressing import carried
from tests.racing import at_once
from tests.seasons.factories import EntitlementFactory, member_of
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope
from workshops.models import Workshop

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[3]
PERSON = {"first_name": "Uuno", "last_name": "Uusi", "title": "", "group": "office", "email": ""}
# Each view that creates: its address, what is typed, what is made.
CREATING = {
    "workshops.views.ask": (
        "/k/kannus/workshops/ask/",
        {"topic": "Strategia", "wish": "Valtuustolle", "wished_time": ""},
        Workshop,
    ),
    "municipalities.views._edit": ("/k/kannus/people/add/", {**PERSON, "language": "fi"}, Person),
    "municipalities.role_views._invite": (
        "/k/kannus/contacts/invite/",
        {"email": "uusi@kannus.example", "role": "leader", "language": "fi"},
        Invitation,
    ),
    "municipalities.mailbox_views._edit": (
        "/k/kannus/contacts/mailboxes/add/",
        {"label": "Kirjaamo", "email": "kirjaamo@kannus.example", "language": "fi"},
        ContactAddress,
    ),
    "seasons.views.letter_pages.write_letter": (
        "/seasons/8/letters/new/?state=confirmed",
        {
            **{"subject_fi": "Kausi alkaa", "text_fi": "Tervetuloa!"},
            **{"subject_sv": "Säsongen börjar", "text_sv": "Välkommen!"},
        },
        Letter,
    ),
    "events.programme_views._edit": (
        "/seasons/8/events/new/",
        {"kind": "seminar", "title_fi": "Teemaseminaari V", "in_person": "on"},
        Event,
    ),
}


def rows_of(model) -> int:
    with across_municipalities(reason="the test counts what was made"):
        return model.objects.count()


@pytest.fixture
def made_ready(kannus, season8):
    EntitlementFactory(season=season8, quantity=5)
    with scope(kannus.pk):
        member_of(season8, kannus)


@pytest.fixture
def browser(client_for, coordinator):
    return client_for(coordinator)


@pytest.mark.parametrize("view", CREATING)
def test_same_press_twice_makes_one_and_leads_there(made_ready, browser, view):
    url, typed, model = CREATING[view]
    before = rows_of(model)
    sent = {**carried(browser.get(url)), **typed}
    assert "once" in sent

    first, second = browser.post(url, sent), browser.post(url, sent)

    assert rows_of(model) == before + 1
    assert first.status_code == second.status_code == 302
    assert second.url == first.url


@pytest.mark.parametrize("view", CREATING)
@pytest.mark.django_db(transaction=True)
def test_same_press_eight_times_at_once_makes_one(made_ready, browser, view):
    url, typed, model = CREATING[view]
    before = rows_of(model)
    sent = {**carried(browser.get(url)), **typed}

    def press() -> str:
        client = Client()
        client.cookies = browser.cookies
        return client.post(url, sent)["Location"]

    assert len(set(at_once(*[press] * 8))) == 1
    assert rows_of(model) == before + 1


def test_changed_form_sent_again_is_another_press(made_ready, browser):
    url, typed, _model = CREATING["workshops.views.ask"]
    sent = {**carried(browser.get(url)), **typed}

    browser.post(url, sent)
    browser.post(url, {**sent, "topic": "Talous"})

    assert rows_of(Workshop) == 2


def test_faulty_form_keeps_its_key_and_uses_no_press(made_ready, browser):
    url, typed, _model = CREATING["workshops.views.ask"]
    sent = {**carried(browser.get(url)), **typed}

    faulty = browser.post(url, {**sent, "topic": ""})
    browser.post(url, sent)

    assert faulty.status_code == 422
    assert carried(faulty)["once"] == sent["once"]
    assert rows_of(Workshop) == 1


def test_press_of_somebody_else_counts_for_itself(made_ready, browser, client_for, kannus_contact):
    url, typed, _model = CREATING["workshops.views.ask"]
    sent = {**carried(browser.get(url)), **typed}

    browser.post(url, sent)
    client_for(kannus_contact).post(url, sent)

    assert rows_of(Workshop) == 2


# Views whose second press is tested beside them, with what they need.
ELSEWHERE = {
    "uso.roof.home.season_views.new_season",
    "events.programme_views.plan_events",
    "municipalities.import_views._preview",
    "seasons.views.members.add_member",
    "analysis.views.text_pages._comment",
    "analysis.statistics.views.upload_pages.file",
    "analysis.statistics.views.upload_pages.mapping",
    "analysis.statistics.views.indicator_pages._edit",
    "analysis.statistics.views.population_pages.read_populations",
}


def test_every_form_that_creates_is_walked():
    found = set()
    for path in (
        sorted(ROOT.glob("*/**/*views*.py"))
        + sorted(ROOT.glob("*/views/**/*.py"))
        + sorted(ROOT.glob("analysis/statistics/views/*.py"))
    ):
        if ".venv" in path.parts:
            continue
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and _calls_create(node):
                found.add(f"{module}.{node.name}")

    assert found == set(CREATING) | ELSEWHERE


def _calls_create(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "create"
        for node in ast.walk(function)
    )


def test_municipality_added_twice_is_led_to(browser, season8, kannus):
    url = "/seasons/8/members/add/"
    sent = {**carried(browser.get(url)), "municipality": kannus.pk}

    first, second = browser.post(url, sent), browser.post(url, sent)

    assert (first.url, second.url) == ("/seasons/8/members/kannus/",) * 2
    assert rows_of(Participation) == 1


def test_comment_sent_twice_is_one(browser, kannus, season8, coordinator):
    with scope(kannus.pk):
        draft = ready_made(kannus, season8, coordinator, is_published=False)
    url = f"/k/kannus/analysis/{draft.pk}/comments/?measure=over-64"
    sent = {**carried(browser.get(url)), "audience": "report", "text_fi": "Kasvu jatkuu."}

    first, second = browser.post(url, sent), browser.post(url, sent)

    assert first.url == second.url
    assert rows_of(ExpertComment) == 1
