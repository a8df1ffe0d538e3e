"""Reads of a merger over all its municipalities."""
