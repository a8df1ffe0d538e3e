"""The database keeps municipalities apart, whatever the application asks."""

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.utils import timezone

from municipalities.models import Municipality, Person
from tests.municipalities.factories import PersonFactory
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def eero(kannus: Municipality) -> Person:
    with scope(kannus.pk):
        return PersonFactory(municipality=kannus)


def names_by_raw_sql() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_name FROM municipalities_person ORDER BY last_name")
        return [row[0] for row in cursor.fetchall()]


def test_read_without_a_scope_raises(eero):
    with (
        pytest.raises(ProgrammingError, match="no municipality scope is open"),
        transaction.atomic(),
    ):
        list(Person.objects.all())


def test_read_after_a_scope_has_closed_raises(eero, kannus):
    with scope(kannus.pk):
        assert names_by_raw_sql() == [eero.last_name]

    with (
        pytest.raises(ProgrammingError, match="no municipality scope is open"),
        transaction.atomic(),
    ):
        names_by_raw_sql()


def test_raw_sql_sees_own_rows_alone(eero, jamsa):
    with scope(jamsa.pk):
        PersonFactory(municipality=jamsa, last_name="Jämsäläinen")

        assert names_by_raw_sql() == ["Jämsäläinen"]


@pytest.mark.parametrize(
    "write",
    [
        lambda kannus: PersonFactory(municipality=kannus),
        lambda kannus: Person.objects.bulk_create([PersonFactory.build(municipality=kannus)]),
        lambda kannus: connection.cursor().execute(
            "INSERT INTO municipalities_person (municipality_id, first_name, last_name, title, body,"
            ' email, phone, "group", language) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)',
            [kannus.pk, "E", "E", "", "", "", "", "office", "fi"],
        ),
    ],
)
def test_insert_for_another_municipality_is_refused(kannus, jamsa, write):
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        scope(jamsa.pk),
    ):
        write(kannus)


def test_moving_a_row_to_another_municipality_is_refused(eero, kannus, jamsa):
    with pytest.raises(DatabaseError, match="row-level security"), scope(kannus.pk):
        Person.objects.filter(pk=eero.pk).update(municipality=jamsa)


def test_bulk_update_and_delete_touch_own_rows_alone(eero, kannus, jamsa):
    with scope(jamsa.pk):
        assert Person.objects.update(title="kaapattu") == 0
        assert connection.cursor().execute("DELETE FROM municipalities_person").rowcount == 0

    with scope(kannus.pk):
        assert Person.objects.get().title == ""


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE municipalities_person CASCADE",
        "ALTER TABLE municipalities_person DISABLE ROW LEVEL SECURITY",
        "DROP POLICY network ON municipalities_person",
        "SET ROLE uso_owner",
        "DELETE FROM municipalities_personevent",
        "UPDATE municipalities_personevent SET left_on = NULL",
    ],
)
def test_application_role_may_not(kannus, statement):
    with pytest.raises(DatabaseError), scope(kannus.pk), connection.cursor() as cursor:
        cursor.execute(statement)


def test_nested_scopes_come_back_in_order(eero, kannus, jamsa):
    with scope(jamsa.pk):
        PersonFactory(municipality=jamsa)
        with across_municipalities(reason="the test counts both"):
            assert Person.objects.count() == 2
            with scope(kannus.pk):
                assert Person.objects.get().pk == eero.pk
            assert Person.objects.count() == 2
        assert Person.objects.count() == 1


@pytest.mark.parametrize("statement", ["SELECT 1/0", "SELECT nothing"])
def test_scope_comes_back_after_an_error_inside(eero, kannus, statement):
    with scope(kannus.pk):
        with (
            pytest.raises(DatabaseError),
            across_municipalities(reason="the test fails in it"),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

        assert Person.objects.get().pk == eero.pk


def test_crossing_without_a_reason_is_refused():
    with pytest.raises(ValueError, match="Say why"), across_municipalities(reason=""):
        pass


def test_history_keeps_who_changed_what_without_personal_fields(in_kannus, eero):
    Person.objects.filter(pk=eero.pk).update(left_on=timezone.localdate(), last_name="Uusi")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM municipalities_personevent ORDER BY pgh_id")
        columns = {column.name for column in cursor.description}
        rows = cursor.fetchall()
    assert len(rows) == 2
    assert "last_name" not in columns
    assert "email" not in columns
