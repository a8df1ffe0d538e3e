"""Several who write or press at once."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from seasons.actions.interest import express_interest
from seasons.enums import ParticipationState
from seasons.models import Interest, Participation, Season
from tests.racing import at_once
from tests.seasons.factories import ParticipationFactory, opened_season
from uso.ground.jobs.models import Job
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope
from uso.roof.brochure.actions import start_invitations

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def season() -> Season:
    return opened_season(number=8)


def interest(season, municipality, name: str) -> Callable[[], object]:
    said = {"title": "", "email": f"{name.lower()}@kannus.example", "message": "", "language": "fi"}
    return lambda: express_interest(
        season=season, municipality=municipality, name=name, by=None, at=timezone.now(), **said
    )


def test_of_a_municipality_whose_people_ask_at_once_there_is_one_place(season, kannus):
    at_once(*(interest(season, kannus, name) for name in ("Aino", "Eero", "Iida", "Aino", "Aino")))

    with scope(kannus.pk):
        assert [row.state for row in Participation.objects.all()] == ["interested"]
        assert sorted(row.name for row in Interest.objects.all()) == ["Aino", "Eero", "Iida"]


def test_invited_municipality_becomes_interested_once(season, kannus):
    with scope(kannus.pk):
        row = ParticipationFactory(season=season, municipality=kannus)

    at_once(*(interest(season, kannus, name) for name in ("Aino", "Eero", "Iida")))

    with scope(kannus.pk):
        events = row._meta.apps.get_model("seasons", "ParticipationEvent").objects
        assert events.filter(state=ParticipationState.INTERESTED).count() == 1


def test_who_press_at_once_start_one_job(season, coordinator, expert):
    at_once(
        *(lambda by=by: start_invitations(season=season, by=by) for by in (coordinator, expert))
    )

    with across_municipalities(reason="the test looks at the jobs"):
        assert Job.objects.count() == 1
