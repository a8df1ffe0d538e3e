"""The columns of a sheet as a form offers them, and what they seem to hold."""

from collections.abc import Iterable, Mapping, Sequence

from analysis.statistics.sources import guesses, layout
from analysis.statistics.sources.cells import Areas, Spot
from analysis.statistics.sources.layout import Head, same
from analysis.statistics.sources.sheets import Sheet

#: Signs of a heading and of its first cells in a choice.
LONGEST, SAMPLES = 60, 2


class Columns:
    """The columns under some rows of headings; those without a heading are told apart (`bare`).

    A choice's value is an equals sign and the heading, so that columns headed by a year alone have one too.
    """

    def __init__(self, sheet: Sheet, rows: Sequence[int], areas: Areas) -> None:
        self.sheet, self.rows, self.areas = sheet, rows, areas
        every = layout.heads(sheet, rows)
        self.heads = [head for head in every if head.whole]
        self.bare = [head for head in every if not head.whole]

    @property
    def years(self) -> list[int]:
        """Years that stand in headings, each once."""
        return sorted({head.year for head in self.heads if head.year})

    def cells(self, head: Head) -> list[object]:
        """Return the cells of a column that are not blank."""
        return guesses.column(self.sheet, head.at, self.rows[-1])

    def named(self, name: str) -> list[Head]:
        """Return the columns of a heading: those of that very one, else of its name without a year."""
        whole = [head for head in self.heads if same(head.whole, name)]
        return whole or [head for head in self.heads if head.year and same(head.name, name)]

    def of_any(self) -> list[tuple[str, str]]:
        """Return a choice for each heading, with the first cells below it."""
        return [(f"={head.whole}", self._label(head)) for head in self._once()]

    def of_figures(self) -> list[tuple[str, str]]:
        """Return a choice for each heading of figures, columns of several years as one."""
        found: dict[str, list[Head]] = {}
        for head in self._once():
            found.setdefault(head.name, []).append(head)
        return [(f"={name}", self._group_label(name, heads)) for name, heads in found.items()]

    def _group_label(self, name: str, heads: Sequence[Head]) -> str:
        years = ", ".join(str(head.year) for head in heads if head.year)
        if not years:
            return self._label(heads[0])
        letters = ", ".join(Spot(1, head.at).letter for head in heads)
        return f"{letters}: {name[:LONGEST]} ({years})" if name else f"{letters}: {years}"

    def _once(self) -> Iterable[Head]:
        """Return the columns whose headings are not those of another before them."""
        found: dict[str, Head] = {}
        for head in self.heads:
            found.setdefault(head.whole.casefold(), head)
        return found.values()

    def _label(self, head: Head) -> str:
        first = ", ".join(str(cell)[:20] for cell in self.cells(head)[:SAMPLES])
        sample = f" – {first}" if first else ""
        return f"{Spot(1, head.at).letter}: {head.whole[:LONGEST]}{sample}"

    # -- Guesses

    def area(self) -> str:
        """Return the heading of the municipalities' column, empty where there is none."""
        return guesses.area(self.sheet, self.heads, self.rows[-1], self.areas)

    def bare_area(self) -> str:
        """Return the letter of a column that names municipalities and has no heading; else empty."""
        found = (head.at for head in self.bare if guesses.told_as(self.cells(head), self.areas))
        return next((Spot(1, at).letter for at in found), "")

    def told_as(self, heading: str) -> str:
        """Return how a column names municipalities, `code` or `name`; empty where it does not."""
        return next(
            (guesses.told_as(self.cells(head), self.areas) for head in self.named(heading)), ""
        )

    def figures(self, wanted: Mapping[str, Iterable[str]]) -> dict[str, str]:
        """Return the likeliest heading of each content."""
        others = (self.year_column(), self.area())
        names = list(dict.fromkeys(head.name for head in self.heads if head.whole not in others))
        return guesses.figures(names, wanted)

    def year_column(self) -> str:
        """Return the heading of a column of years, empty where there is none."""
        return next(
            (head.whole for head in self.heads if guesses.is_year_column(self.cells(head))), ""
        )

    def year_told(self, name: str) -> int | None:
        """Return the year that the file's name and the rows above the headings tell."""
        above = [cell for row in self.sheet.rows[: self.rows[0] - 1] for cell in row if cell]
        return guesses.year([name, *above])

    def decimal(self) -> str:
        """Return the decimal sign of figures written as text."""
        return guesses.decimal(self.near_figures())

    def near_figures(self) -> list[object]:
        """Return the cells of all columns that have a figure."""
        return [cell for head in self._of_figures() for cell in self.cells(head)]

    def _of_figures(self) -> list[Head]:
        others = (self.year_column(), self.area())
        return [
            head
            for head in self.heads
            if head.whole not in others and any(map(guesses.is_figure, self.cells(head)))
        ]
