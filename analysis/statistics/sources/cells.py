"""Parsing cells of a file; an error names row and column, and what to do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches

from django.utils.translation import gettext as _

from analysis.statistics.models import WHOLE_COUNTRY
from analysis.statistics.sources import numbers
from analysis.statistics.sources.mapping import CODE, NAME, ZERO, FileMapping, is_year
from municipalities import facts
from uso.ground.lib.characters import clean_line
from uso.ground.lib.sheets import CellRef

_COUNTRY_NAMES = {"koko maa", "hela landet", "whole country"}
#: `005 Alajärvi`, `KU005 Alajärvi`, `MK16 Keski-Pohjanmaa`, `SSS KOKO MAA`.
_CODE_AND_NAME = re.compile(r"((?:KU)?[0-9]{1,3}|MK[0-9]{2}|SSS)\s+(\D+)")
_PREFIXED = re.compile(r"KU[0-9]{3}|MK[0-9]{2}")
#: Areas that are neither municipalities nor regions, by code or name: sub-regions, wellbeing services counties,
#: employment areas, large areas, the mainland. Their rows are left out.
_OTHER_AREA = re.compile(
    r"(?:SK|HVA|ELY|AVI|MA|ERVA)[0-9]{1,4}\b.*"
    r"|.*\b(?:seutukunta|hyvinvointialue|ely-keskus|aluehallintovirasto|suuralue|työllisyysalue|yhteistoiminta-alue)"
    r"|.*\b(?:ekonomisk region|välfärdsområde|ntm-centralen?|storområde|sysselsättningsområde)"
    r"|.*\bwellbeing services county\b.*"
    r"|manner-suomi|fasta finland|mainland finland",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?:[0-9]{1,2}\.[0-9]{1,2}\.)?([12][0-9]{3})\s?(\*?)|([12][0-9]{3})-[0-9]{2}-[0-9]{2}"
)
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2}.*")
_ERROR = re.compile(r"#[A-Z0-9/!?_]+")
#: Of so many unknown names a near one is sought, half a millisecond each; a page names the first five problems.
MAX_SOUGHT = 20


@dataclass(frozen=True)
class CellFigure:
    """A figure, NaN with its reason where it is missing."""

    value: float
    missing: str = ""
    preliminary: bool = False


def parse_figure(
    cell: object, ref: CellRef, mapping: FileMapping, factor: float = 1.0
) -> CellFigure:
    """Return the figure of a cell in the unit of its indicator.

    Raises
    ------
    UnreadableFile
        When it is neither a figure nor a mark of a missing one.
    """
    text = "" if cell is None else str(cell)
    meaning = mapping.meaning(text) if cell is None or isinstance(cell, str) else None
    if meaning == ZERO:
        return CellFigure(0.0)
    if meaning is not None:
        return CellFigure(float("nan"), meaning)
    preliminary = isinstance(cell, str) and text.endswith("*")
    number = _cell_number(cell, text.removesuffix("*"), mapping.decimal)
    if number is None:
        raise ref.error(_explain_bad_figure(cell, text, mapping.decimal))
    value = number * Decimal(repr(factor))
    if abs(value) > numbers.MAX_FIGURE:
        raise ref.error(
            _(
                "“%(text)s” is far too large for a figure: mend it, or the number it is multiplied by."
            )
            % {"text": text[:40]}
        )
    return CellFigure(float(value), preliminary=preliminary)


def _cell_number(cell: object, text: str, decimal: str) -> Decimal | None:
    if isinstance(cell, str):
        other = "." if decimal == "," else ","
        parsed = None if other in text else numbers.parse_number(text)
        return None if parsed is None else Decimal(repr(parsed))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        number = Decimal(repr(cell))
        return number if number.is_finite() else None
    return None


def _explain_bad_figure(cell: object, text: str, decimal: str) -> str:
    words = {"text": text[:40], "decimal": decimal}
    if isinstance(cell, date | datetime):
        return _(
            "%(text)s is a date: the spreadsheet program has taken a figure for one. Make the cells numbers and type the figure again."
        ) % {"text": display(cell)}
    if _ERROR.fullmatch(text):
        return _("the formula gives the error %(text)s: mend it in the file.") % words
    return (
        _(
            "“%(text)s” is not a figure: write digits with “%(decimal)s” before decimals, or name the mark in the mapping."
        )
        % words
    )


def display(cell: object, language: str = "fi") -> str:
    """Return a cell as a page displays it: a figure with the decimal sign of the language, a day as one.

    >>> display(6.9), display(2024), display(date(2023, 12, 31)), display(None)
    ('6,9', '2024', '31.12.2023', '')
    """
    if isinstance(cell, date | datetime):
        return f"{cell.day}.{cell.month}.{cell.year}"
    if isinstance(cell, float):
        whole = f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        return whole if language == "en" else whole.replace(".", ",")
    return "" if cell is None else str(cell)


def parse_year_cell(cell: object, ref: CellRef) -> tuple[int, bool]:
    """Return the year of a cell in a column of years, and whether it is marked as preliminary.

    Raises
    ------
    UnreadableFile
        When it is none; a date too, for nobody knows whether its figure is of the day or of the year.
    """
    words = {"text": display(cell)[:40]}
    if isinstance(cell, date | datetime) or (isinstance(cell, str) and _DATE.fullmatch(cell)):
        raise ref.error(_("%(text)s is a date: write the year alone, four digits.") % words)
    parsed = parse_year(cell)
    if parsed is None:
        raise ref.error(_("“%(text)s” is not a year: write four digits.") % words)
    return parsed


def parse_year(cell: object) -> tuple[int, bool] | None:
    """Return the year of a cell and whether it is marked as preliminary, None when it is no year.

    >>> parse_year(2024), parse_year("2024*"), parse_year("31.12.2024"), parse_year("2024 M1")
    ((2024, False), (2024, True), (2024, False), None)
    """
    if isinstance(cell, date | datetime):
        return cell.year, False
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int):
        return (cell, False) if is_year(cell) else None
    found = _YEAR.fullmatch(cell) if isinstance(cell, str) else None
    return (int(found[1] or found[3]), bool(found[2])) if found else None


@dataclass(frozen=True)
class Areas:
    """The municipalities, those that have ended too, and the regions.

    `codes` are those of municipalities and, with `MK` before them, of regions; `names` and `region_names` are
    from a name in small letters to the name as it is written and its code.
    """

    codes: frozenset[str]
    names: Mapping[str, tuple[str, str]]
    region_names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    _near_names: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def find_code(self, cell: object, ref: CellRef, mapping: FileMapping) -> str:
        """Return the code of the area a cell names: a municipality, a region or the whole country.

        Empty for an area of another division, such as a sub-region.

        Raises
        ------
        UnreadableFile
            When there is no such municipality; a name close to it is offered, for the first such names.
        """
        text = _area_text(cell)
        if not text:
            raise ref.error(
                _("the municipality is missing though the row has figures: type it in.")
            )
        if text.casefold() in _COUNTRY_NAMES or text == WHOLE_COUNTRY:
            return WHOLE_COUNTRY
        if both := _CODE_AND_NAME.fullmatch(text):
            return self._code_beside_name(both[1], both[2], ref)
        by_name = mapping.area_as == NAME and not _PREFIXED.fullmatch(text)
        code = self._code_of_name(text) if by_name else self._known_code(text)
        code = code or self._code_of_region(text)
        if code is None and _OTHER_AREA.fullmatch(text):
            return ""
        if code is None:
            raise ref.error(self._explain_unknown(text, mapping))
        return code

    def _code_beside_name(self, code: str, name: str, ref: CellRef) -> str:
        """Return the code of `005 Alajärvi`, whose two halves must be of one area."""
        if code == WHOLE_COUNTRY:
            return WHOLE_COUNTRY
        known = self._known_code(code)
        named = self._code_of_name(name) or self._code_of_region(name)
        if known is None or known != named:
            raise ref.error(
                _("“%(code)s” is not the code of “%(name)s”: mend one of them in the file.")
                % {"code": code, "name": name[:40]}
            )
        return known

    def identifier_kind(self, cell: object) -> str:
        """Return how a cell names a municipality: `code`, `name`, or empty where it does not."""
        text = _area_text(cell)
        if both := _CODE_AND_NAME.fullmatch(text):
            return CODE if self._known_code(both[1]) else ""
        if self._code_of_name(text):
            return NAME
        return CODE if text and self._known_code(text) else ""

    def _code_of_name(self, text: str) -> str | None:
        found = self.names.get(text.casefold())
        return found[1] if found else None

    def _code_of_region(self, text: str) -> str | None:
        found = self.region_names.get(text.casefold())
        return found[1] if found else None

    def _known_code(self, text: str) -> str | None:
        code = text.removesuffix(".0").removeprefix("KU").zfill(3)
        return code if code in self.codes else None

    def _explain_unknown(self, text: str, mapping: FileMapping) -> str:
        words = {"text": text[:40]}
        if mapping.area_as != NAME:
            return _("“%(text)s” is not the code of a municipality: mend it in the file.") % words
        if close := self._near_name(text.casefold()):
            return _("“%(text)s” is not the name of a municipality: is it %(close)s?") % {
                **words,
                "close": close,
            }
        return _("“%(text)s” is not the name of a municipality: mend it in the file.") % words

    def _near_name(self, name: str) -> str:
        """Return the municipality of the name nearest, sought once a name; empty after `MAX_SOUGHT` of them."""
        if name not in self._near_names and len(self._near_names) < MAX_SOUGHT:
            close = get_close_matches(name, self.names, 1)
            self._near_names[name] = self.names[close[0]][0] if close else ""
        return self._near_names.get(name, "")


def _area_text(cell: object) -> str:
    return clean_line(str("" if cell is None else cell))


def load_areas() -> Areas:
    """Return the municipalities of today, those that have ended since 2015, and the regions."""
    codes = facts.area_codes() | {merger.old_code for merger in facts.mergers()}
    names, regions = (
        {name.casefold(): (name, code) for name, code in found.items()}
        for found in (facts.codes_by_name(), facts.region_codes_by_name())
    )
    return Areas(codes, names, regions)
