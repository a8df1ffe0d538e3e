"""Writes of statistics: imports, uploads, indicators."""
