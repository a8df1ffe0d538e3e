"""Input of the statistics pages."""
