"""Storing populations: new and revised figures, never a deletion."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from analysis.statistics.actions.storing import describe_leap
from analysis.statistics.reports import Leap
from analysis.statistics.sources.population_tables import PLAN, Populations
from municipalities.models import Municipality, Population
from uso.ground.lib.errors import RuleViolation

_INDICATOR = PLAN.series[0].indicator


@dataclass(frozen=True)
class PopulationReport:
    """How many figures were read, were new, were revised or were known already; and their years."""

    read: int
    added: int
    changed: int
    same: int
    years: tuple[int, ...]


@transaction.atomic
def save_populations(populations: Populations, *, accept_losses: bool = False) -> PopulationReport:
    """Add the figures that are new and correct those that are other than before (four queries).

    Raises
    ------
    RuleViolation
        When the municipalities themselves are not loaded yet, or most figures of a year leap as no
        population does and nobody has said that they are right.
    """
    ids = dict(Municipality.objects.values_list("code", "pk"))
    if not ids:
        raise RuleViolation(_("The municipalities are not loaded yet: load the facts first."))
    known = {
        (row.municipality_id, row.year): row
        for row in Population.objects.select_for_update(of=("self",))
    }
    if not accept_losses and (leap := _find_leap(populations, ids, known)):
        raise RuleViolation(describe_leap(leap))
    new: dict[tuple[int, int], Population] = {}
    revised = []
    same = 0
    for figure in populations.figures:
        key = (ids.get(figure.code, 0), figure.year)
        row = known.get(key)
        if row is None and figure.code in ids:
            new[key] = _row(key, figure.count, populations.source)
        elif row is not None and row.count != figure.count:
            row.count, row.source = figure.count, populations.source[:120]
            revised.append(row)
        else:
            same += 1
    Population.objects.bulk_create(new.values(), batch_size=2_000)
    Population.objects.bulk_update(revised, ["count", "source"], batch_size=500)
    return PopulationReport(
        read=len(populations.figures),
        added=len(new),
        changed=len(revised),
        same=same,
        years=tuple(sorted({figure.year for figure in populations.figures})),
    )


def _find_leap(
    populations: Populations,
    ids: Mapping[str, int],
    known: Mapping[tuple[int, int], Population],
) -> Leap | None:
    """Return the year most of whose figures leap, by the rule of every import (`storing._LEAPS`)."""
    leaping: Counter[int] = Counter()
    compared: Counter[int] = Counter()
    for figure in populations.figures:
        municipality = ids.get(figure.code, 0)
        same_year = known.get((municipality, figure.year))
        before = same_year or known.get((municipality, figure.year - 1))
        if before is None:
            continue
        halves = figure.count * 2 <= before.count
        doubles = same_year is not None and figure.count >= before.count * 2
        compared[figure.year] += 1
        leaping[figure.year] += halves or doubles
    leaps = [Leap(_INDICATOR, year, leaping[year], compared[year]) for year in compared]
    return max((one for one in leaps if one.is_most), key=lambda one: one.values, default=None)


def _row(key: tuple[int, int], count: int, source: str) -> Population:
    return Population(municipality_id=key[0], year=key[1], count=count, source=source[:120])
