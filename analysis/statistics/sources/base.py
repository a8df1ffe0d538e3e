"""What every outside source of statistics has in common.

An adapter fetches the response of one table and parses a response into a tidy frame; apart, so that a saved response
can be parsed again without the network. Adding a source is a module with an adapter and a row in `analysis.statistics.sources.registry`.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar

import pandas as pd
from django.utils.translation import gettext as _

from analysis.statistics.enums import Doubt, RejectReason
from uso.ground.lib.errors import RuleViolation, UnreadableFile

#: Columns of the tidy frame every adapter returns, one row for one figure.
#: `indicator` str, our code; `area` str, three digits of a municipality, `SSS` the whole country or a region's
#: code; `year` int; `breakdown` str, empty for the total; `value` float, NaN when missing; `missing` str, a
#: `MissingReason` value, empty when there is a value; `preliminary` bool.
TIDY_COLUMNS = ["indicator", "area", "year", "breakdown", "value", "missing", "preliminary"]

#: Called with (done, total) after each part of a response.
Progress = Callable[[int, int], None]


logger = logging.getLogger(__name__)

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class SourceError(RuleViolation):
    """A source did not give what was asked; `message` says so to a coordinator in one plain sentence."""


class NoSuchTable(SourceError):
    """The source does not know a table by its name or number."""


def never_a_traceback(read: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Turn whatever a reader did not foresee into a `SourceError`; the log has its traceback.

    The one place for it: each adapter's `parse` and `table_id_of` are wrapped in it. A file that cannot be read is one too.
    """

    @wraps(read)
    def reading(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        try:
            return read(*args, **kwargs)
        except UnreadableFile as error:
            raise SourceError(error.message) from error
        except RuleViolation:
            raise
        except Exception as error:  # what others write has no end of forms
            logger.warning("a file or an answer of an unforeseen form", exc_info=True)
            raise SourceError(
                _(
                    "The file or answer has a form that is not known here, so nothing of it was used. The figures read before stay in use."
                )
            ) from error

    return reading


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
    is_projection : bool
        Whether it has figures of years that have not been yet.
    unit : str
        Unit of the indicator in Finnish; empty where it is not known.
    """

    indicator: str
    content: str
    label: str = ""
    selection: Mapping[str, str] = field(default_factory=dict)
    is_projection: bool = False
    unit: str = ""

    @property
    def takes_percentages(self) -> bool:
        """Whether a percentage may be its figure.

        >>> [Series("x", "x", unit=unit).takes_percentages for unit in ("%", "%-yks.", "", "euroa")]
        [True, True, True, False]
        """
        unit = self.unit.casefold()
        return not unit or any(word in unit for word in ("%", "prosent", "procent", "per cent"))

    @property
    def key(self) -> str:
        """Name of its content in the mapping of a file."""
        return self.content or self.label


@dataclass(frozen=True)
class TablePlan:
    """What to ask of one table: its path in the source, the series wanted and the first year."""

    table: str
    series: Sequence[Series]
    since: int = 2000

    @property
    def table_id(self) -> str:
        """The last part of the path, by which a response names its table."""
        return self.table.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Response:
    """The body a source responded with, and where it is from.

    Parameters
    ----------
    table : str
        Path of the table in the source.
    body : bytes
        As it came, byte for byte.
    query : object
        What was asked, as JSON; None for a saved response.
    origin : str
        Address or file it is from.
    retrieved_at : datetime
        When it was read.
    since : int or None
        First year asked for, where the response is the whole table from then on; None for a saved one,
        which may be a part.
    """

    table: str
    body: bytes
    query: object
    origin: str
    retrieved_at: datetime
    since: int | None = None


@dataclass(frozen=True)
class RejectedRows:
    """Rows that were parsed and not used; `detail` names codes, the first few where they are many."""

    reason: RejectReason
    rows: int
    detail: str = ""


@dataclass(frozen=True)
class DoubtfulCells:
    """Cells that were used and should be checked; `detail` names the first few as the file has them."""

    doubt: Doubt
    cells: int
    detail: str = ""


@dataclass(frozen=True)
class ParsedTable:
    """The figures of a response.

    Parameters
    ----------
    frame : DataFrame
        Tidy, with `TIDY_COLUMNS`; one row for one indicator, area, year and breakdown.
    label, source : str
        Title of the table and its publisher in the response's own words.
    updated : datetime or None
        When the publisher released the figures; None when the response does not say.
    rows_read : int
        Cells in the response, the missing ones included.
    rejected : tuple of Rejected
        What was parsed and not used.
    doubts : tuple of DoubtfulCells
        What was used and a person should check.
    """

    frame: pd.DataFrame
    label: str
    source: str
    updated: datetime | None
    rows_read: int
    rejected: tuple[RejectedRows, ...] = ()
    doubts: tuple[DoubtfulCells, ...] = ()


class Adapter(Protocol):
    """What an import needs of a source."""

    def fetch(self, plan: TablePlan, progress: Progress) -> Response:
        """Fetch one table, or raise `SourceError`."""

    def last_changed(self, plan: TablePlan) -> str:
        """Return when the source says the table was last changed; empty where it does not say."""

    def parse(self, body: bytes, plan: TablePlan) -> ParsedTable:
        """Parse a response, or raise `SourceError`."""

    def table_id_of(self, body: bytes) -> str:
        """Return the id of the table a saved response is of."""
