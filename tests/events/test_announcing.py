"""Contact persons are notified of events that are open for registration."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from events.actions.announcing import SITTING, announce_events
from events.actions.programme import cancel_event, publish_event
from events.enums import EventState, Mode
from events.models import Event
from events.tasks import announce, announce_cancelling_of
from municipalities.enums import Role
from municipalities.models import User
from tests.clock import NOW
from tests.events.factories import EventFactory, SeatsFactory, published_event
from tests.municipalities.factories import user_with_role
from tests.seasons.factories import SeasonFactory
from uso.celery import app
from uso.ground.actions import mailbox_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced(sent, django_capture_on_commit_callbacks):
    """Run the clock's round a while after something was published; return who got a message."""

    def run(*, later: timedelta = SITTING) -> list[str]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            announce_events(by=None, at=timezone.now() + later)
        return sorted(letter.to[0] for letter in mail.outbox)

    return run


@pytest.fixture
def contacts(kannus_contact: User, jamsa_contact: User) -> list[str]:
    return sorted([kannus_contact.email, jamsa_contact.email])


def test_contact_persons_of_the_season_are_notified_once(announced, seminar, kannus, contacts):
    user_with_role(Role.LEADER, kannus)

    assert announced() == contacts
    assert announced() == []


def test_message_says_what_when_where_until_and_leads_to_the_grid(
    announced, seminar, kannus_contact
):
    announced()

    (letter,) = [letter for letter in mail.outbox if letter.to == [kannus_contact.email]]
    assert letter.subject == "Ilmoittautuminen on auki: Teemaseminaari IV"
    assert letter.body.startswith(
        "Kannus voi nyt ilmoittaa osallistujansa:\n\nTeemaseminaari IV\n"
        "Milloin: to 24.12.2026 klo\xa010.00–16.00\nMissä: Helsinki\n"
        "Ilmoittautuminen päättyy ti 22.12.2026 klo\xa010.00.\n"
    )
    assert "http://localhost:8000/k/kannus/registrations/" in letter.body
    assert letter.reply_to == [mailbox_of(seminar.published_by)]


def test_programme_published_in_a_row_is_one_message(announced, season8, seminar, contacts):
    published_event(season=season8, days=5, title_fi="Aiempi")

    assert announced() == contacts
    assert mail.outbox[0].subject == "Ilmoittautuminen on auki: 2 tapahtumaa"
    assert mail.outbox[0].body.index("Aiempi") < mail.outbox[0].body.index("Teemaseminaari IV")


def test_nobody_is_notified_while_more_may_be_published(announced, season8, seminar, contacts):
    assert announced(later=SITTING - timedelta(seconds=5)) == []
    assert announced() == contacts


@pytest.mark.parametrize(
    "fields",
    [
        {"state": EventState.DRAFT, "published_at": None, "published_by": None},
        {"deadline_at": NOW - timedelta(days=400)},
    ],
)
def test_what_nobody_can_be_registered_to_is_not_announced(announced, season8, fields):
    published_event(season=season8, **fields)

    assert announced() == []


def test_municipality_outside_the_season_is_not_notified(announced, kannus_contact):
    published_event(season=SeasonFactory(number=9))

    assert announced() == []


def test_contact_person_without_news_gets_none_of_anothers_season(
    announced, seminar, contacts, season8
):
    published_event(season=SeasonFactory(number=9), title_fi="Toisen kauden")

    assert announced() == contacts
    assert not any("Toisen kauden" in letter.body for letter in mail.outbox)


def test_publishing_from_the_page_leads_to_the_message(
    sent, season8, coordinator, contacts, time_machine, django_capture_on_commit_callbacks
):
    starts_at = timezone.now() + timedelta(days=30)
    event = EventFactory(
        season=season8,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        deadline_at=starts_at,
    )
    SeatsFactory(event=event, mode="remote", capacity=None)
    publish_event(event=event, by=coordinator, at=timezone.now())
    time_machine.move_to(timezone.now() + SITTING)

    with django_capture_on_commit_callbacks(execute=True):
        announce()

    assert sorted(letter.to[0] for letter in mail.outbox) == contacts
    assert Event.objects.get().announced_at is not None


def test_clock_announces():
    assert app.conf.beat_schedule["announce-events"]["task"] == announce.name


def test_contact_persons_read_once_whose_people_were_coming_to_a_cancelled_event(
    sent, django_capture_on_commit_callbacks, seminar, eero, sulo, save, coordinator,
    kannus_contact, jamsa_contact,
):  # fmt: skip
    save({(eero, seminar): Mode.IN_PERSON, (sulo, seminar): Mode.IN_PERSON})

    with django_capture_on_commit_callbacks(execute=True):
        cancel_event(event=seminar, by=coordinator, at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        announce_cancelling_of(event_id=seminar.pk)

    to_contacts = [
        letter
        for letter in mail.outbox
        if letter.to[0] in {kannus_contact.email, jamsa_contact.email}
    ]
    (letter,) = to_contacts
    assert (letter.to, letter.subject) == ([kannus_contact.email], "Peruttu: Teemaseminaari IV")
    assert letter.reply_to == [mailbox_of(coordinator)]
    assert "- Eero Esimerkki\n- Sulo Sähkötön (ei sähköpostiosoitetta" in letter.body
