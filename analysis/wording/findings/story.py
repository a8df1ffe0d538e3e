"""What a rule takes and what it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.engine.arithmetic import Values
from analysis.engine.compare import Comparison, Place
from analysis.engine.measures import Measure
from analysis.wording.names import Name
from uso.ground.lib.texts import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence, the rule that wrote it and the figures it stands on."""

    rule: str
    text: Text
    figures: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """What a rule needs: the measure compared, our name and population, the peers, base figures."""

    measure: Measure
    comparison: Comparison
    name: Name
    peers: tuple[Name, ...]
    counts: Values = field(default_factory=dict)
    place: Place | None = None
    people: float | None = None

    @property
    def weighted(self) -> bool:
        """Whether the figure of the peers is their weighted mean."""
        return self.comparison.mean is not None

    @property
    def lone_peer(self) -> Name | None:
        """The only peer, whose figure then stands for the group."""
        return self.peers[0] if len(self.peers) == 1 else None
