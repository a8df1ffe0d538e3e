"""What a merger would do: counts by rule, the seasons that go on, doubles; all municipalities are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.models import Invoice
from municipalities.models import Membership, Municipality, Person
from seasons.enums import NOT_TAKING_PART, TAKING_PART
from seasons.models import Participation
from uso.ground.lib.drawn import Facts
from uso.ground.lib.order import finnish
from uso.ground.tenancy.crossing import across_municipalities
from uso.roof.mergers.moving import goes_on_as
from uso.roof.mergers.plans import MergerPlan
from uso.roof.mergers.relations import RELATIONS, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

WHY = "a merger is looked at over all its municipalities"


@dataclass(frozen=True)
class CountedRule:
    """A rule and how many rows of those merged it is about."""

    rule: Rule
    count: int


@dataclass(frozen=True)
class SeasonGoingOn:
    """A place in a season that lasts beyond the merger, and what becomes of it."""

    season: str
    former: str
    stage: str
    goes_on: bool
    sentence: str


@dataclass(frozen=True)
class MergerPreview:
    """What a merger would do."""

    rules: Sequence[CountedRule]
    seasons: Sequence[SeasonGoingOn]
    conflicts: Sequence[str]
    obstacle: str

    @property
    def facts(self) -> Facts:
        """What the button rests on."""
        counts = {str(one.rule.title): str(one.count) for one in self.rules}
        goes = {f"{one.season} {one.former}": one.sentence for one in self.seasons}
        return counts | goes


def preview(plan: MergerPlan) -> MergerPreview:
    """Gather what a merger would do (seven queries)."""
    with across_municipalities(reason=WHY):
        return MergerPreview(
            _counted(plan), list(_seasons(plan)), list(_conflicts(plan)), draft_invoice(plan)
        )


def preview_facts(plan: MergerPlan) -> Facts:
    """Return what the button of a merger rests on, as it is now (seven queries)."""
    return preview(plan).facts


def _counted(plan: MergerPlan) -> list[CountedRule]:
    """Count the rows of each rule, in one query."""
    columns: dict[str, str] = {}
    for (table, column), rule in RELATIONS.items():
        if table == rule.counted:
            columns.setdefault(table, column)
    with connection.cursor() as cursor:
        parts = (
            f"SELECT '{table}', count(*) FROM {table} WHERE {column} = ANY(%(keys)s)"  # noqa: S608 -- our names
            for table, column in columns.items()
        )
        cursor.execute(" UNION ALL ".join(parts), {"keys": [one.pk for one in plan.formers]})
        counts = dict(cursor.fetchall())
    return [CountedRule(rule, counts[rule.counted]) for rule in dict.fromkeys(RELATIONS.values())]


def _seasons(plan: MergerPlan) -> "Iterator[SeasonGoingOn]":
    """Say of each place in a season that goes on whose it will be, as the merger will decide."""
    rows = (
        Participation.objects.filter(
            municipality__in=plan.formers, season__last_year__gte=plan.effective_on.year
        )
        .exclude(state__in=NOT_TAKING_PART)
        .select_related("season", "municipality")
    )
    own = {
        row.season_id: row
        for row in Participation.objects.filter(municipality=_key(plan)).select_related("season")
    }
    order = {one.pk: at for at, one in enumerate(plan.formers)}
    for row in sorted(rows, key=lambda one: (one.season.number, order[one.municipality_id])):
        takes = goes_on_as(row, own.get(row.season_id))
        words = {"former": row.municipality.name, "new": plan.into.name, "season": row.season}
        if takes:
            own[row.season_id] = row
            sentence = (
                _(
                    "%(new)s goes on in %(season)s in the place of %(former)s, by its decision and at its confirmed fee."
                )
                if row.state in TAKING_PART
                else _(
                    "%(new)s goes on in %(season)s from where %(former)s had come; nothing is decided yet."
                )
            )
        else:
            sentence = _(
                "%(new)s has a place of its own in %(season)s, which goes on as it is. The place of %(former)s ends."
            )
        yield SeasonGoingOn(
            str(row.season), row.municipality.name, row.get_state_display(), takes, sentence % words
        )


def _key(plan: MergerPlan) -> int | None:
    return plan.into.pk if isinstance(plan.into, Municipality) else None


def _conflicts(plan: MergerPlan) -> "Iterator[str]":
    """Say which people and roles are in several of them."""
    places = [one.pk for one in plan.formers]
    if (key := _key(plan)) is not None:
        places.append(key)
    if count := _repeated_roles(places):
        yield ngettext(
            "%(count)d person has the same role in several of them: they will have it once.",
            "%(count)d people have the same role in several of them: they will have it once.",
            count,
        ) % {"count": count}
    if count := _repeated_people(places):
        yield ngettext(
            "%(count)d name is on several lists: the same name and e-mail becomes one person, others are merged on the page for doubles.",
            "%(count)d names are on several lists: the same name and e-mail becomes one person, others are merged on the page for doubles.",
            count,
        ) % {"count": count}


def _repeated_roles(places: list[int]) -> int:
    today = timezone.localdate()
    held = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today), municipality__in=places
    ).values_list("user", "role", "municipality")
    seen: dict[tuple[int, str], set[int]] = {}
    for user, role, place in held:
        seen.setdefault((user, role), set()).add(place or 0)
    return sum(len(each) > 1 for each in seen.values())


def _repeated_people(places: list[int]) -> int:
    seen: dict[tuple[str, str], set[int]] = {}
    people = Person.objects.on_the_list().filter(municipality__in=places)
    for first, last, place in people.values_list("first_name", "last_name", "municipality"):
        seen.setdefault((first.casefold(), last.casefold()), set()).add(place)
    return sum(len(each) > 1 for each in seen.values())


def draft_invoice(plan: MergerPlan) -> str:
    """Say that somebody has a draft invoice of a year after the merger; needs the network's scope (one query)."""
    drafts = Invoice.objects.drafts().filter(
        municipality__in=plan.formers, year__gte=plan.effective_on.year
    )
    first = drafts.select_related("municipality").first()
    if first is None:
        return ""
    return _(
        "%(name)s has a draft invoice of %(year)s: remove it first, the new municipality is invoiced."
    ) % {"name": first.municipality.name, "year": first.year}


def merged_municipalities() -> list[Municipality]:
    """List the municipalities that were merged since the service began (one query)."""
    rows = Municipality.objects.filter(merged_on__isnull=False).select_related("merged_into")
    return sorted(
        rows, key=lambda one: (-(one.merged_on.year if one.merged_on else 0), finnish(one.name))
    )
