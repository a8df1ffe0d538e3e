"""What a rule takes and what it gives."""

from dataclasses import dataclass, field

from analysis.engine.arithmetic import Number, Values
from analysis.engine.compare import Comparison, Position
from analysis.engine.measures import Measure
from analysis.engine.record import Record
from analysis.engine.several_years import SeveralYears
from analysis.wording.names import Name
from uso.ground.lib.texts import Text


class Finding(Record):
    """A sentence, the rule that wrote it and the figures it is based on."""

    rule: str
    text: Text
    figures: dict[str, Number | None] = {}


@dataclass(frozen=True, slots=True)
class Story:
    """What a rule needs: the measure compared, our name and population, the peers, base figures.

    `mean` is read in place of the latest figure, where that goes up and down.
    """

    measure: Measure
    comparison: Comparison
    name: Name
    peers: tuple[Name, ...]
    counts: Values = field(default_factory=dict)
    position: Position | None = None
    people: float | None = None
    mean: SeveralYears | None = None

    @property
    def weighted(self) -> bool:
        """Whether the figure of the peers is their weighted mean."""
        return self.comparison.mean is not None

    @property
    def lone_peer(self) -> Name | None:
        """The only peer, whose figure is then that of the group."""
        return self.peers[0] if len(self.peers) == 1 else None
