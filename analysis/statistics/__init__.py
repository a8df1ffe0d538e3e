"""Statistics: indicators, their sources, imports and the versions of their figures. Knows nothing of analyses."""
