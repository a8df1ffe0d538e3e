"""The division into municipalities by year: which codes were in force, and what became of the others.

The facts that come with the service know the mergers from 2015 to 2025 (`data/mergers.csv`); later ones are those
that coordinators have recorded on `Municipality`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from municipalities import facts
from municipalities.facts import Merger
from municipalities.models import Municipality

#: The first division that the facts know.
FIRST_YEAR: Final = 2014


@dataclass(frozen=True)
class CodeOfYear:
    """A municipality of the division of a year.

    Parameters
    ----------
    successor
        Name of the municipality into which it was merged afterwards; empty where it is in force today.
    ended_on
        The day of that merger.
    """

    code: str
    name: str
    successor: str = ""
    ended_on: date | None = None


def mergers() -> tuple[Merger, ...]:
    """Return every merger since 2015, the earliest first (one query)."""
    recorded = (
        Merger(old, new, on)
        for old, new, on in Municipality.objects.filter(merged_on__isnull=False).values_list(
            "code", "merged_into__code", "merged_on"
        )
        if on
    )
    return tuple(sorted((*facts.mergers(), *recorded), key=lambda merger: merger.effective_on))


def area_codes(*, on: date) -> frozenset[str]:
    """Return the codes of a day's municipalities and, with `MK` before them, of the regions (one query).

    Without municipalities in the database, as in a new installation, those of the facts.
    """
    known = facts.area_codes()
    rows = list(Municipality.objects.values_list("code", "founded_on", "merged_on"))
    later = {code for code, founded, _merged in rows if founded and founded <= on}
    ended = {code for code, _founded, merged in rows if merged and merged <= on}
    return (known | later) - ended


def codes_by_name() -> dict[str, str]:
    """Return the Finnish and Swedish names, those of municipalities that have ended too, with codes (one query)."""
    rows = Municipality.objects.filter(founded_on__isnull=False).values_list(
        "name_fi", "name_sv", "code"
    )
    return facts.codes_by_name() | {
        name: code for name_fi, name_sv, code in rows for name in (name_sv, name_fi)
    }


def division_of(year: int) -> list[CodeOfYear]:
    """Return the municipalities of a year's division, in order of code (two queries).

    Raises
    ------
    ValueError
        When the year is earlier than what is known.
    """
    if year < FIRST_YEAR:
        raise ValueError(f"The division of {year} is not known.")
    found = dict(_standing(year)) | dict(_ended_since(year))
    return [found[code] for code in sorted(found)]


def _standing(year: int) -> Iterator[tuple[str, CodeOfYear]]:
    """Give what is in the database: today's municipalities, and those merged since the facts were taken."""
    rows = Municipality.objects.in_force(on=date(year, 1, 1)).select_related("merged_into")
    for row in rows:
        successor = row.merged_into.name if row.merged_into else ""
        yield row.code, CodeOfYear(row.code, row.name, successor, row.merged_on)


def _ended_since(year: int) -> Iterator[tuple[str, CodeOfYear]]:
    """Give what the facts know of municipalities that ended between that year and the facts'."""
    names = {code: name for name, code in facts.codes_by_name().items()}
    for merger in facts.mergers():
        if merger.effective_on.year > year:
            yield (
                merger.old_code,
                CodeOfYear(
                    merger.old_code,
                    names[merger.old_code],
                    names.get(merger.new_code, merger.new_code),
                    merger.effective_on,
                ),
            )


@dataclass(frozen=True)
class Successor:
    """The municipality that has taken another over, by way of how many mergers it may be."""

    code: str
    merged_on: date


def successors() -> Mapping[str, Successor]:
    """Return by the code of each municipality that has ended where its people live now (one query)."""
    found: dict[str, Successor] = {}
    for merger in mergers():
        new = Successor(merger.new_code, merger.effective_on)
        for old, way in found.items():
            if way.code == merger.old_code:
                found[old] = replace(way, code=merger.new_code)
        found[merger.old_code] = new
    return found
