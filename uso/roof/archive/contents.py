"""Which tables a season's archive holds, and how each belongs to the season."""

from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from django.db.models import Model, Q

from analysis.models import (
    Analysis,
    AnalysisDocument,
    AnalysisDownload,
    ExpertAssignment,
    ExpertComment,
    FindingEdit,
    PeerSet,
    PeerSetMember,
)
from billing.models import Invoice, InvoiceLine
from events.models import Event, Registration, Seats
from municipalities.models import Municipality, Person
from seasons.content import TABLES
from seasons.models import (
    Amendment,
    DecisionDocument,
    Interest,
    InvitationDocument,
    Letter,
    Participation,
    Season,
    SentLetter,
)
from workshops.models import Workshop

# The way from each table to its season, as Django's lookups name it.
WAYS: Final[dict[type[Model], str]] = {
    Season: "pk",
    **dict.fromkeys(TABLES.values(), "season"),
    Amendment: "season",
    InvitationDocument: "season",
    Interest: "season",
    Letter: "season",
    SentLetter: "letter__season",
    Participation: "season",
    DecisionDocument: "participation__season",
    Event: "season",
    Seats: "event__season",
    Registration: "event__season",
    Workshop: "season",
    PeerSet: "season",
    PeerSetMember: "peer_set__season",
    Analysis: "season",
    AnalysisDocument: "analysis__season",
    AnalysisDownload: "analysis__season",
    ExpertAssignment: "season",
    FindingEdit: "analysis__season",
    ExpertComment: "analysis__season",
    Invoice: "participation__season",
    InvoiceLine: "invoice__participation__season",
}


def rows_of(season: Season) -> Iterator[tuple[str, list[Model]]]:
    """Give each table's name and its rows of a season, in order of their keys.

    Each table is followed by its history. Last come the municipalities and the people that the rows
    name. Call it across municipalities.
    """
    for model, way in WAYS.items():
        yield _table(model), _found(model, Q(**{way: season.pk}))
        history = _history(model)
        if history:
            yield _table(history), _found(history, Q(**{"id" if way == "pk" else way: season.pk}))
    municipalities = Participation.objects.filter(season=season).values("municipality")
    people = Registration.objects.filter(event__season=season).values("person")
    yield _table(Municipality), _found(Municipality, Q(pk__in=municipalities))
    yield _table(Person), _found(Person, Q(pk__in=people))


def _found(model: type[Model], which: Q) -> list[Model]:
    return list(model._base_manager.filter(which).order_by("pk"))


def _table(model: type[Model]) -> str:
    return model._meta.db_table


def _history(model: type[Model]) -> type[Model] | None:
    tracked: dict[Any, type[Model]] = {
        each.pgh_tracked_model: each
        for each in apps.get_models()
        if hasattr(each, "pgh_tracked_model")
    }
    return tracked.get(model)
