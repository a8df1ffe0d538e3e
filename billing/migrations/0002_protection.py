"""Row-level security of invoices and their lines; what has been issued stays as it was."""

from django.db import migrations

from uso.ground.tenancy.protection import AppendOnly, Protect, TenantForeignKey

# Runs as whoever writes. The lock on the invoice makes issuing it and changing its lines wait
# for each other.
KEEP = """
CREATE FUNCTION billing_keep_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    allowed billing_invoice;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE EXCEPTION 'an invoice begins as a draft'
                USING ERRCODE = '23514', CONSTRAINT = 'invoice_begins_as_draft';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'draft' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        allowed := OLD;
        IF OLD.state = 'issued' AND NEW.state = 'credited' THEN
            allowed.state := NEW.state;
        END IF;
        IF NEW IS NOT DISTINCT FROM allowed THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'an issued invoice is never changed or removed: credit it'
        USING ERRCODE = '23514', CONSTRAINT = 'invoice_issued_is_frozen';
END $$;
CREATE TRIGGER invoice_issued_is_frozen BEFORE INSERT OR UPDATE OR DELETE ON billing_invoice
    FOR EACH ROW EXECUTE FUNCTION billing_keep_invoice();

CREATE FUNCTION billing_keep_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint;
BEGIN
    FOREACH wanted IN ARRAY CASE TG_OP
        WHEN 'INSERT' THEN ARRAY[NEW.invoice_id]
        WHEN 'DELETE' THEN ARRAY[OLD.invoice_id]
        ELSE ARRAY[OLD.invoice_id, NEW.invoice_id]
    END LOOP
        PERFORM FROM billing_invoice WHERE id = wanted AND state = 'draft' FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the lines of an issued invoice are never changed'
                USING ERRCODE = '23514', CONSTRAINT = 'invoice_issued_lines_are_frozen';
        END IF;
    END LOOP;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER invoice_issued_lines_are_frozen
    BEFORE INSERT OR UPDATE OR DELETE ON billing_invoiceline
    FOR EACH ROW EXECUTE FUNCTION billing_keep_lines();
"""
UNKEEP = """
DROP TRIGGER invoice_issued_lines_are_frozen ON billing_invoiceline;
DROP FUNCTION billing_keep_lines();
DROP TRIGGER invoice_issued_is_frozen ON billing_invoice;
DROP FUNCTION billing_keep_invoice();
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_tables"), ("seasons", "0002_protection")]

    operations = [
        Protect("billing", "Invoice"),
        Protect("billing", "InvoiceEvent", append_only=True),
        Protect("billing", "InvoiceLine"),
        Protect("billing", "InvoiceLineEvent", append_only=True),
        Protect("billing", "BusinessIdConfirmation", append_only=True),
        Protect("billing", "BuyerDetails"),
        Protect("billing", "BuyerDetailsEvent", append_only=True),
        TenantForeignKey("billing", "Invoice", "participation", "seasons.Participation"),
        TenantForeignKey("billing", "InvoiceLine", "invoice", "billing.Invoice"),
        AppendOnly("billing", "VatRateEvent"),
        migrations.RunSQL(KEEP, reverse_sql=UNKEEP),
    ]
