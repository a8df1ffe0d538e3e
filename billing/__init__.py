"""Invoices of the network's fees. Built by the plan's "billing" part; seasons and workshops stand apart."""
