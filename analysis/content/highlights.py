"""Which measures are worth reading first: those in which the municipality is farthest from its peers.

Pure; works on the measures of a content, so that what is chosen is frozen with them.
"""

from collections.abc import Sequence
from statistics import median
from typing import Literal

from analysis.content.edition import EditionGroup, EditionMeasure, Highlight
from analysis.engine.few_cases import is_judged
from analysis.engine.recency import is_recent
from analysis.statistics.enums import Direction

#: Fewer peers than this say little about what is usual.
FEWEST_PEERS = 3
#: Usual deviations of the peers from which a distance is worth a reader's time.
NOTABLE_DISTANCE = 1.5
#: Of one group, so that alike measures do not fill the page.
MOST_OF_A_GROUP = 3


def highlights(
    groups: Sequence[EditionGroup], *, year: int, people: float | None
) -> tuple[Highlight, ...]:
    """Choose the measures of a content that stand out, the farthest first.

    Parameters
    ----------
    groups
        Groups of a content.
    year
        The year the analysis is made in, against which a figure is old.
    people
        Our population; a figure that stands on few cases is called different, never better or worse.

    Returns
    -------
    tuple of Highlight
        Empty without enough peers.
    """
    found = [
        highlight
        for group in groups
        for highlight in sorted(_of_group(group, year, people), key=_farthest)[:MOST_OF_A_GROUP]
    ]
    return tuple(sorted(found, key=_farthest))


def _of_group(group: EditionGroup, year: int, people: float | None) -> list[Highlight]:
    found = (_highlight(measure, year, people) for measure in group.measures)
    return [highlight for highlight in found if highlight]


def _farthest(highlight: Highlight) -> tuple[float, str]:
    return -abs(highlight.distance), highlight.key


def _highlight(measure: EditionMeasure, year: int, people: float | None) -> Highlight | None:
    position, latest = measure.position, measure.latest
    if position is None or latest is None or measure.outlook or not is_recent(latest.last, year):
        return None
    away = distance(position.own, list(position.peers.values()), position.group)
    if away is None or abs(away) < NOTABLE_DISTANCE:
        return None
    judged = is_judged(measure.direction, unit=measure.unit, values=[latest.value], people=people)
    kind = _kind(measure.direction, away) if judged else "different"
    return Highlight(measure.key, kind, away)


def distance(own: float, peers: Sequence[float], group: float | None) -> float | None:
    """Measure how far a figure is from that of the peers, in their usual deviations.

    Parameters
    ----------
    own
        Ours.
    peers
        Theirs, at least :data:`FEWEST_PEERS`.
    group
        The figure of the peers together: their median or their weighted mean.

    Returns
    -------
    float or None
        ``(own - group) / usual deviation``; `None` with too few peers, without a figure of theirs,
        or where most of them are alike.

    Notes
    -----
    The usual deviation is the median of the peers' own distances from the figure of the group:
    where that is the median, the median absolute deviation. It is not scaled, as the spread of
    `analysis.engine.similarity` is: it is set against the peers alone and never against a normal
    distribution. A median and not a mean, so that one unusual peer does not move it.

    Examples
    --------
    Median 12, deviations 2, 0, 2, 8 and 1, their median 2:

    >>> distance(6, [10, 12, 14, 20, 11], 12)
    -3.0
    >>> distance(6, [10, 12], 11) is None
    True
    """
    if len(peers) < FEWEST_PEERS or group is None:
        return None
    usual_deviation = median(abs(value - group) for value in peers)
    return (own - group) / usual_deviation if usual_deviation else None


def _kind(direction: str, away: float) -> Literal["better", "worse"]:
    return "better" if (away > 0) == (direction == Direction.UP) else "worse"
