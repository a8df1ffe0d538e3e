"""Reads of billing: what each member of a season owes, and a municipality's own invoices."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, cached_property

from django.utils.translation import gettext as _

from billing.einvoice_addresses import doubt_about
from billing.enums import InvoiceState
from billing.models import BusinessIdConfirmation, BuyerDetails, Invoice, VatRate, tier_limits
from billing.pricing import Totals, fee_supplied_on, line_net, rate_on, totals
from municipalities.models import NAMES, Municipality
from seasons.enums import TAKING_PART, ParticipationState
from seasons.models import FeeTier, Participation, Season
from uso.ground.lib.drawn import Facts, facts_of
from uso.ground.lib.languages import current_language
from uso.ground.lib.money import euros
from uso.ground.lib.order import finnish
from uso.ground.tenancy.crossing import across_municipalities

ONE_YEAR = Decimal(1)
# What decides a fee of a participation, and what a year's list shows of an invoice.
PLACE = (
    "state", "source", "annual_fee_eur", "first_year_fee_eur", "joining_year", "fee_tier",
    "population", "population_year",
)  # fmt: skip
BILLED = (
    "participation", "year", "state", "supply_on", "tier", "population", "population_year",
    "vat_pct", "net_eur", "vat_eur",
)  # fmt: skip

# What a municipality gives of how it is invoiced.
DETAILS = (
    "einvoice_address", "operator", "peppol_endpoint", "reference", "language", "street",
    "postal_code", "post_office", "email",
)  # fmt: skip


@dataclass(frozen=True)
class Due:
    """What a draft would copy: the frozen fee, what it rests on, and the rate of VAT."""

    fee_eur: Decimal
    tier: FeeTier
    population: int
    population_year: int
    supply_on: date
    vat_pct: Decimal

    @cached_property
    def totals(self) -> Totals:
        """Net, VAT and gross of the one line."""
        return totals([line_net(ONE_YEAR, self.fee_eur)], self.vat_pct)


@dataclass(frozen=True)
class FeeRow:
    """One member's fee of one year: on an invoice, due on one, or kept from it by an obstacle.

    `missing` names what a draft lacks before it can be issued; `late` is what the year would come
    to of a member that joined after it, until a coordinator chooses to bill it.
    """

    participation: Participation
    year: int
    invoice: Invoice | None = None
    due: Due | None = None
    late: Due | None = None
    obstacle: str = ""
    missing: tuple[str, ...] = ()

    @property
    def municipality(self) -> Municipality:
        """Whom it concerns."""
        return self.participation.municipality

    @cached_property
    def totals(self) -> Totals | None:
        """What the invoice comes to, or would; None where nothing can be billed."""
        if self.invoice:
            return Totals(self.invoice.net_eur, self.invoice.vat_eur)
        return self.due.totals if self.due else None

    @property
    def vat_pct(self) -> Decimal | None:
        """The rate of VAT, as a percentage."""
        found = self.invoice or self.due
        return found.vat_pct if found else None

    @property
    def supply_on(self) -> date | None:
        """The date of supply."""
        found = self.invoice or self.due
        return found.supply_on if found else None

    @property
    def tier_limits(self) -> str:
        """The fee tier as the documents print it; empty where none is set."""
        if self.invoice:
            return self.invoice.tier_limits
        tier = self.participation.fee_tier
        return tier_limits(tier.lower, tier.upper, current_language()) if tier else ""

    @property
    def population(self) -> int | None:
        """The population that decided the tier."""
        return (self.invoice or self.participation).population

    @property
    def population_year(self) -> int | None:
        """The year of that population."""
        return (self.invoice or self.participation).population_year

    @property
    def state_label(self) -> str:
        """The state in words."""
        if self.invoice:
            return _state_label(self.invoice.state, current_language())
        return _("Not billed") if self.obstacle else _("No draft")


@cache
def _state_label(state: str, language: str) -> str:
    """Return the words of a state in the language being spoken; ninety rows ask for the same."""
    return str(InvoiceState(state).label)


@dataclass(frozen=True)
class FeeYear:
    """The fees of one year of a season; `rate` is that of what is still to draft."""

    year: int
    rows: Sequence[FeeRow]
    rate: VatRate | None

    @cached_property
    def billed(self) -> Totals:
        """What stands on invoices, drafts among them."""
        return _sum(row.totals for row in self.rows if row.invoice)

    @cached_property
    def expected(self) -> Totals:
        """What a billing run would still draft."""
        return _sum(row.totals for row in self.rows if row.due)

    @cached_property
    def whole(self) -> Totals:
        """Both: what the year brings."""
        return self.billed + self.expected

    @cached_property
    def invoices(self) -> list[Invoice]:
        """Invoices of the year."""
        return [row.invoice for row in self.rows if row.invoice]

    @cached_property
    def drafts(self) -> list[Invoice]:
        """Those of them that may still be removed."""
        return [invoice for invoice in self.invoices if invoice.is_draft]

    @cached_property
    def to_make(self) -> list[tuple[Participation, Due]]:
        """What a billing run would draft."""
        return [(row.participation, row.due) for row in self.rows if row.due]

    @property
    def late(self) -> list[FeeRow]:
        """Members that joined after the year, chosen or not: a coordinator decides of them."""
        return [row for row in self.rows if row.late]

    @property
    def left_out(self) -> list[FeeRow]:
        """Rows that a billing run leaves out, each with its obstacle."""
        return [row for row in self.rows if row.obstacle]

    @cached_property
    def without_business_id(self) -> int:
        """How many of those billed cannot be issued an invoice for want of a business id."""
        return sum(not row.municipality.business_id for row in self.rows if row.totals)

    @property
    def payers(self) -> int:
        """How many are billed in all once the drafts are made."""
        return len(self.invoices) + len(self.to_make)


def season_fees(season: Season) -> list[FeeYear]:
    """Gather each year's fees of a season; the query count does not grow with its members."""
    with across_municipalities(reason="the coordinator follows what the whole network owes"):
        found = _participations(season)
    rates = list(VatRate.objects.all())
    return [_fee_year(found, rates, year, fee_supplied_on(year)) for year in season.each_year]


def year_fees(
    season: Season,
    year: int,
    supply_on: date,
    *,
    chosen: Collection[int] = (),
    lock: bool = False,
) -> FeeYear:
    """Gather one year's fees as a billing run with this date of supply finds them.

    Parameters
    ----------
    chosen
        Participations to bill though the municipality joined after the year.
    lock
        Keep every participation as it is until the transaction ends; needs a transaction.
    """
    with across_municipalities(reason="a billing run covers every member of the season"):
        found = _participations(season, lock=lock)
    return _fee_year(found, list(VatRate.objects.all()), year, supply_on, chosen)


def total(fees: Iterable[FeeYear]) -> Totals:
    """Sum the years of a season."""
    return sum((each.whole for each in fees), Totals())


def drafts(season: Season, year: int) -> list[Invoice]:
    """List a year's drafts, whosever they are, in the order of their municipalities."""
    with across_municipalities(reason="a year's drafts are removed together"):
        rows = Invoice.objects.of(season).fees().drafts().filter(year=year)
        return list(rows.order_by("municipality_id", "pk"))


def count_drafts(season: Season, year: int) -> int:
    """Count a year's drafts, whosever they are."""
    return len(drafts(season, year))


def run_facts(fees: FeeYear) -> Facts:
    """Say whom a billing run would draft how much, and why it leaves out whom."""
    return {
        row.municipality.name: euros(row.totals.gross_eur) if row.totals else row.obstacle
        for row in fees.rows
        if not row.invoice
    }


def locked_run_facts(
    season: Season, year: int, supply_on: date, *, chosen: Collection[int]
) -> Facts:
    """Say the same while no other run of the season is at work."""
    lock_runs(season)
    return run_facts(year_fees(season, year, supply_on, chosen=chosen, lock=True))


def sums_of_drafts(season: Season, year: int) -> Facts:
    """Say what removing a year's drafts removes, whose and how much."""
    return {draft.buyer_name: euros(draft.gross_eur) for draft in drafts(season, year)}


def locked_drafts(season: Season, year: int) -> Facts:
    """Say the same while no other run of the season is at work."""
    lock_runs(season)
    return sums_of_drafts(season, year)


def lock_runs(season: Season) -> None:
    """Let billing runs of a season wait for each other."""
    Season.objects.select_for_update(of=("self",), no_key=True).get(pk=season.pk)


def own_invoices() -> list[Invoice]:
    """List the municipality's invoices with their lines, newest year first; needs its scope."""
    invoices = Invoice.objects.select_related("participation__season").prefetch_related("lines")
    return list(invoices.order_by("-year", "-id"))


def own_confirmations() -> list[BusinessIdConfirmation]:
    """List the municipality's confirmed business ids, the newest first; needs its scope."""
    rows = BusinessIdConfirmation.objects.select_related("confirmed_by")
    return list(rows.order_by("-confirmed_at", "-pk"))


@dataclass(frozen=True)
class Buyer:
    """A municipality as it is invoiced; without details where nobody has given any."""

    municipality: Municipality
    details: BuyerDetails | None

    @cached_property
    def missing(self) -> list[str]:
        """Name what has to be given before an e-invoice arrives and is not returned."""
        details = self.details or BuyerDetails()
        needed = {
            _("business ID"): self.municipality.business_id,
            _("e-invoice address"): details.einvoice_address,
            _("operator's identifier"): details.operator,
            _("your reference"): details.reference,
        }
        return [words for words, given in needed.items() if not given]

    @cached_property
    def doubts(self) -> list[str]:
        """Say what looks wrong in its addresses."""
        if self.details is None:
            return []
        own = self.municipality.business_id
        said = [
            doubt_about(self.details.einvoice_address, own),
            doubt_about(self.details.peppol_endpoint.partition(":")[2], own),
            doubt_about(self.details.operator, ""),
        ]
        return list(dict.fromkeys(filter(None, said)))


def buyer(municipality: Municipality) -> Buyer:
    """Read how a municipality is invoiced; needs its scope (one query)."""
    rows = BuyerDetails.objects.filter(municipality=municipality).select_related("confirmed_by")
    return Buyer(municipality, rows.first())


def buyer_facts(details: BuyerDetails | None) -> Facts:
    """Say what a municipality has given, each thing a fact."""
    return facts_of(details or BuyerDetails(), DETAILS)


def locked_buyer_facts(municipality: Municipality) -> Facts:
    """Say the same while nobody else writes of this municipality; needs its scope."""
    lock_buyer(municipality)
    return buyer_facts(buyer(municipality).details)


def lock_buyer(municipality: Municipality) -> None:
    """Let those who give a municipality's details wait for each other."""
    Municipality.objects.select_for_update(of=("self",), no_key=True).get(pk=municipality.pk)


def own_participation(*, on: date) -> Participation | None:
    """Find the municipality's place in the current season; needs its scope."""
    season = Season.objects.current(on=on)
    return Participation.objects.filter(season=season).select_related("season").first()


# A participation with its invoices by year: those that stand, drafts among them.
Found = tuple[Participation, dict[int, Invoice]]


def _participations(season: Season, *, lock: bool = False) -> list[Found]:
    """Read those that have decided to join, and any that has an invoice all the same (three queries)."""
    rows = Participation.objects.filter(season=season).select_related("municipality")
    if lock:
        rows = rows.order_by("pk").select_for_update(of=("self",), no_key=True)
    else:
        rows = rows.only(*PLACE, *(f"municipality__{name}" for name in (*NAMES, "business_id")))
    tiers = FeeTier.ever.filter(season=season).in_bulk()
    found: dict[int, Found] = {}
    for row in rows:
        row.season = season
        row.fee_tier = tiers[row.fee_tier_id] if row.fee_tier_id else None
        found[row.pk] = row, {}
    for invoice in Invoice.objects.of(season).fees().only(*BILLED):
        found[invoice.participation_id][1][invoice.year] = invoice
    joined = (each for each in found.values() if _is_billed(each[0]) or each[1])
    return sorted(joined, key=lambda each: finnish(each[0].municipality.name))


def _is_billed(participation: Participation) -> bool:
    """Whether it has decided to join; of who is named in a record, no fee is known."""
    return participation.state in TAKING_PART and not participation.is_from_record


def _fee_year(
    found: Iterable[Found],
    rates: Iterable[VatRate],
    year: int,
    supply_on: date,
    chosen: Collection[int] = (),
) -> FeeYear:
    rate = rate_on(supply_on, rates)
    rows = []
    for participation, invoices in found:
        if year in invoices:
            rows.append(_invoiced(participation, invoices[year]))
        elif participation.state in TAKING_PART:
            row = _not_invoiced(participation, rate, year, supply_on)
            rows.append(_asked_of(row, chosen) if _joined_after(participation, year) else row)
    return FeeYear(year, rows, rate)


def _invoiced(participation: Participation, invoice: Invoice) -> FeeRow:
    missing = _missing(participation)
    if participation.state != ParticipationState.CONFIRMED:
        missing = (_("The municipality no longer takes part: remove the draft."), *missing)
    return FeeRow(participation, invoice.year, invoice=invoice, missing=missing)


def _not_invoiced(
    participation: Participation, rate: VatRate | None, year: int, supply_on: date
) -> FeeRow:
    due = _due(participation, rate, year, supply_on)
    obstacle = "" if due else _obstacle(participation, rate)
    return FeeRow(participation, year, due=due, obstacle=obstacle, missing=_missing(participation))


def _joined_after(participation: Participation, year: int) -> bool:
    """Whether the first year that it pays for comes after the one billed."""
    joined = participation.joining_year
    return joined is not None and year < joined


def _asked_of(row: FeeRow, chosen: Collection[int]) -> FeeRow:
    """Bill a member for a year before it joined by a coordinator's choice alone."""
    if row.due is None or row.participation.pk in chosen:
        return replace(row, late=row.due)
    return replace(
        row,
        due=None,
        late=row.due,
        obstacle=_("Joined in %(joined)s, after %(year)s: billed for it only if you choose so.")
        % {"joined": row.participation.joining_year, "year": row.year},
    )


def _due(
    participation: Participation, rate: VatRate | None, year: int, supply_on: date
) -> Due | None:
    """Return what a draft would copy; None where a part of it is not known."""
    fee, tier = participation.fee_of(year), participation.fee_tier
    population, population_year = participation.population, participation.population_year
    if participation.state != ParticipationState.CONFIRMED or rate is None or tier is None:
        return None
    if fee is None or population is None or population_year is None:
        return None
    return Due(fee, tier, population, population_year, supply_on, rate.vat_pct)


def _obstacle(participation: Participation, rate: VatRate | None) -> str:
    """Say why no draft can be made."""
    if participation.state != ParticipationState.CONFIRMED:
        return _("The participation has not been confirmed.")
    if rate is None:
        return _("No rate of VAT is known for the date of supply.")
    return _("The annual fee is missing.")


def _missing(participation: Participation) -> tuple[str, ...]:
    """Name what an invoice cannot be issued without."""
    return () if participation.municipality.business_id else (_("Business ID missing"),)


def _sum(parts: Iterable[Totals | None]) -> Totals:
    return sum((part for part in parts if part), Totals())
