"""What the database holds of invoices, tried past the ORM."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from billing.enums import InvoiceState
from billing.models import Invoice, InvoiceLine, VatRate
from tests.billing.factories import InvoiceFactory, InvoiceLineFactory
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db


def run(sql: str, *parameters: object) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        count = cursor.rowcount
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        return count


@pytest.fixture
def invoice(join, kannus) -> Invoice:
    """A draft of Kannus with its line."""
    participation = join(kannus)
    with scope(kannus.pk):
        made = InvoiceFactory(participation=participation)
        InvoiceLineFactory(invoice=made)
        return made


@pytest.fixture
def issued(invoice) -> Invoice:
    with scope(invoice.municipality_id):
        run("UPDATE billing_invoice SET state = 'issued', number = 1")
        invoice.refresh_from_db()
    return invoice


# -- Rates of VAT ----------------------------------------------------------------------------------


def test_rates_of_the_law(rates):
    assert [(rate.vat_pct, rate.starts_on, rate.ends_on) for rate in rates] == [
        (Decimal("24.00"), date(2013, 1, 1), date(2024, 8, 31)),
        (Decimal("25.50"), date(2024, 9, 1), None),
    ]


@pytest.mark.parametrize(
    ("starts", "ends", "constraint"),
    [
        ("2024-08-31", "2024-09-01", "vat_rates_do_not_overlap"),
        (None, "2000-01-01", "vat_rate_starts_somewhere"),
        ("2000-01-01", "2000-01-01", "vat_rate_starts_somewhere"),
    ],
)
def test_a_rate_that_does_not_fit_in_time_is_refused(starts, ends, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        run(
            "INSERT INTO billing_vatrate (vat_pct, valid, source)"
            " VALUES (10, daterange(%s, %s), 'test')",
            starts,
            ends,
        )


@pytest.mark.parametrize("vat_pct", ["-1", "99.999"])
def test_a_rate_is_a_percentage(vat_pct):
    with pytest.raises(DatabaseError):
        VatRate.objects.create(
            vat_pct=vat_pct, valid=DateRange(date(2000, 1, 1), date(2001, 1, 1)), source="test"
        )


# -- Sums ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("gross_eur = gross_eur + 0.01", "invoice_net_and_vat_make_gross"),
        ("vat_eur = vat_eur + 0.01, gross_eur = gross_eur + 0.01", "invoice_vat_by_its_rate"),
        ("vat_pct = 24", "invoice_vat_by_its_rate"),
        ("net_eur = -9000, vat_eur = -2295, gross_eur = -11295", "invoice_fee_not_negative"),
        ("supply_on = '2025-12-31'", "invoice_fee_supplied_in_its_year"),
        ("number = 1", "invoice_numbered_when_issued"),
        ("state = 'issued'", "invoice_numbered_when_issued"),
    ],
)
def test_an_invoice_that_does_not_add_up_is_refused(invoice, kannus, change, constraint):
    with scope(kannus.pk), pytest.raises(IntegrityError, match=constraint):
        run(f"UPDATE billing_invoice SET {change}")


@pytest.mark.parametrize(
    ("net", "vat_pct", "vat"),
    [("0.02", "25", "0.01"), ("0.10", "25.5", "0.03"), ("8999.99", "25.5", "2295.00")],
)
def test_database_rounds_vat_as_the_code_does(invoice, kannus, net, vat_pct, vat):
    with scope(kannus.pk):
        changed = run(
            "UPDATE billing_invoice SET net_eur = %s, vat_pct = %s, vat_eur = %s, gross_eur = %s",
            *map(Decimal, (net, vat_pct, vat)),
            Decimal(net) + Decimal(vat),
        )

    assert changed == 1


def test_a_line_is_quantity_times_price(invoice, kannus):
    with scope(kannus.pk), pytest.raises(IntegrityError, match="invoice_line_quantity_times_price"):
        run("UPDATE billing_invoiceline SET quantity = 2")


# -- Once ------------------------------------------------------------------------------------------


def test_one_fee_a_year(invoice, kannus):
    with pytest.raises(IntegrityError, match="invoice_fee_once_a_year"), scope(kannus.pk):
        InvoiceFactory(participation=invoice.participation)


def test_a_credited_fee_makes_room_for_another(issued, kannus):
    with scope(kannus.pk):
        run("UPDATE billing_invoice SET state = 'credited'")
        InvoiceFactory(participation=issued.participation)

        states = Invoice.objects.order_by("pk").values_list("state", flat=True)
        assert list(states) == [InvoiceState.CREDITED, InvoiceState.DRAFT]


# -- Issued ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE billing_invoice SET buyer_name = 'Jämsä'",
        "UPDATE billing_invoice SET number = 2",
        "UPDATE billing_invoice SET state = 'draft', number = NULL",
        "UPDATE billing_invoice SET state = 'credited', buyer_name = 'Jämsä'",
        "DELETE FROM billing_invoice",
    ],
)
def test_an_issued_invoice_is_frozen(issued, kannus, sql):
    with scope(kannus.pk), pytest.raises(IntegrityError, match="an issued invoice is never"):
        run(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE billing_invoiceline SET text = 'Muuta'",
        "DELETE FROM billing_invoiceline",
        "INSERT INTO billing_invoiceline (municipality_id, invoice_id, position, text, quantity,"
        " unit_price_eur, net_eur) SELECT municipality_id, id, 2, 'Lisää', 1, 1, 1"
        " FROM billing_invoice",
    ],
)
def test_lines_of_an_issued_invoice_are_frozen(issued, kannus, sql):
    with scope(kannus.pk), pytest.raises(IntegrityError, match="lines of an issued invoice"):
        run(sql)


def test_a_line_cannot_move_to_an_issued_invoice(issued, kannus):
    with scope(kannus.pk):
        draft = InvoiceFactory(participation=issued.participation, year=2025)
        line = InvoiceLineFactory(invoice=draft)

        with pytest.raises(IntegrityError, match="lines of an issued invoice"):
            run(
                "UPDATE billing_invoiceline SET invoice_id = %s, position = 2 WHERE id = %s",
                issued.pk,
                line.pk,
            )


def test_a_credited_invoice_stays_so(issued, kannus):
    with scope(kannus.pk):
        run("UPDATE billing_invoice SET state = 'credited'")

        with pytest.raises(IntegrityError, match="an issued invoice is never"):
            run("UPDATE billing_invoice SET state = 'issued'")


def test_an_invoice_begins_as_a_draft(join, kannus):
    participation = join(kannus)

    with pytest.raises(IntegrityError, match="an invoice begins as a draft"), scope(kannus.pk):
        InvoiceFactory(participation=participation, state=InvoiceState.ISSUED, number=1)


def test_a_draft_may_go(invoice, kannus):
    with scope(kannus.pk):
        assert run("DELETE FROM billing_invoiceline") == 1
        assert run("DELETE FROM billing_invoice") == 1


# -- The wall --------------------------------------------------------------------------------------


def test_another_municipality_sees_nothing(invoice, jamsa):
    with scope(jamsa.pk):
        assert (Invoice.objects.count(), InvoiceLine.objects.count()) == (0, 0)
        assert run("UPDATE billing_invoice SET buyer_name = 'Jämsä'") == 0
        assert run("DELETE FROM billing_invoiceline") == 0


def test_without_a_scope_nobody_sees_anything(invoice):
    with pytest.raises(DatabaseError, match="no municipality scope is open"):
        run("SELECT count(*) FROM billing_invoice")


def test_an_invoice_of_another_municipality_cannot_be_written(invoice, kannus, jamsa):
    with pytest.raises(DatabaseError, match="row-level security"), scope(jamsa.pk):
        InvoiceFactory(participation=invoice.participation, municipality=kannus, year=2025)


def test_an_invoice_hangs_on_its_own_municipalitys_participation(invoice, jamsa):
    with scope(jamsa.pk), pytest.raises(IntegrityError, match="participation_tenant"):
        run(
            "INSERT INTO billing_invoice (municipality_id, participation_id, kind, state, year,"
            " supply_on, language, buyer_name, buyer_business_id, tier, population,"
            " population_year, vat_pct, net_eur, vat_eur, gross_eur, made_at)"
            " VALUES (%s, %s, 'fee', 'draft', 2025, '2025-12-31', 'fi', 'Jämsä', '', '[0,9000)',"
            " 1, 2024, 0, 1, 0, 1, now())",
            jamsa.pk,
            invoice.participation_id,
        )


def test_a_line_cannot_hang_on_another_municipalitys_invoice(invoice, jamsa):
    with scope(jamsa.pk), pytest.raises(IntegrityError, match="lines of an issued invoice"):
        run(
            "INSERT INTO billing_invoiceline (municipality_id, invoice_id, position, text,"
            " quantity, unit_price_eur, net_eur) VALUES (%s, %s, 2, 'Lisää', 1, 1, 1)",
            jamsa.pk,
            invoice.pk,
        )


@pytest.mark.parametrize("table", ["billing_invoiceevent", "billing_invoicelineevent"])
def test_history_is_there_and_cannot_be_touched(invoice, kannus, table):
    with scope(kannus.pk):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (1,)
        with pytest.raises(DatabaseError, match="permission denied"):
            run(f"DELETE FROM {table}")


# -- In words --------------------------------------------------------------------------------------


def test_rows_say_what_they_are(invoice, kannus, rates):
    with scope(kannus.pk):
        line = invoice.lines.get()

    assert str(invoice) == "Kannus 2026"
    assert str(line) == "Vuosimaksu 2026, USO8: 9000.00"
    assert str(rates[1]).startswith("25.50 % [2024-09-01")


def test_migrations_make_what_the_models_say(in_english):
    out = StringIO()

    call_command("makemigrations", "billing", dry_run=True, no_color=True, stdout=out)

    assert out.getvalue() == "No changes detected in app 'billing'\n"
