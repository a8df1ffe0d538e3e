"""Peers, editions and documents: built from figures, published for good, guarded by the database."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from analysis.content.edition import Latest, digest
from analysis.enums import AnalysisState
from analysis.models import Analysis, AnalysisDocument, PeerSet, PeerSetMember
from analysis.queries import edition_list as queries
from analysis.refusals import AnalysisRefused
from tests.analysis.editions import built, choose, published, store
from tests.municipalities.factories import MunicipalityFactory
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

# What a measure says of a last figure three years back or more.
OLD = "Uusin käytettävissä oleva luku on vuodelta 2024"


# -- Peers


def test_peers_are_kept_in_order_and_replaced_as_a_whole(
    in_kannus, jamsa, heinola, season8, kannus_contact
):
    choose(in_kannus, season8, [jamsa, heinola], kannus_contact)
    first = queries.chosen_peers(season8)
    assert queries.peer_municipalities(first) == [jamsa, heinola]

    choose(in_kannus, season8, [heinola], kannus_contact, reason="")

    second = queries.chosen_peers(season8)
    assert (second.pk, second.reason) == (first.pk, "")
    assert queries.peer_municipalities(second) == [heinola]


def test_peers_are_refused_by_name(in_kannus, jamsa, season8, kannus_contact):
    many = MunicipalityFactory.create_batch(16)
    for peers, said in [
        ([], "ainakin yksi kunta"),
        (many, "enintään 15 kuntaa; valitsit 16"),
        ([in_kannus, jamsa], "Kannus on itse vertailtava"),
    ]:
        with pytest.raises(AnalysisRefused, match=said):
            choose(in_kannus, season8, peers, kannus_contact)

    assert PeerSet.objects.count() == 0


def test_database_refuses_a_municipality_as_its_own_peer(in_kannus, jamsa, season8, kannus_contact):
    chosen = choose(in_kannus, season8, [jamsa], kannus_contact)

    with pytest.raises(DatabaseError, match="peer_is_somebody_else"), transaction.atomic():
        PeerSetMember.objects.create(
            municipality=in_kannus, peer_set=chosen, peer=in_kannus, position=2
        )


# -- Building


def test_draft_is_built_of_figures_and_peers(
    figures, in_kannus, jamsa, heinola, season8, kannus_contact, coordinator
):
    choose(in_kannus, season8, [jamsa, heinola], kannus_contact)

    draft = built(in_kannus, season8, coordinator)

    assert (draft.edition, draft.state, draft.built_by) == (1, AnalysisState.DRAFT, coordinator)
    assert draft.sha256 == digest(draft.content)
    assert [each.name.fi for each in draft.content.peers.members] == ["Jämsä", "Heinola"]
    population = draft.content.groups[0].measures[0]
    assert population.latest == Latest(5264.0, 2024, 2024)
    assert population.origins[0].table == "11re"
    assert "2023 (ei ole koottu)" in str(population.limits)


def test_building_again_changes_nothing_while_nothing_has_changed(
    figures, in_kannus, jamsa, season8, kannus_contact, coordinator
):
    choose(in_kannus, season8, [jamsa], kannus_contact)
    draft = built(in_kannus, season8, coordinator)
    store(draft, "fi")

    again = built(in_kannus, season8, coordinator, on=date(2026, 12, 31))

    assert (again.pk, again.sha256, again.content) == (draft.pk, draft.sha256, draft.content)
    assert AnalysisDocument.objects.count() == 1


def test_new_peers_change_the_draft_in_place_and_drop_its_documents(
    figures, in_kannus, jamsa, heinola, season8, kannus_contact, coordinator
):
    choose(in_kannus, season8, [jamsa], kannus_contact)
    draft = built(in_kannus, season8, coordinator)
    store(draft, "fi")
    choose(in_kannus, season8, [heinola], kannus_contact)

    again = built(in_kannus, season8, coordinator)

    assert (again.pk, again.edition) == (draft.pk, 1)
    assert again.sha256 != draft.sha256
    assert AnalysisDocument.objects.count() == 0


def test_new_peers_after_publishing_make_the_next_edition(
    figures, in_kannus, jamsa, heinola, season8, kannus_contact, coordinator
):
    choose(in_kannus, season8, [jamsa], kannus_contact)
    first = published(in_kannus, season8, coordinator)
    assert built(in_kannus, season8, coordinator).pk == first.pk, "nothing new, nothing built"
    choose(in_kannus, season8, [heinola], kannus_contact)

    second = built(in_kannus, season8, coordinator)

    assert (second.edition, second.state) == (2, AnalysisState.DRAFT)
    first.refresh_from_db()
    assert [each.name.fi for each in first.content.peers.members] == ["Jämsä"]


def test_new_year_alone_makes_no_edition_after_a_published_one(
    figures, in_kannus, jamsa, heinola, season8, kannus_contact, coordinator
):
    choose(in_kannus, season8, [jamsa], kannus_contact)
    first = published(in_kannus, season8, coordinator)
    leap_day = date(2028, 2, 29)

    assert built(in_kannus, season8, coordinator, on=leap_day).pk == first.pk
    choose(in_kannus, season8, [heinola], kannus_contact)
    second = built(in_kannus, season8, coordinator, on=leap_day)

    assert (second.edition, second.content.edition.made_on) == (2, date(2028, 2, 29))
    assert OLD not in str(first.content)
    assert OLD in str(second.content), "what is made anew says how old its figures are"


def test_new_year_makes_the_figures_of_a_draft_old(
    figures, in_kannus, jamsa, season8, kannus_contact, coordinator
):
    choose(in_kannus, season8, [jamsa], kannus_contact)
    draft = built(in_kannus, season8, coordinator, on=date(2026, 12, 31))

    again = built(in_kannus, season8, coordinator, on=date(2027, 1, 1))

    assert again.pk == draft.pk
    assert OLD not in str(draft.content)
    assert OLD in str(again.content)


def test_analysis_without_any_figures_says_so(in_kannus, season8, coordinator):
    draft = built(in_kannus, season8, coordinator)

    measures = draft.content.groups[0].measures
    assert [each.latest for each in measures] == [None] * 16
    awaited = [each for each in measures if each.kind != "absent"]
    assert all("Lukuja ei ole saatu" in each.limits[0]["fi"] for each in awaited)


# -- Publishing


def test_published_edition_never_changes_past_the_orm(
    figures, in_kannus, jamsa, season8, kannus_contact, coordinator
):
    choose(in_kannus, season8, [jamsa], kannus_contact)
    analysis = published(in_kannus, season8, coordinator)
    store(analysis, "fi")

    for sql in (
        "UPDATE analysis_analysis SET content = '{}'",
        "UPDATE analysis_analysis SET state = 'draft', published_at = NULL, published_by_id = NULL",
        "UPDATE analysis_analysis SET sha256 = 'x'",
        "DELETE FROM analysis_analysis",
        "UPDATE analysis_analysisdocument SET content = ''",
        "DELETE FROM analysis_analysisdocument",
    ):
        with (
            pytest.raises(DatabaseError, match="never changes"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


# -- Tenancy


def test_rows_of_another_municipality_are_out_of_sight_and_reach(
    figures, kannus, jamsa, season8, kannus_contact, coordinator
):
    with scope(kannus.pk):
        choose(kannus, season8, [jamsa], kannus_contact)
        analysis = built(kannus, season8, coordinator)
        store(analysis, "fi")

    with scope(jamsa.pk):
        for model in (Analysis, AnalysisDocument, PeerSet, PeerSetMember):
            assert model.objects.count() == 0
        with connection.cursor() as cursor:
            cursor.execute("UPDATE analysis_analysis SET sha256 = 'x'")
            assert cursor.rowcount == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Analysis.objects.create(
                municipality=kannus, season=season8, edition=7, content={}, sha256=""
            )


@pytest.mark.django_db(transaction=True)
def test_child_cannot_point_to_another_municipalitys_parent(kannus, jamsa, season8, kannus_contact):
    with scope(kannus.pk):
        chosen = choose(kannus, season8, [jamsa], kannus_contact)

    with pytest.raises(DatabaseError, match="peer_set_tenant"), scope(jamsa.pk):
        PeerSetMember.objects.create(
            municipality=jamsa, peer_set_id=chosen.pk, peer=kannus, position=1
        )
