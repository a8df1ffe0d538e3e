"""Files of a source that has no interface: XLSX and CSV, read by a saved mapping.

Beside `figures.xlsx` stands `figures.xlsx.mapping.json`. What is kept of an import is one answer that holds
both: a line of JSON with the file's name and its mapping, then the file byte for byte.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from analysis.statistics.enums import RejectReason
from analysis.statistics.sources import cells, mapping, sheets, tidy
from analysis.statistics.sources.base import Answer, Progress, Raw, Rejected, SourceError, TablePlan
from analysis.statistics.sources.cells import Areas, Spot
from analysis.statistics.sources.jsonstat import unreadable
from analysis.statistics.sources.layout import Column, Layout, layout
from analysis.statistics.sources.mapping import FileMapping
from analysis.statistics.sources.sheets import Sheet
from analysis.statistics.sources.tidy import Figure

MAPPING_ENDING = ".mapping.json"
#: So many sentences are told of a bad file; the rest is counted.
TOLD = 5


@dataclass(frozen=True)
class Packed:
    """A file with its mapping, as it is kept; None until somebody has said how it is read."""

    name: str
    mapping: FileMapping | None
    content: bytes

    @property
    def is_text(self) -> bool:
        """Whether it is a text, whose cells something stands between."""
        return self.name.casefold().endswith(sheets.CSV)

    def body(self) -> bytes:
        """Return both as one answer."""
        head = {"name": self.name, "mapping": self.mapping and self.mapping.as_json()}
        return json.dumps(head, ensure_ascii=False).encode() + b"\n" + self.content


def unpacked(body: bytes) -> Packed:
    """Take an answer apart, or raise `SourceError`."""
    head, _line, content = body.partition(b"\n")
    try:
        told = json.loads(head)
        name, rules = str(told["name"]), told["mapping"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise unreadable(_("it is not a file with its mapping.")) from error
    return Packed(name, None if rules is None else mapping.of_json(rules), content)


def _rules(file: Packed) -> FileMapping:
    if file.mapping is None:
        raise unreadable(_("it is not a file with its mapping."))
    return file.mapping


def found(origin: str) -> list[Path]:
    """Return the files at a path: itself, or the XLSX and CSV files of a folder.

    Raises
    ------
    SourceError
        When there is none.
    """
    path = Path(origin)
    within = sorted(path.iterdir()) if path.is_dir() else [path]
    files = [one for one in within if one.is_file() and _wanted(one)]
    if not files:
        raise SourceError(_("There is no XLSX or CSV file at %(origin)s.") % {"origin": origin})
    return files


def _wanted(path: Path) -> bool:
    """Tell whether a file may hold figures; `~$evp.xlsx` is only there while a workbook is open."""
    return path.suffix.casefold() in sheets.ENDINGS and not path.name.startswith(("~$", "."))


def packed(path: Path) -> bytes:
    """Return a file with the mapping beside it as one answer."""
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
    return Packed(path.name, mapping.parse(beside.read_bytes()), path.read_bytes()).body()


@dataclass
class Files:
    """Adapter of files; there is no network to ask."""

    def ask(self, plan: TablePlan, progress: Progress) -> Raw:
        """Refuse: a file is given with its path."""
        raise SourceError(_("A file is not read from the network: name it with --from."))

    def last_changed(self, plan: TablePlan) -> str:
        """Tell nothing: there is no network to ask."""
        return ""

    def read(self, body: bytes, plan: TablePlan) -> Answer:
        """Turn a file with its mapping into a tidy frame.

        Raises
        ------
        SourceError
            With a sentence for each of the first bad cells: row, column, what is wrong and the mend.
        """
        file = unpacked(body)
        rules = _rules(file)
        sheet = sheets.opened(file.name, file.content, rules.sheet, rules.separator)
        return _Reading(sheet, rules, plan, layout(sheet, rules)).answer(file.name)

    def table_of(self, body: bytes) -> str:
        """Return the table the mapping names."""
        return _rules(unpacked(body)).table.rsplit("/", 1)[-1]


@dataclass
class _Reading:
    """The rows of a sheet being read; what is wrong is gathered and told together."""

    sheet: Sheet
    rules: FileMapping
    plan: TablePlan
    layout: Layout
    areas: Areas = field(default_factory=cells.areas)
    problems: list[str] = field(default_factory=list)
    unused: int = 0
    seen: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def answer(self, name: str) -> Answer:
        """Return the figures of all rows, or raise what is wrong with them."""
        first = self.rules.head_rows[-1] + 1
        rows = range(first, len(self.sheet.rows) + 1)
        figures = [one for row in rows for one in self._row(row)]
        if self.problems:
            raise SourceError(_joined(self.problems))
        if not any(one.missing == "" for one in figures):
            raise SourceError(
                _(
                    "The answer has none of the figures asked for. The figures read before stay in use."
                )
            )
        return Answer(
            frame=tidy.of_figures(figures),
            label=name,
            source="",
            updated=None,
            rows_read=len(figures) + self.unused,
            rejected=tuple(self._rejected()),
        )

    def _row(self, row: int) -> Iterator[Figure]:
        """Yield the figures of a row; a row without any that names no municipality is a remark."""
        spot = Spot(row, self.layout.area)
        try:
            area = self.areas.area(self._cell(spot), spot, self.rules)
            year = self._year(row)
        except SourceError as error:
            if any(not self._blank(Spot(row, column.at)) for column in self.layout.figures):
                self.problems.append(error.message)
            return
        for column in self.layout.figures:
            try:
                yield from self._figures(area, year, Spot(row, column.at), column)
            except SourceError as error:
                self.problems.append(error.message)

    def _figures(self, area: str, year: int | None, spot: Spot, column: Column) -> Iterator[Figure]:
        told = cells.figure(
            self._cell(spot), spot, self.rules, self.rules.factors.get(column.content, 1.0)
        )
        when = column.year or year or 0
        self._check_first(area, when, spot, column)
        codes = [one.indicator for one in self.plan.series if one.key == column.content]
        if not codes or when < self.plan.since:
            self.unused += 1
            return
        preliminary = (told.preliminary or column.preliminary) and not told.missing
        for code in codes:
            yield Figure(code, area, when, told.value, told.missing, preliminary)

    def _year(self, row: int) -> int | None:
        if self.layout.year is None:
            return None
        spot = Spot(row, self.layout.year)
        cell = self._cell(spot)
        told = cells.year(cell)
        if told is None:
            words = {"text": str("" if cell is None else cell)[:40]}
            raise spot.wrong(_("“%(text)s” is not a year: write four digits.") % words)
        return told[0]

    def _check_first(self, area: str, year: int, spot: Spot, column: Column) -> None:
        first = self.seen.setdefault((column.content, area, year), spot.row)
        if first != spot.row:
            raise spot.wrong(
                _(
                    "%(area)s has a figure of %(year)s in row %(first)s already: take one of them away."
                )
                % {"area": area, "year": year, "first": first}
            )

    def _cell(self, spot: Spot) -> object:
        place = (spot.row, spot.column)
        if place in self.sheet.followers:
            raise spot.wrong(
                _("the cell is merged with another: unmerge them and type what each row says.")
            )
        if place in self.sheet.unanswered:
            raise spot.wrong(
                _(
                    "the result of the formula is not in the file: open the file in a spreadsheet program and save it again."
                )
            )
        return self.sheet.cell(spot.row, spot.column)

    def _blank(self, spot: Spot) -> bool:
        unanswered = (spot.row, spot.column) in self.sheet.unanswered
        return not unanswered and self.sheet.cell(spot.row, spot.column) is None

    def _rejected(self) -> Iterator[Rejected]:
        if self.unused:
            yield Rejected(RejectReason.UNUSED, self.unused)
        contents = set(self.rules.contents.values())
        for one in self.plan.series:
            if one.key not in contents:
                yield Rejected(RejectReason.NO_CONTENT, 0, one.key)


def _joined(problems: Sequence[str]) -> str:
    """Return the first of the problems, how many more there are, and that nothing is lost."""
    told = list(Counter(problems))
    rest = [_("And %(count)s more.") % {"count": len(told) - TOLD}] if told[TOLD:] else []
    return " ".join([*told[:TOLD], *rest, _("Nothing was stored.")])
