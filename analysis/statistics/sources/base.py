"""What every outside source of statistics has in common.

An adapter does two things, kept apart so that a saved answer can be read again without the network: `ask`
brings the raw answer of one table, `read` turns a raw answer into a tidy frame. Adding a source is a module
with these functions and a row in `analysis.statistics.sources.registry`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import pandas as pd

from analysis.statistics.enums import RejectReason
from uso.ground.lib.errors import RuleViolation

#: Columns of the tidy frame every adapter returns, one row for one figure.
#: `indicator` str, our code; `area` str, three digits of a municipality, `SSS` the whole country or a region's
#: code; `year` int; `breakdown` str, empty for the total; `value` float, NaN when missing; `missing` str, a
#: `MissingReason` value, empty when there is a value; `preliminary` bool.
TIDY_COLUMNS = ["indicator", "area", "year", "breakdown", "value", "missing", "preliminary"]

#: Told as (done, total) after each part of an answer.
Progress = Callable[[int, int], None]


class SourceError(RuleViolation):
    """A source did not give what was asked; `message` tells a coordinator so in one plain sentence."""


class NoSuchTable(SourceError):
    """The source does not know a table by its name or number."""


@dataclass(frozen=True)
class Series:
    """One indicator as a table of a source knows it.

    Parameters
    ----------
    indicator : str
        Our code.
    content : str
        The source's code of the content, without a prefix; empty when only the text is known.
    label : str
        The source's text of the content, used when no code matches.
    selection : mapping of str to str
        Text of a further variable to the code of its value; a variable left out is read at its total.
    """

    indicator: str
    content: str
    label: str = ""
    selection: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What the mapping of a file calls it."""
        return self.content or self.label


@dataclass(frozen=True)
class TablePlan:
    """What to ask of one table: its path in the source, the series wanted and the first year."""

    table: str
    series: Sequence[Series]
    since: int = 2000

    @property
    def table_id(self) -> str:
        """The last part of the path, by which the answer names its table."""
        return self.table.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Raw:
    """An answer as it came.

    Parameters
    ----------
    table : str
        Path of the table in the source.
    body : bytes
        The answer, byte for byte.
    query : object
        What was asked for it, as JSON; None for a saved answer.
    origin : str
        Address or file it is from.
    retrieved_at : datetime
        When it was read.
    since : int or None
        First year asked for, where the answer is the whole table from then on; None for a saved answer,
        which may be a part.
    """

    table: str
    body: bytes
    query: object
    origin: str
    retrieved_at: datetime
    since: int | None = None


@dataclass(frozen=True)
class Rejected:
    """Rows that were read and not taken; `detail` names codes, a few of them where they are many."""

    reason: RejectReason
    rows: int
    detail: str = ""


@dataclass(frozen=True)
class Answer:
    """A raw answer, read.

    Parameters
    ----------
    frame : DataFrame
        Tidy, with `TIDY_COLUMNS`; one row for one indicator, area, year and breakdown.
    label, source : str
        Title of the table and its publisher in the answer's own words.
    updated : datetime or None
        When the publisher released the figures; None when the answer does not tell.
    rows_read : int
        Cells in the answer, the missing ones included.
    rejected : tuple of Rejected
        What was read and not taken.
    """

    frame: pd.DataFrame
    label: str
    source: str
    updated: datetime | None
    rows_read: int
    rejected: tuple[Rejected, ...] = ()


class Adapter(Protocol):
    """What an import needs of a source."""

    def ask(self, plan: TablePlan, progress: Progress) -> Raw:
        """Bring the raw answer of one table, or raise `SourceError`."""

    def last_changed(self, plan: TablePlan) -> str:
        """Return when the source says the table was last changed; empty where it does not tell."""

    def read(self, body: bytes, plan: TablePlan) -> Answer:
        """Turn a raw answer into a tidy frame, or raise `SourceError`."""

    def table_of(self, body: bytes) -> str:
        """Return the id of the table a saved answer is of."""
