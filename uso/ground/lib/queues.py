"""Which queue a task waits in, and what waits there.

Documents have a queue of their own: their workers are renewed often.
"""

import json
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from celery import current_app

DEFAULT = "default"
PDF = "pdf"

# Task name → queue; filled where tasks are defined.
QUEUE_OF: dict[str, str] = {}


def route(name: str, *_args: Any, **_options: Any) -> dict[str, str]:
    """Answer Celery's question where to send a task (`task_routes`)."""
    return {"queue": QUEUE_OF.get(name, DEFAULT)}


def message_id(task: str, parameters: Mapping[str, Any]) -> str:
    """Return the id of a task's message: the same task with the same parameters has the same."""
    return str(uuid5(NAMESPACE_URL, f"{task} {json.dumps(parameters, sort_keys=True)}"))


def waiting_messages() -> set[str]:
    """Return the ids of all messages that wait in a queue, or that a worker has not finished.

    Celery has no word for it, so this reads what kombu keeps in Redis: a list for each queue, and
    a hash of the messages that workers have taken. A message goes from the first to the second,
    so it is missed by neither.
    """
    names = {DEFAULT, PDF, *QUEUE_OF.values()}
    with current_app.connection_for_read() as connection:
        channel = connection.default_channel
        waiting = [json.loads(raw) for name in names for raw in channel.client.lrange(name, 0, -1)]
        taken = [json.loads(raw)[0] for raw in channel.client.hvals(channel.unacked_key)]
    return {message["headers"]["id"] for message in (*waiting, *taken)}
