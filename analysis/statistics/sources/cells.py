"""What a cell of a file says, or a sentence that names its row and column and the mend."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches

from django.utils.translation import gettext as _

from analysis.statistics.models import WHOLE_COUNTRY
from analysis.statistics.sources import numbers
from analysis.statistics.sources.base import SourceError
from analysis.statistics.sources.mapping import CODE, NAME, ZERO, FileMapping, is_year
from municipalities import facts

_COUNTRY_NAMES = {"koko maa", "hela landet", "whole country"}
_YEAR = re.compile(r"(?:\d{1,2}\.\d{1,2}\.)?([12]\d{3})(\*?)|([12]\d{3})-\d{2}-\d{2}")
_ERROR = re.compile(r"#[A-Z0-9/!?_]+")


@dataclass(frozen=True)
class Spot:
    """Where a cell stands, as a spreadsheet program names it."""

    row: int
    column: int

    @property
    def letter(self) -> str:
        """Letters of the column.

        >>> Spot(1, 1).letter, Spot(1, 28).letter
        ('A', 'AB')
        """
        left, letters = self.column, ""
        while left:
            left, at = divmod(left - 1, 26)
            letters = chr(ord("A") + at) + letters
        return letters

    def wrong(self, problem: str) -> SourceError:
        """Return the error of this cell."""
        return SourceError(
            _("Row %(row)s, column %(column)s: %(problem)s")
            % {"row": self.row, "column": self.letter, "problem": problem}
        )


@dataclass(frozen=True)
class Told:
    """A figure, NaN with its reason where it is missing."""

    value: float
    missing: str = ""
    preliminary: bool = False


def figure(cell: object, spot: Spot, mapping: FileMapping, factor: float = 1.0) -> Told:
    """Return the figure of a cell in the unit of its indicator.

    Raises
    ------
    SourceError
        When it is neither a figure nor a mark of a missing one.
    """
    text = "" if cell is None else str(cell)
    meaning = mapping.meaning(text) if cell is None or isinstance(cell, str) else None
    if meaning == ZERO:
        return Told(0.0)
    if meaning is not None:
        return Told(float("nan"), meaning)
    preliminary = isinstance(cell, str) and text.endswith("*")
    number = _number(cell, text.removesuffix("*"), mapping.decimal)
    if number is None:
        raise spot.wrong(_no_figure(cell, text, mapping.decimal))
    value = number * Decimal(repr(factor))
    if abs(value) > numbers.MOST:
        raise spot.wrong(
            _(
                "“%(text)s” is far too large for a figure: mend it, or the number it is multiplied by."
            )
            % {"text": text[:40]}
        )
    return Told(float(value), preliminary=preliminary)


def _number(cell: object, text: str, decimal: str) -> Decimal | None:
    if isinstance(cell, str):
        other = "." if decimal == "," else ","
        told = None if other in text else numbers.number(text)
        return None if told is None else Decimal(repr(told))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        number = Decimal(repr(cell))
        return number if number.is_finite() else None
    return None


def _no_figure(cell: object, text: str, decimal: str) -> str:
    words = {"text": text[:40], "decimal": decimal}
    if isinstance(cell, date | datetime):
        return _(
            "%(text)s is a date: the spreadsheet program has taken a figure for one. Make the cells numbers and type the figure again."
        ) % {"text": f"{cell.day}.{cell.month}.{cell.year}"}
    if _ERROR.fullmatch(text):
        return _("the formula gives the error %(text)s: mend it in the file.") % words
    return (
        _(
            "“%(text)s” is not a figure: write digits with “%(decimal)s” before decimals, or name the mark in the mapping."
        )
        % words
    )


def year(cell: object) -> tuple[int, bool] | None:
    """Return the year of a cell and whether it is marked as preliminary, None when it is no year.

    >>> year(2024), year("2024*"), year("31.12.2024"), year("2024-12-31"), year("2024 M1")
    ((2024, False), (2024, True), (2024, False), (2024, False), None)
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
    """The municipalities, those that have ended too.

    `names` gives the name as it is written and the code for a name in small letters.
    """

    codes: frozenset[str]
    names: Mapping[str, tuple[str, str]]

    def area(self, cell: object, spot: Spot, mapping: FileMapping) -> str:
        """Return the code a cell tells.

        Raises
        ------
        SourceError
            When there is no such municipality; a name close to it is offered.
        """
        text = " ".join(str("" if cell is None else cell).split())
        if not text:
            raise spot.wrong(
                _("the municipality is missing though the row has figures: type it in.")
            )
        if text.casefold() in _COUNTRY_NAMES or text == WHOLE_COUNTRY:
            return WHOLE_COUNTRY
        by_name = mapping.area_as == NAME
        found = self._of_name(text) if by_name else self._code(text)
        if found is None:
            raise spot.wrong(self._unknown(text, mapping))
        return found

    def told_as(self, cell: object) -> str:
        """Return how a cell names a municipality: by its code, its name, or not at all (empty)."""
        text = " ".join(str("" if cell is None else cell).split())
        if self._of_name(text):
            return NAME
        return CODE if text and self._code(text) else ""

    def _of_name(self, text: str) -> str | None:
        found = self.names.get(text.casefold())
        return found[1] if found else None

    def _code(self, text: str) -> str | None:
        code = text.removesuffix(".0").removeprefix("KU").zfill(3)
        return code if code in self.codes else None

    def _unknown(self, text: str, mapping: FileMapping) -> str:
        words = {"text": text[:40]}
        if mapping.area_as != NAME:
            return _("“%(text)s” is not the code of a municipality: mend it in the file.") % words
        close = get_close_matches(text.casefold(), self.names, 1)
        if close:
            return _("“%(text)s” is not the name of a municipality: is it %(close)s?") % {
                **words,
                "close": self.names[close[0]][0],
            }
        return _("“%(text)s” is not the name of a municipality: mend it in the file.") % words


def areas() -> Areas:
    """Return the municipalities of today and those that have ended since 2015."""
    codes = facts.area_codes() | {merger.old_code for merger in facts.mergers()}
    names = {name.casefold(): (name, code) for name, code in facts.codes_by_name().items()}
    return Areas(codes, names)
