"""Pages of the analysis: `statistics` for coordinators, `analyses` for everyone."""
