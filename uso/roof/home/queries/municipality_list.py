"""Every municipality of the country, with the seasons it took part in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from municipalities.models import Municipality, Population
from seasons.enums import ParticipationState
from seasons.models import Participation, Season
from uso.ground.lib.order import finnish
from uso.ground.tenancy.crossing import across_municipalities


@dataclass(frozen=True)
class ListedMunicipality:
    """One row of the list; the population is that of the latest year known of anybody."""

    municipality: Municipality
    population: int | None
    population_year: int | None
    seasons: Sequence[str]


def listed_municipalities() -> list[ListedMunicipality]:
    """List the municipalities in Finnish order of names (four queries)."""
    year = Population.objects.aggregate(latest=Max("year"))["latest"]
    counts = dict(Population.objects.filter(year=year).values_list("municipality_id", "count"))
    numbers = _numbers_by_municipality()
    found = [
        ListedMunicipality(
            each,
            counts.get(each.pk),
            year if each.pk in counts else None,
            [str(Season(number=number)) for number in numbers[each.pk]],
        )
        for each in Municipality.objects.select_related("merged_into")
    ]
    return sorted(found, key=lambda row: finnish(row.municipality.name))


def _numbers_by_municipality() -> dict[int, list[int]]:
    """Return the numbers of the seasons that each has been confirmed in."""
    numbers: dict[int, list[int]] = defaultdict(list)
    with across_municipalities(reason="the network's staff looks any municipality up"):
        rows = Participation.objects.filter(state=ParticipationState.CONFIRMED)
        for municipality, number in rows.order_by("season__number").values_list(
            "municipality_id", "season__number"
        ):
            numbers[municipality].append(number)
    return numbers
