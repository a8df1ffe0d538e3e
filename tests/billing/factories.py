"""Invoices for tests, made in an open scope, and the rates of VAT."""

from datetime import date
from decimal import Decimal
from importlib import import_module

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from factory.django import DjangoModelFactory

from billing.models import BuyerDetails, Invoice, InvoiceLine, VatRate
from tests.clock import NOW
from tests.municipalities.factories import UserFactory

RATES = import_module("billing.migrations.0003_vat_rates").RATES


def vat_rates() -> list[VatRate]:
    """Put back the rates of VAT, which a flush after a transactional test takes away."""
    for vat_pct, starts_on, next_on, source in RATES:
        VatRate.objects.get_or_create(
            valid=DateRange(starts_on, next_on), defaults={"vat_pct": vat_pct, "source": source}
        )
    return list(VatRate.objects.order_by("valid"))


class InvoiceFactory(DjangoModelFactory):
    """A draft of 9 000 € and VAT; needs the scope of its municipality."""

    class Meta:
        model = Invoice

    municipality = factory.SelfAttribute("participation.municipality")
    year = 2026
    supply_on = factory.LazyAttribute(lambda invoice: date(invoice.year, 12, 31))
    buyer_name = factory.SelfAttribute("municipality.name_fi")
    tier = (0, 9_000)
    population = 5_264
    population_year = 2024
    vat_pct = Decimal("25.5")
    net_eur = Decimal(9_000)
    vat_eur = Decimal(2_295)
    gross_eur = Decimal(11_295)
    made_by = factory.SubFactory(UserFactory)


class InvoiceLineFactory(DjangoModelFactory):
    class Meta:
        model = InvoiceLine

    municipality = factory.SelfAttribute("invoice.municipality")
    text = "Vuosimaksu 2026, USO8"
    unit_price_eur = Decimal(9_000)
    net_eur = Decimal(9_000)


class BuyerDetailsFactory(DjangoModelFactory):
    """An address with a right check digit, that of no municipality; needs the scope of its municipality."""

    class Meta:
        model = BuyerDetails
        django_get_or_create = ("municipality",)

    einvoice_address = "003701784556"
    operator = "BAWCFI22"
    reference = "Kustannuspaikka 4711"
    language = "fi"
    confirmed_at = NOW
    confirmed_by = factory.SubFactory(UserFactory)
