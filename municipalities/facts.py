"""Public facts of the municipalities, from `municipalities/data/` (sources in its README)."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.text import slugify

from municipalities.models import Municipality, Population
from uso.ground.lib.characters import clean_line

DATA = Path(__file__).resolve().parent / "data"

#: Where the populations of `population.csv` are from, by year.
SOTKANET = "Tilastokeskus, THL Sotkanet 127"
POPULATION_AREAS = "Tilastokeskus, kunta_vaki2024"

# Not overwritten when it is loaded again: asked of the municipality itself.
_KEPT = {"code", "business_id"}


@dataclass(frozen=True)
class Merger:
    """A municipality that ended and the one that took it over."""

    old_code: str
    new_code: str
    effective_on: date


@dataclass(frozen=True)
class PopulationFigure:
    """Population of a municipality on 31 December of a year."""

    code: str
    year: int
    count: int


def load_municipalities() -> int:
    """Create the 308 municipalities, or mend their facts, and return how many there are."""
    rows = [Municipality(**_fields(row)) for row in _rows("municipalities.csv")]
    Municipality.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[name for name in _fields(_first_row()) if name not in _KEPT],
    )
    return len(rows)


def load_populations() -> int:
    """Add the populations that came with the service and are not there yet; return how many figures they are.

    A figure that is there stays: `import_population` may have brought a later revision.
    """
    ids = dict(Municipality.objects.values_list("code", "pk"))
    rows = [
        Population(
            municipality_id=ids[one.code], year=one.year, count=one.count, source=_source(one.year)
        )
        for one in population_figures()
    ]
    Population.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2_000)
    return len(rows)


def population_figures() -> Iterator[PopulationFigure]:
    """Yield the populations of `population.csv`."""
    with (DATA / "population.csv").open(encoding="utf-8", newline="") as file:
        yield from wide_figures(csv.DictReader(file))


def wide_figures(rows: Iterable[Mapping[str, str]]) -> Iterator[PopulationFigure]:
    """Yield figures from rows with a `code` and a column for each year; an empty cell is no figure.

    Raises
    ------
    ValueError
        When a heading is no year or a cell no whole number.
    """
    for row in rows:
        for year, count in row.items():
            if year != "code" and count:
                yield PopulationFigure(row["code"], int(year), int(count))


def mergers() -> tuple[Merger, ...]:
    """Return the mergers since 2015, the earliest first."""
    rows = [
        Merger(row["old_code"], row["new_code"], date.fromisoformat(row["effective_on"]))
        for row in _rows("mergers.csv")
    ]
    return tuple(sorted(rows, key=lambda merger: merger.effective_on))


def area_codes() -> frozenset[str]:
    """Return the codes of today's municipalities and, with `MK` before them, of the regions."""
    regions = {f"MK{row['code']}" for row in _rows("regions.csv")}
    return frozenset(row["code"] for row in _rows("municipalities.csv")) | regions


def codes_by_name() -> dict[str, str]:
    """Return the Finnish and Swedish names, those of municipalities that have ended too, with codes."""
    ended = {row["old_name_fi"]: row["old_code"] for row in _rows("mergers.csv")}
    today = {
        row[name]: row["code"]
        for row in _rows("municipalities.csv")
        for name in ("name_sv", "name_fi")
    }
    return ended | today


@dataclass(frozen=True)
class TakenOver:
    """A municipality of earlier times that is part of another one, and since when."""

    name: str
    code: str
    since: date


@cache
def taken_over_by(code: str) -> tuple[TakenOver, ...]:
    """Return the municipalities that one has taken over since 2015, the latest first."""
    rows = [
        TakenOver(row["old_name_fi"], row["old_code"], date.fromisoformat(row["effective_on"]))
        for row in _rows("mergers.csv")
        if row["new_code"] == code
    ]
    return tuple(sorted(rows, key=lambda each: each.since, reverse=True))


@cache
def _names_by_code() -> Mapping[str, str]:
    """Return every name of each municipality of today, those of municipalities it took over too."""
    names = {r["code"]: f"{r['name_fi']} {r['name_sv']}" for r in _rows("municipalities.csv")}
    for row in _rows("mergers.csv"):
        names[row["new_code"]] += f" {row['old_name_fi']}"
    return names


def names_of(code: str) -> str:
    """Return every name a municipality is looked for by, in both languages and from earlier times."""
    return _names_by_code().get(code, "")


@cache
def _slugs_by_name() -> Mapping[str, str]:
    """Return the addresses of today's municipalities by name and by how a name looks in one."""
    slugs = {row["code"]: slugify(row["name_fi"]) for row in _rows("municipalities.csv")}
    joined = {row["old_code"]: row["new_code"] for row in _rows("mergers.csv")}
    found: dict[str, str] = {}
    for name, code in codes_by_name().items():
        slug = slugs[joined.get(code, code)]
        found |= {name.casefold(): slug, slugify(name): slug}
    return found | {slug: slug for slug in slugs.values()}


def slug_of(name: str) -> str | None:
    """Return the address of the municipality that has a name, in any case; None for no such name."""
    return _slugs_by_name().get(clean_line(name).casefold())


def region_codes_by_name() -> dict[str, str]:
    """Return the Finnish and Swedish names of the regions, with `MK` codes."""
    return {
        row[name]: f"MK{row['code']}"
        for row in _rows("regions.csv")
        for name in ("name_sv", "name_fi")
    }


def _source(year: int) -> str:
    return SOTKANET if year < 2023 else POPULATION_AREAS


def _fields(row: Mapping[str, str]) -> dict[str, object]:
    same = ("code", "name_fi", "name_sv", "genitive_fi", "locative_fi", "region_code", "region_fi")
    more = ("region_sv", "subregion_fi", "grouping_fi", "employment_area_fi", "business_id")
    return {name: row[name] for name in (*same, *more)} | {
        "slug": slugify(row["name_fi"]),
        "locative_sure": row["locative_sure"] == "yes",
        "welfare_area_fi": row["welfare_fi"],
        "language_status": row["language"],
    }


def _first_row() -> Mapping[str, str]:
    return next(_rows("municipalities.csv"))


def _rows(name: str) -> Iterator[Mapping[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
