"""What the views of an analysis answer alike: how a step ended, files to keep."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from uso.ground.lib.errors import RuleViolation

Result = TypeVar("Result")


def take_step(request: HttpRequest, step: Callable[[], Result], said: str = "") -> Result | None:
    """Take a step and tell whoever asked how it ended.

    Parameters
    ----------
    said
        What is told when it is done; empty tells nothing.

    Returns
    -------
    object or None
        What the step gave; None where a rule refused it, and its sentence is told instead.
    """
    try:
        result = step()
    except RuleViolation as refusal:
        messages.error(request, refusal.message)
        return None
    if said:
        messages.success(request, said)
    return result


def attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Give a file to keep, under a name of any letters."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "private, no-cache",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
