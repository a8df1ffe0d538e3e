"""The wall between municipalities: scopes, the one door across, and what protects a table."""
