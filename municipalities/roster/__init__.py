"""A municipality's people: saved, brought from a table, found twice and merged."""
