"""Input of the analysis, by page."""
