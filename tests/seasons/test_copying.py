"""A season made from an earlier one: its own tables, and the form that asks for it."""

from datetime import UTC, date, datetime

import pytest

from seasons.actions.copying import copy_season
from seasons.enums import ParticipationState, SeasonState
from seasons.facts import load_seasons, season_is_made_up
from seasons.forms.new_season import NewSeasonForm
from seasons.models import (
    FeeTier,
    Interest,
    Participation,
    Phase,
    Season,
    SeasonContact,
)
from tests.seasons.factories import FeeTierFactory, SeasonFactory, member_of
from uso.ground.lib.errors import RuleViolation

pytestmark = pytest.mark.django_db

NOT_COPIED = {"id", "season_id", "season"}
MOVED = {"number", "first_year", "last_year", "state", "population_year"}


@pytest.fixture
def uso8(db) -> Season:
    load_seasons()
    season = Season.objects.get(number=8)
    season.population_year, season.vat_on_top = 2024, True
    season.billing_months, season.late_joining = [3, 9], "by_months"
    season.save()
    SeasonContact.objects.create(
        season=season, position=1, name="Maija Malli", title_fi="johtaja", email="maija@uso.example"
    )
    return season


def rows(season: Season, name: str, *moved: str) -> list[dict]:
    order = "population" if name == "fee_tiers" else "position"
    found = getattr(season, name).order_by(order).values()
    return [{k: v for k, v in row.items() if k not in {*NOT_COPIED, *moved}} for row in found]


def copy(source, by, number=9, first_year=2027) -> Season:
    return copy_season(source=source, number=number, first_year=first_year, by=by)


def test_numbers_and_words_of_every_part_are_kept(uso8, coordinator):
    made = copy(uso8, coordinator)

    for name in ("themes", "entitlements", "fee_tiers", "workshop_themes", "contacts"):
        assert rows(made, name) == rows(uso8, name) != []
    fields = [f.attname for f in Season._meta.concrete_fields if f.name not in {*MOVED, "id"}]
    assert {n: getattr(made, n) for n in fields} == {n: getattr(uso8, n) for n in fields}


def test_years_phases_and_the_population_year_move_by_the_seasons_length(uso8, coordinator):
    made = copy(uso8, coordinator)

    assert (made.number, made.years, made.population_year) == (9, "2027–2028", 2026)
    assert [(p.name_fi, p.starts_on, p.ends_on) for p in made.phases.order_by("position")] == [
        ("Kevät 2027", date(2027, 1, 1), date(2027, 6, 30)),
        ("Syksy 2027", date(2027, 7, 1), date(2027, 12, 31)),
        ("Kevät 2028", date(2028, 1, 1), date(2028, 6, 30)),
        ("Syksy 2028", date(2028, 7, 1), date(2028, 12, 31)),
    ]
    assert (rows(made, "phases", "starts_on", "ends_on", "name_fi", "name_sv", "name_en")
            == rows(uso8, "phases", "starts_on", "ends_on", "name_fi", "name_sv", "name_en"))  # fmt: skip
    assert Phase.objects.get(season=made, position=1).name_sv == "Våren 2027"


def test_span_of_fees_that_no_form_edits_stays_behind(coordinator):
    source = SeasonFactory(number=9, first_year=2027, last_year=2028)
    source.fee_low_eur, source.fee_high_eur = 8_000, 16_000
    source.save()

    made = copy(source, coordinator, number=10, first_year=2029)

    made.refresh_from_db()
    assert (made.fee_low_eur, made.fee_high_eur) == (None, None)


def test_population_year_that_is_not_chosen_stays_open(uso8, coordinator):
    uso8.population_year = None

    assert copy(uso8, coordinator).population_year is None


def test_phase_that_ends_on_the_29th_of_february_ends_on_the_28th(coordinator):
    source = SeasonFactory(number=9, first_year=2027, last_year=2028)
    Phase.objects.create(
        season=source, position=1, name_fi="I", starts_on="2027-01-01", ends_on="2028-02-29"
    )

    made = copy(source, coordinator, number=10, first_year=2029)

    assert made.phases.get().ends_on == date(2030, 2, 28)


def test_copy_is_a_draft_that_nobody_takes_part_in(uso8, kannus, coordinator, network):
    member_of(uso8, kannus)
    Interest.objects.create(
        municipality=kannus, season=uso8, name="M", email="m@x.example", language="fi",
        at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    Season.objects.filter(pk=uso8.pk).update(state=SeasonState.OPEN)
    uso8.refresh_from_db()

    made = copy(uso8, coordinator)

    assert made.state == SeasonState.DRAFT
    assert not Participation.objects.filter(season=made).exists()
    assert not Interest.objects.filter(season=made).exists()
    uso8.refresh_from_db()
    assert (uso8.state, uso8.number) == (SeasonState.OPEN, 8)
    assert Participation.objects.get(season=uso8).state == ParticipationState.CONFIRMED


def test_tiers_that_an_amendment_replaced_are_left_out(season8, coordinator):
    FeeTierFactory(season=season8, population=(0, None), annual_fee_eur=9_000)
    FeeTierFactory(
        season=season8, population=(0, None), annual_fee_eur=8_000,
        replaced_at=datetime(2025, 1, 1, tzinfo=UTC),
    )  # fmt: skip

    made = copy(season8, coordinator)

    assert [tier.annual_fee_eur for tier in FeeTier.ever.filter(season=made)] == [9_000]


@pytest.mark.parametrize(
    ("number", "first_year", "field", "words"),
    [
        (8, 2027, "number", "There is a USO8 already: give another number."),
        (9, 2026, "first_year", "The years would be 2026–2027, of which USO8 (2025–2026) has some"),
        (9, 2024, "first_year", "The years would be 2024–2025, of which USO7 (2023–2024) has some"),
    ],
)
def test_taken_number_or_year_is_refused_at_its_field(
    uso8, coordinator, in_english, number, first_year, field, words
):
    with pytest.raises(RuleViolation, match=words.replace("(", r"\(").replace(")", r"\)")) as said:
        copy(uso8, coordinator, number, first_year)

    assert said.value.field == field
    assert Season.objects.count() == 4


def test_form_proposes_the_latest_season_and_what_comes_after_it(uso8):
    seasons = list(Season.objects.order_by("-number"))

    form = NewSeasonForm(seasons=seasons)

    assert form.initial == {"source": 8, "number": 9, "first_year": 2027}
    assert next(label for _value, label in form.fields["source"].choices) == "USO8 · 2025–2026"


def test_only_seasons_that_no_document_tells_of_are_made_up(uso8, settings):
    ninth = SeasonFactory(number=9)

    assert (season_is_made_up(uso8), season_is_made_up(ninth)) == (False, False)
    settings.DEMO = True
    assert (season_is_made_up(uso8), season_is_made_up(ninth)) == (False, True)
