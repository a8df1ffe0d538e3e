"""Populations of one year from a file of somebody's own: code or name, year, count. Pure but for the names.

A row that fits nobody is told with its number and the mend; the others are read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from analysis.statistics.sources.cells import display
from analysis.statistics.sources.tidy import MOST_INHABITANTS
from municipalities.division import Successor
from uso.ground.lib import sheets
from uso.ground.lib.characters import clean_line
from uso.ground.lib.dates import day
from uso.ground.lib.errors import UnreadableFile
from uso.ground.lib.money import number
from uso.ground.lib.sheets import CellRef, Sheet

CODE, NAME, YEAR, COUNT = "code", "name", "year", "count"
_HEADINGS: Final = {
    CODE: ("code", "municipality code", "kuntakoodi", "kuntanumero", "koodi", "kommunkod", "kod"),
    NAME: ("name", "municipality", "area", "kunta", "kunnan nimi", "nimi", "alue", "kommun", "namn", "område"),
    YEAR: ("year", "vuosi", "år"),
    COUNT: ("count", "population", "inhabitants", "value", "väkiluku", "asukasluku", "asukkaita", "vaesto", "väestö", "folkmängd", "invånare", "invånarantal", "antal"),
}  # fmt: skip
_WHOLE_COUNTRY: Final = frozenset({"koko maa", "hela landet", "whole country", "sss", "yhteensä", "totalt", "total"})  # fmt: skip
_CODE = re.compile(r"(?:KU)?([0-9]{1,3})(?:\.0)?", re.IGNORECASE)
_CODE_AND_NAME = re.compile(r"(?:KU)?([0-9]{3})\s+(\D+)", re.IGNORECASE)
_YEAR = re.compile(r"(?:31\.12\.)?([0-9]{4})\*?")
# Blanks, plain, narrow and unbreakable, part thousands; a point or a comma does only before three digits.
_GROUPED = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u2009\u202f'’][0-9]{3})+|[0-9]+")
_DECIMALS = re.compile(r"[0-9 \u00a0\u2009\u202f]+[.,][0-9]+")
_BLANKS = re.compile(r"[ \u00a0\u2009\u202f'’]")
MOST_ROWS: Final = 20_000


@dataclass(frozen=True)
class AreasOfYear:
    """What the codes and names of a file may mean.

    Parameters
    ----------
    names
        Name of each municipality of the year, by code.
    codes
        Code of every name, those of municipalities that have ended too, in small letters.
    ended
        What has become of municipalities that are none of the year any more, by code.
    """

    names: Mapping[str, str]
    codes: Mapping[str, str]
    ended: Mapping[str, Successor]


@dataclass(frozen=True)
class Problem:
    """A row that is not used: its number and what to do."""

    row: int
    sentence: str


@dataclass
class PopulationTable:
    """What a file holds of one year."""

    year: int
    counts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class _RowError(Exception):
    """A row that cannot be used, with the sentence that says why."""


def read_table(name: str, body: bytes, *, year: int, areas: AreasOfYear) -> PopulationTable:
    """Read the populations of a year from the first sheet that is shown.

    Raises
    ------
    UnreadableFile
        When the file is not what its name says, or has no columns of municipalities and counts.
    """
    sheet = sheets.open_sheet(name, body, separator=sheets.guess_separator(body))
    if len(sheet.rows) > MOST_ROWS:
        raise UnreadableFile(
            _("The file has more than %(most)s rows: leave one row for each municipality in it.")
            % {"most": number(MOST_ROWS)}
        )
    first, columns = _columns(sheet)
    table = PopulationTable(year, notes=list(_hidden_in_words(sheet)))
    _Reader(sheet, columns, table, areas).read(first)
    if not table.counts and not table.problems:
        raise UnreadableFile(_("The file has no row with a municipality and its population."))
    return table


def _columns(sheet: Sheet) -> tuple[int, dict[str, int]]:
    """Return the first row of figures and the column of each thing, by headings or else by their order."""
    for row in range(1, min(len(sheet.rows), 20) + 1):
        found = _headings(sheet, row)
        if COUNT in found and (CODE in found or NAME in found):
            return row + 1, found
    shown = [
        column
        for column in range(1, len(sheet.rows[0]) + 1)
        if column not in sheet.hidden_columns and any(line[column - 1] for line in sheet.rows)
    ]
    order = {2: (NAME, COUNT), 3: (NAME, YEAR, COUNT), 4: (CODE, NAME, YEAR, COUNT)}
    if len(shown) not in order or not _is_headless(sheet, shown):
        raise UnreadableFile(
            _(
                "The columns are not recognised: write the headings “code” or “municipality”, “year” and “population” above them."
            )
        )
    return 1, dict(zip(order[len(shown)], shown, strict=True))


def _is_headless(sheet: Sheet, shown: Sequence[int]) -> bool:
    """Whether some row ends in a figure."""
    return any(re.search(r"[0-9]", _text(line[shown[-1] - 1])) for line in sheet.rows[:20])


def _headings(sheet: Sheet, row: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in range(1, len(sheet.rows[row - 1]) + 1):
        text = _text(sheet.cell(row, column)).casefold()
        for kind, words in _HEADINGS.items():
            if text in words and column not in sheet.hidden_columns:
                if kind in found:
                    raise UnreadableFile(
                        _("The file has the column “%(name)s” twice: take one of them away.")
                        % {"name": text}
                    )
                found[kind] = column
    return found


def _hidden_in_words(sheet: Sheet) -> Iterator[str]:
    columns = [
        CellRef(1, n).letter
        for n in sorted(sheet.hidden_columns)
        if any(len(line) >= n and line[n - 1] is not None for line in sheet.rows)
    ]
    rows = [str(n) for n in sorted(sheet.hidden_rows) if n <= len(sheet.rows)]
    if columns:
        yield _(
            "Hidden columns were not read: %(names)s. Show them in the file if they belong to it."
        ) % {"names": ", ".join(columns[:10])}
    if rows:
        yield _(
            "Hidden rows were not read: %(names)s. Show them in the file if they belong to it."
        ) % {"names": ", ".join(rows[:10])}


def _text(cell: object) -> str:
    return clean_line(display(cell)) if cell is not None else ""


@dataclass
class _Reader:
    """Reads row by row; a municipality that is there twice with two figures has none."""

    sheet: Sheet
    columns: Mapping[str, int]
    table: PopulationTable
    areas: AreasOfYear
    first_rows: dict[str, int] = field(default_factory=dict)
    doubted: set[str] = field(default_factory=set)

    def read(self, first: int) -> None:
        """Fill the table from a row on."""
        for row in range(first, len(self.sheet.rows) + 1):
            if row in self.sheet.hidden_rows or self._is_empty(row):
                continue
            try:
                self._row(row)
            except _RowError as error:
                self.table.problems.append(Problem(row, str(error)))

    def _is_empty(self, row: int) -> bool:
        return not any(self._cell(row, kind) for kind in self.columns)

    def _cell(self, row: int, kind: str) -> str:
        if kind not in self.columns:
            return ""
        ref = CellRef(row, self.columns[kind])
        at = self.sheet.merged_into.get(ref, ref)
        if at != ref and kind == COUNT:
            raise _RowError(
                _("the cell of the population is merged with others: unmerge it in the file.")
            )
        return _text(self.sheet.cell(*(at if at.column == ref.column else ref)))

    def _row(self, row: int) -> None:
        if self._is_of_the_whole_country(row):
            return
        code = self._code(row)
        self._require_year(row)
        count = _count(self._cell(row, COUNT))
        if code in self.first_rows:
            self._double(code, count, row)
            return
        self.first_rows[code] = row
        self.table.counts[code] = count

    def _is_of_the_whole_country(self, row: int) -> bool:
        return any(self._cell(row, kind).casefold() in _WHOLE_COUNTRY for kind in (CODE, NAME))

    def _double(self, code: str, count: int, row: int) -> None:
        words = {"name": self.areas.names[code], "row": self.first_rows[code]}
        if self.table.counts.get(code) == count and code not in self.doubted:
            self.table.notes.append(
                _("Row %(second)s repeats row %(row)s (%(name)s): it was read once.")
                % {**words, "second": row}
            )
            return
        self.doubted.add(code)
        self.table.counts.pop(code, None)
        raise _RowError(
            _(
                "%(name)s is in row %(row)s too, with another figure: neither is used. Take the wrong one away."
            )
            % words
        )

    def _code(self, row: int) -> str:
        code_text, name_text = self._cell(row, CODE), self._cell(row, NAME)
        by_code = self._code_in(code_text or name_text)
        if not code_text and not name_text:
            raise _RowError(_("the municipality is missing: write its code or name."))
        code = by_code or self.areas.codes.get((name_text or code_text).casefold(), "")
        if not code:
            raise _RowError(self._explain_unknown(code_text, name_text))
        by_name = self.areas.codes.get(name_text.casefold(), code) if by_code else code
        if by_name != code:
            raise _RowError(
                _("“%(code)s” is not the code of “%(name)s”: mend one of them in the file.")
                % {"code": code_text, "name": name_text[:40]}
            )
        return self._in_force(code, name_text or code_text)

    def _code_in(self, text: str) -> str:
        if both := _CODE_AND_NAME.fullmatch(text):
            return both[1]
        plain = _CODE.fullmatch(text)
        code = plain[1].zfill(3) if plain else ""
        known = code in self.areas.names or code in self.areas.ended
        return code if known else ""

    def _explain_unknown(self, code_text: str, name_text: str) -> str:
        return _("“%(text)s” is no municipality: write its code or its official name.") % {
            "text": (name_text or code_text)[:40]
        }

    def _in_force(self, code: str, text: str) -> str:
        if code in self.areas.names:
            return code
        ended = self.areas.ended.get(code)
        if ended is None:
            raise _RowError(self._explain_unknown("", text))
        raise _RowError(
            _(
                "“%(text)s” (%(code)s) was merged into %(new)s (%(new_code)s) on %(day)s: its people belong to that figure. Take this row away."
            )
            % {
                "text": text[:40],
                "code": code,
                "new": self.areas.names.get(ended.code, ended.code),
                "new_code": ended.code,
                "day": day(ended.merged_on, weekday=False),
            }
        )

    def _require_year(self, row: int) -> None:
        if YEAR not in self.columns:
            return
        text = self._cell(row, YEAR)
        found = _YEAR.fullmatch(text)
        if found is None:
            raise _RowError(
                _("“%(text)s” is no year: write %(year)s.")
                % {"text": text[:40], "year": self.table.year}
            )
        if int(found[1]) != self.table.year:
            raise _RowError(
                _("the year is %(found)s, and %(year)s was chosen: mend the row or the choice.")
                % {"found": found[1], "year": self.table.year}
            )


def _count(text: str) -> int:
    r"""Return a population as people write it.

    >>> _count("5 264"), _count("5\u00a0264"), _count("684018")
    (5264, 5264, 684018)
    """
    words = {"text": text[:40]}
    if not text:
        raise _RowError(_("the population is missing: write it, or take the row away."))
    if text.startswith(("-", "−", "–")):
        raise _RowError(_("“%(text)s” is negative: a population is at least 1.") % words)
    plain = text.removesuffix(",0").removesuffix(".0")
    if _DECIMALS.fullmatch(plain):
        raise _RowError(
            _("“%(text)s” has decimals: write the number of people, without points and commas.")
            % words
        )
    if not _GROUPED.fullmatch(plain):
        raise _RowError(
            _("“%(text)s” is not a number of people: write it in digits, such as 5264.") % words
        )
    people = int(_BLANKS.sub("", plain))
    if not 0 < people <= MOST_INHABITANTS:
        raise _RowError(
            _("“%(text)s” cannot be the population of a municipality: mend it.") % words
        )
    return people
