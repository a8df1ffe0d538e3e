"""Every place of the navigation leads somewhere."""

import pytest
from django.urls import reverse
from django.utils import translation

from uso.roof.home.context import ACCOUNT, MUNICIPALITY, NETWORK, OFFICE


@pytest.mark.parametrize("spec", NETWORK, ids=lambda spec: spec.url_name)
def test_place_of_the_network_has_an_address(spec):
    kwargs = {} if spec.url_name.endswith("sources") else {"number": 8}

    assert reverse(spec.url_name, kwargs=kwargs)


@pytest.mark.parametrize("spec", MUNICIPALITY, ids=lambda spec: spec.url_name)
def test_place_of_a_municipality_has_an_address(spec):
    assert reverse(spec.url_name, kwargs={"slug": "kannus"}).startswith("/k/kannus/")


@pytest.mark.parametrize(("label", "name"), [ACCOUNT, *OFFICE])
def test_entry_of_the_quiet_menu_has_an_address(label, name):
    assert reverse(name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "highlighted"),
    [
        ("/seasons/", []),
        ("/seasons/8/", []),
        ("/seasons/8/members/", [("page", "Members")]),
        ("/seasons/8/members/add/", [("true", "Members")]),
        ("/seasons/8/events/new/", [("true", "Events")]),
        ("/statistics/", [("page", "Statistics")]),
    ],
)
def test_rail_highlights_the_place_of_the_page(
    client_for, coordinator, season8, address, highlighted
):
    nav = client_for(coordinator).get(address).context["nav"]

    with translation.override("en"):
        assert [(each.current, str(each.label)) for each in nav if each.current] == highlighted
