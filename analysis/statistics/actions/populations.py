"""Storing populations: new and revised figures, never a deletion."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from analysis.statistics.sources.population_tables import Populations
from municipalities.models import Municipality, Population
from uso.ground.lib.errors import RuleViolation


@dataclass(frozen=True)
class PopulationReport:
    """How many figures were read, were new, were revised or were known already; and their years."""

    read: int
    added: int
    changed: int
    same: int
    years: tuple[int, ...]


@transaction.atomic
def save_populations(populations: Populations) -> PopulationReport:
    """Add the figures that are new and correct those that are other than before (four queries).

    Raises
    ------
    RuleViolation
        When the municipalities themselves are not loaded yet.
    """
    ids = dict(Municipality.objects.values_list("code", "pk"))
    if not ids:
        raise RuleViolation(_("The municipalities are not loaded yet: load the facts first."))
    known = {
        (row.municipality_id, row.year): row
        for row in Population.objects.select_for_update(of=("self",))
    }
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


def _row(key: tuple[int, int], count: int, source: str) -> Population:
    return Population(municipality_id=key[0], year=key[1], count=count, source=source[:120])
