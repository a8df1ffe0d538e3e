"""The contact person chooses peers on a phone: weighs the suggestion, ticks it, takes a ready group."""

import pytest

from analysis.models import PeerSet, PeerSetMember
from tests.analysis import conftest as world
from tests.browser.conftest import PHONE
from uso.ground.tenancy.scope import scope

neighbours = world.neighbours

PEERS = "/k/kannus/analysis/peers/"


@pytest.mark.parametrize("scripts", [True, False])
def test_peers_are_weighed_ticked_and_saved_on_a_phone(
    new_page, axe_clean, fits, kannus_contact, kannus, neighbours, scripts
):
    page = new_page(kannus_contact, width=PHONE, scripts=scripts)
    page.goto(PEERS)
    page.get_by_label("Miksi juuri nämä?").fill("Sama joki")
    page.get_by_text("Mitkä tekijät ehdotuksessa painavat").click()
    page.get_by_label("Koko", exact=True).select_option("Kaksinkertainen")
    page.get_by_role("button", name="Ehdota näillä").click()
    page.get_by_role("button", name="Valitse nämä").click()

    page.get_by_text("5 kuntaa valittu:").wait_for()
    fits(page)
    if scripts:
        axe_clean(page)
    page.get_by_label("Oma maakunta").check()
    page.get_by_role("button", name="Tallenna vertailukunnat").click()

    page.get_by_text("Vertailukunnat tallennettiin.").wait_for()
    with scope(kannus.pk):
        stored = PeerSet.objects.get()
        assert (stored.group, stored.reason, stored.weights["size"]) == ("region", "Sama joki", 2)
        assert PeerSetMember.objects.count() == 5
