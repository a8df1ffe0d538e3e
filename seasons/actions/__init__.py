"""What changes a season and who takes part, by noun."""
