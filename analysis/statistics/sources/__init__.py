"""Outside statistics, one module for each way of asking."""
