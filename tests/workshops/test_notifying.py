"""Who is written to of each step of a workshop, and what their calendar gets."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from municipalities.enums import Role
from municipalities.models import Membership
from tests.municipalities.factories import user_with_role
from uso.ground.actions import mailbox_of
from uso.ground.mail.models import Message
from workshops import actions
from workshops.models import Workshop

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
WISH = {"topic": "Strategia", "theme": None, "wish": "Valtuustolle", "wished_time": "syksy"}
OCTOBER, NOVEMBER = date(2026, 10, 28), date(2026, 11, 4)


@pytest.fixture
def wish(in_member, member, coordinator, kannus_contact) -> Workshop:
    return actions.ask_workshop(participation=member, **WISH, by=kannus_contact, at=AT)


@pytest.fixture
def quiet(wish) -> Workshop:
    """The wish, what was written of it forgotten."""
    Message.objects.all().delete()
    return wish


def written() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("template", "to_email"))


def plan(workshop: Workshop, on: date, by, at=AT) -> None:
    actions.plan_workshop(workshop=workshop, planned_on=on, by=by, at=at)


def entry_of(message: Message):
    (attachment,) = message.attachments
    calendar = Calendar.from_ical(attachment["content"])
    (event,) = calendar.walk("VEVENT")
    return calendar["METHOD"], event


def test_wish_is_written_to_every_coordinator_and_not_to_the_one_who_wished(
    wish, coordinator, kannus_contact
):
    (message,) = Message.objects.all()

    assert (message.template, message.to_email) == ("workshop_asked", coordinator.email)
    assert message.subject == "Kannus ehdotti kehittämispajaa: Strategia"
    assert f"/seasons/8/workshops/{wish.pk}/" in message.body_text
    assert message.reply_to == mailbox_of(kannus_contact)


def test_wish_of_a_coordinator_for_a_municipality_is_written_to_the_others(
    in_member, member, coordinator
):
    other = user_with_role(Role.COORDINATOR)

    actions.ask_workshop(participation=member, **WISH, by=coordinator, at=AT)

    assert written() == [("workshop_asked", other.email)]


def test_question_and_answer_are_written_to_the_other_side(quiet, coordinator, kannus_contact):
    user_with_role(Role.COORDINATOR)

    actions.ask_back(workshop=quiet, question="Kenelle?", by=coordinator, at=AT)
    actions.revise_wish(workshop=quiet, **WISH, by=kannus_contact, at=AT)

    question, answer = Message.objects.order_by("pk")
    assert written() == [
        ("workshop_question", kannus_contact.email),
        ("workshop_answered", coordinator.email),
    ]
    assert "Kenelle?" in question.body_text
    assert question.reply_to == mailbox_of(coordinator)
    assert answer.subject == "Kannus on vastannut: Strategia"


def test_wish_mended_without_a_question_is_written_to_nobody(quiet, kannus_contact):
    actions.revise_wish(workshop=quiet, **WISH, by=kannus_contact, at=AT)

    assert written() == []


def test_agreed_day_is_an_entry_of_the_whole_day(quiet, coordinator, kannus_contact):
    plan(quiet, OCTOBER, coordinator)

    (message,) = Message.objects.all()
    method, event = entry_of(message)
    assert message.to_email == kannus_contact.email
    assert message.subject == "Kehittämispaja pidetään ke 28.10.2026: Strategia"
    assert (method, event["SEQUENCE"]) == ("REQUEST", 1)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (OCTOBER, OCTOBER + timedelta(days=1))
    assert event["SUMMARY"] == "USO: Kehittämispaja: Strategia"
    assert event["URL"] == f"http://localhost:8000/k/kannus/workshops/{quiet.pk}/"
    assert event["ATTENDEE"] == f"mailto:{kannus_contact.email}"


def test_moved_day_is_told_in_words_and_moves_the_entry(quiet, coordinator):
    plan(quiet, OCTOBER, coordinator)
    plan(quiet, NOVEMBER, coordinator, AT + timedelta(hours=1))

    first, second = Message.objects.order_by("pk")
    (_method, old), (method, new) = entry_of(first), entry_of(second)
    assert second.body_text.startswith("Päivä: ke 28.10.2026 → ke 4.11.2026\n")
    assert second.subject == "Kehittämispajan uusi päivä on ke 4.11.2026: Strategia"
    assert (method, new["SEQUENCE"], new["DTSTART"].dt) == ("REQUEST", 2, NOVEMBER)
    assert new["UID"] == old["UID"]


def test_cancelled_day_leaves_the_calendar_of_who_cancelled_too(quiet, coordinator, kannus_contact):
    plan(quiet, OCTOBER, coordinator)

    actions.cancel_workshop(workshop=quiet, by=kannus_contact, at=AT)

    planned, own, staff = Message.objects.order_by("pk")
    method, event = entry_of(own)
    assert (own.to_email, method, event["SEQUENCE"]) == (kannus_contact.email, "CANCEL", 2)
    assert event["UID"] == entry_of(planned)[1]["UID"]
    assert "poistaa kehittämispajan kalenteristasi" in own.body_text
    assert (staff.template, staff.to_email) == ("workshop_cancelled", coordinator.email)
    assert (staff.attachments, "kalenteristasi" in staff.body_text) == ([], False)


def test_wish_cancelled_by_the_network_is_written_to_who_wished_without_an_entry(
    quiet, coordinator, kannus_contact
):
    user_with_role(Role.COORDINATOR)

    actions.cancel_workshop(workshop=quiet, by=coordinator, at=AT)

    (message,) = Message.objects.all()
    assert (message.to_email, message.attachments) == (kannus_contact.email, [])


def test_own_wish_cancelled_is_written_to_the_coordinators_alone(
    quiet, coordinator, kannus_contact
):
    actions.cancel_workshop(workshop=quiet, by=kannus_contact, at=AT)

    assert written() == [("workshop_cancelled", coordinator.email)]


@pytest.mark.parametrize("wished_by", ["former", "coordinator"])
def test_contact_persons_stand_in_for_who_is_none(
    quiet, coordinator, kannus, kannus_contact, wished_by
):
    """Somebody of before, or a coordinator on the municipality's behalf, wished for it."""
    follower = user_with_role(Role.CONTACT, kannus)
    if wished_by == "former":
        Membership.objects.filter(user=kannus_contact).update(ends_on=AT.date())
    else:
        Workshop.objects.update(asked_by=coordinator)
        quiet.refresh_from_db()

    plan(quiet, OCTOBER, coordinator)

    contacts = {follower.email, kannus_contact.email} - (
        {kannus_contact.email} if wished_by == "former" else set()
    )
    assert {email for _template, email in written()} == contacts


def test_who_never_had_the_day_gets_no_entry_to_remove(quiet, coordinator, kannus, kannus_contact):
    plan(quiet, OCTOBER, coordinator)
    follower = user_with_role(Role.CONTACT, kannus)
    Membership.objects.filter(user=kannus_contact).update(ends_on=AT.date())

    actions.cancel_workshop(workshop=quiet, by=coordinator, at=AT)

    message = Message.objects.get(template="workshop_cancelled")
    assert (message.to_email, message.attachments) == (follower.email, [])


def test_municipality_without_contact_persons_leaves_it_to_who_wished(
    quiet, coordinator, kannus_contact
):
    Membership.objects.filter(user=kannus_contact).update(ends_on=AT.date())

    plan(quiet, OCTOBER, coordinator)

    assert written() == [("workshop_planned", kannus_contact.email)]
