"""What the database itself refuses, past the actions and past the ORM."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from events.enums import EventState, Mode, RegistrationState
from events.models import Event, Registration, Seats
from tests.clock import NOW
from tests.events.conftest import confirmed_rows, taken
from tests.events.factories import EventFactory, RegistrationFactory, SeatsFactory
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

INSERT = """
INSERT INTO events_registration
    (municipality_id, event_id, person_id, mode, state, registered_at, registered_by_id, sequence)
VALUES (%s, %s, %s, %s, 'confirmed', now(), %s, 0)
"""


@pytest.fixture
def register(kannus_contact):
    """Insert a registration by raw SQL, as `in_municipality`."""

    def insert(person, event, mode="in_person", *, in_municipality=None):
        municipality = in_municipality or person.municipality
        with scope(municipality.pk), connection.cursor() as cursor:
            cursor.execute(INSERT, [municipality.pk, event.pk, person.pk, mode, kannus_contact.pk])
            # The tie of person and municipality is looked at when the transaction ends.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    return insert


def test_last_seat_is_sold_once_by_raw_sql(seminar, eero, maija, jukka, register):
    register(eero, seminar)
    register(jukka, seminar)

    with pytest.raises(IntegrityError, match="seats_never_oversold"):
        register(maija, seminar)

    assert taken(seminar) == confirmed_rows(seminar) == {"in_person": 2, "remote": 0}


def test_bulk_insert_is_counted_row_by_row(seminar, kannus, eero, maija, sulo, kannus_contact):
    rows = [
        RegistrationFactory.build(
            municipality=kannus, event=seminar, person=person, registered_by=kannus_contact
        )
        for person in (eero, maija, sulo)
    ]

    with pytest.raises(IntegrityError, match="seats_never_oversold"), scope(kannus.pk):
        Registration.objects.bulk_create(rows)

    assert taken(seminar) == {"in_person": 0, "remote": 0}


@pytest.mark.parametrize(
    ("change", "seats"),
    [
        ("UPDATE events_registration SET mode = 'remote'", {"in_person": 0, "remote": 1}),
        (
            "UPDATE events_registration SET state = 'cancelled', cancelled_at = now(),"
            " cancelled_by_id = registered_by_id",
            {"in_person": 0, "remote": 0},
        ),
        ("DELETE FROM events_registration", {"in_person": 0, "remote": 0}),
        ("UPDATE events_registration SET sequence = 7", {"in_person": 1, "remote": 0}),
    ],
)
def test_seats_follow_every_change(seminar, kannus, eero, register, change, seats):
    register(eero, seminar)

    with scope(kannus.pk), connection.cursor() as cursor:
        cursor.execute(change)

    assert taken(seminar) == confirmed_rows(seminar) == seats


def test_seats_follow_a_registration_moved_to_another_event(seminar, kannus, eero, register):
    other = EventFactory(season=seminar.season)
    SeatsFactory(event=other, mode=Mode.REMOTE)
    register(eero, seminar)

    with scope(kannus.pk):
        Registration.objects.update(event=other, mode=Mode.REMOTE)

    assert taken(seminar) == {"in_person": 0, "remote": 0}
    assert taken(other) == {"remote": 1}


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE events_seats SET taken = 1 WHERE mode = 'in_person'",
        "UPDATE events_seats SET taken = 0 WHERE taken = 1",
        "UPDATE events_seats SET mode = 'x' WHERE mode = 'in_person'",
        "DELETE FROM events_seats WHERE taken = 1",
        "INSERT INTO events_seats (event_id, mode, taken) VALUES ({event}, 'x', 5)",
        "UPDATE events_seats SET capacity = 0 WHERE taken = 1",
    ],
)
def test_taken_seats_cannot_be_tampered_with(seminar, eero, register, tampering):
    register(eero, seminar, "remote")

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(tampering.format(event=seminar.pk))

    assert taken(seminar) == {"in_person": 0, "remote": 1}


def test_same_person_twice_is_refused(seminar, eero, register):
    register(eero, seminar)

    with pytest.raises(IntegrityError, match="registration_once"):
        register(eero, seminar, "remote")


def test_way_of_attending_that_is_not_offered_is_refused(season8, eero, register):
    event = EventFactory(season=season8)
    SeatsFactory(event=event, mode=Mode.REMOTE)

    with pytest.raises(IntegrityError, match="does not offer this way"):
        register(eero, event, "in_person")


def test_another_municipalitys_person_is_refused(seminar, kannus, jukka, register):
    with pytest.raises(IntegrityError, match="events_registration_person_tenant"):
        register(jukka, seminar, in_municipality=kannus)


def test_registration_for_another_municipality_is_refused(seminar, kannus, jukka, kannus_contact):
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        scope(kannus.pk),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            INSERT,
            [jukka.municipality_id, seminar.pk, jukka.pk, "remote", kannus_contact.pk],
        )


def test_own_rows_alone_are_seen_changed_and_deleted(seminar, kannus, jukka, register):
    register(jukka, seminar)

    with scope(kannus.pk):
        assert list(Registration.objects.all()) == []
        assert Registration.objects.update(mode=Mode.REMOTE) == 0
        assert connection.cursor().execute("DELETE FROM events_registration").rowcount == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM events_registrationevent")
            assert cursor.fetchone() == (0,)


def test_history_keeps_every_step_of_a_registration(seminar, kannus, eero, register):
    register(eero, seminar)
    with scope(kannus.pk), connection.cursor() as cursor:
        Registration.objects.update(mode=Mode.REMOTE)
        Registration.objects.update(last_notice={"mode": "in_person"}, sequence=1)

        cursor.execute("SELECT pgh_label, mode FROM events_registrationevent ORDER BY pgh_id")
        assert cursor.fetchall() == [("insert", "in_person"), ("update", "remote")]


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": EventState.PUBLISHED}, "event_published"),
        ({"published_at": NOW}, "event_published_at_with_by"),
        ({"cancelled_at": NOW}, "event_cancelled_at_with_by"),
        ({"starts_at": NOW, "ends_at": NOW - timedelta(1)}, "event_ends"),
        (
            {"starts_at": NOW, "deadline_at": NOW + timedelta(1)},
            "event_deadline_before_it_starts",
        ),
    ],
)
def test_event_that_makes_no_sense_is_refused(season8, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        EventFactory(season=season8, **fields)


@pytest.mark.parametrize("date", ["starts_at", "ends_at", "deadline_at"])
def test_published_event_keeps_its_dates(seminar, date):
    with pytest.raises(IntegrityError, match="event_published_has_its_dates"):
        Event.objects.filter(pk=seminar.pk).update(**{date: None})


def test_number_of_a_kind_is_given_once_in_a_season(seminar):
    with pytest.raises(IntegrityError, match="event_position_once"):
        EventFactory(season=seminar.season, kind=seminar.kind, position=seminar.position)


def test_withdrawn_registration_says_when_and_who(seminar, kannus, eero, register):
    register(eero, seminar)

    with (
        pytest.raises(IntegrityError, match="registration_cancelled_at_with_by"),
        scope(kannus.pk),
    ):
        Registration.objects.update(state=RegistrationState.CANCELLED)


def test_seats_of_a_way_are_told_once(seminar):
    with pytest.raises(IntegrityError, match="seats_mode_once"):
        Seats.objects.create(event=seminar, mode=Mode.REMOTE)


def test_migrations_make_what_the_models_say(in_english):
    out = StringIO()

    call_command("makemigrations", "events", dry_run=True, no_color=True, stdout=out)

    assert out.getvalue() == "No changes detected in app 'events'\n"
