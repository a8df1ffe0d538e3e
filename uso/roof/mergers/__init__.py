"""Mergers of municipalities: what stays readable, what moves on, and doing it (docs/adr/0017)."""
