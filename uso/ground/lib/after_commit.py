"""Sending tasks by their names, so that whoever sends one need not import it."""

import logging
from time import monotonic
from typing import Any

from celery import current_app
from celery.exceptions import OperationalError
from django.db import transaction

from uso.ground.lib.queues import message_id

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 10


class _Broker:
    """Whether this process has found the broker away a moment ago."""

    away_until = 0.0


def send_after_commit(task: str, **parameters: Any) -> None:
    """Send a task once the transaction has committed; with none open, at once.

    A broker that is away or hangs neither fails nor undoes what was saved, and holds it up once
    for two seconds (`uso/celery.py`): after that nothing is sent for a while. The clock's rounds
    send what was not sent.

    Parameters
    ----------
    task
        Name of a Celery task.
    parameters
        Identifiers and plain values, its keywords.
    """
    transaction.on_commit(lambda: _send(task, parameters), robust=True)


def send_or_run_after_commit(task: str, **parameters: Any) -> None:
    """Send a task as above; where the broker is away, run it here.

    For short work that no round of the clock would find.
    """

    def send_or_run() -> None:
        if not _send(task, parameters):
            current_app.tasks[task](**parameters)

    transaction.on_commit(send_or_run, robust=True)


def _send(task: str, parameters: dict[str, Any]) -> bool:
    """Send a task; False where the broker is away, or was a moment ago."""
    if monotonic() < _Broker.away_until:
        return False
    try:
        current_app.tasks[task].apply_async(kwargs=parameters, task_id=message_id(task, parameters))
    except OperationalError as error:
        _Broker.away_until = monotonic() + PAUSE_SECONDS
        logger.warning("queue away, nothing sent", extra={"task": task, "reason": str(error)})
        return False
    return True
