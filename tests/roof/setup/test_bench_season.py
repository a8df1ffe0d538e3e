"""The benchmarks themselves, small: what they open and press must work, whatever it takes."""

import pytest
from celery import current_app
from django.urls import get_urlconf, set_urlconf
from django.utils import timezone

from events.models import Event, Registration
from municipalities.models import Municipality
from seasons.enums import ParticipationState
from seasons.models import Participation, Season
from tests.access import table
from uso.ground.tenancy.crossing import across_municipalities
from uso.roof.bench import events, full_season, pages

# Files, what only drafts have (the full season is published), a link without an account, and
# objects it does not have.
NOT_MEASURED = {
    "analysis:annex", "analysis:chart_csv", "analysis:chart_picture", "analysis:document",
    "brochure:file", "brochure:paper", "brochure:picture", "brochure:robots", "brochure:sitemap",
    "brochure_network:file",
    "analysis:change_comment",
    "events_network:plan", "jobs:detail", "jobs_network:detail", "people:merge",
    "people:edit_mailbox",
    "people_network:end_role", "people_network:hand_over", "people_network:role_end",
    "seasons_network:letter", "seasons_network:edit_letter", "seasons_network:send_letter",
    "statistics_network:population_import", "seasons:decision_file", "seasons_network:decision_file",
}  # fmt: skip


@pytest.fixture
def small(monkeypatch):
    """Three members, one event, two peers."""
    monkeypatch.setattr(full_season, "MEMBERS", 3)
    monkeypatch.setattr(full_season, "EVENTS", 1)
    monkeypatch.setattr(full_season, "PEERS", 2)
    before = get_urlconf()
    yield
    set_urlconf(before)


@pytest.mark.django_db
@pytest.mark.long
def test_every_page_of_the_benchmark_is_opened_in_one_season_and_in_ten(small, settings):
    settings.REQUIRE_SECOND_FACTOR = False

    measured = list(pages.pages())

    names = {one.what.partition(", ")[2].partition(" (")[0] for one in measured}
    assert len(measured) == 2 * len(names)
    assert names >= {"home_network:today", "analysis:review", "workshops_network:detail"}
    every = {
        name
        for name, (method, answers) in table().items()
        if method == "GET" and answers["coordinator"] == "200"
    }
    ours = {name for name in every if name.partition(":")[0].removesuffix("_network") in pages.OURS}
    assert ours - names == NOT_MEASURED
    assert [one.what for one in measured if not all(one.limits.values())] == []


@pytest.mark.django_db
def test_nine_seasons_more_are_copies_of_the_full_one(small):
    full_season.full_season()

    full_season.nine_seasons_more()

    with across_municipalities(reason="the test counts the copies"):
        assert Season.objects.filter(number__gt=full_season.NUMBER).count() == 9
        assert Participation.objects.count() == 10 * Municipality.objects.count()
        assert Participation.objects.filter(state=ParticipationState.CONFIRMED).count() == 10 * 3
        assert Event.objects.count() == 10
        each = {event.registrations.count() for event in Event.objects.all()}
        assert each == {Registration.objects.count() // 10}
    copies = Event.objects.exclude(season__number=full_season.NUMBER)
    assert not copies.filter(ends_at__gt=timezone.now()).exists()


@pytest.mark.django_db(transaction=True)
def test_registration_seats_as_many_as_there_are_seats(sent, monkeypatch):
    for name, value in {"CLIENTS": 3, "EACH": 2, "SEATS": 4, "ROUNDS": 1, "OWN_BROKER": ""}.items():
        monkeypatch.setattr(events, name, value)
    monkeypatch.setattr(current_app.control, "purge", lambda: None)  # others' messages stay

    [measured] = events.registration()

    assert measured.limits == {"exactly 4 seated": True}
    assert measured.floor > 0
