"""Benchmarks of `manage.py bench`: each area has a module whose functions carry `@benchmark`."""
