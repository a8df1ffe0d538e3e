"""Reads of the analysis: `statistics` sources and versions, `analyses` editions and boards."""
