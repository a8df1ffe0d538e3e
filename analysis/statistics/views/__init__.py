"""Pages of statistics, for the network's staff."""
