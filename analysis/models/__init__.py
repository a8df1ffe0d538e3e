"""Tables of the analysis, by noun: `statistics` what was read, `analysis` what is told of it."""
