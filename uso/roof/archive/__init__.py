"""A season taken out whole, to be archived or moved elsewhere."""
