"""Reads of seasons: their list, what is written in them, how they were amended, how two compare."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from municipalities.models import Municipality
from seasons.content import ORDERED_BY, TABLES, SeasonContent
from seasons.enums import EntitlementKind, ParticipationState, SeasonPart, SeasonState
from seasons.facts import is_made_up, numbers_of_unknown_members
from seasons.models import Amendment, Entitlement, Participation, Season
from uso.ground.lib.languages import current_language
from uso.ground.lib.order import finnish
from uso.ground.tenancy.crossing import across_municipalities

State = ParticipationState


@dataclass(frozen=True)
class ListedSeason:
    """A season with the number of its members."""

    season: Season
    member_count: int

    @property
    def kind(self) -> str:
        """Look of the tag of the state."""
        return "strong" if self.stage == SeasonState.OPEN else ""

    @property
    def stage(self) -> SeasonState:
        """The season's state today."""
        return self.season.stage(on=timezone.localdate())


def listed_seasons() -> list[ListedSeason]:
    """List every season, the latest first, each with its confirmed members counted (two queries)."""
    with across_municipalities(reason="members of each season are counted over the network"):
        taking_part = Participation.objects.filter(state=State.CONFIRMED)
        counts = Counter(taking_part.values_list("season_id", flat=True))
    seasons = Season.objects.order_by("-number")
    return [ListedSeason(season, counts[season.pk]) for season in seasons]


def contents_of(
    *seasons: Season, parts: Iterable[SeasonPart] = tuple(TABLES)
) -> list[SeasonContent]:
    """Read parts of seasons, all by default (a query for each part that is rows)."""
    read = [part for part in parts if part in TABLES]
    found = {season.pk: SeasonContent(season, {part: [] for part in read}) for season in seasons}
    for part in read:
        rows: QuerySet[Any] = TABLES[part]._default_manager.filter(season__in=seasons)
        for row in rows.order_by(ORDERED_BY.get(part, "position"), "pk"):
            content = found[row.season_id]
            row.season = content.season
            content.of(part).append(row)
    return list(found.values())


def content_of(season: Season, parts: Iterable[SeasonPart] = tuple(TABLES)) -> SeasonContent:
    """Read parts of a season, all by default (a query for each part that is rows)."""
    return contents_of(season, parts=parts)[0]


def content_at_once(season: Season, parts: Iterable[SeasonPart]) -> SeasonContent:
    """Read parts of a season with one query: those of texts and small numbers, as JSON has them."""
    tables = {part: TABLES[part] for part in parts}
    wanted: dict[str, Any] = {f"rows_of_{part}": _as_json(tables[part]) for part in tables}
    found: dict[str, Any] = dict(Season.objects.filter(pk=season.pk).values(**wanted).get())
    rows = {part: [tables[part](**row) for row in found[f"rows_of_{part}"]] for part in tables}
    return SeasonContent(season, rows)


def _as_json(model: type[Model]) -> ArraySubquery:
    fields = {field.attname: field.attname for field in model._meta.concrete_fields}
    rows = model._default_manager.filter(season=OuterRef("pk")).order_by("position", "pk")
    return ArraySubquery(rows.values(row=JSONObject(**fields)))


def rows_of(season: Season, part: SeasonPart) -> list[Any]:
    """List the rows of a part in their order (one query); none of a part that is fields."""
    return content_of(season, [part]).of(part)


def workshops_in_all(season: Season) -> int:
    """Count the development workshops the season's package gives each municipality (one query)."""
    row = Entitlement.objects.filter(season=season, kind=EntitlementKind.WORKSHOP).first()
    return 0 if row is None else (row.in_all or 0)


def lock_season(season: Season) -> Season:
    """Read a season anew; who edits, publishes or confirms a member in it waits meanwhile."""
    return Season.objects.select_for_update(of=("self",), no_key=True).get(pk=season.pk)


def was_anybody_confirmed(season: Season) -> bool:
    """Whether the terms of a municipality were ever confirmed (one query)."""
    with across_municipalities(reason="what a confirmation fixed is fixed for the season"):
        return Participation.objects.filter(season=season, confirmed_at__isnull=False).exists()


def tiers_rested_on(season: Season) -> set[int]:
    """Return the keys of the tiers that a municipality's confirmed fee rests on (one query)."""
    with across_municipalities(reason="a tier with a confirmed fee is replaced, never rewritten"):
        rows = Participation.objects.filter(season=season, fee_tier__isnull=False)
        return set(rows.values_list("fee_tier_id", flat=True))


@dataclass(frozen=True)
class AmendmentRead:
    """An amendment in the active language; where only other languages' words changed, no changes."""

    amendment: Amendment
    changes: list[list[str]]

    @property
    def part(self) -> str:
        """What the amendment is about."""
        return str(self.amendment.get_part_display())

    @property
    def reason(self) -> str:
        """Why the season was changed."""
        return self.amendment.reason

    @property
    def holds_from(self) -> date:
        """The day from which the change holds."""
        return self.amendment.holds_from


def amendments(season: Season) -> list[AmendmentRead]:
    """List the amendments of a season, the latest first (one query)."""
    language = current_language()
    rows = Amendment.objects.filter(season=season).order_by("-at", "-pk")
    return [AmendmentRead(row, row.changes[language]) for row in rows]


@dataclass(frozen=True)
class MembersCompared:
    """Who joined and left between two seasons, None where it is not known; who is known to stay.

    Parameters
    ----------
    count, count_later
        Confirmed members of each.
    complete, complete_later
        Whether all members of each are known.
    made_up, made_up_later
        Whether the demonstration made some of each up.
    prepared, prepared_later
        Whether each is a draft, which nobody has joined yet.
    """

    joined: list[Municipality] | None
    left: list[Municipality] | None
    stayed: list[Municipality]
    count: int
    count_later: int
    complete: bool
    complete_later: bool
    made_up: bool
    made_up_later: bool
    prepared: bool
    prepared_later: bool


def compared_members(earlier: Season, later: Season) -> MembersCompared:
    """Compare the confirmed members of two seasons (one query)."""
    with across_municipalities(reason="members of two seasons are compared over the network"):
        rows = list(
            Participation.objects.filter(
                season__in=(earlier, later), state=State.CONFIRMED
            ).select_related("municipality")
        )
    before, after = (
        {row.municipality for row in rows if row.season_id == season.pk}
        for season in (earlier, later)
    )
    known, known_later = _lists_members(earlier, before), _lists_members(later, after)
    return MembersCompared(
        joined=_in_order(after - before) if known and known_later else None,
        left=_in_order(before - after) if known and known_later else None,
        stayed=_in_order(before & after),
        count=len(before),
        count_later=len(after),
        complete=known,
        complete_later=known_later,
        made_up=any(is_made_up(row, earlier) for row in rows if row.season_id == earlier.pk),
        made_up_later=any(is_made_up(row, later) for row in rows if row.season_id == later.pk),
        prepared=earlier.is_draft and not before,
        prepared_later=later.is_draft and not after,
    )


def seasons_with_every_member(seasons: Collection[Season]) -> set[int]:
    """Return the keys of those of some seasons whose members are all known (one query)."""
    with across_municipalities(reason="whether a season has members is asked over the network"):
        rows = Participation.objects.filter(season__in=seasons, state=State.CONFIRMED)
        held = set(rows.order_by().values_list("season_id", flat=True).distinct())
    return {each.pk for each in seasons if _lists_members(each, held & {each.pk})}


def _lists_members(season: Season, members: Collection[Any]) -> bool:
    """Whether all members are known: a draft has none yet, an old season's documents name few."""
    if season.number in numbers_of_unknown_members():
        return False
    return bool(members) and not season.is_draft


def _in_order(found: Iterable[Municipality]) -> list[Municipality]:
    return sorted(found, key=lambda municipality: finnish(municipality.name))
