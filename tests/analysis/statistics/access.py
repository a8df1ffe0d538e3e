"""Who gets what: statistics, their sources and indicators (see tests/access.py)."""

from django.utils import timezone

from analysis.statistics.actions.loading import load_catalogue
from analysis.statistics.enums import ImportState, PopulationOrigin, PopulationState
from analysis.statistics.models import (
    DataVersion,
    ImportRun,
    Indicator,
    PopulationImport,
    RawAnswer,
    Source,
)
from tests.access import Arguments, World

#                                         nobody coord expert contact leader billing jämsä
TABLE = {
    "statistics_network:sources":             "in  200 200 403 403 403 403",
    "statistics_network:import_live":         "POST in -> 403 403 403 403 403",
    "statistics_network:decline_import":      "POST in -> 403 403 403 403 403",
    "statistics_network:file":                "in  200 403 403 403 403 403",
    "statistics_network:mapping":             "in  -> 403 403 403 403 403",  # not of a file
    "statistics_network:indicators":          "in  200 200 403 403 403 403",
    "statistics_network:add_indicator":       "in  200 403 403 403 403 403",
    "statistics_network:edit_indicator":      "in  200 403 403 403 403 403",
    "statistics_network:retire_indicator":    "in  200 403 403 403 403 403",
    "statistics_network:reinstate_indicator": "POST in -> 403 403 403 403 403",
    "statistics_network:start_import":        "POST in -> 403 403 403 403 403",  # refused without its fields
    "statistics_network:populations":         "in  200 200 403 403 403 403",
    "statistics_network:read_populations":    "in  200 403 403 403 403 403",
    "statistics_network:population_import":   "in  200 403 403 403 403 403",
    "statistics_network:take_populations":    "POST in -> 403 403 403 403 403",
    "statistics_network:reject_populations":  "POST in -> 403 403 403 403 403",
    "statistics_network:division":            "in  200 200 403 403 403 403",
    "statistics_network:accept_import":       "POST in -> 403 403 403 403 403",
}  # fmt: skip


def of_network(world: World) -> Arguments:
    load_catalogue()
    source = Source.objects.get(code="pxweb")
    runs = ("accept_import", "decline_import", "mapping")
    return {
        "code": "fcg",
        "of_year": 2024,
        "import_id": _population_import(world, 2024).pk,
        "indicator_id": Indicator.objects.get(code="jobs").pk,
        **{
            f"statistics_network:{name}.run_id": ImportRun.objects.create(
                source=source, origin="x"
            ).pk
            for name in runs
        },
    }


def _population_import(world: World, year: int) -> PopulationImport:
    """A preview in which the municipality's figure is new and it would change tier."""
    return PopulationImport.objects.create(
        year=year,
        origin=PopulationOrigin.NETWORK,
        state=PopulationState.PREVIEWED,
        report={
            "counts": {world.municipality.code: 5_000},
            "problems": [{"row": 3, "sentence": "x"}],
        },
        started_by=world.coordinator,
    )


def add_row(world: World, n: int) -> None:
    _population_import(world, 2000 + n % 20)
    source = Source.objects.get(code="pxweb")
    now = timezone.now()
    Indicator.objects.create(
        code=f"row{n}", source=source, group="population", name_fi=f"Luku {n}", unit_fi="kpl",
        table=f"StatFin/x/{n}", content_code="x",
    )  # fmt: skip
    run = ImportRun.objects.create(
        source=source, origin="x", state=ImportState.STORED, finished_at=now
    )
    answer = RawAnswer.objects.create(
        run=run,
        table=f"StatFin/x/{n}",
        origin="x",
        retrieved_at=now,
        sha256="0" * 64,
        body_gzip=b"",
    )
    DataVersion.objects.create(source=source, table=answer.table, number=1, answer=answer)
    ImportRun.objects.create(
        source=Source.objects.create(code=f"file-{n}", name_fi=f"Lähde {n}", publisher_fi="X"),
        origin="x", state=ImportState.HELD, finished_at=now,
    )  # fmt: skip
