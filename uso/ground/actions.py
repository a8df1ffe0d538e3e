"""What the writes of the domain do alike: whole or not at all, whose, once, and who is notified."""

import inspect
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar

import pghistory
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Q

from uso.ground.lib.errors import RuleViolation
from uso.ground.mail.actions import Attachment, queue_message
from uso.ground.mail.models import Message
from uso.ground.tenancy.scope import scope_of_write


class MunicipalityEnded(RuleViolation):
    """The municipality was merged into another: what it had is only for reading."""


P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row", bound=models.Model)


def action(
    *, of: str = "", after_merger: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action: atomic, keyword-only, its author written to the history.

    Parameters
    ----------
    of
        Name of the argument whose municipality's scope it runs in: a row with a
        `municipality_id`, or the municipality itself; within another municipality's open scope
        it is refused (`ForeignScopeError`). Empty where no protected row is touched.
    after_merger
        It may be done for a municipality that was merged into another, too; every other is refused
        with what became of it, and whoever merges it meanwhile waits or is waited for.

    Raises
    ------
    TypeError
        When the module is read: the function takes something by place, or no `by`.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        _check(function, of)

        @wraps(function)
        def act(*args: P.args, **given: P.kwargs) -> R:
            by: Any = given["by"]
            row: Any = given[of] if of else None
            home = _home_of(row) if of else transaction.atomic()
            with pghistory.context(user=by.pk if by else None), home:
                if of and not after_merger:
                    _require_in_force(_municipality_of(row))
                return function(*args, **given)

        return act

    return decorate


def _check(function: Callable[..., Any], of: str) -> None:
    taken = inspect.signature(function).parameters
    by_keyword = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD)
    loose = [name for name, each in taken.items() if each.kind not in by_keyword]
    missing = {"by", of} - {"", *taken}
    if loose or missing or taken["by"].default is not inspect.Parameter.empty:
        raise TypeError(f"{function.__qualname__} is no action: keywords alone, `by` among them.")


def _municipality_of(row: models.Model) -> int | None:
    """Return the municipality of a row, which may be the municipality itself; None of the network's."""
    is_one = row._meta.label == "municipalities.Municipality"
    found: int | None = row.pk if is_one else getattr(row, "municipality_id", None)
    return found


def _require_in_force(municipality_id: int | None) -> None:
    """Refuse what is done for a municipality that has ended; it does not end before the transaction does.

    Its row is locked as a row that points to it locks it, which only a merger waits for (one query).
    """
    municipalities = apps.get_model("municipalities", "Municipality")._default_manager
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT merged_on IS NOT NULL FROM municipalities_municipality WHERE id = %s FOR KEY SHARE",
            [municipality_id],
        )
        [has_ended] = cursor.fetchone() or [False]
    if has_ended:
        ended: Any = municipalities.select_related("merged_into").get(pk=municipality_id or 0)
        raise MunicipalityEnded(ended.end_in_words)


def _home_of(row: models.Model) -> AbstractContextManager[None]:
    municipality_id = _municipality_of(row)
    if municipality_id is None:
        raise TypeError(f"{row._meta.label} {row.pk} is of no municipality.")
    return scope_of_write(municipality_id)


def claim(row: Row, *, refusal: RuleViolation, where: Q | None = None, **fields: Any) -> Row:
    """Change a row if it still is as the caller thinks; of two presses one counts.

    Parameters
    ----------
    refusal
        Raised where it is not so any more.
    where
        What must still hold of the stored row.
    fields
        New values.

    Returns
    -------
    Model
        The same row, read again.
    """
    rows = type(row)._default_manager.filter(where or Q(), pk=row.pk)
    if not rows.update(**fields):
        raise refusal
    row.refresh_from_db()
    return row


class Reader(Protocol):
    """Somebody who is written to: a user, or a person of the roster."""

    pk: Any
    email: Any
    language: Any

    @property
    def name(self) -> str:
        """First and last name."""


def notify(
    reader: Reader,
    *,
    about: models.Model,
    template: str,
    reply_to: Reader | None,
    occasion: str = "",
    attachments: Iterable[Attachment] = (),
    **context: Any,
) -> Message | None:
    """Write to a person about an object, once for each occasion; needs the object's scope.

    Parameters
    ----------
    about
        The object; its municipality is the message's, if it has one.
    template
        As in `uso.ground.mail.actions.queue_message`, with `context`.
    reply_to
        Who answers a reply: a coordinator, or whose step the message reports.
    occasion
        What happened to the object, where the template alone does not say which time.

    Returns
    -------
    Message or None
        None where the same was written already.
    """
    return queue_message(
        key=":".join([template, str(about.pk), occasion, str(reader.pk)]),
        template=template,
        language=reader.language,
        to_email=reader.email,
        to_name=reader.name,
        reply_to=mailbox_of(reply_to) if reply_to else "",
        context=context,
        municipality_id=_municipality_of(about),
        attachments=attachments,
    )


def mailbox_of(reader: Reader) -> str:
    """Return the name and address of somebody as a header of a mail has them."""
    name = reader.name.replace('"', "'").replace("\\", "")
    return f'"{name}" <{reader.email}>'
