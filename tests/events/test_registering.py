"""Saving the registrations of a municipality's people."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone, translation

from events.actions.programme import cancel_event
from events.enums import EventState, Mode, RegistrationState
from events.models import Event, Registration
from municipalities.models import Person
from tests.events.conftest import confirmed_rows, person_of, taken
from tests.events.factories import published_event
from tests.seasons.factories import SeasonFactory
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def messages(saved) -> list[str]:
    return [refusal.message for refusal in saved.refused]


def test_several_people_are_registered_in_one_save(seminar, eero, maija, sulo, save, stored):
    saved = save(
        {
            (eero, seminar): Mode.IN_PERSON,
            (maija, seminar): Mode.IN_PERSON,
            (sulo, seminar): Mode.REMOTE,
        }
    )

    assert len(saved.done) == 3
    assert saved.refused == ()
    assert taken(seminar) == confirmed_rows(seminar) == {"in_person": 2, "remote": 1}
    assert stored(sulo, seminar).choice == Mode.REMOTE


def test_who_registered_and_when_is_kept(seminar, eero, save, stored, kannus_contact):
    at = timezone.now()

    save({(eero, seminar): Mode.REMOTE}, at=at)

    row = stored(eero, seminar)
    assert (row.registered_by, row.registered_at) == (kannus_contact, at)


def test_history_names_who_registered(seminar, eero, save, kannus, kannus_contact):
    save({(eero, seminar): Mode.REMOTE})

    with scope(kannus.pk):
        (row,) = apps.get_model("events", "RegistrationEvent").objects.all()
    assert (row.pgh_label, row.pgh_context["user"]) == ("insert", kannus_contact.pk)


def test_full_room_saves_what_fits_and_names_the_rest(seminar, eero, maija, sulo, save):
    saved = save({(person, seminar): Mode.IN_PERSON for person in (maija, sulo, eero)})

    assert [row.person for row in saved.done] == [maija, sulo]
    assert messages(saved) == [
        "Teemaseminaari IV is full on site: Eero Esimerkki did not fit. There is room remotely."
    ]
    assert saved.refused[0].instead == Mode.REMOTE
    assert (saved.refused[0].person_id, saved.refused[0].wanted) == (eero.pk, Mode.IN_PERSON)


def test_refusal_is_told_in_finnish(seminar, eero, maija, sulo, save):
    with translation.override("fi"):
        saved = save({(person, seminar): Mode.IN_PERSON for person in (maija, sulo, eero)})

    assert messages(saved) == [
        "Teemaseminaari IV on täynnä paikan päällä: Eero Esimerkki ei mahtunut. Etänä on tilaa."
    ]


def test_full_remote_way_offers_the_room(season8, eero, maija, save):
    event = published_event(season=season8, title_fi="Sparraus", in_person=9, remote=1)

    saved = save({(maija, event): Mode.REMOTE, (eero, event): Mode.REMOTE})

    assert messages(saved) == [
        "Sparraus is full for remote participants: Eero Esimerkki did not fit."
        " There is room on site."
    ]


def test_event_full_in_both_ways_offers_nothing(season8, eero, save):
    event = published_event(season=season8, title_fi="Sparraus", in_person=0, remote=0)

    saved = save({(eero, event): Mode.IN_PERSON})

    assert messages(saved) == ["Sparraus is full on site: Eero Esimerkki did not fit."]
    assert saved.refused[0].instead is None


def test_withdrawing_frees_the_seat_in_the_same_save(seminar, eero, maija, sulo, save, stored):
    save({(eero, seminar): Mode.IN_PERSON, (maija, seminar): Mode.IN_PERSON})

    saved = save({(sulo, seminar): Mode.IN_PERSON, (eero, seminar): None})

    assert saved.refused == ()
    assert stored(eero, seminar).state == RegistrationState.CANCELLED
    assert taken(seminar) == confirmed_rows(seminar) == {"in_person": 2, "remote": 0}


def test_change_of_way_frees_one_seat_and_takes_another(seminar, eero, maija, sulo, save):
    save({(eero, seminar): Mode.IN_PERSON, (maija, seminar): Mode.IN_PERSON})

    saved = save({(sulo, seminar): Mode.IN_PERSON, (eero, seminar): Mode.REMOTE})

    assert saved.refused == ()
    assert taken(seminar) == confirmed_rows(seminar) == {"in_person": 2, "remote": 1}


def test_withdrawn_person_can_be_registered_again(seminar, eero, save, stored):
    save({(eero, seminar): Mode.IN_PERSON})
    save({(eero, seminar): None})

    save({(eero, seminar): Mode.REMOTE})

    row = stored(eero, seminar)
    assert (row.choice, row.cancelled_at) == (Mode.REMOTE, None)
    assert taken(seminar) == {"in_person": 0, "remote": 1}


def test_registered_twice_is_refused_by_name(seminar, eero, save):
    save({(eero, seminar): Mode.REMOTE})

    saved = save({(eero, seminar): Mode.REMOTE})

    assert messages(saved) == ["Teemaseminaari IV: Eero Esimerkki is registered already."]
    assert taken(seminar) == {"in_person": 0, "remote": 1}


def test_withdrawing_whoever_is_not_registered_is_refused(seminar, eero, save):
    saved = save({(eero, seminar): None})

    assert messages(saved) == [
        "Teemaseminaari IV: Eero Esimerkki is not registered, so there was nothing to withdraw."
    ]


@pytest.mark.parametrize(("late", "refused"), [(timedelta(0), 0), (timedelta(seconds=1), 1)])
def test_deadline_is_looked_at_when_saving(seminar, eero, save, late, refused):
    saved = save({(eero, seminar): Mode.REMOTE}, at=seminar.deadline_at + late)

    assert len(saved.refused) == refused
    assert taken(seminar)["remote"] == 1 - refused


def test_refusal_after_the_deadline_says_when_it_ended(seminar, eero, save, time_machine):
    time_machine.move_to(seminar.deadline_at + timedelta(hours=1))

    saved = save({(eero, seminar): Mode.REMOTE})

    (message,) = messages(saved)
    assert message.startswith("Teemaseminaari IV: registration ended ")
    assert message.endswith(". Eero Esimerkki was left as before.")


def test_after_the_deadline_somebody_may_still_be_withdrawn(seminar, eero, save, stored):
    save({(eero, seminar): Mode.IN_PERSON})

    saved = save({(eero, seminar): None}, at=seminar.deadline_at + timedelta(hours=1))

    assert saved.refused == ()
    assert taken(seminar) == {"in_person": 0, "remote": 0}


def test_event_that_has_begun_stays_as_it_is(seminar, eero, save, stored):
    save({(eero, seminar): Mode.IN_PERSON})

    saved = save({(eero, seminar): None}, at=seminar.starts_at)

    assert messages(saved) == [
        "Teemaseminaari IV has begun already. Eero Esimerkki was left as before."
    ]
    assert stored(eero, seminar).choice == Mode.IN_PERSON


def test_cancelled_event_takes_nobody(seminar, eero, save, coordinator):
    cancel_event(event=seminar, by=coordinator, at=timezone.now())

    saved = save({(eero, seminar): Mode.REMOTE})

    assert messages(saved) == ["Teemaseminaari IV is cancelled. Eero Esimerkki was left as before."]


def test_another_municipalitys_person_is_refused_without_a_name(seminar, eero, jukka, save):
    saved = save({(jukka, seminar): Mode.REMOTE, (eero, seminar): Mode.REMOTE})

    assert messages(saved) == [
        "Somebody is not on your municipality's list, so nothing was saved there."
    ]
    assert [row.person for row in saved.done] == [eero]
    assert taken(seminar) == confirmed_rows(seminar) == {"in_person": 0, "remote": 1}


@pytest.mark.parametrize("unseen", ["draft", "other season", "nothing"])
def test_event_that_is_not_open_to_the_municipality_is_refused(
    season8, seminar, eero, save, unseen
):
    event = {
        "draft": lambda: published_event(
            season=season8, state=EventState.DRAFT, published_at=None, published_by=None
        ),
        "other season": lambda: published_event(season=SeasonFactory(number=9)),
        "nothing": lambda: Event(pk=10**12),
    }[unseen]()

    saved = save({(eero, event): Mode.REMOTE, (eero, seminar): Mode.REMOTE})

    assert messages(saved) == ["One of the events is not open to your municipality."]
    assert len(saved.done) == 1


def test_person_who_no_longer_takes_part_can_be_withdrawn_alone(seminar, kannus, eero, save):
    save({(eero, seminar): Mode.REMOTE})
    with scope(kannus.pk):
        Person.objects.update(left_on=timezone.localdate())

    refused = save({(eero, seminar): Mode.IN_PERSON})
    withdrawn = save({(eero, seminar): None})

    assert messages(refused) == [
        "Eero Esimerkki no longer takes part. Mend the list of people first."
    ]
    assert withdrawn.refused == ()


@pytest.mark.parametrize(
    ("offered", "wanted", "message"),
    [
        (Mode.REMOTE, Mode.IN_PERSON, "Event is remote only: Eero Esimerkki cannot come on site."),
        (
            Mode.IN_PERSON,
            Mode.REMOTE,
            "Event cannot be attended remotely: Eero Esimerkki was left as before.",
        ),
    ],
)
def test_way_that_is_not_offered_is_refused(season8, eero, save, offered, wanted, message):
    event = published_event(season=season8, title_fi="Event")
    event.seats.exclude(mode=offered).delete()

    saved = save({(eero, event): wanted})

    assert messages(saved) == [message]
    assert saved.refused[0].instead == offered


def test_seat_taken_past_the_lock_is_refused_by_name(seminar, eero, maija, save, monkeypatch):
    """The database refuses what the check in front of it could not know."""
    monkeypatch.setattr("events.models.Seats.full", property(lambda seats: False))
    seminar.seats.filter(mode=Mode.IN_PERSON).update(capacity=1)

    saved = save({(maija, seminar): Mode.IN_PERSON, (eero, seminar): Mode.IN_PERSON})

    assert messages(saved) == ["Teemaseminaari IV is full: Eero Esimerkki did not fit."]
    assert taken(seminar) == confirmed_rows(seminar) == {"in_person": 1, "remote": 0}


def test_two_events_and_two_municipalities_stay_apart(
    season8, seminar, kannus, jamsa, eero, jukka, jamsa_contact, save
):
    other = published_event(season=season8)

    save({(eero, seminar): Mode.IN_PERSON, (eero, other): Mode.REMOTE})
    save({(jukka, seminar): Mode.REMOTE}, municipality=jamsa, by=jamsa_contact)

    assert taken(seminar) == {"in_person": 1, "remote": 1}
    assert taken(other) == {"in_person": 0, "remote": 1}
    with scope(jamsa.pk):
        assert [row.person_id for row in Registration.objects.all()] == [jukka.pk]


def test_nothing_to_save_tells_nobody(seminar, save, django_capture_on_commit_callbacks, kannus):
    with django_capture_on_commit_callbacks() as callbacks:
        saved = save({})

    assert (saved.done, saved.refused) == ((), ())
    assert callbacks == []


@pytest.mark.parametrize("people", [1, 30])
def test_checks_ask_the_database_as_often_for_many_people(
    seminar, kannus, kannus_contact, save, people, django_assert_num_queries
):
    at = seminar.deadline_at + timedelta(hours=1)
    many = [person_of(kannus) for _ in range(people)]

    with django_assert_num_queries(8):
        saved = save({(person, seminar): Mode.REMOTE for person in many}, at=at)

    assert len(saved.refused) == people
