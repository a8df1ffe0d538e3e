"""The table behind a chart."""

from collections.abc import Collection
from dataclasses import dataclass

from analysis.content.edition import EditionContent, EditionMeasure
from analysis.engine.arithmetic import Values
from analysis.render.chart_words import (
    COUNTRY,
    INDEX,
    MISSING,
    MISSING_NOTE,
    PEOPLE_OF_YEAR,
    Write,
    chart_writer,
    own_name,
    writer,
)
from uso.ground.lib.numerals import signed
from uso.ground.lib.texts import capital


@dataclass(frozen=True, slots=True)
class TableRow:
    """One series: its label, whether it is ours, and its written figures in the table's years."""

    label: str
    cells: tuple[str, ...]
    own: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Years across, series down; `note` explains a dash."""

    years: tuple[int, ...]
    rows: tuple[TableRow, ...]
    note: str = ""

    @property
    def by_year(self) -> list[tuple[int, list[str]]]:
        """The same with years down, the latest first, as a phone reads it."""
        return [
            (year, [row.cells[place] for row in self.rows])
            for place, year in reversed(list(enumerate(self.years)))
        ]


def chart_table(
    content: EditionContent, measure: EditionMeasure, language: str, *, limit: int | None = None
) -> Table:
    """Write the figures of the large chart.

    Parameters
    ----------
    content, measure
        Frozen content and the measure in it.
    language
        Language to write in.
    limit
        Most years to show, the first and the last always among them; None shows all.
    """
    chart, drawn = measure.chart.series, chart_writer(measure, language)
    all_years = list(chart.own)
    years = tuple(pick_years(all_years, limit) if limit else all_years)
    label = own_name(content, language)

    def named(words: str) -> str:
        indexed = measure.kind == "count"
        return capital(_with(words, INDEX[language]) if indexed else words)

    rows = [_row(label, chart.own, years, drawn, own=True)]
    if measure.kind == "count":
        rows = [
            _row(_with(label, measure.unit[language]), measure.series.own, years,
                 writer(measure, language), own=True),
            _row(_with(label, INDEX[language]), chart.own, years, drawn, own=True),
        ]  # fmt: skip
    if measure.counts:
        people = _with(label, PEOPLE_OF_YEAR[language])
        rows.append(_row(people, measure.counts, years, _people(language), own=True))
    if peers := measure.peers_figure:
        rows += _any(named(peers.label[language]), chart.peers, years, drawn)
    rows += _any(named(COUNTRY[language]), chart.country, years, drawn)
    gaps = any(MISSING in row.cells for row in rows)
    return Table(years, tuple(rows), MISSING_NOTE[language] if gaps else "")


def _any(label: str, values: Values, years: tuple[int, ...], write: Write) -> list[TableRow]:
    """Write a series if it has a figure."""
    return [_row(label, values, years, write)] if values else []


def _with(label: str, unit: str) -> str:
    return f"{label}, {unit}"


def _people(language: str) -> Write:
    return lambda value: signed(value, 0, language)


def _row(
    label: str, values: Values, years: tuple[int, ...], write: Write, *, own: bool = False
) -> TableRow:
    cells = tuple(write(values[year]) if year in values else MISSING for year in years)
    return TableRow(label, cells, own)


def pick_years(years: Collection[int], limit: int) -> list[int]:
    """Choose years for a narrow table: first, last, round ones, then those farthest from these.

    Examples
    --------
    >>> pick_years(range(2000, 2025), 6)
    [2000, 2005, 2010, 2015, 2020, 2024]
    >>> pick_years([*range(2006, 2019), 2021, 2024], 7)
    [2006, 2008, 2010, 2015, 2018, 2021, 2024]
    """
    if len(years) <= limit:
        return sorted(years)
    first, last = min(years), max(years)
    round_years = [year for year in years if year % 5 == 0 and first + 1 < year < last - 1]
    chosen = {first, last, *round_years[: limit - 2]}
    while len(chosen) < limit:
        distance, _, year = max(
            (min(abs(year - other) for other in chosen), -year, year) for year in years
        )
        if distance < 2:
            break
        chosen.add(year)
    return sorted(chosen)
