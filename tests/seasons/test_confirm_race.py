"""Two coordinators press at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.http import HttpResponse

from seasons.actions import editing, joining, opening
from seasons.enums import ParticipationState, SeasonPart, SeasonState
from seasons.models import FeeTier, Participation, Season, Theme
from seasons.queries import locked_member
from tests.municipalities.factories import PopulationFactory
from tests.pressing import carried
from tests.racing import at_once, ends_of, until_it_waits
from tests.seasons.factories import (
    EXIT,
    EntitlementFactory,
    FeeTierFactory,
    ParticipationFactory,
    SeasonFactory,
    opened_season,
)
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.rows import Rows
from uso.ground.tenancy.scope import scope

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

AT = datetime(2024, 11, 1, 9, tzinfo=UTC)


def test_of_simultaneous_confirmations_one_counts(kannus, season8, coordinator, expert):
    FeeTierFactory(season=season8)
    PopulationFactory(municipality=kannus)
    with scope(kannus.pk):
        row = ParticipationFactory(
            municipality=kannus, season=season8, state=ParticipationState.DECIDED
        )

    def confirm(by) -> Callable[[], None]:
        def press() -> None:
            with scope(kannus.pk):
                participation = Participation.objects.get(pk=row.pk)
                joining.confirm_participation(participation=participation, by=by, at=AT)

        return press

    ends = ends_of(confirm(coordinator), confirm(expert), confirm(coordinator))

    assert ends == ["ParticipationRefused", "ParticipationRefused", "done"]
    with scope(kannus.pk):
        events = row._meta.apps.get_model("seasons", "ParticipationEvent").objects
        assert events.filter(state=ParticipationState.CONFIRMED).count() == 1


def test_terms_of_a_confirmation_are_read_while_nobody_changes_them(kannus, season8, coordinator):
    with scope(kannus.pk):
        row = ParticipationFactory(
            municipality=kannus, season=season8, state=ParticipationState.DECIDED
        )

    def withdraw() -> None:
        with scope(kannus.pk):
            found = Participation.objects.get(pk=row.pk)
            joining.withdraw_participation(
                participation=found, by=coordinator, at=AT, **EXIT | {"state_on": AT.date()}
            )

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            read = locked_member(season8, kannus.slug)
            running = threads.submit(at_once, withdraw)
            until_it_waits(running)
        running.result(timeout=60)

    assert read.state == ParticipationState.DECIDED
    with scope(kannus.pk):
        assert Participation.objects.get().state == ParticipationState.WITHDRAWN


@pytest.fixture
def decided(kannus) -> Participation:
    """Kannus has decided to join a season that is open."""
    season = opened_season(number=8)
    PopulationFactory(municipality=kannus, year=season.population_year)
    with scope(kannus.pk):
        return ParticipationFactory(
            municipality=kannus, season=season, state=ParticipationState.DECIDED
        )


def confirm_once(row: Participation, by) -> None:
    with scope(row.municipality_id):
        found = Participation.objects.get(pk=row.pk)
        joining.confirm_participation(participation=found, by=by, at=AT)


def amend_the_fee(row: Participation, by, fee: int) -> None:
    editing.edit_part(
        season=row.season,
        part=SeasonPart.FEES,
        content=editing.Tiers({(0, None): Decimal(fee)}),
        reason=editing.Reason({"fi": "Kustannukset nousivat."}, AT.date()),
        by=by,
        at=AT,
    )


def test_confirmation_during_an_amendment_of_the_fees_has_the_new_fee(decided, coordinator):
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            amend_the_fee(decided, coordinator, 10_000)
            running = threads.submit(at_once, lambda: confirm_once(decided, coordinator))
            until_it_waits(running)
        assert running.result(timeout=60) == [None]

    with scope(decided.municipality_id):
        confirmed = Participation.objects.select_related("fee_tier").get()
        assert (confirmed.annual_fee_eur, confirmed.fee_tier.replaced_at) == (10_000, None)


def test_confirmation_while_the_decision_is_mended_goes_by_the_new_day(decided, coordinator):
    def mend() -> None:
        with scope(decided.municipality_id):
            joining.record_decision(
                participation=Participation.objects.get(pk=decided.pk), decided_by_fi="Khall",
                decided_on=date(2026, 10, 6), decision_section="", diary_number="",
                by=coordinator, at=datetime(2026, 11, 1, 9, tzinfo=UTC),
            )  # fmt: skip

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            mend()
            running = threads.submit(at_once, lambda: confirm_once(decided, coordinator))
            until_it_waits(running)
        assert running.result(timeout=60) == [None]

    with scope(decided.municipality_id):
        assert Participation.objects.get().joining_year == 2026


def test_amendment_during_a_confirmation_leaves_its_fee_and_tier(decided, coordinator):
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            confirm_once(decided, coordinator)
            running = threads.submit(at_once, lambda: amend_the_fee(decided, coordinator, 10_000))
            until_it_waits(running)
        assert running.result(timeout=60) == [None]

    with scope(decided.municipality_id):
        confirmed = Participation.objects.select_related("fee_tier").get()
        assert (confirmed.annual_fee_eur, confirmed.fee_tier.replaced_at) == (9_000, AT)
    assert [tier.annual_fee_eur for tier in FeeTier.objects.all()] == [10_000]


def test_two_invitations_at_once_make_one_row(kannus, season8, coordinator):
    def invite() -> None:
        with scope(kannus.pk):
            joining.invite_municipality(
                season=season8, municipality=kannus, by=coordinator, on=AT.date()
            )

    assert ends_of(invite, invite) == ["ParticipationRefused", "done"]
    with scope(kannus.pk):
        assert Participation.objects.count() == 1


def test_a_season_never_opens_while_a_tier_is_taken_away(season8, coordinator):
    tier = FeeTierFactory(season=season8, population=(0, None))
    EntitlementFactory(season=season8)

    def open_it() -> None:
        opening.open_season(season=season8, by=coordinator, at=AT)

    def remove() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM seasons_feetier WHERE id = %s", [tier.pk])

    ends_of(open_it, remove)

    is_open = Season.objects.get().state == SeasonState.OPEN
    assert is_open == FeeTier.objects.exists()


def test_of_two_empty_seasons_made_at_once_one_is_refused_at_its_field(coordinator):
    def make(number: int, first_year: int) -> Callable[[], object]:
        return lambda: editing.make_empty_season(
            number=number, first_year=first_year, last_year=first_year + 1, by=coordinator
        )

    for steps, field in (
        ([make(9, 2027), make(9, 2031)], "number"),
        ([make(10, 2041), make(11, 2042)], "first_year"),
    ):
        made, refused = sorted(at_once(*steps), key=lambda end: isinstance(end, Exception))
        assert isinstance(made, Season)
        assert (type(refused), refused.field) == (RuleViolation, field)


@pytest.mark.parametrize(
    ("one", "other", "field"),
    [
        ({"number": 11}, {"number": 11}, "number"),
        (
            {"first_year": 2041, "last_year": 2042},
            {"first_year": 2042, "last_year": 2043},
            "first_year",
        ),
    ],
)
def test_two_drafts_never_get_one_number_or_common_years(coordinator, one, other, field):
    drafts = [
        SeasonFactory(number=n, first_year=y, last_year=y) for n, y in ((9, 2027), (10, 2028))
    ]

    def write(draft: Season, content: dict[str, int]) -> Callable[[], object]:
        return lambda: editing.edit_part(
            season=draft, part=SeasonPart.BASICS, content=content, by=coordinator, at=AT
        )

    ends = at_once(write(drafts[0], one), write(drafts[1], other))

    _written, refused = sorted(ends, key=lambda end: isinstance(end, Exception))
    assert (type(refused), refused.field) == (RuleViolation, field)


def test_two_editors_at_once_keep_what_both_added(season8, coordinator):
    def add(name: str) -> Callable[[], None]:
        def write() -> None:
            editing.edit_part(
                season=season8,
                part=SeasonPart.THEMES,
                content=Rows(({"name_fi": name},), frozenset()),
                by=coordinator,
                at=AT,
            )

        return write

    assert ends_of(add("Yksi"), add("Kaksi")) == ["done", "done"]
    assert set(Theme.objects.values_list("name_fi", flat=True)) == {"Yksi", "Kaksi"}


def test_of_two_who_save_one_part_at_once_the_second_is_told_and_keeps_what_was_typed(
    season8, coordinator, client_for
):
    address = f"/seasons/{season8.number}/edit/basics/"
    years = {"number": 8, "first_year": season8.first_year, "last_year": season8.last_year}

    def save(theme: str) -> Callable[[], HttpResponse]:
        client = client_for(coordinator)
        typed = {**carried(client.get(address)), **years, "theme_fi": theme}
        return lambda: client.post(address, typed)

    answers = dict(zip(["Yksi", "Kaksi"], at_once(save("Yksi"), save("Kaksi")), strict=True))

    stored = Season.objects.get().theme_fi
    (lost,) = answers.keys() - {stored}
    assert {theme: answer.status_code for theme, answer in answers.items()} == {
        stored: 302,
        lost: 422,
    }
    refused = answers[lost].text
    assert "Tämä on muuttunut sillä välin" in refused
    assert (stored in refused, f">\n{lost}</textarea>" in refused) == (True, True)


def test_nothing_is_written_without_a_reason_into_what_is_being_published(season8, coordinator):
    FeeTierFactory(season=season8, population=(0, None))
    EntitlementFactory(season=season8)

    def write() -> None:
        editing.edit_part(
            season=season8,
            part=SeasonPart.BASICS,
            content={"theme_fi": "Uusi"},
            by=coordinator,
            at=AT,
        )

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            opening.open_season(season=season8, by=coordinator, at=AT)
            running = threads.submit(at_once, write)
            until_it_waits(running)
        (refused,) = running.result(timeout=60)

    assert isinstance(refused, editing.SeasonNotEditable)
    assert Season.objects.get().theme_fi == season8.theme_fi
