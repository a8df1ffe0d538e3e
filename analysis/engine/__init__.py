"""From published figures to comparisons: pure arithmetic, no database, no clock, no sentences."""
