"""Reads of the history that the database writes of tracked rows."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

import pghistory.core
from django.contrib.auth import get_user_model
from django.db import models

from uso.ground.lib.dates import moment
from uso.ground.tenancy.scope import scope


@dataclass(frozen=True)
class Change:
    """One change of a row: by whom, when, the notes beside it, the fields before and after it.

    `before` is empty where the row was made; `names` are those of the users that the fields point to.
    """

    by: str
    at: datetime
    notes: dict[str, Any]
    before: dict[str, Any]
    after: dict[str, Any]
    names: Mapping[int | None, str]

    def changed(self, *names: str) -> bool:
        """Whether any of the fields has another value than before."""
        return any(self.before.get(name) != self.after[name] for name in names)


def last_author(row: models.Model) -> str:
    """Say who changed a row last and when; empty where its history knows nobody."""
    return _author(_events(row))


def last_author_among(model: type[models.Model], **which: Any) -> str:
    """Say who changed, added or removed one of some rows last; empty where no history knows.

    For tables that are no municipality's.
    """
    for history in pghistory.core.event_models(tracks_model=model):
        return _author(history._default_manager.filter(**which).order_by("-pgh_id").values()[:1])
    return ""


def _author(events: Iterable[dict[str, Any]]) -> str:
    last = list(events)[-1:]
    name = _names(last).get(_user_id(last[0])) if last else None
    return f"{name}, {moment(last[0]['pgh_created_at'])}" if name else ""


def records(model: type[models.Model], names: Iterable[str]) -> bool:
    """Whether the history of a model holds all of these fields; personal ones leave no copy there."""
    return any(
        {field.name for field in history._meta.get_fields()} >= set(names)
        for history in pghistory.core.event_models(tracks_model=model)
    )


def changes(row: models.Model, *pointers: str) -> list[Change]:
    """List the changes of a row, the first of them its making (two queries).

    Parameters
    ----------
    pointers
        Names of fields that hold keys of users, whose names are found too.
    """
    events = _events(row)
    names = _names(events, *pointers)
    return [
        Change(
            by=names.get(_user_id(event), ""),
            at=event["pgh_created_at"],
            notes=event["pgh_context"] or {},
            before=before,
            after=event,
            names=names,
        )
        for before, event in pairwise([{}, *events])
    ]


def home_of(row: models.Model) -> AbstractContextManager[None]:
    """Open the scope a row lives in; none where it is of no municipality."""
    municipality_id = getattr(row, "municipality_id", None)
    return scope(municipality_id) if municipality_id else nullcontext()


def _events(row: models.Model) -> list[dict[str, Any]]:
    """Read the history of a row, the first event first; none of a row that is not tracked."""
    for history in pghistory.core.event_models(tracks_model=row._meta.model):
        with home_of(row):
            return list(
                history._default_manager.filter(pgh_obj_id=row.pk).order_by("pgh_id").values()
            )
    return []


def _user_id(event: dict[str, Any]) -> int | None:
    return (event["pgh_context"] or {}).get("user")


def _names(events: Iterable[dict[str, Any]], *pointers: str) -> dict[int | None, str]:
    keys = (key for event in events for key in (_user_id(event), *map(event.get, pointers)))
    users = get_user_model().objects.filter(pk__in={key for key in keys if key})
    return {user.pk: user.name for user in users}
