"""What an edition holds, as types, with its one reader and its one writer.

Page, PDF and data annex read nothing else. docs/analysis-content.md says what each field means;
`SCHEMA` rises when the shape changes.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Final, Literal

import msgspec

from analysis.engine.ages import AgeStructure
from analysis.engine.arithmetic import Number, Values
from analysis.engine.compare import Origin, Position, Trend
from analysis.engine.record import Record
from analysis.wording.findings import Finding
from analysis.wording.names import Name
from uso.ground.lib.texts import Text

SCHEMA: Final = 1


class ContentError(ValueError):
    """What is stored is no content of an edition."""


class Area(Record):
    """A municipality as an analysis knows it."""

    code: str
    name: Name
    population: int | None = None


class Edition(Record):
    """Which edition this is."""

    season: int
    years: str
    number: int
    made_on: date


# -- Peers -------------------------------------------------------------------------------------------


class PeerLikeness(Record):
    """How alike a peer is: `differences` by factor and `figures` by key, as published."""

    distance: Number | None
    level: Text
    words: Text
    differences: dict[str, Number | None]
    figures: dict[str, Number | None]


class Peer(Area):
    """A municipality of the comparison."""

    likeness: PeerLikeness | None = None


class ChosenGroup(Record):
    """How the peers came about; `rule` says who is in a ready group."""

    key: str
    name: Text
    rule: Text


class OwnFigure(Record):
    """Our figure of a factor."""

    key: str
    name: Text
    own: Number | None


class WeighedFactor(Record):
    """A factor that counts in the likeness."""

    key: str
    name: Text
    weight: int
    known: bool
    figures: tuple[OwnFigure, ...]


class EditionPeers(Record):
    """The peers in the order they are printed, and how they were chosen."""

    members: tuple[Peer, ...]
    reason: str
    group: ChosenGroup
    factors: tuple[WeighedFactor, ...]


# -- Measures ----------------------------------------------------------------------------------------


class Latest(Record):
    """The latest figure, with the first and the last year it covers."""

    value: Number
    first: int
    last: int


class PeersFigure(Record):
    """What the figure of the peers together is; `weight` names the indicator of a weighted mean."""

    kind: Literal["median", "weighted", "one"]
    label: Text
    weight: Text | None


class Series(Record):
    """Figures by year: ours, the country's, those of the peers together.

    `mean` is there where the figure of the peers is their weighted mean, the quartiles (`lower`,
    `upper`) where each peer's own series is not stored.
    """

    own: Values
    country: Values
    low: Values
    median: Values
    high: Values
    mean: Values | None = None
    lower: Values | None = None
    upper: Values | None = None

    @property
    def peers(self) -> Values:
        """The peers' figure by year: their weighted mean or their median."""
        return self.median if self.mean is None else self.mean


class Chart(Record):
    """The figures as the large chart draws them: of a count an index, 100 in `index_year`.

    `base` is the figure of the stronger grid line.
    """

    series: Series
    base: int | None
    index_year: int | None = None


class Edited(Record):
    """Who edited a sentence, and what the rule had written."""

    by: str
    at: date
    original: Text


class EditionFinding(Finding):
    """A sentence, its rule and figures; `edited` where an expert wrote it anew."""

    edited: Edited | None = None


class Comment(Record):
    """What an expert says, in the languages it was written in."""

    text: Text
    by: str
    at: date


class EditionMeasure(Record):
    """One row of the analysis, with all that is shown of it."""

    key: str
    kind: str
    decimals: int
    direction: str
    name: Text
    unit: Text
    axis: Text
    definition: Text
    influence: Text
    outlook: bool
    is_change: bool
    moment: Text | None
    latest: Latest | None
    peers_figure: PeersFigure | None
    series: Series
    members: dict[str, Values]
    chart: Chart
    counts: Values
    trend: Trend | None
    position: Position | None
    findings: tuple[EditionFinding, ...]
    limits: tuple[Text, ...]
    origins: tuple[Origin, ...]
    comments: tuple[Comment, ...] = ()

    def finding(self, rule: str) -> EditionFinding | None:
        """Find what a rule says; None where it says nothing."""
        return next((each for each in self.findings if each.rule == rule), None)


class EditionGroup(Record):
    """A chapter; `ages` are the rows of the age chart."""

    key: str
    name: Text
    measures: tuple[EditionMeasure, ...]
    ages: AgeStructure | None


class Highlight(Record):
    """A measure worth reading first.

    `kind` is `better`, `worse`, or `different` where neither way is better; `distance` is ours from
    the figure of the peers, in usual deviations of the peers from it, signed.
    """

    key: str
    kind: Literal["better", "worse", "different"]
    distance: float


# -- What has changed since the edition before -------------------------------------------------------


class NamedMeasure(Record):
    """A measure by its key and name."""

    key: str
    name: Text


class TableVersion(Record):
    """A version of a table of statistics."""

    table: str
    version: int


class RevisedValue(NamedMeasure):
    """A value that is written otherwise now; `new` is None where it is missing."""

    year: int
    old: Number
    new: Number | None
    origins: tuple[TableVersion, ...]


class NewYears(NamedMeasure):
    """Years for which a measure had no figure before."""

    years: tuple[int, ...]


class PeerChanges(Record):
    """Municipalities that came to the peers and that went."""

    joined: tuple[Area, ...]
    left: tuple[Area, ...]


class MeasureChanges(Record):
    """Measures that came and that went."""

    added: tuple[NamedMeasure, ...]
    retired: tuple[NamedMeasure, ...]


class EditionChanges(Record):
    """What an edition changes in the one published before."""

    since: Edition
    revised: tuple[RevisedValue, ...]
    new_years: tuple[NewYears, ...]
    peers: PeerChanges
    measures: MeasureChanges


# -- The whole ---------------------------------------------------------------------------------------


class MeasurePlace(Record):
    """A measure with its group and its neighbours."""

    group: EditionGroup
    measure: EditionMeasure
    before: EditionMeasure | None
    after: EditionMeasure | None


class EditionContent(Record):
    """All there is to an edition; `changes` is None in a municipality's first."""

    schema: Literal[1]
    municipality: Area
    edition: Edition
    peers: EditionPeers
    versions: dict[str, int]
    highlights: tuple[Highlight, ...]
    groups: tuple[EditionGroup, ...]
    comments: tuple[Comment, ...] = ()
    changes: EditionChanges | None = None

    @property
    def measures(self) -> Iterator[EditionMeasure]:
        """The measures of all groups, in their order."""
        return (measure for group in self.groups for measure in group.measures)

    def measure(self, key: str) -> EditionMeasure | None:
        """Find a measure by its key."""
        return next((each for each in self.measures if each.key == key), None)

    def place(self, key: str) -> MeasurePlace | None:
        """Find a measure by its key, with its group and its neighbours."""
        every = [(group, each) for group in self.groups for each in group.measures]
        for at, (group, each) in enumerate(every):
            if each.key == key:
                before = every[at - 1][1] if at else None
                after = every[at + 1][1] if at + 1 < len(every) else None
                return MeasurePlace(group, each, before, after)
        return None


_DECODER = msgspec.json.Decoder(EditionContent)


def read(stored: str | bytes) -> EditionContent:
    """Read a content from JSON.

    Raises
    ------
    ContentError
        A field is missing, unknown or of another type; the message says which.
    """
    try:
        return _DECODER.decode(stored)
    except msgspec.MsgspecError as error:
        raise ContentError(f"The stored content of an edition cannot be read: {error}") from error


def write(content: EditionContent) -> bytes:
    """Write a content as canonical JSON: sorted keys, no blanks, UTF-8."""
    return msgspec.json.encode(msgspec.to_builtins(content, str_keys=True), order="sorted")


def digest(content: EditionContent) -> str:
    """Compute the SHA-256 of a content in its canonical form."""
    return hashlib.sha256(write(content)).hexdigest()
