"""The page on which peers are chosen: suggested by weights, ready groups, bad input."""

import re
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from analysis.actions.peer_sets import choose_peers
from analysis.content.peer_choice import network_rule, region_rule, size_rule
from analysis.models import PeerSet
from analysis.queries import edition_list as queries
from analysis.queries.groups import latest_populations, ready_group, ready_groups
from analysis.queries.landscape import landscape
from analysis.queries.peer_candidates import suggested_peers
from analysis.refusals import AnalysisRefused
from analysis.statistics.models import DataVersion, Indicator, Observation
from municipalities.models import Municipality
from tests.analysis.conftest import PEOPLE
from tests.analysis.editions import built, choose, confirm, published
from tests.municipalities.factories import MunicipalityFactory
from tests.pressing import carried
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db


def address(slug="kannus", **given):
    url = reverse("analysis:peers", args=[slug])
    return f"{url}?{urlencode(given, doseq=True)}" if given else url


def body(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def ticked(page):
    return set(map(int, re.findall(r'name="peers" value="(\d+)" checked', page)))


@pytest.fixture
def contact(client_for, kannus_contact):
    return client_for(kannus_contact)


# -- Two tabs


def test_second_tab_is_told_who_was_chosen_meanwhile(
    contact, client_for, coordinator, kannus, jamsa, heinola, season8
):
    late = carried(contact.get(address()))
    first = {"peers": [jamsa.pk], "reason": "Naapuri"}
    client_for(coordinator).post(address(), {**late, **first})

    refused = contact.post(address(), {**late, "peers": [heinola.pk], "reason": "Sama koko"})

    assert refused.status_code == 422
    [why] = refused.context["form"].non_field_errors()
    assert why.startswith(f"Tämä on muuttunut sillä välin ({coordinator.name}, ")
    assert "– → Naapuri" in why
    assert "uutta: Jämsä" in why
    assert "Sama koko</textarea>" in body(refused)
    assert ticked(body(refused)) == {heinola.pk}
    with scope(kannus.pk):
        assert queries.peer_municipalities(PeerSet.objects.get()) == [jamsa]

    again = {**carried(refused), "peers": [heinola.pk], "reason": "Sama koko"}
    assert contact.post(address(), again).status_code == 302


def test_another_suggestion_does_not_hide_what_was_chosen_meanwhile(
    contact, kannus_contact, kannus, jamsa, heinola, season8
):
    opened = carried(contact.get(address()))
    with scope(kannus.pk):
        choose(kannus, season8, [jamsa], kannus_contact)

    suggested = contact.get(address(suggest=1, peers=[heinola.pk], **opened))
    refused = contact.post(address(), {**carried(suggested), "peers": [heinola.pk]})

    assert carried(suggested) == opened
    assert refused.status_code == 422


# -- The suggestion


def regions():
    return dict(Municipality.objects.values_list("code", "region_code"))


def test_landscape_takes_the_newest_year_most_municipalities_have(neighbours, kannus):
    known = landscape(regions())

    assert known.years == {"population": (2024, 2024)}
    assert known.figures["population"] == {
        "217": 5264.0, **{neighbours[name].code: PEOPLE[name] for name in PEOPLE},
    }  # fmt: skip


def test_landscape_takes_the_newest_version_of_a_figure(neighbours):
    before = landscape(regions())
    version = DataVersion.objects.latest("pk")
    answer = version.answer
    answer.pk = None
    answer.save()
    version = DataVersion.objects.create(
        source=version.source, table=version.table, number=2, answer=answer
    )
    Observation.objects.create(
        version=version, indicator=Indicator.objects.get(code="population"),
        area=neighbours["A"].code, year=2024, value=6_000,
    )  # fmt: skip

    after = landscape(regions())

    assert before.figures["population"][neighbours["A"].code] == 5_000
    assert after.figures["population"][neighbours["A"].code] == 6_000


def test_landscape_reads_once_while_no_figures_have_come(neighbours, django_assert_num_queries):
    areas = regions()
    landscape(areas)

    with django_assert_num_queries(1):
        landscape(areas)


def test_nearest_in_size_are_suggested_first(neighbours, kannus):
    found = suggested_peers(kannus)

    assert [each.name for each in found] == [f"Kunta {name}" for name in "ABCDE"]


def test_page_suggests_with_reasons_and_figures(contact, neighbours):
    page = body(contact.get(address()))

    assert "<b>Hyvin samankaltainen.</b> Samankaltainen kooltaan. <details" in page
    assert "Luku puuttuu omasta kunnasta (Kannus), joten näitä ei verrata: ikärakenne" in page
    assert 'Väkiluku 2024</th><td class="r">5 264</td><td class="r">5 000</td>' in page


def test_swedish_page_tells_likeness_in_swedish(contact, kannus_contact, neighbours):
    kannus_contact.language = "sv"
    kannus_contact.save()

    page = body(contact.get(address()))

    assert "<b>Mycket lik.</b> Lik i fråga om storlek." in page
    assert "Det egna landskapet" in page


def test_weights_in_the_address_change_the_suggestion(contact, neighbours):
    by_region = body(contact.get(address(size=0, region=2)))

    order = re.findall(r'<th scope="row"><label><input[^>]*> <span>(Kunta \w)</span>', by_region)
    assert order == [f"Kunta {name}" for name in "ABCDE"]
    assert by_region.count("Samassa maakunnassa.") == 3
    assert by_region.count("Eri maakunnassa.") == 2
    assert '<option value="2" selected>Kaksinkertainen</option>' in by_region
    assert "size=0" in by_region, "the suggestion is a link"


def test_ticks_and_words_are_kept_when_another_suggestion_is_asked_for(contact, neighbours, kannus):
    given = [neighbours["B"].pk, neighbours["E"].pk]

    page = body(contact.get(address(peers=given, reason="Sama joki", size=2, suggest=1)))

    assert ticked(page) == set(given)
    assert "Sama joki</textarea>" in page
    with scope(kannus.pk):
        assert not PeerSet.objects.exists(), "asking writes nothing"


def test_take_ticks_the_suggestion_beside_what_was_ticked(contact, neighbours, jamsa):
    page = body(contact.get(address(peers=[jamsa.pk], take=1)))

    assert ticked(page) == {jamsa.pk, *(each.pk for each in neighbours.values())}


def test_plain_link_shows_what_is_stored(contact, neighbours, kannus, season8, kannus_contact):
    with scope(kannus.pk):
        choose(kannus, season8, [neighbours["C"]], kannus_contact)

    page = body(contact.get(address(size=2)))

    assert ticked(page) == {neighbours["C"].pk}


def test_weights_are_stored_with_the_choice_and_shown_again(contact, neighbours, kannus):
    answer = contact.post(address(), {"peers": [neighbours["A"].pk], "size": 2, "loans": 0})

    assert answer.status_code == 302
    with scope(kannus.pk):
        stored = PeerSet.objects.get()
        assert (stored.weights["size"], stored.weights["loans"], stored.weights["ages"]) == (
            2,
            0,
            1,
        )
    page = body(contact.get(address()))
    assert re.search(r'name="size"[^>]*>.{0,120}value="2" selected', page)


def test_peers_are_stored_in_finnish_order(contact, kannus, season8):
    # Made in another order than that of their names, and none is the order of code points.
    made = [MunicipalityFactory(name_fi=name) for name in ("Äänekoski", "Oulu", "Åva")]

    contact.post(address(), {"peers": [each.pk for each in made]})

    with scope(kannus.pk):
        stored = queries.peer_municipalities(PeerSet.objects.get())
    assert [each.name_fi for each in stored] == ["Oulu", "Åva", "Äänekoski"]


def test_page_without_figures_lets_choose_all_the_same(contact, kannus, jamsa, season8):
    page = body(contact.get(address()))

    assert "Ehdotukseen ei ole vielä tarpeeksi lukuja." in page
    assert f'name="peers" value="{jamsa.pk}"' in page


# -- Bad input


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"size": 7}, 'href="#id_size">Koko: Osoitteessa on paino, jota ei tunneta'),
        ({"size": "x"}, "Osoitteessa on paino, jota ei tunneta"),
        (
            dict.fromkeys(
                ("size", "ages", "growth", "commuting", "employment", "education", "loans",
                 "region"), 0,
            ),
            "Valitse ainakin yksi tekijä, joka lasketaan",
        ),
        ({"peers": 999_999, "suggest": 1}, "Yhtä kunnista ei ole luettelossa"),
        ({"peers": "x", "suggest": 1}, "Yhtä kunnista ei ole luettelossa"),
        ({"group": "planet", "suggest": 1}, "Tällaista ryhmää ei ole"),
    ],
)  # fmt: skip
def test_wrong_address_is_told_plainly_and_the_page_goes_on(contact, neighbours, given, said):
    answer = contact.get(address(**given))

    assert answer.status_code == 422
    page = body(answer)
    assert said in page
    assert "Kunta A" in page


def test_more_than_the_maximum_is_said_before_saving(contact, neighbours):
    many = [each.pk for each in MunicipalityFactory.create_batch(16)]

    page = body(contact.get(address(peers=many, suggest=1)))

    assert "Valita voi enintään 15 kuntaa. Poista osa, ennen kuin tallennat." in page
    assert ticked(page) == set(many)


def test_wrong_weights_are_not_saved(contact, neighbours, kannus):
    answer = contact.post(address(), {"peers": [neighbours["A"].pk], "size": 9})

    assert answer.status_code == 422
    assert "Osoitteessa on paino" in body(answer)
    with scope(kannus.pk):
        assert not PeerSet.objects.exists()


@pytest.mark.parametrize(
    ("weights", "said"),
    [({"size": 3}, "Paino on joko"), ({"colour": 1}, "Paino on joko"),
     ({"size": 0}, "ainakin yksi tekijä")],
)  # fmt: skip
def test_action_refuses_weights_that_measure_nothing(
    in_kannus, jamsa, season8, kannus_contact, weights, said
):
    with pytest.raises(AnalysisRefused, match=said):
        choose_peers(
            municipality=in_kannus, season=season8, peers=[jamsa], reason="", by=kannus_contact,
            weights=weights,
        )  # fmt: skip


def test_strangers_leaders_and_experts(client_for, jamsa_contact, kannus_leader, expert, season8):
    assert client_for(jamsa_contact).get(address("kannus")).status_code == 404
    assert client_for(kannus_leader).get(address()).status_code == 403
    assert client_for(expert).get(address()).status_code == 403


# -- Ready groups


def names(group):
    return [each.name_fi for each in group.municipalities]


def test_ready_groups_hold_everybody_their_rule_names(
    neighbours, kannus, jamsa, season8, coordinator
):
    confirm(kannus, season8)
    confirm(neighbours["E"], season8)

    with scope(kannus.pk):
        found = {
            group.key: group
            for group in ready_groups(
                kannus, season8, list(Municipality.objects.all()), latest_populations()
            )
        }

    assert names(found["region"]) == ["Jämsä", "Kunta A", "Kunta B", "Kunta C"]
    assert names(found["size"]) == ["Kunta A"], "below 9 000 as Kannus"
    assert names(found["network"]) == ["Kunta E"]
    assert names(found["country"]) == [
        "Jämsä", "Kunta A", "Kunta B", "Kunta C", "Kunta D", "Kunta E",
    ]  # fmt: skip


def test_size_class_wants_a_population(kannus, season8):
    assert ready_group(kannus, season8, "size") is None


def test_rules_of_groups_are_said_in_three_languages():
    assert size_rule(0, 9_000)["fi"] == (
        "Kaikki muut kunnat, joissa on alle 9\xa0000 asukasta (verkoston maksuluokka)."
    )
    assert size_rule(9_000, 45_001)["sv"] == (
        "Alla andra kommuner med 9\xa0000–45\xa0000 invånare (nätverkets avgiftsklass)."
    )
    assert size_rule(45_001, None)["en"] == (
        "Every other municipality of above 45,000 residents (the network's fee tier)."
    )
    assert region_rule("Uusimaa", "Nyland")["sv"].endswith("i samma landskap: Nyland.")
    assert "2025–2026 (USO8)" in network_rule(8, "2025–2026")["fi"]


def test_group_is_chosen_without_ticks_and_the_own_choice_is_kept(
    contact, neighbours, kannus, season8, kannus_contact
):
    with scope(kannus.pk):
        choose(kannus, season8, [neighbours["E"]], kannus_contact)

    answer = contact.post(address(), {"group": "region", "peers": [neighbours["E"].pk]})

    assert answer.status_code == 302
    with scope(kannus.pk):
        stored = PeerSet.objects.get()
        assert stored.group == "region"
        assert queries.peer_municipalities(stored) == [neighbours["E"]]
    page = body(contact.get(address()))
    assert "<b>Oma maakunta:</b> 3 kuntaa. Oma valintanne säilyy" in page
    assert ticked(page) == {neighbours["E"].pk}


def test_group_without_others_is_refused_by_name(contact, neighbours):
    answer = contact.post(address(), {"group": "network"})

    assert answer.status_code == 422
    assert "Ryhmässä ei ole muita kuntia" in body(answer)


def test_group_is_found_when_the_edition_is_built(neighbours, in_kannus, season8, coordinator):
    choose_peers(
        municipality=in_kannus, season=season8, peers=[], reason="", by=coordinator, group="region"
    )
    MunicipalityFactory(name_fi="Uusi kunta")

    told = built(in_kannus, season8, coordinator).content.peers

    assert [each.name.fi for each in told.members] == [
        "Kunta A", "Kunta B", "Kunta C", "Uusi kunta",
    ]  # fmt: skip
    assert told.group.key == "region"
    assert told.group.rule["fi"] == "Kaikki muut saman maakunnan kunnat: Keski-Pohjanmaa."


def test_peers_are_told_with_their_reasons_on_the_page(
    contact, neighbours, kannus, season8, coordinator
):
    with scope(kannus.pk):
        choose(kannus, season8, [neighbours["A"]], coordinator, reason="Sama joki")
        published(kannus, season8, coordinator)

    page = body(contact.get(reverse("analysis:overview", args=["kannus"])))

    assert "<b>Kunta A</b>" in page
    assert "Samankaltainen kooltaan" in page
    assert "Sama joki" in page
    assert "Samankaltaisuuteen laskettiin: koko" in page


def test_numbers_no_table_has_are_refused(contact, neighbours):
    endless = contact.get(address(take=1, peers="9" * 5_000))

    assert endless.status_code == 422


def test_signs_no_paper_holds_are_taken_out_of_the_reason(contact, neighbours, jamsa):
    unseen = contact.post(
        address(), {"peers": [jamsa.pk], "group": "own", "reason": "Ovat\x00 pienia\u0308\u202e"}
    )

    assert unseen.status_code == 302
    shown = contact.get(address()).content.decode()
    assert "Ovat pieniä</textarea>" in shown


# -- The search


@pytest.mark.parametrize("words", ["jäm", "  JÄM ", "jämsä"])
def test_municipality_is_found_by_its_name_and_what_is_ticked_stays(
    contact, neighbours, jamsa, words
):
    keep = neighbours["A"]

    page = contact.get(address(find=1, q=words, peers=keep.pk))

    shown = {
        choice.name: region.open
        for region in page.context["page"].regions
        for choice in region.choices
    }
    assert shown == {"Jämsä": True, keep.name: shown[keep.name]}
    assert page.context["page"].found == 1
    assert ticked(body(page)) == {keep.pk}
    assert 'value="1" formaction="#regions"' in page.content.decode()


def test_municipality_is_found_by_its_swedish_and_earlier_names(contact, neighbours):
    MunicipalityFactory(code="445", name_fi="Parainen", name_sv="Pargas")

    found = [
        [choice.name for region in page.context["page"].regions for choice in region.choices]
        for page in (contact.get(address(find=1, q=words)) for words in ("pargas", "ei mikään"))
    ]

    assert found == [["Parainen"], []]


def test_all_municipalities_are_listed_without_a_search(contact, neighbours, jamsa):
    page = contact.get(address()).context["page"]

    assert page.found == sum(len(region.choices) for region in page.regions)
    assert [region.open for region in page.regions] == [
        region.name == page.regions[0].name for region in page.regions
    ]
