"""What coordinators write, by what it is about."""
