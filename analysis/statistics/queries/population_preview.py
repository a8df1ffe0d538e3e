"""What an import of populations would do, and which years and municipalities have which figures."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pghistory.core
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from analysis.statistics.models import PopulationImport
from analysis.statistics.queries.tier_changes import Figures, TierChange, tier_changes_of
from analysis.statistics.reports import Leap
from analysis.statistics.sources.population_tables import PLAN
from municipalities.division import FIRST_YEAR, division_of
from municipalities.models import Municipality, Population
from seasons.enums import BEFORE_THE_CONFIRMATION, SeasonState
from seasons.models import Participation, Season
from uso.ground.lib.dates import day
from uso.ground.lib.drawn import Facts, fingerprint
from uso.ground.lib.money import number
from uso.ground.lib.order import finnish
from uso.ground.tenancy.crossing import across_municipalities

NEW, REVISED, SAME = "new", "revised", "same"


@dataclass(frozen=True)
class PopulationChange:
    """A figure that was read beside the one that is there."""

    name: str
    code: str
    count: int
    before: int | None = None
    source_before: str = ""

    @property
    def kind(self) -> str:
        """What becomes of the figure that is there."""
        if self.before is None:
            return NEW
        return SAME if self.before == self.count else REVISED

    @property
    def difference(self) -> int:
        """By how many people the figure is revised."""
        return self.count - (self.before or 0)


@dataclass(frozen=True)
class SeasonEffect:
    """What the figures mean for a season: its deciding year, who changes tier, who stays, who lacks a figure.

    Parameters
    ----------
    decides
        Whether the season's fees go by the populations of this year.
    """

    season: Season
    decides: bool
    changing: Sequence[TierChange] = ()
    frozen: Sequence[TierChange] = ()
    others: Sequence[TierChange] = ()
    missing: Sequence[str] = ()


@dataclass(frozen=True)
class PopulationPreview:
    """An import beside what is there."""

    changes: Sequence[PopulationChange]
    missing: Sequence[str]
    effects: Sequence[SeasonEffect] = ()
    alarm: str = ""
    counts: Counter[str] = field(default_factory=Counter)

    def of(self, kind: str) -> list[PopulationChange]:
        """Return the figures that are new, revised or the same."""
        return [one for one in self.changes if one.kind == kind]

    @property
    def facts(self) -> Facts:
        """What the button rests on."""
        changed = [(one.code, one.before, one.count) for one in self.changes]
        return {
            _("New populations"): number(self.counts[NEW]),
            _("Revised populations"): number(self.counts[REVISED]),
            _("The figures"): fingerprint(json.dumps(changed)),
        }


def import_facts(found: PopulationImport) -> Facts:
    """Return what the button of an import rests on, as it is now (two queries)."""
    changes, _missing, _latest = _changes(found)
    return PopulationPreview(changes, (), counts=Counter(one.kind for one in changes)).facts


def preview(found: PopulationImport) -> PopulationPreview:
    """Compare an import with what is there and with the seasons (eight queries)."""
    changes, missing, latest = _changes(found)
    counts = found.report.get("counts", {})
    return PopulationPreview(
        changes,
        missing,
        _effects(found.year, counts, latest),
        _alarm(found.year, changes, latest),
        Counter(one.kind for one in changes),
    )


def _changes(
    found: PopulationImport,
) -> tuple[list[PopulationChange], list[str], Figures]:
    """Return each figure beside the one there, who has none at all, and the latest figures known."""
    read = found.report.get("counts", {})
    rows = Population.objects.filter(year__lte=found.year).order_by("year")
    known = {row.municipality_id: row for row in rows}
    places = {row.code: row for row in Municipality.objects.all()}
    changes, latest = [], {}
    for code, place in places.items():
        row = known.get(place.pk)
        if row:
            latest[code] = (row.count, row.year)
        if code in read:
            same_year = row if row and row.year == found.year else None
            changes.append(
                PopulationChange(
                    place.name,
                    code,
                    read[code],
                    same_year.count if same_year else None,
                    same_year.source if same_year else "",
                )
            )
    end = date(found.year, 12, 31)
    missing = [
        place.name
        for code, place in places.items()
        if code not in read
        and not (place.founded_on and place.founded_on > end)
        and not (place.merged_on and place.merged_on <= date(found.year + 1, 1, 1))
        and latest.get(code, (0, 0))[1] != found.year
    ]
    return (
        sorted(changes, key=lambda one: finnish(one.name)),
        sorted(missing, key=finnish),
        latest,
    )


def _effects(year: int, counts: Mapping[str, int], before: Figures) -> list[SeasonEffect]:
    """Return the effects on the seasons that decide by the year; of none such, on the current one's tiers."""
    seasons = list(
        Season.objects.exclude(state=SeasonState.CLOSED)
        .prefetch_related("fee_tiers")
        .order_by("-number")
    )
    deciding = [season for season in seasons if season.population_year == year]
    today = timezone.localdate()
    running = [one for one in seasons if one.first_year <= today.year <= one.last_year]
    shown = deciding or (running or seasons)[:1]
    if not shown:
        return []
    after = before | {code: (count, year) for code, count in counts.items()}
    names = {row.code: row.name for row in Municipality.objects.all()}
    states = _states(shown)
    return [
        _effect(season, season in deciding, before, after, names, states[season.pk])
        for season in shown
    ]


def _effect(
    season: Season,
    decides: bool,
    before: Figures,
    after: Figures,
    names: Mapping[str, str],
    states: Mapping[str, str],
) -> SeasonEffect:
    changes = tier_changes_of(season, before, after, names, states)
    lacking = [
        names[code]
        for code, state in states.items()
        if decides
        and state in BEFORE_THE_CONFIRMATION
        and after.get(code, (0, 0))[1] != season.population_year
    ]
    return SeasonEffect(
        season,
        decides,
        [one for one in changes if one.takes_part and not one.frozen],
        [one for one in changes if one.frozen],
        [one for one in changes if not one.takes_part],
        sorted(lacking, key=finnish),
    )


def _states(seasons: Iterable[Season]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {season.pk: {} for season in seasons}
    with across_municipalities(reason="the tiers of whole seasons are compared at once"):
        rows = list(
            Participation.objects.filter(season__in=found).values_list(
                "season", "municipality__code", "state"
            )
        )
    for season, code, state in rows:
        found[season][code] = state
    return found


def _alarm(year: int, changes: Sequence[PopulationChange], latest: Figures) -> str:
    """Say that most figures leap as no population does; empty where they do not."""
    [series] = PLAN.series
    compared = [one for one in changes if one.code in latest]
    leaping = [
        one
        for one in compared
        if one.count * 2 <= latest[one.code][0]
        or (one.before is not None and one.count >= one.before * 2)
    ]
    leap = Leap(series.indicator, year, len(leaping), len(compared))
    if not leap.is_most:
        return ""
    return _(
        "Of %(compared)s figures %(values)s are at most half or at least twice what was known before. Are they people of the whole municipality?"
    ) % {"compared": number(leap.compared), "values": number(leap.values)}


@dataclass(frozen=True)
class YearOfPopulations:
    """A year whose populations are known: of how many municipalities, from where, revised when."""

    year: int
    count: int
    source: str
    seasons: Sequence[Season] = ()


def years_of_populations() -> list[YearOfPopulations]:
    """List the years with populations, the latest first (two queries)."""
    deciding: dict[int, list[Season]] = {}
    for season in Season.objects.exclude(population_year=None).order_by("number"):
        deciding.setdefault(season.population_year or 0, []).append(season)
    rows = (
        Population.objects.values("year")
        .annotate(known=Count("pk"), newest=Max("source"))
        .order_by("-year")
    )
    return [
        YearOfPopulations(row["year"], row["known"], row["newest"], deciding.get(row["year"], ()))
        for row in rows
    ]


def recent_imports() -> list[PopulationImport]:
    """List the last imports (one query)."""
    rows = PopulationImport.objects.select_related("started_by", "decided_by").defer("file")
    return list(rows.order_by("-started_at", "-pk")[:10])


def suggested_year() -> int:
    """Return the year a season waits for, or the last one that has ended (two queries)."""
    last = timezone.localdate().year - 1
    named = Season.objects.exclude(state=SeasonState.CLOSED).exclude(population_year=None)
    years = [
        year for year in named.values_list("population_year", flat=True) if year and year <= last
    ]
    known = set(Population.objects.filter(year__in=years).values_list("year", flat=True).distinct())
    return min((year for year in years if year not in known), default=last)


def years_with_division() -> list[int]:
    """List the years whose division is known, this year's first."""
    return list(range(timezone.localdate().year, FIRST_YEAR - 1, -1))


@dataclass(frozen=True)
class MunicipalityOfYear:
    """A municipality of a year's division with its population at the end of the year."""

    code: str
    name: str
    successor: str
    ended_on: date | None
    count: int | None
    source: str
    former: Sequence[str] = ()


def municipalities_of(year: int) -> list[MunicipalityOfYear]:
    """List a year's division with populations and what they were before they were revised (four queries)."""
    known = {
        row.municipality.code: row
        for row in Population.objects.filter(year=year).select_related("municipality")
    }
    former = _former_figures(year)
    return [
        MunicipalityOfYear(
            one.code,
            one.name,
            one.successor,
            one.ended_on,
            known[one.code].count if one.code in known else None,
            known[one.code].source if one.code in known else "",
            former.get(one.code, ()),
        )
        for one in division_of(year)
    ]


def _former_figures(year: int) -> dict[str, list[str]]:
    """Say what stood before each revision, the latest first."""
    [history] = pghistory.core.event_models(tracks_model=Population)
    rows = (
        history._default_manager.filter(year=year, pgh_label="revised")
        .order_by("-pgh_id")
        .values_list("municipality__code", "count", "source", "pgh_created_at")
    )
    found: dict[str, list[str]] = {}
    for code, count, source, at in rows:
        said = _("%(count)s (%(source)s) until %(day)s") % {
            "count": number(count),
            "source": source,
            "day": day(at, weekday=False),
        }
        found.setdefault(code, []).append(said)
    return found
