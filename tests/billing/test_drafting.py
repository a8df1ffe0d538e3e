"""The billing run and taking it back."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError

from billing import actions
from billing.enums import InvoiceState
from billing.models import Invoice, InvoiceLine, VatRate
from municipalities.models import Municipality
from seasons.enums import ParticipationState
from seasons.models import Participation
from tests.municipalities.factories import MunicipalityFactory
from tests.seasons.factories import FeeTierFactory, SeasonFactory, member_of
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

AT = datetime(2026, 1, 15, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english(in_english):
    """Sentences are compared as they stand in the code."""


@pytest.fixture
def draft(season8, coordinator):
    """Run the billing of 2026, or as asked."""

    def run(year: int = 2026, **asked: object) -> actions.FeeRun:
        return actions.make_fee_drafts(
            **{"season": season8, "year": year, "by": coordinator, "at": AT, **asked}
        )

    return run


def stored(**wanted: object) -> list[Invoice]:
    with across_municipalities(reason="the test counts everybody's invoices"):
        return list(
            Invoice.objects.filter(**wanted).order_by("gross_eur").prefetch_related("lines")
        )


# -- Making ----------------------------------------------------------------------------------------


def test_fee_whose_terms_say_nothing_of_vat_is_not_drafted(season8, join, kannus, coordinator):
    join(kannus)
    season8.vat_on_top = False
    season8.save(update_fields=["vat_on_top"])

    with pytest.raises(
        actions.BillingRefused, match="the terms of USO8 do not say that it comes on top"
    ):
        actions.make_fee_drafts(season=season8, year=2026, by=coordinator, at=AT)

    with scope(kannus.pk):
        assert not Invoice.objects.exists()


def test_run_drafts_every_confirmed_member(draft, join, kannus, jamsa):
    join(kannus)
    join(jamsa, fee=12_000, population=19_767)
    join(MunicipalityFactory(), fee=16_000, population=45_001)

    run = draft()

    sums = [(invoice.net_eur, invoice.vat_eur, invoice.gross_eur) for invoice in stored()]
    assert sums == [
        (Decimal("9000.00"), Decimal("2295.00"), Decimal("11295.00")),
        (Decimal("12000.00"), Decimal("3060.00"), Decimal("15060.00")),
        (Decimal("16000.00"), Decimal("4080.00"), Decimal("20080.00")),
    ]
    assert (run.made, run.totals.gross_eur, run.there_before) == (3, Decimal("46435.00"), 0)


def test_draft_copies_what_it_prints(draft, join, kannus, coordinator):
    Municipality.objects.filter(pk=kannus.pk).update(business_id="0178455-6")
    join(kannus)

    draft()

    invoice = stored()[0]
    assert (invoice.buyer_name, invoice.buyer_business_id) == ("Kannus", "0178455-6")
    assert (invoice.tier.lower, invoice.tier.upper) == (0, 9_000)
    assert (invoice.population, invoice.population_year) == (5_264, 2024)
    assert (invoice.vat_pct, invoice.supply_on) == (Decimal("25.50"), date(2026, 12, 31))
    assert (invoice.state, invoice.number) == (InvoiceState.DRAFT, None)
    assert (invoice.made_by, invoice.made_at) == (coordinator, AT)


def test_line_says_what_is_paid_in_the_buyers_language(draft, join, kannus):
    swedish = MunicipalityFactory(
        name_fi="Pedersöre", name_sv="Pedersöre (sv)", language_status="sv-fi"
    )
    join(kannus)
    join(swedish, fee=12_000)

    draft()

    finnish, other = stored()
    assert (finnish.language, finnish.lines.all()[0].text) == (
        "fi",
        "Vuosimaksu 2026, USO8 Siiloista silloille (2025–2026)",
    )
    assert (other.language, other.buyer_name) == ("sv", "Pedersöre (sv)")
    assert other.lines.all()[0].text.startswith("Årsavgift 2026, USO8")


def test_lines_come_to_the_invoice(draft, join, kannus):
    join(kannus)

    draft()

    invoice = stored()[0]
    lines = [(line.quantity, line.unit_price_eur, line.net_eur) for line in invoice.lines.all()]
    assert lines == [(Decimal("1.00"), Decimal("9000.00"), invoice.net_eur)]


def test_second_run_makes_nothing(draft, join, kannus):
    join(kannus)
    draft()

    again = draft()

    assert (again.made, again.there_before) == (0, 1)
    assert len(stored()) == 1


def test_later_run_adds_those_confirmed_since(draft, join, kannus, jamsa):
    join(kannus)
    draft()
    join(jamsa, fee=12_000)

    again = draft()

    assert (again.made, again.there_before) == (1, 1)
    assert [invoice.buyer_name for invoice in stored()] == ["Kannus", "Jämsä"]


def test_each_year_has_a_fee_of_its_own(draft, join, kannus):
    join(kannus)

    draft(2025)
    draft(2026)

    assert sorted(invoice.year for invoice in stored()) == [2025, 2026]


@pytest.mark.parametrize(
    ("joined", "chosen", "nets"),
    [
        (2025, False, {2025: 2_250, 2026: 9_000}),
        (2026, False, {2026: 2_250}),
        (2026, True, {2025: 9_000, 2026: 2_250}),
    ],
)
def test_first_years_fee_is_billed_in_the_joining_year_alone(
    draft, join, kannus, joined, chosen, nets
):
    late = join(kannus, first_year_fee_eur=2_250, joining_year=joined)

    for year in (2025, 2026):
        draft(year, chosen=[late.pk] if chosen else [])

    assert {invoice.year: invoice.net_eur for invoice in stored()} == nets


def test_date_of_supply_decides_the_vat(draft, kannus):
    season = SeasonFactory(number=7, first_year=2023, last_year=2024)
    FeeTierFactory(season=season)
    with scope(kannus.pk):
        member_of(season, kannus, confirmed_at=datetime(2022, 12, 16, 9, tzinfo=UTC))

    draft(2023, season=season)
    draft(2024, season=season)

    by_year = {invoice.year: (invoice.vat_pct, invoice.gross_eur) for invoice in stored()}
    assert by_year == {
        2023: (Decimal("24.00"), Decimal("11160.00")),
        2024: (Decimal("25.50"), Decimal("11295.00")),
    }


def test_advance_payment_before_the_change_has_the_old_rate(draft, kannus):
    season = SeasonFactory(number=7, first_year=2023, last_year=2024)
    FeeTierFactory(season=season)
    with scope(kannus.pk):
        member_of(season, kannus)

    draft(2024, season=season, supply_on=date(2024, 8, 31))

    assert [(i.vat_pct, i.supply_on) for i in stored()] == [(Decimal("24.00"), date(2024, 8, 31))]


def test_command_has_no_user(draft, join, kannus):
    join(kannus)

    draft(by=None)

    assert stored()[0].made_by is None


def test_history_remembers_whose_the_draft_and_its_end_were(
    draft, join, kannus, season8, coordinator, expert
):
    join(kannus)
    draft()
    actions.remove_fee_drafts(season=season8, year=2026, by=expert)

    with scope(kannus.pk):
        events = Invoice._meta.apps.get_model("billing", "InvoiceEvent").objects.order_by("pgh_id")
        assert list(events.values_list("pgh_label", "gross_eur", "pgh_context__user")) == [
            ("insert", Decimal("11295.00"), coordinator.pk),
            ("delete", Decimal("11295.00"), expert.pk),
        ]


def test_fee_that_was_credited_is_drafted_anew(draft, join, kannus):
    join(kannus)
    draft()
    with scope(kannus.pk):
        Invoice.objects.update(state=InvoiceState.ISSUED, number=1)
        Invoice.objects.update(state=InvoiceState.CREDITED)

    again = draft()

    assert (again.made, again.there_before) == (1, 0)
    assert sorted(invoice.state for invoice in stored()) == ["credited", "draft"]


# -- Left out --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": ParticipationState.DECIDED}, "The participation has not been confirmed."),
        ({"annual_fee_eur": None}, "The annual fee is missing."),
        ({"fee_tier": None}, "The annual fee is missing."),
        ({"population": None, "population_year": None}, "The annual fee is missing."),
    ],
)
def test_run_names_whom_it_leaves_out(draft, join, kannus, jamsa, fields, sentence):
    join(kannus, **fields)
    join(jamsa, fee=12_000)

    run = draft()

    assert [(row.municipality, row.obstacle) for row in run.left_out] == [(kannus, sentence)]
    assert [invoice.municipality for invoice in stored()] == [jamsa]


@pytest.mark.parametrize(
    "state",
    [ParticipationState.INVITED, ParticipationState.DECLINED, ParticipationState.WITHDRAWN],
)
def test_who_does_not_take_part_is_no_concern_of_the_run(draft, join, kannus, state):
    join(kannus, state=state)

    run = draft()

    assert (run.made, run.left_out, stored()) == (0, (), [])


def test_without_a_rate_nobody_is_billed(draft, join, kannus):
    join(kannus)
    VatRate.objects.all().delete()

    run = draft()

    assert [row.obstacle for row in run.left_out] == [
        "No rate of VAT is known for the date of supply."
    ]
    assert stored() == []


# -- Refused ---------------------------------------------------------------------------------------


def test_year_outside_the_season_is_refused(draft, join, kannus):
    join(kannus)

    with pytest.raises(actions.BillingRefused) as refusal:
        draft(2027)

    assert refusal.value.message == "USO8 has no year 2027: its years are 2025–2026."
    assert stored() == []


def test_date_of_supply_outside_the_year_is_refused(draft, join, kannus):
    join(kannus)

    with pytest.raises(actions.BillingRefused) as refusal:
        draft(2026, supply_on=date(2025, 12, 31))

    assert (refusal.value.field, refusal.value.message) == (
        "supply_on",
        "The date of supply lies outside 2026: give a day of that year.",
    )


def test_sums_that_have_changed_since_they_were_shown_are_refused(draft, join, kannus, jamsa):
    join(kannus)
    join(jamsa, fee=12_000)

    with pytest.raises(actions.BillingRefused) as refusal:
        draft(seen_gross_eur=Decimal("11295.00"))

    assert refusal.value.message == (
        "The sums have changed since they were shown: now €26,355.00 in all. Look again."
    )
    assert stored() == []


def test_sums_as_shown_are_made(draft, join, kannus):
    join(kannus)

    assert draft(seen_gross_eur=Decimal("11295.00")).made == 1


def test_second_press_of_the_same_page_is_no_error(draft, join, kannus):
    join(kannus)
    draft(seen_gross_eur=Decimal("11295.00"))

    assert draft(seen_gross_eur=Decimal("11295.00")).made == 0


def test_one_that_fails_leaves_none(draft, join, kannus, jamsa):
    join(jamsa, fee=12_000)
    # Nothing but the database refuses such an invoice.
    join(kannus, annual_fee_eur=Decimal(-1), first_year_fee_eur=None, joining_year=None)

    with pytest.raises(IntegrityError):
        draft()

    assert stored() == []


# -- Taking back -----------------------------------------------------------------------------------


def test_removing_takes_the_drafts_of_the_year_alone(
    draft, join, kannus, jamsa, season8, coordinator
):
    join(kannus)
    join(jamsa, fee=12_000)
    draft(2025)
    draft(2026)

    removed = actions.remove_fee_drafts(season=season8, year=2026, by=coordinator)

    assert removed == 2
    assert [invoice.year for invoice in stored()] == [2025, 2025]
    with scope(kannus.pk):
        assert InvoiceLine.objects.count() == 1


def test_removing_leaves_what_was_issued(draft, join, kannus, season8, coordinator):
    join(kannus)
    draft()
    with scope(kannus.pk):
        Invoice.objects.update(state=InvoiceState.ISSUED, number=1)

    removed = actions.remove_fee_drafts(season=season8, year=2026, by=coordinator)

    assert (removed, len(stored())) == (0, 1)


def test_removed_drafts_can_be_made_anew(draft, join, kannus, season8, coordinator):
    participation = join(kannus)
    draft()
    actions.remove_fee_drafts(season=season8, year=2026, by=coordinator)

    assert draft().made == 1
    with scope(kannus.pk):
        assert Participation.objects.get().invoices.get().participation == participation
