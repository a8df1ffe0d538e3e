"""Files of a source that has no interface: XLSX and CSV, read by a saved mapping.

Beside `figures.xlsx` is `figures.xlsx.mapping.json`. Both are stored as one answer: a line of JSON with the file's
name and its mapping, then the file byte for byte.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from analysis.statistics.enums import Doubt, RejectReason
from analysis.statistics.sources import cells, tidy
from analysis.statistics.sources.base import (
    DoubtfulCells,
    ParsedTable,
    Progress,
    RejectedRows,
    Response,
    Series,
    SourceError,
    TablePlan,
    never_a_traceback,
)
from analysis.statistics.sources.cells import Areas
from analysis.statistics.sources.jsonstat import unreadable_answer
from analysis.statistics.sources.layout import FigureColumn, Layout, find_layout
from analysis.statistics.sources.mapping import (
    LEAVE_OUT,
    READ,
    FileMapping,
    is_year,
    mapping_from_json,
    parse_mapping,
)
from analysis.statistics.sources.tidy import Figure
from uso.ground.lib import sheets
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.sheets import CellRef, Sheet

MAPPING_ENDING = ".mapping.json"
#: Of a bad file so many problems are named; the rest is counted.
MAX_PROBLEMS_SHOWN = 5


@dataclass(frozen=True)
class FileWithMapping:
    """A file as it is stored; its mapping is None until somebody has made it."""

    name: str
    mapping: FileMapping | None
    content: bytes

    @property
    def is_text(self) -> bool:
        """Whether it is a text, whose cells a separator parts."""
        return self.name.casefold().endswith(sheets.CSV)

    def require_mapping(self) -> FileMapping:
        """Return the mapping, or raise `SourceError`."""
        if self.mapping is None:
            raise _not_a_file_with_mapping()
        return self.mapping

    def as_bytes(self) -> bytes:
        """Return file and mapping as one answer."""
        header = {"name": self.name, "mapping": self.mapping and self.mapping.as_json()}
        return json.dumps(header, ensure_ascii=False).encode() + b"\n" + self.content

    @classmethod
    def from_bytes(cls, body: bytes) -> "FileWithMapping":
        """Parse an answer, or raise `SourceError`."""
        header_line, _line, content = body.partition(b"\n")
        try:
            header = json.loads(header_line)
            name, mapping = str(header["name"]), header["mapping"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise _not_a_file_with_mapping() from error
        return cls(name, None if mapping is None else mapping_from_json(mapping), content)


def _not_a_file_with_mapping() -> SourceError:
    return unreadable_answer(_("it is not a file with its mapping."))


def list_files(origin: str) -> list[Path]:
    """Return the files at a path: itself, or the XLSX and CSV files of a folder.

    Raises
    ------
    SourceError
        When there is none.
    """
    path = Path(origin)
    within = sorted(path.iterdir()) if path.is_dir() else [path]
    files = [one for one in within if one.is_file() and _may_hold_figures(one)]
    if not files:
        raise SourceError(_("There is no XLSX or CSV file at %(origin)s.") % {"origin": origin})
    return files


def _may_hold_figures(path: Path) -> bool:
    """Return whether a file may hold figures; `~$evp.xlsx` is only there while a workbook is open."""
    return path.suffix.casefold() in sheets.ENDINGS and not path.name.startswith(("~$", "."))


def read_with_mapping(path: Path) -> bytes:
    """Read a file and the mapping beside it as one answer."""
    beside = path.with_name(path.name + MAPPING_ENDING)
    if not beside.is_file():
        raise SourceError(
            _("The file %(name)s has no mapping: write %(mapping)s beside it.")
            % {"name": path.name, "mapping": beside.name}
        )
    if path.stat().st_size > sheets.MAX_BYTES:
        raise SourceError(
            _("The file %(name)s is far too large: keep the one table that is wanted in it.")
            % {"name": path.name}
        )
    return FileWithMapping(
        path.name, parse_mapping(beside.read_bytes()), path.read_bytes()
    ).as_bytes()


@dataclass
class Files:
    """Adapter of files; there is no network to ask."""

    def fetch(self, plan: TablePlan, progress: Progress) -> Response:
        """Refuse: a file is named with its path."""
        raise SourceError(_("A file is not read from the network: name it with --from."))

    def last_changed(self, plan: TablePlan) -> str:
        """Say nothing: there is no network to ask."""
        return ""

    @never_a_traceback
    def parse(self, body: bytes, plan: TablePlan) -> ParsedTable:
        """Parse a file with its mapping.

        Raises
        ------
        SourceError
            With a sentence for each of the first bad cells: row, column, what is wrong and what to do.
        """
        file = FileWithMapping.from_bytes(body)
        mapping = file.require_mapping()
        sheet = sheets.open_sheet(file.name, file.content, mapping.sheet, mapping.separator)
        return _SheetReader(sheet, mapping, plan, find_layout(sheet, mapping)).read(file.name)

    @never_a_traceback
    def table_id_of(self, body: bytes) -> str:
        """Return the id of the table the mapping names."""
        return FileWithMapping.from_bytes(body).require_mapping().table.rsplit("/", 1)[-1]


@dataclass
class _SheetReader:
    """Reads the rows of a sheet; problems are gathered and raised together."""

    sheet: Sheet
    mapping: FileMapping
    plan: TablePlan
    layout: Layout
    areas: Areas = field(default_factory=cells.load_areas)
    this_year: int = field(default_factory=lambda: timezone.localdate().year)
    problems: list[str] = field(default_factory=list)
    unused: int = 0
    other_areas: list[str] = field(default_factory=list)
    figure_cells: list[CellRef] = field(default_factory=list)
    area_cells: list[CellRef] = field(default_factory=list)
    first_rows: dict[tuple[str, str, int], int] = field(default_factory=dict)

    @cached_property
    def columns(self) -> dict[int, FigureColumn]:
        """The columns of figures by their number."""
        return {one.number: one for one in self.layout.figures}

    def read(self, name: str) -> ParsedTable:
        """Return the figures of all rows, or raise what is wrong with them."""
        self._check_hidden()
        columns = self._columns()
        figures = [one for row in self._rows() for one in self._row(row, columns)]
        if self.problems:
            raise SourceError(_join_problems(self.problems))
        if not any(one.missing == "" for one in figures):
            raise SourceError(
                _(
                    "The answer has none of the figures asked for. The figures read before stay in use."
                )
            )
        return ParsedTable(
            frame=tidy.frame_of_figures(figures),
            label=name,
            source="",
            updated=None,
            rows_read=len(figures) + self.unused,
            rejected=tuple(self._rejected()),
            doubts=tuple(self._doubts()),
        )

    # -- What is hidden in the file

    def _check_hidden(self) -> None:
        """Refuse a sheet with hidden figures while nobody has said what becomes of them."""
        hidden = self._hidden_names()
        if hidden and not self.mapping.hidden:
            raise SourceError(
                _(
                    "%(hidden)s are hidden in the file and have figures: say whether they are read or left out (“hidden” in the mapping), or show them in the file. Nothing was stored."
                )
                % {"hidden": tidy.first_few(hidden)}
            )

    def _hidden_names(self) -> list[str]:
        """Return the hidden columns of figures by letter and the hidden rows with figures by number."""
        columns = [
            CellRef(1, one.number).letter
            for one in self.layout.figures
            if one.number in self.sheet.hidden_columns
        ]
        rows = [
            str(row)
            for row in sorted(self.sheet.hidden_rows)
            if self.mapping.head_rows[-1] < row <= len(self.sheet.rows) and self._has_figures(row)
        ]
        return [*columns, *rows]

    def _has_figures(self, row: int) -> bool:
        return any(not self._blank(CellRef(row, column.number)) for column in self.layout.figures)

    def _rows(self) -> Iterator[int]:
        left_out = self.sheet.hidden_rows if self.mapping.hidden == LEAVE_OUT else frozenset()
        for row in range(self.mapping.head_rows[-1] + 1, len(self.sheet.rows) + 1):
            if row not in left_out:
                yield row

    def _columns(self) -> list[FigureColumn]:
        """Return the columns that are read; of a year that has not been no column may be."""
        left_out = self.sheet.hidden_columns if self.mapping.hidden == LEAVE_OUT else frozenset()
        columns = [one for one in self.layout.figures if one.number not in left_out]
        for column in columns:
            if column.year is not None:
                self._check_year(
                    column.year, CellRef(self.mapping.head_rows[-1], column.number), column
                )
        return columns

    # -- Rows

    def _row(self, row: int, columns: Sequence[FigureColumn]) -> Iterator[Figure]:
        """Yield the figures of a row; a row without any that names no municipality is a remark."""
        ref = CellRef(row, self.layout.area)
        try:
            area = self.areas.find_code(self._cell(ref), ref, self.mapping)
            if not area:
                self.other_areas.append(str(self._cell(ref)))
                return
            year, is_preliminary = self._year(row)
        except RuleViolation as error:
            if self._has_figures(row):
                self.problems.append(error.message)
            return
        self.area_cells.append(ref)
        for column in columns:
            try:
                yield from self._figures(
                    area, year, CellRef(row, column.number), column, is_preliminary
                )
            except RuleViolation as error:
                self.problems.append(error.message)

    def _figures(
        self,
        area: str,
        year: int | None,
        ref: CellRef,
        column: FigureColumn,
        is_preliminary: bool,
    ) -> Iterator[Figure]:
        cell = cells.parse_figure(
            self._cell(ref), ref, self.mapping, self.mapping.factors.get(column.content, 1.0)
        )
        figure_year = column.year or year or 0
        if column.year is None and self.layout.year is not None:
            self._check_year(figure_year, CellRef(ref.row, self.layout.year), column)
        self._check_first(area, figure_year, ref, column)
        codes = [one.indicator for one in self._series(column)]
        if not codes or figure_year < self.plan.since:
            self.unused += 1
            return
        self.figure_cells.append(ref)
        marked = cell.preliminary or column.preliminary or (is_preliminary and not column.year)
        for code in codes:
            yield Figure(
                code, area, figure_year, cell.value, cell.missing, marked and not cell.missing
            )

    def _series(self, column: FigureColumn) -> list[Series]:
        return [one for one in self.plan.series if one.key == column.content]

    def _year(self, row: int) -> tuple[int | None, bool]:
        if self.layout.year is None:
            return None, False
        ref = CellRef(row, self.layout.year)
        return cells.parse_year_cell(self._cell(ref), ref)

    def _check_year(self, year: int, ref: CellRef, column: FigureColumn) -> None:
        """Refuse a year no statistics are of, and one that has not been but of a projection."""
        series = self._series(column)
        is_projection = bool(series) and all(one.is_projection for one in series)
        if is_year(year) and (year <= self.this_year or is_projection):
            return
        raise ref.error(
            _("the year %(year)s has not been: only an indicator that is a projection has such.")
            % {"year": year}
            if year > self.this_year
            else _("“%(text)s” is not a year: write four digits.") % {"text": year}
        )

    def _check_first(self, area: str, year: int, ref: CellRef, column: FigureColumn) -> None:
        first = self.first_rows.setdefault((column.content, area, year), ref.row)
        if first != ref.row:
            raise ref.error(
                _(
                    "%(area)s has a figure of %(year)s in row %(first)s already: take one of them away."
                )
                % {"area": area, "year": year, "first": first}
            )

    def _cell(self, ref: CellRef) -> object:
        if ref in self.sheet.merged_into:
            raise ref.error(
                _("the cell is merged with another: unmerge them and type what each row says.")
            )
        if ref in self.sheet.formulas_without_result:
            raise ref.error(
                _(
                    "the result of the formula is not in the file: open the file in a spreadsheet program and save it again."
                )
            )
        return self.sheet.cell(*ref)

    def _blank(self, ref: CellRef) -> bool:
        return ref not in self.sheet.formulas_without_result and self.sheet.cell(*ref) is None

    def _rejected(self) -> Iterator[RejectedRows]:
        if self.unused:
            yield RejectedRows(RejectReason.UNUSED, self.unused)
        if self.other_areas:
            names = list(dict.fromkeys(self.other_areas))
            yield RejectedRows(
                RejectReason.OTHER_AREA, len(self.other_areas), tidy.first_few(names)
            )
        hidden = self._hidden_names()
        if hidden and self.mapping.hidden == LEAVE_OUT:
            yield RejectedRows(RejectReason.HIDDEN, len(hidden), tidy.first_few(hidden))
        contents = set(self.mapping.contents.values())
        for one in self.plan.series:
            if one.key not in contents:
                yield RejectedRows(RejectReason.NO_CONTENT, 0, one.key)

    def _doubts(self) -> Iterator[DoubtfulCells]:
        """Yield what was read and a person should check, with the first cells by name."""
        percents = [ref for ref in self.figure_cells if ref in self.sheet.percents]
        if percents:
            yield DoubtfulCells(Doubt.PERCENT, len(percents), self._named(percents))
        foreign = [ref for ref in self.figure_cells if self._is_foreign_percentage(ref)]
        if foreign:
            yield DoubtfulCells(Doubt.NOT_PERCENT, len(foreign), self._named(foreign))
        noted = [ref for ref in (*self.area_cells, *self.figure_cells) if ref in self.sheet.notes]
        if noted:
            yield DoubtfulCells(Doubt.NOTE, len(noted), self._named(noted))
        hidden = self._hidden_names()
        if hidden and self.mapping.hidden == READ:
            yield DoubtfulCells(Doubt.HIDDEN, len(hidden), tidy.first_few(hidden))
        if self.sheet.is_hidden:
            yield DoubtfulCells(Doubt.HIDDEN_SHEET, 0, self.mapping.sheet)
        if self.sheet.encoding:
            yield DoubtfulCells(Doubt.ENCODING, 0, self.sheet.encoding)

    def _is_foreign_percentage(self, ref: CellRef) -> bool:
        """Return whether a percentage, by its cell or its heading, is read into what is none."""
        column = self.columns[ref.column]
        if all(one.takes_percentages for one in self._series(column)):
            return False
        contents = self.mapping.contents.items()
        headings = [heading for heading, content in contents if content == column.content]
        return ref in self.sheet.percents or any("%" in heading for heading in headings)

    def _named(self, refs: Sequence[CellRef]) -> str:
        """Name cells with what is read of them: `B2 = 6,9, B3 = 12`."""
        language = get_language() or "fi"
        words = [
            f"{ref.letter}{ref.row} = {cells.display(self.sheet.cell(*ref), language)}"
            for ref in refs
        ]
        return tidy.first_few(words, between="; ")


def _join_problems(problems: Sequence[str]) -> str:
    """Return the first of the problems, how many more there are, and that nothing is lost."""
    distinct = list(dict.fromkeys(problems))
    shown, more = distinct[:MAX_PROBLEMS_SHOWN], len(distinct[MAX_PROBLEMS_SHOWN:])
    rest = [_("And %(count)s more.") % {"count": more}] if more else []
    return " ".join([*shown, *rest, _("Nothing was stored.")])
