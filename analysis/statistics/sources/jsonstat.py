"""JSON-stat 2: the form in which Statistics Finland and many others answer.

References
----------
json-stat.org/full, version 2.0. Meaning of the symbols: Statistics Finland's own convention in its tables.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

import numpy as np
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from analysis.statistics.enums import MissingReason
from analysis.statistics.sources.base import SourceError
from analysis.statistics.sources.numbers import parse_number
from uso.ground.lib.characters import clean, clean_line

#: A response larger than this is not one of ours; 370 000 cells are the largest import planned.
MAX_CELLS = 5_000_000
#: The tables of Statistics Finland have three to eight.
MAX_DIMENSIONS = 20

#: Symbols of Statistics Finland for a missing cell; two are our own, in the files that come
#: with the service: `n` for figures not in the compilation, `x` where the area division has changed.
MISSING_SYMBOLS = {
    ".": MissingReason.NOT_APPLICABLE,
    "..": MissingReason.UNAVAILABLE,
    "...": MissingReason.CONFIDENTIAL,
    "n": MissingReason.NOT_COLLECTED,
    "x": MissingReason.NOT_COMPARABLE,
}
#: "Nothing to report": a true zero.
ZERO_SYMBOL = "-"
PRELIMINARY_SYMBOLS = frozenset({"*", "p"})
#: Statistics Finland's mark of a preliminary figure, glued to it: `290731*`.
_STARRED = re.compile(r"(.*[0-9])\s?\*")

#: Position in this list is the code of a cell in `Dataset.missing`; 0 means there is a value.
REASONS = ["", *(reason.value for reason in MissingReason)]
_CODE_OF = {symbol: REASONS.index(reason.value) for symbol, reason in MISSING_SYMBOLS.items()}
_NOT_PUBLISHED = REASONS.index(MissingReason.NOT_PUBLISHED.value)


@dataclass(frozen=True)
class Dimension:
    """One variable of a dataset; `codes` and `labels` are in the order of the values.

    `eliminable` says whether the variable may be left out of a query, None where the answer does not say.
    """

    code: str
    text: str
    role: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    eliminable: bool | None
    total: str


@dataclass(frozen=True)
class Dataset:
    """A dataset with its cells as flat arrays, last dimension fastest.

    Parameters
    ----------
    values : ndarray of float64
        NaN where the figure is missing.
    missing : ndarray of int8
        Index into `REASONS`, 0 where there is a value.
    preliminary : ndarray of bool
        Whether the publisher marks the figure as preliminary.
    """

    label: str
    source: str
    table_id: str
    updated: datetime | None
    dimensions: tuple[Dimension, ...]
    values: np.ndarray
    missing: np.ndarray
    preliminary: np.ndarray

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of categories of each dimension."""
        return tuple(len(dimension.codes) for dimension in self.dimensions)


def unreadable_answer(detail: str) -> SourceError:
    """Return the error of a response in another form than it should be."""
    return SourceError(
        _("The answer cannot be read: %(detail)s The figures read before stay in use.")
        % {"detail": detail}
    )


def documents(body: bytes) -> list[dict[str, Any]]:
    """Return the datasets of a response: one, or several in a list, of a split query."""
    try:
        found = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise unreadable_answer(_("it breaks off or is not JSON.")) from error
    found = found if isinstance(found, list) else [found]
    if not found or not all(isinstance(one, dict) for one in found):
        raise unreadable_answer(_("it is not a table in the form json-stat2."))
    return found


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def parse(document: Mapping[str, Any]) -> Dataset:
    """Return the dataset of one json-stat2 document.

    Raises
    ------
    SourceError
        When it is of another class or its dimensions and values do not fit together.
    """
    if document.get("class") != "dataset" or not str(document.get("version", "")).startswith("2"):
        raise unreadable_answer(_("it is not a table in the form json-stat2."))
    try:
        return _dataset(document)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError) as error:
        raise unreadable_answer(_("a part of the table is missing.")) from error


def _dataset(document: Mapping[str, Any]) -> Dataset:
    roles = _roles(document.get("role") or {})
    dimensions = tuple(
        _dimension(code, document["dimension"][code], roles.get(code, ""))
        for code in document["id"]
    )
    size = _checked_size(document["size"], dimensions)
    cells = _cells(document["value"], size)
    symbols = _text_cells(cells)
    _check_symbols(symbols, dimensions)
    values, missing = _values(cells, symbols)
    preliminary = _apply_status(document.get("status"), values, missing)
    for at, symbol in symbols.items():
        preliminary[at] |= bool(_STARRED.fullmatch(symbol)) and not missing[at]
    return Dataset(
        label=clean_line(str(document.get("label") or "")),
        source=clean_line(str(document.get("source") or "")),
        table_id=table_id(document),
        updated=_parse_timestamp(document.get("updated")),
        dimensions=dimensions,
        values=values,
        missing=missing,
        preliminary=preliminary,
    )


def table_id(document: Mapping[str, Any]) -> str:
    """Return the short id of a document's table (`11re`), also of the long names used before June 2026."""
    extension = document.get("extension")
    px = extension.get("px") if isinstance(extension, dict) else None
    name = str(px.get("tableid") or "") if isinstance(px, dict) else ""
    return name.rsplit("_", 1)[-1].removesuffix(".px")


def retrieved_at(body: bytes) -> datetime | None:
    """Return when the figures of a response were read, where a file that comes with the service says so."""
    extension = documents(body)[0].get("extension")
    said = parse_date(str(extension.get("retrieved", ""))) if isinstance(extension, dict) else None
    return datetime.combine(said, time(12), tzinfo=UTC) if said else None


def _parse_timestamp(text: object) -> datetime | None:
    try:
        found = parse_datetime(str(text or ""))
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def _roles(role: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {code: name for name, codes in role.items() for code in codes}


def _dimension(code: str, body: Mapping[str, Any], role: str) -> Dimension:
    category = body["category"]
    labels = category.get("label") or {}
    codes = _ordered(category.get("index") or list(labels))
    extension = body.get("extension") or {}
    text = clean_line(str(body.get("label") or code))
    if not all(isinstance(one, str) for one in codes):
        raise unreadable_answer(
            _("the codes of “%(variable)s” are numbers and not texts.") % {"variable": text}
        )
    if any(clean(one) != one for one in (code, *codes)):
        raise unreadable_answer(
            _("a code of “%(variable)s” has signs that are not seen.") % {"variable": text}
        )
    elimination = extension.get("elimination")
    return Dimension(
        code=code,
        text=text,
        role=role,
        codes=codes,
        labels=tuple(clean_line(str(labels.get(one, one))) for one in codes),
        eliminable=None if elimination is None else bool(elimination),
        total=str(extension.get("eliminationValueCode") or ""),
    )


def _ordered(index: Mapping[str, int] | Sequence[str]) -> tuple[str, ...]:
    if not isinstance(index, Mapping):
        return tuple(index)
    if sorted(index.values()) != list(range(len(index))):
        raise ValueError("positions of categories")
    return tuple(sorted(index, key=index.__getitem__))


def _checked_size(size: Sequence[int], dimensions: Sequence[Dimension]) -> int:
    lengths = [len(dimension.codes) for dimension in dimensions]
    if len(lengths) > MAX_DIMENSIONS:
        raise unreadable_answer(_("it has far more variables than a table has."))
    if list(size) != lengths or any(len(set(d.codes)) != len(d.codes) for d in dimensions):
        raise unreadable_answer(_("its dimensions do not match their size."))
    cells = int(np.prod(lengths, dtype=object)) if lengths else 0
    if not 0 < cells <= MAX_CELLS:
        raise unreadable_answer(_("the table is empty or far too large."))
    return cells


def _cells(value: Sequence[Any] | Mapping[str, Any], size: int) -> Sequence[Any]:
    cells = _dense(value, size) if isinstance(value, Mapping) else value
    if len(cells) != size:
        raise unreadable_answer(_("it has another number of values than cells."))
    if isinstance(cells, str) or not set(map(type, cells)) <= {int, float, str, type(None)}:
        raise ValueError("kind of a value")
    return cells


def _values(cells: Sequence[Any], symbols: Mapping[int, str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the cells as floats and the code of what is missing; a null is not published."""
    numbers = np.array(cells, dtype=np.float64) if not symbols else _floats_without(cells, symbols)
    if np.isinf(numbers).any():
        raise ValueError("infinite value")
    missing = np.where(np.isnan(numbers), _NOT_PUBLISHED, 0).astype(np.int8)
    for at, symbol in symbols.items():
        _apply_symbol(at, symbol, numbers, missing)
    return numbers, missing


def _check_symbols(symbols: Mapping[int, str], dimensions: Sequence[Dimension]) -> None:
    """Refuse a text that is neither a figure nor a known mark, such as `<5`, by its cell."""
    for at, symbol in symbols.items():
        if not symbol or symbol in _CODE_OF or symbol == ZERO_SYMBOL:
            continue
        if _number(symbol) is None:
            raise unreadable_answer(
                _("“%(text)s” is not a figure (%(cell)s).")
                % {"text": symbol[:40], "cell": _cell_name(at, dimensions)}
            )


def _number(symbol: str) -> float | None:
    starred = _STARRED.fullmatch(symbol)
    return parse_number(starred[1] if starred else symbol)


def _cell_name(at: int, dimensions: Sequence[Dimension]) -> str:
    shape = [len(dimension.codes) for dimension in dimensions]
    place = zip(dimensions, np.unravel_index(at, shape), strict=True)
    return ", ".join(f"{one.text} {one.codes[at]}" for one, at in place if len(one.codes) > 1)


def _dense(sparse: Mapping[str, Any], size: int) -> list[Any]:
    cells: list[Any] = [None] * size
    for at, value in sparse.items():
        cells[_position(at, size)] = value
    return cells


def _position(at: str, size: int) -> int:
    place = int(at)
    if not 0 <= place < size:
        raise IndexError(at)
    return place


def _text_cells(cells: Sequence[Any]) -> dict[int, str]:
    return {at: cell.strip() for at, cell in enumerate(cells) if isinstance(cell, str)}


def _floats_without(cells: Sequence[Any], symbols: Mapping[int, str]) -> np.ndarray:
    return np.array(
        [None if at in symbols else cell for at, cell in enumerate(cells)], dtype=np.float64
    )


def _apply_symbol(at: int, symbol: str, numbers: np.ndarray, missing: np.ndarray) -> None:
    """Set the cell that a symbol stands in; a number written as text is a number, with a star too."""
    if symbol in _CODE_OF:
        numbers[at], missing[at] = np.nan, _CODE_OF[symbol]
    elif symbol == ZERO_SYMBOL and missing[at]:
        numbers[at], missing[at] = 0.0, 0
    elif missing[at] and (parsed := _number(symbol)) is not None:
        numbers[at], missing[at] = parsed, 0


def _apply_status(status: object, values: np.ndarray, missing: np.ndarray) -> np.ndarray:
    """Apply the `status` beside the values and return which cells are preliminary.

    A symbol of a missing cell wins over a value: some servers write 0 beside it.
    """
    preliminary = np.zeros(len(values), dtype=bool)
    for at, symbol in _statuses(status, len(values)):
        if symbol in PRELIMINARY_SYMBOLS:
            preliminary[at] = not missing[at]
        elif symbol in _CODE_OF or symbol == ZERO_SYMBOL:
            _apply_symbol(at, symbol, values, missing)
    return preliminary


def _statuses(status: object, size: int) -> Iterator[tuple[int, str]]:
    if isinstance(status, Mapping):
        for at, symbol in status.items():
            yield _position(at, size), str(symbol or "").strip()
    elif isinstance(status, str):
        yield from ((at, status.strip()) for at in range(size))
    elif isinstance(status, Sequence):
        if len(status) != size:
            raise ValueError("length of status")
        yield from ((at, str(symbol or "").strip()) for at, symbol in enumerate(status))
