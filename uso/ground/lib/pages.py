"""What pages do alike: save a form, press a button, ask before a step, answer with a file.

Each calls one action with whoever asks as `by`. A `RuleViolation` is the only error a page
expects: it is put on its field, into a message, or beside the question. The rest is a 500.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from uso.ground.lib import drawn as facts
from uso.ground.lib.drawn import ChangedMeanwhile, Drawn, Facts
from uso.ground.lib.errors import RuleViolation

Result = TypeVar("Result")
Said: TypeAlias = str | Callable[[Any], str]
"""What is said when it is done: a sentence, or one made of the action's result."""


@dataclass(frozen=True)
class Done(Generic[Result]):
    """An action was done; true whatever it returned."""

    result: Result


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, for a form that is bound by it even when nothing was filled in."""
    return request.POST if request.method == "POST" else None


def save(
    request: HttpRequest,
    form: forms.BaseForm,
    action: Callable[..., Result],
    said: Said = "",
    drawn: Drawn | None = None,
    *,
    unless_sent: Facts | None = None,
    **arguments: Any,
) -> Done[Result] | None:
    """Call an action with what a form holds, if the form was sent and is good.

    Parameters
    ----------
    action
        Takes the cleaned fields of the form as keywords, `by`, and the arguments.
    drawn
        What the form is drawn for: it is refused where that has changed since.
    unless_sent
        What a form that carries nothing counts as drawn for; by default it is not compared.

    Returns
    -------
    Done or None
        With what the action returned; None where the page is to be shown (again), with its errors.
    """
    draw(form, drawn, request.POST.get(facts.FIELD))
    if request.method != "POST":
        return None
    good = form.is_valid()
    try:
        with _same(request, drawn, unless_sent=unless_sent):
            if not good:
                return None
            result = action(**arguments, **form.cleaned_data, by=request.user)
    except RuleViolation as refusal:
        known = refusal.field if refusal.field in form.fields else None
        form.add_error(known, refusal.message)
        if isinstance(refusal, ChangedMeanwhile):
            draw(form, None, facts.write(refusal.now))
        return None
    _say(request, said, result)
    return Done(result)


def draw(form: forms.BaseForm, drawn: Drawn | None, sent: str | None = None) -> forms.BaseForm:
    """Let a form carry what it is drawn for: what it came with, else what holds now."""
    text = sent if facts.parse(sent) is not None else drawn and drawn.field
    form.drawn = text or ""  # type: ignore[attr-defined]
    return form


@contextmanager
def _same(
    request: HttpRequest, drawn: Drawn | None, *, unless_sent: Facts | None = None
) -> Iterator[None]:
    """Refuse a press that was drawn for other facts; they stay as they are until it is done.

    `unless_sent` are the facts of a press that carries none; by default it is not compared.
    """
    sent = facts.parse(request.POST.get(facts.FIELD))
    before = unless_sent if sent is None else sent
    if drawn is None or before is None:
        yield
        return
    with transaction.atomic():
        drawn.require_same(before)
        yield


def press(
    request: HttpRequest,
    action: Callable[..., Result],
    said: Said = "",
    drawn: Drawn | None = None,
    **arguments: Any,
) -> Done[Result] | None:
    """Call an action that needs nothing but a press; a refusal becomes a message.

    Parameters
    ----------
    drawn
        What the words of the press name: it is refused where that has changed since.

    Returns
    -------
    Done or None
        With what the action returned; None where a rule refused it.
    """
    try:
        with _same(request, drawn):
            result = action(**arguments, by=request.user)
    except RuleViolation as refusal:
        messages.error(request, refusal.message)
        return None
    _say(request, said, result)
    return Done(result)


def confirm(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    action: Callable[..., Any],
    *,
    said: Said,
    back: str,
    drawn: Drawn | None = None,
    **arguments: Any,
) -> HttpResponse:
    """Ask before a step that cannot be undone (GET), then take it and go back (POST).

    The template gets the sentence of a refusal as `refused` and a hidden field as `drawn`, beside
    its context.

    Parameters
    ----------
    drawn
        What the question names: a press that was asked something else, or nothing, is asked anew.
    """
    refused, field = "", drawn.field if drawn else ""
    if request.method == "POST":
        try:
            with _same(request, drawn, unless_sent={}):
                result = action(**arguments, by=request.user)
        except RuleViolation as refusal:
            refused = refusal.message
            field = facts.write(refusal.now) if isinstance(refusal, ChangedMeanwhile) else field
        else:
            _say(request, said, result)
            return redirect(back)
    shown = {**context, "back": back, "refused": refused, "drawn": field}
    return render(request, template, shown, status=422 if refused else 200)


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *asked: forms.BaseForm | None,
) -> HttpResponse:
    """Show a page; with status 422 where one of its forms was sent and holds errors."""
    wrong = any(form is not None and form.errors for form in asked)
    return render(request, template, dict(context), status=422 if wrong else 200)


def attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Give a file to keep, under a name of any letters."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "private, no-cache",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


def _say(request: HttpRequest, said: Said, result: object) -> None:
    if words := said(result) if callable(said) else said:
        messages.success(request, words)
