"""Pages of the seasons, by what they are about."""
