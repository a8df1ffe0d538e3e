"""A municipality is found by every name it has, in addresses and in searches."""

import pytest

from seasons.facts import load_seasons
from seasons.models import Season
from tests.municipalities.factories import MunicipalityFactory
from tests.seasons.factories import ParticipationFactory
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/k/Kannus/", "/k/kannus/"),
        ("/k/KANNUS/events/?past=all", "/k/kannus/events/?past=all"),
        ("/k/äänekoski/people/", "/k/aanekoski/people/"),
        ("/k/Pertunmaa/", "/k/mantyharju/"),
    ],
)
def test_other_names_lead_on_to_the_address(client_for, kannus_contact, asked, leads_to):
    answer = client_for(kannus_contact).get(asked)

    assert (answer.status_code, answer.url) == (302, leads_to)


def test_nothing_is_sent_on_and_unknown_names_are_not_found(client_for, kannus_contact):
    client = client_for(kannus_contact)

    assert client.post("/k/Kannus/people/add/", {"first_name": "Aino"}).status_code == 404
    assert client.get("/k/nowhere/").status_code == 404
    assert client.get("/k/aanekoski/").status_code == 404  # another municipality


@pytest.mark.parametrize("words", ["Pargas", "parainen", "PARG"])
def test_members_are_found_by_both_languages_names(client_for, coordinator, kannus, words):
    load_seasons()
    season = Season.objects.get(number=8)
    pargas = MunicipalityFactory(code="445", slug="parainen", name_fi="Parainen", name_sv="Pargas")
    for place in (kannus, pargas):
        with scope(place.pk):
            ParticipationFactory(municipality=place, season=season)

    page = client_for(coordinator).get("/seasons/8/members/", {"q": words})

    assert [row.municipality.slug for row in page.context["table"].rows] == ["parainen"]
