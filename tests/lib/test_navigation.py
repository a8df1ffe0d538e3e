"""Every place of the navigation leads somewhere."""

import pytest
from django.urls import reverse

from uso.home.context import ACCOUNT, MUNICIPALITY, NETWORK, OFFICE


@pytest.mark.parametrize("spec", NETWORK, ids=lambda spec: spec.url_name)
def test_place_of_the_network_has_an_address(spec):
    kwargs = {} if spec.url_name.endswith("statistics") else {"number": 8}

    assert reverse(spec.url_name, kwargs=kwargs)


@pytest.mark.parametrize("spec", MUNICIPALITY, ids=lambda spec: spec.url_name)
def test_place_of_a_municipality_has_an_address(spec):
    assert reverse(spec.url_name, kwargs={"slug": "kannus"}).startswith("/k/kannus/")


@pytest.mark.parametrize(("label", "name"), [ACCOUNT, *OFFICE])
def test_entry_of_the_quiet_menu_has_an_address(label, name):
    assert reverse(name)
