"""The columns of a sheet as choices of a form, and guesses of what they hold."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import get_language

from analysis.statistics.sources import cells, guesses, layout
from analysis.statistics.sources.cells import Areas
from analysis.statistics.sources.layout import Heading, is_same_heading
from uso.ground.lib.sheets import CellRef, Sheet

#: Characters of a heading in a choice, and how many cells below it are shown.
MAX_LABEL_LENGTH, SAMPLE_CELLS = 60, 2


class SheetColumns:
    """The columns below some rows of headings; those without a heading are apart.

    A choice's value is an equals sign and the heading, so that columns headed by a year alone have one too.
    """

    def __init__(self, sheet: Sheet, rows: Sequence[int], areas: Areas) -> None:
        self.sheet, self.rows, self.areas = sheet, rows, areas
        every = layout.headings(sheet, rows)
        self.headings = [heading for heading in every if heading.text]
        self.without_heading = [heading for heading in every if not heading.text]

    @property
    def years(self) -> list[int]:
        """Years in the headings, each once."""
        return sorted({heading.year for heading in self.headings if heading.year})

    def cells(self, heading: Heading) -> list[object]:
        """Return the cells of a column that are not blank."""
        return guesses.column_cells(self.sheet, heading.column, self.rows[-1])

    def with_heading(self, text: str) -> list[Heading]:
        """Return the columns of a heading: those of that very text, else of its name without a year."""
        exact = [heading for heading in self.headings if is_same_heading(heading.text, text)]
        return exact or [
            heading
            for heading in self.headings
            if heading.year and is_same_heading(heading.name, text)
        ]

    def heading_choices(self) -> list[tuple[str, str]]:
        """Return a choice for each heading, with the first cells below it."""
        return [(f"={heading.text}", self._label(heading)) for heading in self._distinct()]

    def figure_choices(self) -> list[tuple[str, str]]:
        """Return a choice for each heading of figures, columns of several years as one."""
        by_name: dict[str, list[Heading]] = {}
        for heading in self._distinct():
            by_name.setdefault(heading.name, []).append(heading)
        return [(f"={name}", self._joint_label(name, same)) for name, same in by_name.items()]

    def _joint_label(self, name: str, headings: Sequence[Heading]) -> str:
        years = ", ".join(str(heading.year) for heading in headings if heading.year)
        if not years:
            return self._label(headings[0])
        letters = ", ".join(_letter(heading) for heading in headings)
        return f"{letters}: {name[:MAX_LABEL_LENGTH]} ({years})" if name else f"{letters}: {years}"

    def _distinct(self) -> Iterable[Heading]:
        """Return the columns whose heading no column before them has."""
        found: dict[str, Heading] = {}
        for heading in self.headings:
            found.setdefault(heading.text.casefold(), heading)
        return found.values()

    def _label(self, heading: Heading) -> str:
        language = get_language() or "fi"
        sample_cells = self.cells(heading)[:SAMPLE_CELLS]
        first = "; ".join(cells.display(cell, language)[:20] for cell in sample_cells)
        sample = f" – {first}" if first else ""
        return f"{_letter(heading)}: {heading.text[:MAX_LABEL_LENGTH]}{sample}"

    def identifier_kind(self, text: str) -> str:
        """Return how a column names municipalities, `code` or `name`; empty where it does not."""
        first = next(iter(self.with_heading(text)), None)
        return guesses.identifier_kind(self.cells(first), self.areas) if first else ""

    def figure_cells(self) -> list[object]:
        """Return the cells of all columns that have a figure."""
        others = (self.guess_year_column(), self.guess_area())
        columns = [self.cells(heading) for heading in self.headings if heading.text not in others]
        return [cell for cells in columns if any(map(guesses.is_figure, cells)) for cell in cells]

    def hidden_names(self) -> list[str]:
        """Return the letters and numbers of hidden columns and rows below the headings that are not blank."""
        columns = [one for one in self.headings if one.column in self.sheet.hidden_columns]
        first = self.rows[-1] + 1
        rows = [
            row
            for row in sorted(self.sheet.hidden_rows)
            if first <= row <= len(self.sheet.rows)
            and any(cell is not None for cell in self.sheet.rows[row - 1])
        ]
        return [*map(_letter, columns), *map(str, rows)]

    # -- Guesses

    def guess_area(self) -> str:
        """Return the heading of the municipalities' column, empty where there is none."""
        return guesses.area_heading(self.sheet, self.headings, self.rows[-1], self.areas)

    def guess_area_without_heading(self) -> str:
        """Return the letter of a column that names municipalities and has no heading; else empty."""
        columns = (
            heading
            for heading in self.without_heading
            if guesses.identifier_kind(self.cells(heading), self.areas)
        )
        return next(map(_letter, columns), "")

    def guess_figures(self, contents: Mapping[str, Iterable[str]]) -> dict[str, str]:
        """Return the closest heading of each content."""
        others = (self.guess_year_column(), self.guess_area())
        names = [heading.name for heading in self.headings if heading.text not in others]
        return guesses.match_headings(list(dict.fromkeys(names)), contents)

    def guess_year_column(self) -> str:
        """Return the heading of a column of years, empty where there is none."""
        columns = (one for one in self.headings if guesses.is_year_column(self.cells(one)))
        return next((heading.text for heading in columns), "")

    def guess_year(self, file_name: str) -> int | None:
        """Return the only year in the file's name and the rows above the headings."""
        above = [cell for row in self.sheet.rows[: self.rows[0] - 1] for cell in row if cell]
        return guesses.only_year([file_name, *above])

    def guess_decimal(self) -> str:
        """Return the decimal sign of figures written as text."""
        return guesses.decimal_sign(self.figure_cells())


def _letter(heading: Heading) -> str:
    return CellRef(1, heading.column).letter
