"""Import of statistics, held to COPY of the same rows."""

import json
import random
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from django.db import connection
from django.utils import timezone

from analysis.statistics.actions import storing
from analysis.statistics.actions.imports import import_statistics
from analysis.statistics.actions.loading import PXWEB, load_catalogue
from analysis.statistics.enums import IndicatorGroup
from analysis.statistics.models import DataVersion, ImportRun, Indicator, RawAnswer, Source
from analysis.statistics.sources.base import Series, TablePlan
from analysis.statistics.sources.pxweb import PxWeb
from municipalities import facts
from uso.roof.bench.registry import Budget, Measured, benchmark
from uso.roof.bench.timing import timed

SERIES, YEARS, TIMES = 40, 30, 3
MEGABYTES = 400
BUDGET = Budget(at_most=4.0)
_turn = count(1)


@benchmark("import")
def import_of_a_full_table() -> Iterator[Measured]:
    """308 areas × 30 years × 40 series from json-stat2, against COPY of the same rows by psycopg."""
    load_catalogue()
    with tempfile.TemporaryDirectory() as folder:
        first, again, floors, peak = [], [], [], 0.0
        for _time in range(TIMES):
            floors.append(_floor(*_new_table()))
            table, _codes = _new_table()
            path = Path(folder) / f"{table}.json"
            first.append(_import(path, table, seed=1))
            peak = max(peak, _peak_megabytes())
            again.append(_import(path, table, seed=2))
    limits = {f"≤ {MEGABYTES} MB (was {peak:.0f})": peak <= MEGABYTES}
    yield Measured("import of a new table", min(first), min(floors), "s", BUDGET, limits)
    yield Measured("import of a revision", min(again), min(floors), "s", BUDGET, {})


def _new_table() -> tuple[str, list[str]]:
    """Make the indicators of a table that was never read."""
    turn = next(_turn)
    source = Source.objects.get(code=PXWEB)
    codes = [f"bench_{turn}_{number}" for number in range(SERIES)]
    Indicator.objects.bulk_create(
        Indicator(
            code=code,
            source=source,
            group=IndicatorGroup.POPULATION,
            name_fi=code,
            unit_fi="%",
            table=f"Bench/{turn}",
            content_code=f"M{number:03}",
        )
        for number, code in enumerate(codes)
    )
    return str(turn), codes


def _import(path: Path, table: str, seed: int) -> float:
    path.write_bytes(_answer(table, seed))
    _reset_peak()
    return timed(
        lambda: import_statistics(source=PXWEB, origin=str(path), by=None, accept_losses=True)
    )


def _floor(table: str, codes: list[str]) -> float:
    """Return the seconds of COPY of the same rows, made into text beforehand."""
    plan = TablePlan(f"Bench/{table}", [Series(c, f"M{n:03}") for n, c in enumerate(codes)])
    body = _answer(table, 0)
    frame = PxWeb("").parse(body, plan).frame
    ids = dict(Indicator.objects.filter(code__in=codes).values_list("code", "pk"))
    blocks = list(storing._blocks(frame, ids, _floor_version(table)))
    statement = f"COPY statistics_observation ({', '.join(storing._COLUMNS)}) FROM STDIN"

    def copy() -> None:
        with connection.cursor() as cursor, cursor.copy(statement) as sink:
            for block in blocks:
                sink.write(block)

    return timed(copy)


def _floor_version(table: str) -> int:
    source = Source.objects.get(code=PXWEB)
    run = ImportRun.objects.create(source=source, origin="bench")
    answer = RawAnswer.objects.create(
        run=run,
        table=table,
        origin="bench",
        retrieved_at=timezone.now(),
        sha256="",
        body_gzip=b"",
    )
    return DataVersion.objects.create(source=source, table=table, number=1, answer=answer).pk


def _answer(table: str, seed: int) -> bytes:
    """Return a json-stat2 answer of full size; one cell in fifty is missing, one in ten differs by seed."""
    areas = [f"KU{code}" for code in sorted(facts.area_codes()) if code.isdigit()]
    years = [str(year) for year in range(1996, 1996 + YEARS)]
    contents = [f"M{number:03}" for number in range(SERIES)]
    fixed, moving = random.Random(0), random.Random(seed)  # noqa: S311 -- figures of a benchmark
    cells = [
        None
        if fixed.random() < 0.02
        else round((fixed.random() if fixed.random() < 0.9 else moving.random()) * 1000, 1)
        for _cell in range(len(areas) * YEARS * SERIES)
    ]
    axes = {"alue": ("Alue", areas), "vuosi": ("Vuosi", years), "tiedot": ("Tiedot", contents)}
    return json.dumps(
        {
            "version": "2.0",
            "class": "dataset",
            "id": list(axes),
            "size": [len(codes) for _text, codes in axes.values()],
            "role": {"geo": ["alue"], "time": ["vuosi"], "metric": ["tiedot"]},
            "dimension": {
                name: {"label": text, "category": {"index": {c: at for at, c in enumerate(codes)}}}
                for name, (text, codes) in axes.items()
            },
            "extension": {"px": {"tableid": table}},
            "value": cells,
        }
    ).encode()


def _reset_peak() -> None:
    """Let the kernel count the peak of this process's memory anew."""
    Path("/proc/self/clear_refs").write_text("5")


def _peak_megabytes() -> float:
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024
