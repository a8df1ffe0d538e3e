"""Steps of a workshop, each way out."""

from datetime import UTC, date, datetime, timedelta

import pytest

from seasons.models import Participation, WorkshopTheme
from tests.seasons.factories import WITHDRAWN, SeasonFactory
from tests.workshops.factories import WorkshopFactory
from uso.ground.lib.errors import RuleViolation
from uso.ground.tenancy.scope import ForeignScopeError
from workshops import actions
from workshops.enums import WorkshopState as State
from workshops.models import Workshop

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def ask(participation: Participation, by, **fields) -> Workshop:
    return actions.ask_workshop(
        **{
            "participation": participation,
            "topic": "Strategian väliarviointi",
            "theme": None,
            "wish": "Valtuustolle",
            "wished_time": "syksy 2026",
            "by": by,
            "at": AT,
            **fields,
        }
    )


def revise(workshop: Workshop, by) -> Workshop:
    fields = {"topic": "Muuta", "theme": None, "wish": "Muuta", "wished_time": ""}
    return actions.revise_wish(workshop=workshop, **fields, by=by, at=AT)


@pytest.fixture
def wish(in_member, member, kannus_contact) -> Workshop:
    """Nobody is coordinator yet, so nobody is written to."""
    return ask(member, kannus_contact)


# -- Asking ------------------------------------------------------------------------------------


def test_wish_takes_the_first_free_place(wish, kannus_contact):
    assert (wish.slot, wish.state, wish.asked_at, wish.asked_by) == (
        1,
        State.WISHED,
        AT,
        kannus_contact,
    )


def test_place_of_a_cancelled_workshop_comes_back(in_member, member, kannus_contact):
    workshops = [ask(member, kannus_contact) for _ in range(5)]
    actions.cancel_workshop(workshop=workshops[1], by=kannus_contact, at=AT)

    assert ask(member, kannus_contact).slot == 2


def test_sixth_wish_is_refused_by_name(in_member, member, kannus_contact, in_english):
    for _ in range(5):
        ask(member, kannus_contact)

    with pytest.raises(actions.WorkshopRefused, match="All 5 workshops of the season are in use"):
        ask(member, kannus_contact)

    assert Workshop.objects.count() == 5


def test_only_members_have_workshops(in_member, member, kannus_contact):
    Participation.objects.update(**WITHDRAWN)
    member.refresh_from_db()

    with pytest.raises(actions.WorkshopRefused):
        ask(member, kannus_contact)


def test_nothing_is_wished_from_a_season_that_has_ended(in_member, member, kannus_contact):
    last_moment = datetime(2026, 12, 31, 21, 59, tzinfo=UTC)  # 23.59 in Helsinki
    ask(member, kannus_contact, at=last_moment)

    with pytest.raises(actions.WorkshopRefused):
        ask(member, kannus_contact, at=last_moment + timedelta(minutes=1))


def test_participation_of_another_municipality_is_out_of_reach(
    in_member, jamsa_member, kannus_contact
):
    with pytest.raises(ForeignScopeError):
        ask(jamsa_member, kannus_contact)


# -- Question and answer -----------------------------------------------------------------------


def test_question_waits_for_the_municipality_and_its_answer_for_the_network(
    wish, coordinator, kannus_contact, season8
):
    theme = WorkshopTheme.objects.create(season=season8, position=1, name_fi="Strategia")

    actions.ask_back(workshop=wish, question="Kenelle?", by=coordinator, at=AT)
    assert (wish.waits_for_the_municipality, wish.waits_for_the_network) == (True, False)

    later = AT + timedelta(days=1)
    actions.revise_wish(
        workshop=wish,
        topic="Strategia",
        theme=theme,
        wish="Valtuustolle ja johtoryhmälle",
        wished_time="",
        by=kannus_contact,
        at=later,
    )
    assert (wish.waits_for_the_municipality, wish.waits_for_the_network) == (False, True)
    assert (wish.topic, wish.theme, wish.question, wish.asked_at) == (
        "Strategia",
        theme,
        "",
        later,
    )


def test_second_question_before_the_answer_is_refused(wish, coordinator):
    actions.ask_back(workshop=wish, question="Kenelle?", by=coordinator, at=AT)

    with pytest.raises(actions.WorkshopRefused):
        actions.ask_back(workshop=wish, question="Milloin?", by=coordinator, at=AT)

    wish.refresh_from_db()
    assert wish.question == "Kenelle?"


# -- Agreeing ----------------------------------------------------------------------------------


def test_day_is_agreed_once(wish, coordinator):
    stale = Workshop.objects.get(pk=wish.pk)
    actions.plan_workshop(workshop=wish, planned_on=date(2026, 10, 28), by=coordinator, at=AT)

    with pytest.raises(actions.WorkshopRefused):
        actions.plan_workshop(workshop=stale, planned_on=date(2026, 10, 28), by=coordinator, at=AT)

    assert (wish.state, wish.planned_on) == (State.PLANNED, date(2026, 10, 28))


def test_agreed_day_can_be_moved_and_answers_the_question(wish, coordinator):
    actions.ask_back(workshop=wish, question="Kenelle?", by=coordinator, at=AT)
    actions.plan_workshop(workshop=wish, planned_on=date(2026, 10, 28), by=coordinator, at=AT)
    actions.plan_workshop(
        workshop=wish, planned_on=date(2026, 11, 4), by=coordinator, at=AT + timedelta(hours=1)
    )

    assert (wish.planned_on, wish.question) == (date(2026, 11, 4), "")


@pytest.mark.parametrize("on", [TODAY - timedelta(days=1), date(2027, 1, 1)])
def test_day_must_be_ahead_and_in_the_season(wish, coordinator, on):
    with pytest.raises(RuleViolation) as refused:
        actions.plan_workshop(workshop=wish, planned_on=on, by=coordinator, at=AT)

    assert refused.value.field == "planned_on"


# -- Held --------------------------------------------------------------------------------------


def test_agreed_workshop_is_noted_as_held_and_the_note_taken_back(wish, coordinator):
    actions.plan_workshop(workshop=wish, planned_on=TODAY, by=coordinator, at=AT)

    actions.hold_workshop(workshop=wish, held_on=TODAY, by=coordinator, at=AT)
    assert (wish.state, wish.held_on) == (State.HELD, TODAY)

    actions.undo_held(workshop=wish, by=coordinator)
    assert (wish.state, wish.held_on, wish.planned_on) == (State.PLANNED, None, TODAY)


def test_a_wish_held_without_an_agreed_day_becomes_a_wish_again(wish, coordinator):
    actions.ask_back(workshop=wish, question="Kenelle?", by=coordinator, at=AT)
    actions.hold_workshop(workshop=wish, held_on=TODAY, by=coordinator, at=AT)

    actions.undo_held(workshop=wish, by=coordinator)

    assert (wish.state, wish.question, wish.waits_for_the_network) == (State.WISHED, "", True)


@pytest.mark.parametrize("on", [TODAY + timedelta(days=1), date(2024, 12, 31)])
def test_held_day_has_been_and_is_in_the_season(wish, coordinator, on):
    with pytest.raises(RuleViolation) as refused:
        actions.hold_workshop(workshop=wish, held_on=on, by=coordinator, at=AT)

    assert refused.value.field == "held_on"


def test_each_step_returns_the_changed_workshop(wish, coordinator):
    steps = [
        actions.ask_back(workshop=wish, question="Kenelle?", by=coordinator, at=AT),
        revise(wish, coordinator),
        actions.plan_workshop(workshop=wish, planned_on=TODAY, by=coordinator, at=AT),
        actions.hold_workshop(workshop=wish, held_on=TODAY, by=coordinator, at=AT),
        actions.undo_held(workshop=wish, by=coordinator),
        actions.cancel_workshop(workshop=wish, by=coordinator, at=AT),
    ]

    assert steps == [wish] * 6


# -- Cancelling --------------------------------------------------------------------------------


def test_cancelled_workshop_keeps_who_and_when(wish, coordinator):
    actions.cancel_workshop(workshop=wish, by=coordinator, at=AT)

    assert (wish.state, wish.cancelled_by, wish.cancelled_at) == (State.CANCELLED, coordinator, AT)


@pytest.mark.parametrize("state", [State.HELD, State.CANCELLED])
def test_what_is_over_takes_no_steps(in_member, season8, coordinator, state):
    moments = {
        State.HELD: {"held_on": TODAY},
        State.CANCELLED: {"cancelled_at": AT, "cancelled_by": coordinator},
    }
    over = WorkshopFactory(municipality=in_member, season=season8, state=state, **moments[state])
    steps = {
        "plan": lambda: actions.plan_workshop(
            workshop=over, planned_on=TODAY, by=coordinator, at=AT
        ),
        "ask back": lambda: actions.ask_back(workshop=over, question="?", by=coordinator, at=AT),
        "hold": lambda: actions.hold_workshop(workshop=over, held_on=TODAY, by=coordinator, at=AT),
        "cancel": lambda: actions.cancel_workshop(workshop=over, by=coordinator, at=AT),
        "revise": lambda: revise(over, coordinator),
    }

    for step in steps.values():
        with pytest.raises(actions.WorkshopRefused):
            step()

    over.refresh_from_db()
    assert over.state == state


@pytest.mark.parametrize("state", [State.WISHED, State.CANCELLED])
def test_note_that_is_not_there_is_not_taken_back(in_member, season8, coordinator, state):
    cancelled = {"cancelled_at": AT, "cancelled_by": coordinator}
    workshop = WorkshopFactory(
        municipality=in_member,
        season=season8,
        state=state,
        **(cancelled if state == State.CANCELLED else {}),
    )

    with pytest.raises(actions.WorkshopRefused):
        actions.undo_held(workshop=workshop, by=coordinator)


def test_workshops_of_an_earlier_season_do_not_use_this_seasons_places(
    in_member, member, kannus_contact
):
    from tests.seasons.factories import EntitlementFactory, member_of

    season7 = SeasonFactory(number=7, first_year=2023, last_year=2024)
    EntitlementFactory(season=season7)
    member_of(season7, in_member)
    WorkshopFactory(municipality=in_member, season=season7, slot=1)

    assert ask(member, kannus_contact).slot == 1
