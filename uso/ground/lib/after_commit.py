"""Sending tasks by their names, so that whoever sends one need not import it."""

from typing import Any

from celery import current_app
from django.db import transaction


def send_after_commit(task: str, **parameters: Any) -> None:
    """Send a task once the transaction has committed; with none open, at once.

    A broker that is away neither fails nor undoes what was saved: the clock's rounds send what
    was not sent.

    Parameters
    ----------
    task
        Name of a Celery task.
    parameters
        Identifiers and plain values, its keywords.
    """
    send = current_app.tasks[task].delay
    transaction.on_commit(lambda: send(**parameters), robust=True)
