"""What the database holds of a season, tried past the ORM."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from seasons.enums import ParticipationState, SeasonState
from seasons.models import FeeTier, Participation, Season
from tests.seasons.factories import FeeTierFactory, ParticipationFactory, SeasonFactory
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

AT = datetime(2024, 11, 1, 9, tzinfo=UTC)


def run(sql: str, *parameters: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def priced(season8: Season) -> list[FeeTier]:
    return [
        FeeTierFactory(season=season8, population=(0, 9_000), annual_fee_eur=9_000),
        FeeTierFactory(season=season8, population=(9_000, 45_001), annual_fee_eur=12_000),
        FeeTierFactory(season=season8, population=(45_001, None), annual_fee_eur=16_000),
    ]


@pytest.fixture
def confirmed(in_kannus, priced, season8, coordinator) -> Participation:
    return ParticipationFactory(
        municipality=in_kannus,
        season=season8,
        state=ParticipationState.CONFIRMED,
        fee_tier=priced[0],
        population=5_264,
        population_year=2024,
        annual_fee_eur=9_000,
        confirmed_at=AT,
        confirmed_by=coordinator,
    )


def test_overlapping_tiers_are_refused(season8, priced):
    with pytest.raises(IntegrityError, match="fee_tiers_do_not_overlap"):
        run(
            "INSERT INTO seasons_feetier (season_id, population) VALUES (%s, '[8999,9000)')",
            season8.pk,
        )


def test_the_same_range_in_another_season_is_fine(priced):
    run(
        "INSERT INTO seasons_feetier (season_id, population) VALUES (%s, '[0,9000)')",
        SeasonFactory(number=9, first_year=2027, last_year=2028).pk,
    )

    assert FeeTier.objects.count() == 4


@pytest.mark.parametrize("population", ["empty", "[-5,0)", "(,9)"])
def test_a_tier_without_a_start_is_refused(season8, population):
    with pytest.raises(IntegrityError, match="fee_tier_starts_somewhere"):
        run(
            "INSERT INTO seasons_feetier (season_id, population) VALUES (%s, %s)",
            season8.pk,
            population,
        )


OPEN = "UPDATE seasons_season SET state = 'open' WHERE id = %s"


def test_season_without_tiers_does_not_open(season8):
    with pytest.raises(IntegrityError, match="cover every population"):
        run(OPEN, season8.pk)


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_season_with_a_gap_does_not_open(season8, priced, lost):
    run("DELETE FROM seasons_feetier WHERE id = %s", priced[lost].pk)

    with pytest.raises(IntegrityError, match="cover every population"):
        run(OPEN, season8.pk)


def test_season_whose_tiers_cover_all_opens(season8, priced):
    run(OPEN, season8.pk)

    season8.refresh_from_db()
    assert season8.state == SeasonState.OPEN


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM seasons_feetier WHERE season_id = %s AND annual_fee_eur = 12000",
        "UPDATE seasons_feetier SET population = '[0,8999)'"
        " WHERE season_id = %s AND annual_fee_eur = 9000",
    ],
)
def test_an_open_season_keeps_its_tiers_without_gap(season8, priced, change):
    run(OPEN, season8.pk)

    with pytest.raises(IntegrityError, match="cover every population"):
        run(change, season8.pk)


@pytest.mark.parametrize("change", ["number = 12", "first_year = 2024", "last_year = 2027"])
def test_a_published_season_keeps_its_number_and_years(season8, priced, change):
    sql = f"UPDATE seasons_season SET {change} WHERE id = %s"
    run(sql, season8.pk)
    run(OPEN, season8.pk)

    with pytest.raises(IntegrityError, match="keeps its number and years"):
        run(sql.replace("=", "= 1 +", 1), season8.pk)


@pytest.mark.parametrize("state", ["open", "closed"])
def test_a_published_season_is_no_draft_again(season8, priced, state):
    run(OPEN, season8.pk)
    run("UPDATE seasons_season SET state = %s WHERE id = %s", state, season8.pk)

    with pytest.raises(IntegrityError, match="no draft again"):
        run("UPDATE seasons_season SET state = 'draft' WHERE id = %s", season8.pk)


def test_a_limit_of_an_open_season_can_move_in_one_transaction(season8, priced):
    run(OPEN, season8.pk)

    with transaction.atomic():
        FeeTier.objects.filter(pk=priced[0].pk).update(population=(0, 8_000))
        FeeTier.objects.filter(pk=priced[1].pk).update(population=(8_000, 45_001))
        run("SELECT 1")

    assert FeeTier.objects.get(pk=priced[1].pk).lower == 8_000


def test_one_participation_of_a_municipality_in_a_season(confirmed):
    with pytest.raises(IntegrityError, match="participation_once"):
        run(
            "INSERT INTO seasons_participation (municipality_id, season_id, state, decided_by_fi,"
            " decision_section, diary_number, contact_fi, on_site_fi, state_on, source, next_step,"
            " exit_stage, exit_reason, exit_note, paper_link) VALUES (%s, %s, 'invited', '', '', '',"
            " '', '', '2024-09-02', 'coordinator', '', '', '', '', 1)",
            confirmed.municipality_id,
            confirmed.season_id,
        )


@pytest.mark.parametrize(
    "change",
    [
        "annual_fee_eur = 8000",
        "annual_fee_eur = NULL",
        "population = 5000",
        "population_year = 2022",
        "fee_tier_id = NULL",
        "confirmed_at = now()",
        "confirmed_at = NULL, confirmed_by_id = NULL, state = 'decided'",
    ],
)
def test_what_was_confirmed_stays(confirmed, change):
    with pytest.raises(IntegrityError, match="keeps its fee, tier and population"):
        run(f"UPDATE seasons_participation SET {change} WHERE id = %s", confirmed.pk)

    confirmed.refresh_from_db()
    assert (confirmed.annual_fee_eur, confirmed.population) == (9_000, 5_264)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("state = 'declined'", "participation_exit_has_its_reason"),
        ("state = 'declined', exit_reason = 'offer'", "participation_exit_has_its_reason"),
        ("state = 'declined', exit_stage = 'invited'", "participation_exit_has_its_reason"),
        (
            "state = 'declined', exit_stage = 'decided', exit_reason = 'offer'",
            "participation_exit_has_its_reason",
        ),
        (
            "state = 'withdrawn', exit_stage = 'invited', exit_reason = 'offer'",
            "participation_exit_has_its_reason",
        ),
        ("exit_reason = 'offer'", "participation_exit_has_its_reason"),
        ("exit_stage = 'invited'", "participation_exit_has_its_reason"),
        ("exit_note = 'Ehkä 2029'", "participation_exit_has_its_reason"),
        (
            "state = 'declined', exit_stage = 'invited', exit_reason = 'other'",
            "participation_other_reason_in_words",
        ),
        ("next_step = 'Soita'", "participation_next_step_has_its_day"),
        ("next_step_on = '2026-12-01'", "participation_next_step_has_its_day"),
        (
            "next_step = 'Soita', next_step_on = '2026-12-01', state = 'declined',"
            " exit_stage = 'invited', exit_reason = 'offer'",
            "participation_next_step_has_its_day",
        ),
    ],
)
def test_end_has_its_reason_and_next_step_its_day(in_kannus, season8, change, rule):
    ParticipationFactory(municipality=in_kannus, season=season8)

    with pytest.raises(IntegrityError, match=rule):
        run(f"UPDATE seasons_participation SET {change}")


@pytest.mark.parametrize(
    "change",
    [
        "state = 'declined', exit_stage = 'deciding', exit_reason = 'offer'",
        "state = 'withdrawn', exit_stage = 'confirmed', exit_reason = 'other', exit_note = 'x'",
        "next_step = 'Soita', next_step_on = '2026-12-01', state = 'decided'",
    ],
)
def test_whole_ends_and_steps_are_stored(in_kannus, season8, change):
    ParticipationFactory(municipality=in_kannus, season=season8)

    run(f"UPDATE seasons_participation SET {change}")


def test_a_confirmed_participation_cannot_be_removed(confirmed):
    with pytest.raises(IntegrityError, match="keeps its fee"):
        run("DELETE FROM seasons_participation WHERE id = %s", confirmed.pk)


def test_a_typing_mistake_in_the_decision_can_still_be_mended(confirmed):
    run("UPDATE seasons_participation SET diary_number = '195/00.01.03/2024'")

    confirmed.refresh_from_db()
    assert confirmed.diary_number == "195/00.01.03/2024"


def test_an_unconfirmed_participation_can_be_removed(in_kannus, season8):
    ParticipationFactory(municipality=in_kannus, season=season8)

    run("DELETE FROM seasons_participation")

    assert Participation.objects.count() == 0


def test_tier_of_another_season_is_refused(in_kannus, season8):
    other = FeeTierFactory(season=SeasonFactory(number=9, first_year=2027, last_year=2028))
    participation = ParticipationFactory(municipality=in_kannus, season=season8)

    with pytest.raises(IntegrityError, match="participation_tier_of_its_season"):
        run(
            "UPDATE seasons_participation SET fee_tier_id = %s WHERE id = %s",
            other.pk,
            participation.pk,
        )


def test_another_municipalitys_participation_is_out_of_reach(confirmed, jamsa):
    with scope(jamsa.pk):
        assert Participation.objects.count() == 0
        run("UPDATE seasons_participation SET diary_number = 'x'")
        with pytest.raises(DatabaseError, match="row-level security"):
            run(
                "INSERT INTO seasons_participation (municipality_id, season_id, state,"
                " decided_by_fi, decision_section, diary_number)"
                " VALUES (%s, %s, 'invited', '', '', '')",
                confirmed.municipality_id,
                SeasonFactory(number=9, first_year=2027, last_year=2028).pk,
            )

    confirmed.refresh_from_db()
    assert confirmed.diary_number == ""


def test_migrations_make_what_the_models_say(in_english):
    out = StringIO()

    call_command("makemigrations", "seasons", dry_run=True, no_color=True, stdout=out)

    assert out.getvalue() == "No changes detected in app 'seasons'\n"
