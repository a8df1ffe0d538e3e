"""Seasons that have ended and what is still open in them: nobody pressed an end, so the board says it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.urls import reverse
from django.utils.translation import ngettext

from analysis.enums import UNPUBLISHED
from analysis.models import Analysis
from billing.models import Invoice
from seasons.models import Season
from workshops.enums import CHANGEABLE
from workshops.models import Workshop


@dataclass(frozen=True)
class OpenThing:
    """How many of one kind are open, in words, and the page where they are."""

    words: str
    href: str


@dataclass(frozen=True)
class EndedSeason:
    """A season that has ended."""

    season: Season
    open: tuple[OpenThing, ...]


def ended_seasons(
    ended: Sequence[Season], analyses: Mapping[int, Counter[str]], *, page: Season, bills: bool
) -> list[EndedSeason]:
    """List the seasons that the board of a season says have ended (one query); across municipalities.

    Of the page's own season it says so in any case, of an earlier one while something is open in it.

    Parameters
    ----------
    ended
        Seasons that have ended, the latest first.
    analyses
        By season how many newest editions are in which state.
    bills
        Whether the reader runs the billing: nobody else reads of drafts of invoices.
    """
    counts = _counts(ended) if ended else Counter()
    for season in ended:
        counts[Analysis.__name__, season.pk] = sum(
            analyses[season.pk][state] for state in UNPUBLISHED
        )
    found = [EndedSeason(season, _open(season, counts, bills=bills)) for season in ended]
    return [each for each in found if each.open or each.season == page]


def _counts(seasons: Sequence[Season]) -> Counter[tuple[str, int]]:
    """Count by kind and season what is open in them."""
    keys = [season.pk for season in seasons]
    rows = _count(Workshop.objects.filter(state__in=CHANGEABLE), "season", keys).union(
        _count(Invoice.objects.drafts(), "participation__season", keys)
    )
    return Counter({(kind, season): count for season, count, kind in rows})


def _count(rows: "QuerySet[Any]", season: str, keys: list[int]) -> "QuerySet[Any, Any]":
    counted = rows.filter(**{f"{season}__in": keys}).order_by().values(season)
    kind = Value(rows.model.__name__)
    return counted.annotate(count=Count("pk"), kind=kind).values_list(season, "count", "kind")


def _open(
    season: Season, counts: Counter[tuple[str, int]], *, bills: bool
) -> tuple[OpenThing, ...]:
    workshops, analyses, drafts = (
        counts[model.__name__, season.pk] for model in (Workshop, Analysis, Invoice)
    )
    things = [
        (
            workshops,
            ngettext(
                "%(count)d workshop neither held nor cancelled",
                "%(count)d workshops neither held nor cancelled",
                workshops,
            ),
            "workshops_network:season",
        ),
        (
            analyses,
            ngettext(
                "%(count)d situation analysis not published",
                "%(count)d situation analyses not published",
                analyses,
            ),
            "analysis_network:season",
        ),
        (
            drafts if bills else 0,
            ngettext(
                "%(count)d draft of an invoice",
                "%(count)d drafts of invoices",
                drafts,
            ),
            "billing_network:season",
        ),
    ]
    return tuple(
        OpenThing(words % {"count": count}, reverse(name, args=[season.number]))
        for count, words, name in things
        if count
    )
