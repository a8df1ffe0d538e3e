"""Steps of the joining pipeline and the opening of a season."""

from datetime import UTC, date, datetime, timedelta

import pytest

from seasons.actions import joining, opening
from seasons.enums import BEFORE_THE_DECISION, ExitReason, ParticipationState, SeasonState
from seasons.models import Entitlement, FeeTier, Participation, Season
from tests.municipalities.factories import PopulationFactory
from tests.seasons.factories import (
    EXIT,
    EntitlementFactory,
    FeeTierFactory,
    ParticipationFactory,
)
from uso.ground.lib.errors import RuleViolation

pytestmark = pytest.mark.django_db

AT = datetime(2024, 11, 1, 9, tzinfo=UTC)
State = ParticipationState


@pytest.fixture
def tiers(season8) -> list[FeeTier]:
    EntitlementFactory(season=season8)
    return [
        FeeTierFactory(season=season8, population=(0, 9_000), annual_fee_eur=9_000),
        FeeTierFactory(season=season8, population=(9_000, 45_001), annual_fee_eur=12_000),
        FeeTierFactory(season=season8, population=(45_001, None), annual_fee_eur=16_000),
    ]


@pytest.fixture
def participation(in_kannus, season8) -> Participation:
    return ParticipationFactory(municipality=in_kannus, season=season8)


def decide(participation: Participation, by) -> Participation:
    return joining.record_decision(
        participation=participation,
        decided_by_fi="Kaupunginhallitus",
        decided_on=date(2024, 10, 22),
        decision_section="140",
        diary_number="195/00.01.03/2024",
        by=by,
        at=AT,
    )


@pytest.fixture
def decided(participation, coordinator) -> Participation:
    return decide(participation, coordinator)


# -- Opening -----------------------------------------------------------------------------------


def test_season_opens_when_its_tiers_price_everybody(season8, tiers, coordinator):
    season = opening.open_season(season=season8, by=coordinator, at=AT)

    assert season.state == SeasonState.OPEN


@pytest.mark.parametrize(
    ("lost", "sentence"),
    [
        (0, "0–8,999 inhabitants is missing"),
        (1, "9,000–45,000 inhabitants is missing"),
        (2, "Above 45,000 inhabitants is missing"),
    ],
)
def test_opening_names_the_gap(season8, tiers, coordinator, lost, sentence, in_english, network):
    tiers[lost].delete()

    with pytest.raises(opening.SeasonNotReady) as refused:
        opening.open_season(season=season8, by=coordinator, at=AT)

    said = "The season cannot be published yet. Fee tiers cover every population: "
    assert refused.value.message == f"{said}{sentence}."


def test_opening_names_the_tier_without_a_fee(season8, tiers, coordinator, in_english):
    FeeTier.objects.filter(pk=tiers[1].pk).update(annual_fee_eur=None)

    with pytest.raises(
        opening.SeasonNotReady, match="Each tier has its fee: 9,000–45,000 inhabitants"
    ):
        opening.open_season(season=season8, by=coordinator, at=AT)


def test_opening_without_a_package_is_refused(season8, tiers, coordinator, in_english, network):
    Entitlement.objects.filter(season=season8).delete()

    with pytest.raises(opening.SeasonNotReady, match="Content of the package: Not listed"):
        opening.open_season(season=season8, by=coordinator, at=AT)


def test_opening_twice_is_refused(season8, tiers, coordinator):
    opening.open_season(season=season8, by=coordinator, at=AT)

    with pytest.raises(opening.SeasonNotReady):
        opening.open_season(season=season8, by=coordinator, at=AT)


# -- The list ----------------------------------------------------------------------------------


def test_invited_municipality_is_on_the_list(in_kannus, season8, coordinator):
    participation = joining.invite_municipality(
        season=season8, municipality=in_kannus, by=coordinator, on=AT.date()
    )

    assert (participation.municipality, participation.state) == (in_kannus, State.INVITED)


def test_inviting_twice_is_refused_by_name(participation, season8, coordinator, in_english):
    with pytest.raises(RuleViolation, match="Kannus is on this season's list") as refused:
        joining.invite_municipality(
            season=season8, municipality=participation.municipality, by=coordinator, on=AT.date()
        )

    assert refused.value.field == "municipality"
    assert Participation.objects.count() == 1


def test_nobody_is_invited_to_an_ended_season(in_kannus, season8, coordinator):
    season8.state = SeasonState.CLOSED

    with pytest.raises(RuleViolation):
        joining.invite_municipality(
            season=season8, municipality=in_kannus, by=coordinator, on=AT.date()
        )


@pytest.mark.parametrize("state", [State.INTERESTED, State.DECIDING, State.INVITED])
def test_stage_moves_before_the_decision(participation, coordinator, state):
    joining.note_stage(
        participation=participation, state=state, state_on=AT.date(), by=coordinator, at=AT
    )

    assert participation.state == state


def test_stage_does_not_begin_before_the_one_before(participation, coordinator):
    def note(state: State, on: date) -> None:
        joining.note_stage(
            participation=participation, state=state, state_on=on, by=coordinator, at=AT
        )

    note(State.INTERESTED, AT.date())
    with pytest.raises(RuleViolation) as refused:
        note(State.DECIDING, AT.date() - timedelta(days=1))
    note(State.INVITED, AT.date() - timedelta(days=1))  # back, as a correction

    assert refused.value.field == "state_on"
    assert participation.state == State.INVITED


@pytest.mark.parametrize(
    "state", [State.DECIDED, State.CONFIRMED, State.DECLINED, State.WITHDRAWN, "nonsense"]
)
def test_other_states_have_their_own_steps(participation, coordinator, state):
    with pytest.raises(RuleViolation):
        joining.note_stage(
            participation=participation, state=state, state_on=AT.date(), by=coordinator, at=AT
        )


def test_stage_of_a_decided_municipality_stays(decided, coordinator):
    with pytest.raises(RuleViolation):
        joining.note_stage(
            participation=decided, state=State.INTERESTED, state_on=AT.date(), by=coordinator, at=AT
        )


def test_decision_is_recorded_as_boards_write_it(decided):
    decided.refresh_from_db()

    assert decided.state == State.DECIDED
    assert (decided.decided_by_fi, decided.decided_on) == ("Kaupunginhallitus", date(2024, 10, 22))
    assert (decided.decision_section, decided.diary_number) == ("140", "195/00.01.03/2024")


# -- Confirming --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("population", "fee"),
    [(8_999, 9_000), (9_000, 12_000), (45_000, 12_000), (45_001, 16_000)],
)
def test_confirmation_freezes_what_the_fee_rests_on(decided, tiers, coordinator, population, fee):
    PopulationFactory(municipality=decided.municipality, year=2024, count=population)
    PopulationFactory(municipality=decided.municipality, year=2022, count=1)

    joining.confirm_participation(participation=decided, by=coordinator, at=AT)

    decided.refresh_from_db()
    assert decided.state == State.CONFIRMED
    assert (decided.population, decided.population_year) == (population, 2024)
    assert (decided.annual_fee_eur, decided.fee_tier.annual_fee_eur) == (fee, fee)
    assert (decided.confirmed_at, decided.confirmed_by) == (AT, coordinator)


def test_confirmed_fee_does_not_follow_the_tier(decided, tiers, coordinator):
    PopulationFactory(municipality=decided.municipality)
    joining.confirm_participation(participation=decided, by=coordinator, at=AT)

    FeeTier.objects.update(annual_fee_eur=1)

    decided.refresh_from_db()
    assert decided.annual_fee_eur == 9_000


def test_confirming_without_a_decision_is_refused(participation, tiers, coordinator, in_english):
    with pytest.raises(RuleViolation, match="Record the municipality's decision first"):
        joining.confirm_participation(participation=participation, by=coordinator, at=AT)


def test_confirming_without_the_year_names_it(decided, tiers, coordinator, in_english):
    Season.objects.update(population_year=None)

    with pytest.raises(RuleViolation, match="Choose first which year's population"):
        joining.confirm_participation(participation=decided, by=coordinator, at=AT)


def test_missing_population_is_named(decided, tiers, coordinator, in_english):
    with pytest.raises(RuleViolation, match="The population of Kannus in 2024 is not known"):
        joining.confirm_participation(participation=decided, by=coordinator, at=AT)


@pytest.mark.parametrize("fee", [None, "no tier"])
def test_missing_fee_is_named(decided, season8, coordinator, in_english, fee):
    if fee is None:
        FeeTierFactory(season=season8, annual_fee_eur=None)
    PopulationFactory(municipality=decided.municipality, count=5_264)

    with pytest.raises(RuleViolation, match="no fee for 5,264 inhabitants"):
        joining.confirm_participation(participation=decided, by=coordinator, at=AT)


def test_second_press_changes_nothing(decided, tiers, coordinator, expert):
    PopulationFactory(municipality=decided.municipality)
    stale = Participation.objects.get(pk=decided.pk)
    joining.confirm_participation(participation=decided, by=coordinator, at=AT)

    with pytest.raises(RuleViolation):
        joining.confirm_participation(participation=stale, by=expert, at=AT)

    decided.refresh_from_db()
    assert decided.confirmed_by == coordinator


def test_decision_of_a_confirmed_participation_stays(decided, tiers, coordinator):
    PopulationFactory(municipality=decided.municipality)
    joining.confirm_participation(participation=decided, by=coordinator, at=AT)

    with pytest.raises(RuleViolation):
        decide(decided, coordinator)


# -- Declining and withdrawing -----------------------------------------------------------------


def leave(participation: Participation, by, **fields: object) -> Participation:
    given = EXIT | {"state_on": AT.date()} | fields
    return joining.withdraw_participation(participation=participation, by=by, at=AT, **given)


def exit_of(participation: Participation) -> tuple[str, str, str, str]:
    participation.refresh_from_db()
    row = participation
    return (row.state, row.exit_stage, row.exit_reason, row.exit_note)


@pytest.mark.parametrize("stage", sorted(BEFORE_THE_DECISION))
def test_who_says_no_before_a_decision_has_declined(participation, coordinator, stage):
    Participation.objects.update(state=stage)
    participation.refresh_from_db()

    leave(participation, coordinator, exit_reason=ExitReason.NO_TIME, exit_note="Ehkä 2029")

    assert exit_of(participation) == (State.DECLINED, stage, ExitReason.NO_TIME, "Ehkä 2029")


def test_who_leaves_after_the_decision_has_withdrawn(decided, coordinator):
    leave(decided, coordinator)

    assert exit_of(decided) == (State.WITHDRAWN, State.DECIDED, ExitReason.FINANCES, "")


def test_leaving_twice_is_refused(participation, coordinator):
    leave(participation, coordinator)

    with pytest.raises(joining.ParticipationRefused):
        leave(participation, coordinator)


@pytest.mark.parametrize("days", [-1, 1])
def test_day_of_leaving_is_neither_before_the_stage_nor_ahead(participation, coordinator, days):
    Participation.objects.update(state_on=AT.date())
    participation.refresh_from_db()

    with pytest.raises(RuleViolation) as refused:
        leave(participation, coordinator, state_on=AT.date() + timedelta(days=days))

    assert refused.value.field == "state_on"
    assert exit_of(participation) == (State.INVITED, "", "", "")


@pytest.mark.parametrize("stage", sorted(BEFORE_THE_DECISION))
def test_refusal_can_be_undone(participation, coordinator, stage):
    Participation.objects.update(state=stage)
    participation.refresh_from_db()
    leave(participation, coordinator, exit_note="Ehkä 2029")

    joining.restore_participation(participation=participation, by=coordinator, at=AT)

    assert exit_of(participation) == (stage, "", "", "")


def test_withdrawal_after_the_decision_can_be_undone(decided, coordinator):
    leave(decided, coordinator)

    joining.restore_participation(participation=decided, by=coordinator, at=AT)

    assert exit_of(decided) == (State.DECIDED, "", "", "")


def test_second_of_two_who_undo_is_told_where_another_end_came_between(decided, coordinator):
    leave(decided, coordinator)
    stale = Participation.objects.get()
    joining.restore_participation(participation=decided, by=coordinator, at=AT)
    Participation.objects.update(
        state=State.DECLINED, exit_stage=State.DECIDING, exit_reason=EXIT["exit_reason"]
    )

    with pytest.raises(joining.ParticipationRefused):
        joining.restore_participation(participation=stale, by=coordinator, at=AT)


def test_who_takes_part_has_nothing_to_undo(decided, coordinator):
    with pytest.raises(joining.ParticipationRefused):
        joining.restore_participation(participation=decided, by=coordinator, at=AT)


def test_withdrawal_of_a_member_keeps_the_fee_and_can_be_undone(decided, tiers, coordinator):
    PopulationFactory(municipality=decided.municipality)
    joining.confirm_participation(participation=decided, by=coordinator, at=AT)
    leave(decided, coordinator)
    assert (decided.state, decided.annual_fee_eur) == (State.WITHDRAWN, 9_000)

    joining.restore_participation(participation=decided, by=coordinator, at=AT)

    assert (decided.state, decided.annual_fee_eur) == (State.CONFIRMED, 9_000)


def test_history_tells_each_step_and_whose_it_was(in_kannus, season8, coordinator, expert):
    joined = joining.invite_municipality(
        season=season8, municipality=in_kannus, by=expert, on=date(2024, 9, 2)
    )
    decide(joined, coordinator)

    events = joined._meta.apps.get_model("seasons", "ParticipationEvent").objects.order_by("pgh_id")

    assert list(events.values_list("pgh_label", "state", "pgh_context__user")) == [
        ("insert", State.INVITED, expert.pk),
        ("update", State.DECIDED, coordinator.pk),
    ]
