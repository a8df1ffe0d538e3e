"""What the database holds of workshops, tried past the ORM."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from seasons.models import Entitlement, WorkshopTheme
from tests.municipalities.factories import UserFactory
from tests.seasons.factories import EntitlementFactory, SeasonFactory, member_of
from tests.workshops.factories import WorkshopFactory
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope
from workshops.enums import WorkshopState as State
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


def run(sql: str, *parameters: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def insert(municipality, season, slot: int, state: str = "wished") -> None:
    run(
        "INSERT INTO workshops_workshop (municipality_id, season_id, slot, topic, wish, wished_time,"
        " state, question, asked_at, asked_by_id, cancelled_at, cancelled_by_id)"
        " SELECT %s, %s, %s, 'x', 'x', '', %s, '', now(), id,"
        "   CASE WHEN %s = 'cancelled' THEN now() END, CASE WHEN %s = 'cancelled' THEN id END"
        " FROM municipalities_user LIMIT 1",
        municipality.pk,
        season.pk,
        slot,
        state,
        state,
        state,
    )


def test_a_workshop_within_the_package_is_stored(in_member, season8):
    for slot in range(1, 6):
        insert(in_member, season8, slot)

    assert Workshop.objects.count() == 5


@pytest.mark.parametrize("slot", [6, 7])
def test_a_workshop_beyond_the_package_is_refused(in_member, season8, slot):
    with pytest.raises(IntegrityError, match="gives no workshop number"):
        insert(in_member, season8, slot)


def test_slots_start_at_one(in_member, season8):
    with pytest.raises(IntegrityError, match="workshop_slots_start_at_one"):
        insert(in_member, season8, 0)


def test_the_same_place_twice_is_refused(in_member, season8):
    insert(in_member, season8, 1)

    with pytest.raises(IntegrityError, match="workshop_slot_once"):
        insert(in_member, season8, 1)


def test_a_cancelled_workshop_gives_its_place_back(in_member, season8):
    insert(in_member, season8, 5, "cancelled")

    insert(in_member, season8, 5)

    assert Workshop.objects.uncancelled().count() == 1


def test_a_cancelled_workshop_cannot_come_back_to_a_taken_place(in_member, season8):
    insert(in_member, season8, 5, "cancelled")
    insert(in_member, season8, 5)

    with pytest.raises(IntegrityError, match="workshop_slot_once"):
        run(
            "UPDATE workshops_workshop SET state = 'wished', cancelled_at = NULL,"
            " cancelled_by_id = NULL WHERE state = 'cancelled'"
        )


def test_a_workshop_cannot_be_moved_beyond_the_package(in_member, season8):
    insert(in_member, season8, 1)

    with pytest.raises(IntegrityError, match="gives no workshop number"):
        run("UPDATE workshops_workshop SET slot = 6")


def test_workshops_of_each_year_add_up(in_kannus):
    season4 = SeasonFactory(number=4, first_year=2017, last_year=2018)
    EntitlementFactory(season=season4, quantity=3, yearly=True)
    member_of(season4, in_kannus)

    insert(in_kannus, season4, 6)

    with pytest.raises(IntegrityError, match="gives no workshop number"):
        insert(in_kannus, season4, 7)


@pytest.mark.parametrize("quantity", [None, 0, "none listed"])
def test_a_season_that_promises_no_number_gives_no_workshops(in_kannus, season8, quantity):
    if quantity != "none listed":
        EntitlementFactory(season=season8, quantity=quantity)
    member_of(season8, in_kannus)

    with pytest.raises(IntegrityError, match="gives no workshop number"):
        insert(in_kannus, season8, 1)


def test_a_municipality_outside_the_season_has_no_workshops(in_kannus, season8, package):
    UserFactory()

    with pytest.raises(IntegrityError, match="workshop_of_a_participation"):
        insert(in_kannus, season8, 1)


def test_the_subject_belongs_to_the_season(in_member, season8):
    other = SeasonFactory(number=9, first_year=2027, last_year=2028)
    theme = WorkshopTheme.objects.create(season=other, position=1, name_fi="Muu")
    insert(in_member, season8, 1)

    with pytest.raises(IntegrityError, match="workshop_theme_of_its_season"):
        run("UPDATE workshops_workshop SET theme_id = %s", theme.pk)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("state = 'planned'", "workshop_planned_has_its_day"),
        ("state = 'held'", "workshop_held_has_its_day"),
        ("held_on = now()", "workshop_held_has_its_day"),
        ("state = 'cancelled'", "workshop_cancelled_at_with_by"),
        ("cancelled_at = now()", "workshop_cancelled_at_with_by"),
        ("question = 'Kenelle?'", "workshop_question_at_with_by"),
        ("asked_back_at = now()", "workshop_question_at_with_by"),
    ],
)
def test_states_carry_their_moments(in_member, season8, change, name):
    insert(in_member, season8, 1)

    with pytest.raises(IntegrityError, match=name):
        run(f"UPDATE workshops_workshop SET {change}")


# -- The package while workshops use it ---------------------------------------------------------

CUTS = [
    "UPDATE seasons_entitlement SET quantity = 4",
    "UPDATE seasons_entitlement SET quantity = NULL",
    "UPDATE seasons_entitlement SET kind = 'support'",
    "DELETE FROM seasons_entitlement",
]


@pytest.mark.parametrize("cut", CUTS)
def test_a_package_in_use_is_not_cut(in_member, season8, cut):
    insert(in_member, season8, 5)

    with (
        across_municipalities(reason="packages are cut over the network"),
        pytest.raises(IntegrityError, match="workshops are in use"),
    ):
        run(cut)


def test_an_unused_part_of_a_package_can_be_cut(in_member, season8):
    insert(in_member, season8, 4)

    with across_municipalities(reason="packages are cut over the network"):
        run("UPDATE seasons_entitlement SET quantity = 4")

    assert Entitlement.objects.get().quantity == 4


@pytest.mark.parametrize("cut", CUTS)
def test_a_package_is_not_cut_where_other_municipalities_are_out_of_sight(
    in_member, season8, jamsa, cut
):
    insert(in_member, season8, 5)

    with scope(jamsa.pk), pytest.raises(DatabaseError, match="in the scope of the network"):
        run(cut)


def test_a_season_is_not_shortened_under_yearly_workshops(in_kannus):
    season = SeasonFactory(number=4, first_year=2017, last_year=2018)
    EntitlementFactory(season=season, quantity=3, yearly=True)
    member_of(season, in_kannus)
    WorkshopFactory(municipality=in_kannus, season=season, slot=4)

    with (
        across_municipalities(reason="seasons are shortened over the network"),
        pytest.raises(IntegrityError, match="workshops are in use"),
    ):
        run("UPDATE seasons_season SET last_year = 2017 WHERE id = %s", season.pk)


def test_a_package_can_grow_without_a_scope(season8, package):
    run("UPDATE seasons_entitlement SET quantity = 6")

    assert Entitlement.objects.get().quantity == 6


# -- Another municipality -----------------------------------------------------------------------


def test_another_municipalitys_workshop_is_out_of_reach(in_member, season8, jamsa):
    insert(in_member, season8, 1)

    with scope(jamsa.pk):
        assert Workshop.objects.count() == 0
        run("UPDATE workshops_workshop SET topic = 'kaapattu'")
        run("DELETE FROM workshops_workshop")
        with pytest.raises(DatabaseError, match="row-level security"):
            insert(in_member, season8, 2)

    assert Workshop.objects.get().topic == "x"


def test_a_workshop_cannot_be_given_to_another_municipality(in_member, season8, jamsa):
    insert(in_member, season8, 1)

    with pytest.raises(DatabaseError, match="row-level security"):
        run("UPDATE workshops_workshop SET municipality_id = %s", jamsa.pk)


def test_history_keeps_steps_without_what_was_written(in_member, season8, coordinator):
    row = WorkshopFactory(municipality=in_member, season=season8)
    Workshop.objects.filter(pk=row.pk).update(state=State.HELD, held_on=timezone.localdate())

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM workshops_workshopevent ORDER BY pgh_id")
        columns = {column.name for column in cursor.description}
        states = [
            dict(zip([c.name for c in cursor.description], r, strict=True))["state"]
            for r in cursor.fetchall()
        ]
    assert states == ["wished", "held"]
    assert columns & {"topic", "wish", "question"} == set()


def test_migrations_make_what_the_models_say(in_english):
    out = StringIO()

    call_command("makemigrations", "workshops", dry_run=True, no_color=True, stdout=out)

    assert out.getvalue() == "No changes detected in app 'workshops'\n"
