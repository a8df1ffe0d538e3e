"""What an import found, as numbers a coordinator can check. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import pandas as pd

from analysis.statistics.enums import ImportState
from analysis.statistics.sources.base import (
    DoubtfulCells,
    ParsedTable,
    RejectedRows,
    TablePlan,
)

#: An import that loses more than this fraction of the figures known is held for a person.
LOSS_LIMIT_RATE = 0.02


#: So many figures of an indicator and year tell whether most of them leap.
MIN_LEAP_COMPARED = 3


@dataclass(frozen=True)
class Leap:
    """Figures of an indicator and year that are half of those known before or less, or twice as much or more.

    A new year is compared with the year before it, and only a fall by half counts.
    """

    indicator: str
    year: int
    values: int
    compared: int

    @property
    def is_most(self) -> bool:
        """Whether most figures leap: another unit, or a part in the place of the whole."""
        return self.compared >= MIN_LEAP_COMPARED and 2 * self.values > self.compared


@dataclass(frozen=True)
class Changes:
    """What a version changes in the figures known before it.

    Parameters
    ----------
    added : int
        Values where there was none.
    revised : int
        Values that are other than before.
    lost : int
        Values known before that are missing now, or that a whole table no longer has.
    remarks : int
        Figures with the same value or none, whose reason or preliminary mark is another.
    known_before : int
        Values known before, among those compared.
    leap : Leap or None
        The indicator and year in which most figures leap; the one with most of them.
    """

    added: int = 0
    revised: int = 0
    lost: int = 0
    remarks: int = 0
    known_before: int = 0
    leap: Leap | None = None

    @property
    def any(self) -> bool:
        """Whether the version says anything new."""
        return bool(self.added or self.revised or self.lost or self.remarks)

    @property
    def exceed_loss_limit(self) -> bool:
        """Whether more is lost than a publisher's ordinary corrections lose."""
        return self.lost > LOSS_LIMIT_RATE * self.known_before


@dataclass(frozen=True)
class TableReport:
    """What an import found in one table; `version` is its new version's number, None when there is none."""

    table: str
    state: ImportState
    rows_read: int = 0
    stored: int = 0
    changes: Changes = field(default_factory=Changes)
    missing: dict[str, int] = field(default_factory=dict)
    rejected: tuple[RejectedRows, ...] = ()
    doubts: tuple[DoubtfulCells, ...] = ()
    version: int | None = None


def report_of(
    table: ParsedTable, plan: TablePlan, frame: pd.DataFrame, rejected: Iterable[RejectedRows]
) -> TableReport:
    """Return the report of a table that was parsed; nothing is stored yet.

    Parameters
    ----------
    frame : DataFrame
        The tidy frame on today's division.
    rejected : iterable of RejectedRows
        What was left out after parsing.
    """
    missing = frame["missing"].value_counts()
    return TableReport(
        table=plan.table,
        state=ImportState.UNCHANGED,
        rows_read=table.rows_read,
        missing={reason: int(count) for reason, count in missing.items() if reason and count},
        rejected=(*table.rejected, *rejected),
        doubts=table.doubts,
    )


def as_json(tables: Sequence[TableReport]) -> dict[str, Any]:
    """Return the report of an import: sums over its tables, and each of them."""
    missing: Counter[str] = Counter()
    for table in tables:
        missing.update(table.missing)
    return {
        "rows_read": sum(table.rows_read for table in tables),
        "stored": sum(table.stored for table in tables),
        "added": sum(table.changes.added for table in tables),
        "changed": sum(table.changes.revised for table in tables),
        "lost": sum(table.changes.lost for table in tables),
        "missing": dict(missing),
        "rejected": [asdict(one) for table in tables for one in table.rejected],
        "doubts": [asdict(one) for table in tables for one in table.doubts],
        "tables": [asdict(table) for table in tables],
    }
