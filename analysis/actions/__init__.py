"""Writes of the analysis: `imports` brings statistics in, `analyses` makes and publishes editions."""
