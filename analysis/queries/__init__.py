"""Reads of the analysis: what is stored, and what pages show of it."""
