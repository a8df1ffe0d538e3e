"""Forms that create: each carries a key of its own, and the same press makes one thing.

A second press waits for the first and is led to what it made. A form that was changed and sent
again, such as by the browser's way back, is another press.
"""

import hashlib
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, TypeVar

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from uso.ground.lib import pages
from uso.ground.lib.drawn import Drawn
from uso.ground.lib.pages import Said
from uso.ground.once.models import UsedPress

FIELD: Final = "once"
Result = TypeVar("Result")


class _RefusedError(Exception):
    """The form was not good: nothing was made, the press was not used."""


def create(
    request: HttpRequest,
    form: forms.BaseForm,
    action: Callable[..., Result],
    said: Said = "",
    *,
    leads_to: Callable[[Result], str],
    drawn: Drawn | None = None,
    **arguments: Any,
) -> HttpResponse | None:
    """Call an action that makes something with what a form holds, once for each press.

    Parameters
    ----------
    leads_to
        Gives the address of what was made.
    drawn
        What the form is drawn for, where it changes what is there already.

    Returns
    -------
    HttpResponse or None
        The way there; None where the page is to be shown (again), with its errors.
    """
    key = request.POST.get(FIELD) or str(uuid.uuid4())
    form.once = key  # type: ignore[attr-defined]
    if request.method != "POST":
        pages.draw(form, drawn)
        return None
    try:
        with transaction.atomic():
            press = _claim(request, key)
            if not press.address:
                done = pages.save(request, form, action, said, drawn, **arguments)
                if done is None:
                    raise _RefusedError
                press.address = leads_to(done.result)
                press.save(update_fields=["address"])
    except _RefusedError:
        return None
    return redirect(press.address)


def press(
    request: HttpRequest,
    action: Callable[..., Result],
    said: Said = "",
    *,
    leads_to: str,
    **arguments: Any,
) -> HttpResponse:
    """Call an action that needs nothing but a press, once for each press, and go on.

    A press that was refused was not used.
    """
    key = request.POST.get(FIELD) or str(uuid.uuid4())
    with suppress(_RefusedError), transaction.atomic():
        used = _claim(request, key)
        if not used.address:
            if pages.press(request, action, said, **arguments) is None:
                raise _RefusedError
            used.address = leads_to
            used.save(update_fields=["address"])
    return redirect(leads_to)


def led_by_the_same_press(request: HttpRequest) -> HttpResponse | None:
    """Lead to what the same press has made already; for a page that it leaves without its form."""
    key = request.POST.get(FIELD)
    used = key and UsedPress.objects.filter(digest=_digest(request, key)).first()
    return redirect(used.address) if used else None


def _claim(request: HttpRequest, key: str) -> UsedPress:
    """Find a press, or use it: then it has no address yet. Waits while the same press is at work."""
    digest = _digest(request, key)
    user: Any = request.user  # signed in: the pages of a stranger carry no key
    press = UsedPress(digest=digest, user=user)
    UsedPress.objects.bulk_create([press], ignore_conflicts=True)
    return UsedPress.objects.get(digest=digest)


def _digest(request: HttpRequest, key: str) -> str:
    """Return what tells this press from every other: whose, where, the key and what was typed."""
    typed = sorted(
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    )
    files = [
        (name, file.name, file.size)
        for name, sent in sorted(request.FILES.lists())
        for file in sent
    ]
    text = repr((request.user.pk, request.get_full_path(), key, typed, files))
    return hashlib.sha256(text.encode()).hexdigest()
