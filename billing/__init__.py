"""Invoices: the yearly fees of a season as drafts, with VAT by the date of supply."""
