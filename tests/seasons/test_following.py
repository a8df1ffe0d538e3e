"""Following a municipality towards joining: the move of a card, the next step, the way in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from municipalities.enums import Language
from seasons import proposals
from seasons.actions import following, joining
from seasons.enums import BEFORE_THE_CONFIRMATION, ParticipationSource, ParticipationState
from seasons.models import Interest, Participation
from seasons.rules import moves_from
from seasons.way import way
from tests.clock import TODAY
from tests.municipalities.factories import UserFactory
from tests.seasons.factories import EXIT, ParticipationFactory, exit_from
from uso.ground.lib.errors import RuleViolation

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
SOON = TODAY + timedelta(days=7)
State = ParticipationState


@pytest.fixture
def participation(in_kannus, season8) -> Participation:
    return ParticipationFactory(municipality=in_kannus, season=season8)


def move(participation, by, state: str, was: str = State.INVITED) -> Participation:
    return following.move_card(participation=participation, was=was, state=state, by=by, at=AT)


def plan(participation, by, **fields: object) -> Participation:
    given = {"next_step": "Soita", "next_step_on": SOON, "owner": by} | fields
    return following.plan_next_step(participation=participation, by=by, at=AT, **given)


def plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


def step_of(participation: Participation) -> tuple[str, date | None, object]:
    participation.refresh_from_db()
    return (participation.next_step, participation.next_step_on, participation.owner)


# -- Moving a card ---------------------------------------------------------------------------------


def test_card_moves_as_of_today_and_plans_nothing_by_itself(participation, coordinator):
    move(participation, coordinator, State.DECIDING)

    participation.refresh_from_db()
    assert (participation.state, participation.state_on) == (State.DECIDING, TODAY)
    assert step_of(participation) == ("", None, None)


def test_second_who_moves_a_card_is_told_where_it_is_and_by_whom(
    participation, coordinator, in_english
):
    stale = Participation.objects.get(pk=participation.pk)
    move(participation, coordinator, State.INTERESTED)

    with pytest.raises(RuleViolation) as refused:
        move(participation, coordinator, State.DECIDING)
    with pytest.raises(RuleViolation):  # read before the first was done
        move(stale, coordinator, State.DECIDING)

    assert refused.value.message.startswith(f"Kannus was moved meanwhile ({coordinator.name}, ")
    assert refused.value.message.endswith(": it is in “Interested” now.")
    participation.refresh_from_db()
    assert participation.state == State.INTERESTED


def test_card_goes_back_to_the_stage_it_left(participation, coordinator):
    joining.withdraw_participation(participation=participation, by=coordinator, at=AT, **EXIT)

    with pytest.raises(RuleViolation):
        move(participation, coordinator, State.DECIDING, was=State.DECLINED)
    move(participation, coordinator, State.INVITED, was=State.DECLINED)

    participation.refresh_from_db()
    assert (participation.state, participation.exit_reason) == (State.INVITED, "")


@pytest.mark.parametrize("state", [State.DECIDED, State.CONFIRMED, State.DECLINED, "nonsense"])
def test_what_asks_for_more_is_no_move(participation, coordinator, state):
    with pytest.raises(RuleViolation):
        move(participation, coordinator, state)


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        (
            State.INTERESTED,
            {
                State.INVITED: "",
                State.DECIDING: "",
                State.DECIDED: "member",
                State.DECLINED: "withdraw",
            },
        ),
        (State.DECIDED, {State.CONFIRMED: "confirm", State.WITHDRAWN: "withdraw"}),
        (State.CONFIRMED, {State.WITHDRAWN: "withdraw"}),
        (State.DECLINED, {State.INVITED: ""}),
        (State.WITHDRAWN, {State.DECIDED: ""}),
    ],
)
def test_moves_and_the_pages_that_ask_for_more(state, moves):
    row = Participation(state=state, exit_stage=exit_from(state).get("exit_stage", ""))

    assert moves_from(row) == moves


# -- The next step ---------------------------------------------------------------------------------


def test_next_step_is_planned_and_taken_away(participation, coordinator):
    plan(participation, coordinator)
    assert step_of(participation) == ("Soita", SOON, coordinator)

    plan(participation, coordinator, next_step="", next_step_on=None)
    assert step_of(participation) == ("", None, coordinator)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"next_step_on": None}, "next_step_on"),
        ({"next_step": ""}, "next_step"),
        ({"next_step_on": TODAY - timedelta(days=1)}, "next_step_on"),
        ({"next_step_on": date(2027, 1, 1)}, "next_step_on"),
    ],
)
def test_step_without_its_day_or_on_a_day_gone_is_refused(participation, coordinator, given, field):
    with pytest.raises(RuleViolation) as refused:
        plan(participation, coordinator, **given)

    assert refused.value.field == field
    assert step_of(participation) == ("", None, None)


def test_late_step_can_be_given_to_another(participation, coordinator, expert):
    late = TODAY - timedelta(days=3)
    Participation.objects.update(next_step="Soita", next_step_on=late, owner=coordinator)
    participation.refresh_from_db()

    plan(participation, coordinator, next_step_on=late, owner=expert)

    assert step_of(participation) == ("Soita", late, expert)


@pytest.mark.parametrize("state", [State.CONFIRMED, State.DECLINED])
def test_nothing_is_planned_for_who_is_in_or_out(in_kannus, season8, coordinator, state):
    confirmed = {"confirmed_at": AT, "confirmed_by": coordinator}
    row = ParticipationFactory(municipality=in_kannus, season=season8, state=state, **confirmed)

    with pytest.raises(RuleViolation):
        plan(row, coordinator)


def test_end_takes_the_step_away_and_leaves_who_is_in_charge(participation, coordinator):
    plan(participation, coordinator)

    joining.withdraw_participation(participation=participation, by=coordinator, at=AT, **EXIT)

    assert step_of(participation) == ("", None, coordinator)


@pytest.mark.parametrize("state", sorted(BEFORE_THE_CONFIRMATION))
def test_step_is_proposed_for_a_working_day(state):
    friday = date(2026, 11, 27)  # 21 days later is a Friday, 14 before Christmas

    proposed = proposals.proposed_step(State(state), today=friday)

    assert proposed is not None
    assert proposed.step
    assert (
        proposed.on
        == {
            State.INVITED: date(2026, 12, 11),
            State.INTERESTED: date(2026, 12, 4),
            State.DECIDING: date(2026, 12, 18),
            State.DECIDED: date(2026, 12, 4),
        }[State(state)]
    )


def test_proposal_leaps_over_holidays():
    proposed = proposals.proposed_step(State.INTERESTED, today=date(2026, 12, 18))

    assert proposed.on == date(2026, 12, 28)  # Christmas Day and its weekend


@pytest.mark.parametrize("state", [State.CONFIRMED, State.DECLINED, State.WITHDRAWN])
def test_nothing_is_proposed_for_who_is_in_or_out(state):
    assert proposals.proposed_step(state, today=TODAY) is None


# -- The way in plain words ------------------------------------------------------------------------


def test_way_says_each_step_and_whose_it_was(in_kannus, season8, coordinator, expert, in_english):
    row = joining.invite_municipality(
        season=season8, municipality=in_kannus, by=expert, on=date(2026, 11, 2)
    )
    plan(row, coordinator)
    plan(row, coordinator, next_step="", next_step_on=None, owner=None)
    move(row, coordinator, State.DECIDING)
    decision = {"decided_on": date(2026, 11, 23), "decision_section": "140", "diary_number": "195"}
    for body in ("Khall", "Kunnanhallitus"):
        joining.record_decision(participation=row, decided_by_fi=body, by=expert, at=AT, **decision)
    given = EXIT | {"exit_note": "Ehkä 2029"}
    joining.withdraw_participation(participation=row, by=coordinator, at=AT, **given)
    joining.restore_participation(participation=row, by=expert, at=AT)

    found = way(row, [])

    assert [(plain(each.words), plain(each.note), each.by) for each in reversed(found)] == [
        ("Invited since 2 Nov 2026", "put on the list", expert.name),
        ("Next step: Soita", "by 1 Dec 2026", coordinator.name),
        (f"In charge: {coordinator.name}", "", coordinator.name),
        ("No next step any more", "It was: Soita", coordinator.name),
        ("In charge: nobody", "", coordinator.name),
        ("Deciding since 24 Nov 2026", "", coordinator.name),
        ("Decision recorded: Khall 23 Nov 2026 § 140, 195", "", expert.name),
        ("Decision changed", "Before: Khall 23 Nov 2026 § 140, 195.", expert.name),
        ("Withdrawn on 24 Nov 2026: Finances", "Ehkä 2029", coordinator.name),
        ("Decided again: “Withdrawn” was undone", "", expert.name),
    ]
    assert [plain(each.words) for each in found if each.is_decision] == [
        "Decision recorded: Khall 23 Nov 2026 § 140, 195"
    ]


def test_way_says_who_was_interested_and_where_it_came_from(in_kannus, season8, in_english):
    row = ParticipationFactory(
        municipality=in_kannus,
        season=season8,
        state=State.INTERESTED,
        source=ParticipationSource.PUBLIC_PAGE,
    )
    said = {"name": "Aino Aho", "email": "aino@kannus.example", "language": Language.FINNISH}
    interest = Interest.objects.create(
        municipality=in_kannus, season=season8, at=AT - timedelta(days=90), **said
    )

    asked, listed = sorted(way(row, [interest]), key=lambda each: each.at)

    assert (asked.words, asked.by) == ("Expressed interest on the public page", "Aino Aho")
    assert (listed.note, listed.by) == ("came to the list from the public page", "")


def test_way_tells_a_corrected_day_and_what_else_the_decision_said(
    participation, coordinator, in_english
):
    Participation.objects.update(state_on=date(2024, 9, 3))
    Participation.objects.update(contact_fi="kunnanjohtaja")

    assert [(plain(each.words), each.note) for each in way(participation, [])][:2] == [
        ("Decision changed", "Contact person or who may attend on site."),
        ("Day of the stage: 3 Sept 2024", ""),
    ]


def test_fee_stands_beside_the_confirmation(participation, in_english):
    Participation.objects.update(
        state=State.CONFIRMED, annual_fee_eur=9_000, confirmed_at=AT, confirmed_by=UserFactory()
    )

    assert (way(participation, [])[0].words, way(participation, [])[0].note) == (
        "Taking part",
        "€9,000.00",
    )
