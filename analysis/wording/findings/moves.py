"""How far a figure has moved between two years: ours, the peers' and the country's."""

from dataclasses import asdict, dataclass

from analysis.engine.compare import Change, base_year
from analysis.wording.findings.story import Story


@dataclass(frozen=True)
class Move:
    """A change from `first` to `last` in per cent or points; None where a group has none."""

    first: int
    last: int
    own: float
    peers: float | None
    country: float | None

    @property
    def figures(self) -> dict[str, float | None]:
        """The evidence, as a finding keeps it."""
        return asdict(self)


def since_first(story: Story, change: Change, printed: Change | None = None) -> Move | None:
    """Return the change over all years there are; None without two years or a figure of ours.

    `printed` is the change where its ends are printed too, ours and the country's.
    """
    first, last = story.comparison.first, story.comparison.latest
    return _move(story, change, first, last, printed or change)


def recent(story: Story, change: Change) -> Move | None:
    """Return the change over about five years; None without two years or a figure of ours."""
    last = story.comparison.latest
    first = None if last is None else base_year(story.comparison.own, last)
    return _move(story, change, first, last, change)


def _move(
    story: Story, change: Change, first: int | None, last: int | None, printed: Change
) -> Move | None:
    comparison = story.comparison
    if first is None or last is None or first == last:
        return None
    own = printed(comparison.own, first, last)
    if own is None:
        return None
    peers = comparison.group_change(change, first, last)
    return Move(first, last, own, peers, printed(comparison.country, first, last))
