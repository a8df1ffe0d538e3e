"""Seasons that have ended and what is still open in them: nobody pressed an end, so the board says it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Value
from django.urls import reverse
from django.utils.translation import ngettext

from analysis.enums import UNPUBLISHED
from analysis.models import Analysis
from billing.models import Invoice
from seasons.models import Season
from uso.ground.tenancy.crossing import across_municipalities
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
    seasons: Iterable[Season], *, page: Season, on: date, bills: bool
) -> list[EndedSeason]:
    """List the seasons that the board of a season says have ended, the latest first (one query).

    Of the page's own season it says so in any case, of an earlier one while something is open in it.

    Parameters
    ----------
    bills
        Whether the reader runs the billing: nobody else reads of drafts of invoices.
    """
    ended = [
        season for season in seasons if season.has_ended(on=on) and season.number <= page.number
    ]
    counts = _counts(ended) if ended else Counter()
    found = [EndedSeason(season, _open(season, counts, bills=bills)) for season in ended]
    return [each for each in found if each.open or each.season == page]


def _counts(seasons: list[Season]) -> Counter[tuple[str, int]]:
    """Count by kind and season what is open in them."""
    newer = Analysis.objects.filter(
        season=OuterRef("season"),
        municipality=OuterRef("municipality"),
        edition__gt=OuterRef("edition"),
    )
    unpublished = Analysis.objects.filter(~Exists(newer), state__in=UNPUBLISHED)
    keys = [season.pk for season in seasons]
    with across_municipalities(reason="the board says what is open in a season that has ended"):
        rows = _count(Workshop.objects.filter(state__in=CHANGEABLE), "season", keys).union(
            _count(Invoice.objects.drafts(), "participation__season", keys),
            _count(unpublished, "season", keys),
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
