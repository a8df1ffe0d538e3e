"""Reads of the invitation that look across the network."""
