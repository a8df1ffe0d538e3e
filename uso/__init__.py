"""Composition root. The Celery application is loaded with Django, so that tasks know their broker."""

from uso.celery import app as celery_app

__all__ = ["celery_app"]
