"""Changes of invoices."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from billing import queries
from billing.enums import InvoiceState
from billing.models import BusinessIdConfirmation, BuyerDetails, Invoice, InvoiceLine
from billing.pricing import Totals, fee_supplied_on, line_net
from billing.queries import ONE_YEAR, Due, FeeRow, FeeYear
from municipalities.enums import Language
from municipalities.models import Municipality, User
from seasons.models import Participation, Season
from uso.ground.actions import action
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.money import euros


class BillingRefused(RuleViolation):
    """The billing run cannot be made as asked."""


@dataclass(frozen=True)
class FeeRun:
    """What a billing run did: drafts made and their sum, those that were there, those left out."""

    made: int
    totals: Totals
    there_before: int
    left_out: tuple[FeeRow, ...]


@action()
def make_fee_drafts(
    *,
    season: Season,
    year: int,
    by: User | None,
    at: datetime,
    supply_on: date | None = None,
    chosen: Collection[int] = (),
    seen_gross_eur: Decimal | None = None,
) -> FeeRun:
    """Draft the yearly fee of every confirmed member that lacks one: all of them or none.

    Who joined after the year is left out unless chosen. The lock on the season makes a second press wait, and then find nothing left to do.

    Parameters
    ----------
    by
        Who asks; None for an operator's command.
    supply_on
        Day that decides the rate of VAT; the end of the year unless given.
    chosen
        Participations to bill though the municipality joined after the year.
    seen_gross_eur
        Sum that was shown before; the run refuses when it has changed since.
    """
    supply_on = supply_on or fee_supplied_on(year)
    check_dates(season, year, supply_on)
    _check_terms(season)
    queries.lock_runs(season)
    fees = queries.year_fees(season, year, supply_on, chosen=chosen, lock=True)
    _check_sum(fees, seen_gross_eur)
    for participation, due in fees.to_make:
        make_fee_draft(participation=participation, due=due, season=season, by=by, at=at)
    return FeeRun(len(fees.to_make), fees.expected, len(fees.invoices), tuple(fees.left_out))


def check_dates(season: Season, year: int, supply_on: date) -> None:
    """Refuse a year outside the season and a date of supply outside the year."""
    if year not in season.each_year:
        raise BillingRefused(
            _("%(season)s has no year %(year)s: its years are %(years)s.")
            % {"season": season, "year": year, "years": season.years}
        )
    if supply_on.year != year:
        raise BillingRefused(
            _("The date of supply lies outside %(year)s: give a day of that year.")
            % {"year": year},
            field="supply_on",
        )


def _check_terms(season: Season) -> None:
    """Refuse to add VAT to a fee of which nobody has said that it comes on top."""
    if not season.vat_on_top:
        raise BillingRefused(
            _(
                "Invoices add VAT to the fee, but the terms of %(season)s do not say that it comes"
                " on top. Say it on the season's page first."
            )
            % {"season": season}
        )


def _check_sum(fees: FeeYear, seen_gross_eur: Decimal | None) -> None:
    if not fees.to_make or seen_gross_eur in (None, fees.expected.gross_eur):
        return
    raise BillingRefused(
        _("The sums have changed since they were shown: now %(gross)s in all. Look again.")
        % {"gross": euros(fees.expected.gross_eur)}
    )


@action(of="participation", after_merger=True)
def make_fee_draft(
    *, participation: Participation, due: Due, season: Season, by: User | None, at: datetime
) -> Invoice:
    """Draft one member's fee of a year, as a run found it due."""
    municipality, year = participation.municipality, due.supply_on.year
    details = queries.buyer(municipality).details
    language = Language(details.language) if details else municipality.main_language
    invoice = Invoice.objects.create(
        municipality=municipality,
        participation=participation,
        year=year,
        supply_on=due.supply_on,
        language=language,
        buyer_name=municipality.name_sv if language == Language.SWEDISH else municipality.name_fi,
        buyer_business_id=municipality.business_id,
        tier=due.tier.population,
        population=due.population,
        population_year=due.population_year,
        vat_pct=due.vat_pct,
        net_eur=due.totals.net_eur,
        vat_eur=due.totals.vat_eur,
        gross_eur=due.totals.gross_eur,
        made_at=at,
        made_by=by,
    )
    InvoiceLine.objects.create(
        municipality=municipality,
        invoice=invoice,
        text=_line_text(
            season, year, language, is_whole=due.fee_eur == participation.annual_fee_eur
        ),
        quantity=ONE_YEAR,
        unit_price_eur=due.fee_eur,
        net_eur=line_net(ONE_YEAR, due.fee_eur),
    )
    return invoice


def _line_text(season: Season, year: int, language: Language, *, is_whole: bool) -> str:
    """Say what the line is of: a year's fee, or that of the months left of the first year."""
    with translation.override(language):
        named = {
            "year": year,
            "season": f"{season} {season.theme}".strip(),
            "years": season.years,
        }
        if is_whole:
            return _("Annual fee %(year)s, %(season)s (%(years)s)") % named
        return _("Fee for the months left of %(year)s, %(season)s (%(years)s)") % named


@action(of="municipality")
def confirm_business_id(
    *, municipality: Municipality, business_id: str, by: User, at: datetime
) -> BusinessIdConfirmation:
    """Store a municipality's business id with who confirmed it; its drafts get it too."""
    Municipality.objects.filter(pk=municipality.pk).update(business_id=business_id)
    municipality.business_id = business_id
    Invoice.objects.drafts().filter(municipality=municipality).update(buyer_business_id=business_id)
    return BusinessIdConfirmation.objects.create(
        municipality=municipality, business_id=business_id, confirmed_at=at, confirmed_by=by
    )


@action(of="municipality")
def save_buyer_details(
    *, municipality: Municipality, by: User, at: datetime, **details: str
) -> BuyerDetails:
    """Store where a municipality's invoices go; who saves it has confirmed it."""
    queries.lock_buyer(municipality)
    saved, _made = BuyerDetails.objects.update_or_create(
        municipality=municipality,
        defaults={**details, "confirmed_at": at, "confirmed_by": by},
    )
    return saved


@action(of="details")
def confirm_buyer_details(*, details: BuyerDetails, by: User, at: datetime) -> BuyerDetails:
    """Note who says that the details are still true."""
    details.confirmed_at, details.confirmed_by = at, by
    details.save(update_fields=["confirmed_at", "confirmed_by"])
    return details


@action()
def remove_fee_drafts(*, season: Season, year: int, by: User | None) -> int:
    """Remove a year's drafts, so that they can be made anew; return how many there were."""
    queries.lock_runs(season)
    drafts = queries.drafts(season, year)
    for draft in drafts:
        remove_draft(invoice=draft, by=by)
    return len(drafts)


@action(of="invoice", after_merger=True)
def remove_draft(*, invoice: Invoice, by: User | None) -> Invoice:
    """Remove one invoice that is a draft, with its lines."""
    InvoiceLine.objects.filter(invoice=invoice, invoice__state=InvoiceState.DRAFT).delete()
    Invoice.objects.drafts().filter(pk=invoice.pk).delete()
    return invoice
