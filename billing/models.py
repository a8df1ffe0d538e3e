"""VAT rates by date, and invoices that copy every value they print."""

from datetime import date, timedelta
from functools import lru_cache
from typing import ClassVar

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, IntegerRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.db.models import F, Q
from django.db.models.functions import ExtractYear, Round
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.einvoice_addresses import ADDRESS, ENDPOINT
from billing.enums import InvoiceKind, InvoiceState
from municipalities.enums import Language
from municipalities.models import Municipality, User
from seasons.models import FeeTier, Participation, Season
from uso.ground.lib.languages import current_language


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class VatRate(models.Model):
    """The general rate of VAT while it is in force; the network sells at no other rate."""

    vat_pct = models.DecimalField(_("VAT, %"), max_digits=4, decimal_places=2)
    valid = DateRangeField(
        _("in force"), help_text=_("From, and up to but not including; by date of supply.")
    )
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="vat_rates_do_not_overlap",
                expressions=[("valid", RangeOperators.OVERLAPS)],
                violation_error_message=_("Another rate of VAT is in force at that time."),
            ),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__lower_inf=False),
                name="vat_rate_starts_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(vat_pct__gte=0, vat_pct__lt=100), name="vat_rate_is_a_percentage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vat_pct} % {self.valid}"

    @property
    def starts_on(self) -> date:
        """First day of the rate."""
        first: date = self.valid.lower
        return first

    @property
    def ends_on(self) -> date | None:
        """Last day of the rate; None while no end is known."""
        return self.valid.upper - timedelta(days=1) if self.valid.upper else None


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def of(self, season: Season) -> "InvoiceQuerySet":
        """Invoices of a season's participations."""
        return self.filter(participation__season=season)

    def fees(self) -> "InvoiceQuerySet":
        """Yearly fees that stand: drafts and issued ones, not those credited since."""
        return self.filter(kind=InvoiceKind.FEE).exclude(state=InvoiceState.CREDITED)

    def drafts(self) -> "InvoiceQuerySet":
        """Invoices without a number, which may still be removed."""
        return self.filter(state=InvoiceState.DRAFT)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Invoice(models.Model):
    """One invoice to one municipality, at one rate of VAT.

    It copies what it prints, so later changes of the municipality, the season or the rates never
    reach it. Only a draft changes or goes (triggers of migration 0002).
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="invoices"
    )
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="invoices", db_constraint=False
    )
    kind = models.CharField(_("kind"), max_length=8, choices=InvoiceKind, default=InvoiceKind.FEE)
    state = models.CharField(
        _("state"), max_length=8, choices=InvoiceState, default=InvoiceState.DRAFT
    )
    number = models.PositiveIntegerField(
        _("number"), null=True, blank=True, help_text=_("Given when the invoice is issued.")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    supply_on = models.DateField(
        _("date of supply"), help_text=_("The day that decides the rate of VAT.")
    )
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.FINNISH
    )
    buyer_name = models.CharField(_("buyer"), max_length=120)
    buyer_business_id = models.CharField(_("buyer's business id"), max_length=9, blank=True)
    tier = IntegerRangeField(_("population of the fee tier"))
    population = models.PositiveIntegerField(_("population"))
    population_year = models.PositiveSmallIntegerField(_("year of the population"))
    vat_pct = models.DecimalField(_("VAT, %"), max_digits=4, decimal_places=2)
    net_eur = models.DecimalField(_("net"), max_digits=11, decimal_places=2)
    vat_eur = models.DecimalField(_("VAT"), max_digits=11, decimal_places=2)
    gross_eur = models.DecimalField(_("total"), max_digits=11, decimal_places=2)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty where an operator's command made it."),
    )

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "participation", "year"],
                condition=Q(kind=InvoiceKind.FEE) & ~Q(state=InvoiceState.CREDITED),
                name="invoice_fee_once_a_year",
                violation_error_message=_("This year's fee is on an invoice already."),
            ),
            models.CheckConstraint(
                condition=Q(gross_eur=F("net_eur") + F("vat_eur")),
                name="invoice_net_and_vat_make_gross",
            ),
            models.CheckConstraint(
                condition=Q(vat_eur=Round(F("net_eur") * F("vat_pct") / 100, precision=2)),
                name="invoice_vat_by_its_rate",
            ),
            models.CheckConstraint(
                condition=~Q(kind=InvoiceKind.FEE) | Q(net_eur__gte=0),
                name="invoice_fee_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(kind=InvoiceKind.FEE) | Q(year=ExtractYear("supply_on")),
                name="invoice_fee_supplied_in_its_year",
                violation_error_message=_("The date of supply lies outside the invoice's year."),
            ),
            models.CheckConstraint(
                condition=Q(state=InvoiceState.DRAFT, number__isnull=True)
                | (~Q(state=InvoiceState.DRAFT) & Q(number__isnull=False)),
                name="invoice_numbered_when_issued",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.buyer_name} {self.year}"

    @property
    def is_draft(self) -> bool:
        """Whether it has no number yet and may still be removed."""
        return self.state == InvoiceState.DRAFT

    @property
    def tier_limits(self) -> str:
        """The tier's populations as the documents print them."""
        return tier_limits(self.tier.lower, self.tier.upper, current_language())


@lru_cache(maxsize=256)  # a season has three tiers and ninety invoices
def tier_limits(lower: int, upper: int | None, language: str) -> str:
    """Return a tier's populations as the documents print them, in the active language."""
    return FeeTier(population=NumericRange(lower, upper)).limits


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class InvoiceLine(models.Model):
    """One line of an invoice, in the words and the language of its buyer."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="invoice_lines"
    )
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="lines", db_constraint=False
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    text = models.CharField(_("what is sold"), max_length=200)
    quantity = models.DecimalField(_("quantity"), max_digits=9, decimal_places=2, default=1)
    unit_price_eur = models.DecimalField(
        _("price of one, without VAT"), max_digits=11, decimal_places=2
    )
    net_eur = models.DecimalField(_("net"), max_digits=11, decimal_places=2)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "invoice", "position"], name="invoice_line_position_once"
            ),
            models.CheckConstraint(
                condition=Q(net_eur=Round(F("quantity") * F("unit_price_eur"), precision=2)),
                name="invoice_line_quantity_times_price",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text}: {self.net_eur}"


class BusinessIdConfirmation(models.Model):
    """A business id (Y-tunnus) as somebody of the municipality, or for it, has confirmed it.

    Rows are only added: they are the history. The newest stands on the municipality.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    business_id = models.CharField(_("business id"), max_length=9)
    confirmed_at = models.DateTimeField(_("confirmed"))
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(business_id__regex=r"^[0-9]{7}-[0-9]$"), name="business_id_as_written"
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.business_id}"


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["email"],  # may be a person's: no copy in the history
    model_name="BuyerDetailsEvent",
)
class BuyerDetails(models.Model):
    """Where a municipality's invoices go and what they must say, as its people have given it.

    Empty is what nobody has given. The business id stands on the municipality.
    """

    municipality = models.OneToOneField(
        Municipality, on_delete=models.PROTECT, related_name="buyer_details"
    )
    einvoice_address = models.CharField(_("e-invoice address"), max_length=35, blank=True)
    operator = models.CharField(_("operator of e-invoices"), max_length=35, blank=True)
    peppol_endpoint = models.CharField(_("Peppol address"), max_length=55, blank=True)
    reference = models.CharField(_("buyer's reference"), max_length=70, blank=True)
    language = models.CharField(_("language of invoices"), max_length=2, choices=Language)
    street = models.CharField(_("street address or PO box"), max_length=80, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    post_office = models.CharField(_("post office"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail for invoices"), blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"))
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(einvoice_address="") | Q(einvoice_address__regex=ADDRESS),
                name="buyer_einvoice_address_as_written",
            ),
            models.CheckConstraint(
                condition=Q(operator="") | Q(operator__regex=ADDRESS),
                name="buyer_operator_as_written",
            ),
            models.CheckConstraint(
                condition=Q(peppol_endpoint="") | Q(peppol_endpoint__regex=ENDPOINT),
                name="buyer_peppol_endpoint_as_written",
            ),
            models.CheckConstraint(
                condition=Q(postal_code="", post_office="", street="")
                | (Q(postal_code__regex=r"^[0-9]{5}$") & ~Q(post_office="") & ~Q(street="")),
                name="buyer_postal_address_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.einvoice_address}"

    @property
    def postal_address(self) -> str:
        """Street and post office on one line; empty where none was given."""
        return f"{self.street}, {self.postal_code} {self.post_office}" if self.street else ""

    @property
    def language_in_words(self) -> str:
        """The language of its invoices in the reader's language."""
        return Language(self.language).in_words
