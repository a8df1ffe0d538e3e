"""Which queue a task waits in. Documents have their own: their workers are renewed often."""

from typing import Any

DEFAULT = "default"
PDF = "pdf"

# Task name → queue; filled where tasks are defined.
QUEUE_OF: dict[str, str] = {}


def route(name: str, *_args: Any, **_options: Any) -> dict[str, str]:
    """Answer Celery's question where to send a task (`task_routes`)."""
    return {"queue": QUEUE_OF.get(name, DEFAULT)}
