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

from analysis.enums import RejectReason
from analysis.sources import cells, mapping, sheets, tidy
from analysis.sources.base import Answer, Progress, Raw, Rejected, Series, SourceError, TablePlan
from analysis.sources.cells import Areas, Spot
from analysis.sources.jsonstat import unreadable
from analysis.sources.mapping import FileMapping
from analysis.sources.sheets import Sheet
from analysis.sources.tidy import Figure

MAPPING_ENDING = ".mapping.json"
#: So many sentences are told of a bad file; the rest is counted.
TOLD = 5


@dataclass(frozen=True)
class Packed:
    """A file with its mapping, as it is kept."""

    name: str
    mapping: FileMapping
    content: bytes

    def body(self) -> bytes:
        """Return both as one answer."""
        head = {"name": self.name, "mapping": self.mapping.as_json()}
        return json.dumps(head, ensure_ascii=False).encode() + b"\n" + self.content


def unpacked(body: bytes) -> Packed:
    """Take an answer apart, or raise `SourceError`."""
    head, _line, content = body.partition(b"\n")
    try:
        told = json.loads(head)
        name, rules = str(told["name"]), told["mapping"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise unreadable(_("it is not a file with its mapping.")) from error
    return Packed(name, mapping.of_json(rules), content)


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

    def stamp(self, plan: TablePlan) -> str:
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
        rules = file.mapping
        sheet = sheets.opened(file.name, file.content, rules.sheet, rules.separator)
        return _Reading(sheet, rules, plan, _layout(sheet, rules)).answer(file.name)

    def table_of(self, body: bytes) -> str:
        """Return the table the mapping names."""
        return unpacked(body).mapping.table.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class _Column:
    """A column of figures; `year` is None where the rows tell it."""

    at: int
    content: str
    year: int | None
    preliminary: bool = False


@dataclass(frozen=True)
class _Layout:
    area: int
    year: int | None
    figures: Sequence[_Column]


def _layout(sheet: Sheet, rules: FileMapping) -> _Layout:
    """Find the columns by their headings."""
    if rules.head_rows[-1] > len(sheet.rows):
        raise SourceError(_("The file ends before the rows of headings the mapping names."))
    heads = {at: _heading(sheet, rules, at) for at in range(1, len(sheet.rows[0]) + 1)}
    year = _named(heads, rules.year_column, rules) if rules.year_column else None
    area = _named(heads, rules.area, rules)
    columns = [
        column
        for at, parts in heads.items()
        if at not in (area, year) and (column := _column(at, parts, rules)) is not None
    ]
    _check_columns(columns, heads, rules)
    return _Layout(area, year, columns)


def _heading(sheet: Sheet, rules: FileMapping, at: int) -> list[object]:
    """Return what the rows of headings say of a column; a merged block says it of all its columns."""
    parts = []
    for row in rules.head_rows:
        value = sheet.cell(*sheet.followers.get((row, at), (row, at)))
        if value is not None and value not in parts:
            parts.append(value)
    return parts


def _words(parts: Sequence[object]) -> str:
    return " / ".join(" ".join(str(part).split()) for part in parts)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _named(heads: dict[int, list[object]], wanted: str, rules: FileMapping) -> int:
    hits = [at for at, parts in heads.items() if _same(_words(parts), wanted)]
    if len(hits) == 1:
        return hits[0]
    values = {
        "heading": wanted,
        "row": rules.head_rows[-1],
        "headings": tidy.few([_words(parts) for parts in heads.values() if parts]),
    }
    if hits:
        raise SourceError(
            _(
                "Row %(row)s has the heading “%(heading)s” more than once: give each column a heading of its own."
            )
            % values
        )
    raise SourceError(
        _(
            "Row %(row)s has no heading “%(heading)s”; it has %(headings)s. Mend the heading or the mapping."
        )
        % values
    )


def _column(at: int, parts: Sequence[object], rules: FileMapping) -> _Column | None:
    """Return the column a heading stands for, None when the mapping does not want it."""
    whole = _words(parts)
    years = (
        [] if _content(whole, rules) else [found for part in parts if (found := cells.year(part))]
    )
    rest = _words([part for part in parts if not cells.year(part)]) if years else whole
    content = _content(rest, rules)
    if content is None or not (rest or years):
        return None
    year, preliminary = years[0] if years else (rules.year, False)
    return _Column(at, content, year, preliminary)


def _content(heading: str, rules: FileMapping) -> str | None:
    return next((code for name, code in rules.contents.items() if _same(name, heading)), None)


def _check_columns(
    columns: Sequence[_Column], heads: dict[int, list[object]], rules: FileMapping
) -> None:
    for name, content in rules.contents.items():
        if content not in {column.content for column in columns}:
            _named(heads, name or _("a year"), rules)
    first: dict[tuple[str, int | None], _Column] = {}
    for column in columns:
        other = first.setdefault((column.content, column.year), column)
        words = {"first": Spot(1, other.at).letter, "second": Spot(1, column.at).letter}
        if other is not column:
            raise SourceError(
                _(
                    "Columns %(first)s and %(second)s have the same heading: where it is merged, name the row below it in the mapping too, or give each a heading of its own."
                )
                % words
            )
        if column.year is None and not rules.year_column:
            raise SourceError(
                _("Column %(second)s has no year: give it in the heading or in the mapping.")
                % words
            )


@dataclass
class _Reading:
    """The rows of a sheet being read; what is wrong is gathered and told together."""

    sheet: Sheet
    rules: FileMapping
    plan: TablePlan
    layout: _Layout
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

    def _figures(
        self, area: str, year: int | None, spot: Spot, column: _Column
    ) -> Iterator[Figure]:
        told = cells.figure(
            self._cell(spot), spot, self.rules, self.rules.factors.get(column.content, 1.0)
        )
        when = column.year or year or 0
        self._check_first(area, when, spot, column)
        codes = [one.indicator for one in self.plan.series if _key(one) == column.content]
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

    def _check_first(self, area: str, year: int, spot: Spot, column: _Column) -> None:
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
            if _key(one) not in contents:
                yield Rejected(RejectReason.NO_CONTENT, 0, _key(one))


def _key(series: Series) -> str:
    return series.content or series.label


def _joined(problems: Sequence[str]) -> str:
    """Return the first of the problems, how many more there are, and that nothing is lost."""
    told = list(Counter(problems))
    rest = [_("And %(count)s more.") % {"count": len(told) - TOLD}] if told[TOLD:] else []
    return " ".join([*told[:TOLD], *rest, _("Nothing was stored.")])
