"""Which measures are worth reading first: those in which the municipality stands farthest from its peers.

Pure; works on the measures of a content, so that what is chosen is frozen with them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from analysis.content.reading import group_at
from analysis.statistics.enums import Direction

#: Fewer peers than this say little about what is usual.
FEWEST_PEERS = 3
#: A figure older than this tells of the past and not of today.
OLDEST_YEARS = 6
#: Usual deviations of the peers from which a distance is worth telling.
NOTABLE_DISTANCE = 1.5
#: Of one group, so that alike measures do not fill the page.
MOST_OF_A_GROUP = 3


@dataclass(frozen=True, slots=True)
class Highlight:
    """A measure worth reading first.

    `kind` is `better`, `worse`, or `different` where neither way is better; `distance` is ours from
    the figure of the peers, in usual deviations of the peers from it, signed.
    """

    key: str
    kind: str
    distance: float


def highlights(groups: Sequence[Mapping[str, Any]], *, year: int) -> list[dict[str, Any]]:
    """Choose the measures of a content that stand out, the farthest first.

    Parameters
    ----------
    groups
        Groups of a content (docs/analysis-content.md).
    year
        The year the analysis is made in, against which a figure is old.

    Returns
    -------
    list of dict
        `key`, `kind` and `distance` (:class:`Highlight`); empty without enough peers.
    """
    found = [
        told
        for group in groups
        for told in sorted(_of_group(group, year), key=_farthest)[:MOST_OF_A_GROUP]
    ]
    return [asdict(told) for told in sorted(found, key=_farthest)]


def _of_group(group: Mapping[str, Any], year: int) -> list[Highlight]:
    return [told for measure in group["measures"] if (told := _highlight(measure, year))]


def _farthest(told: Highlight) -> tuple[float, str]:
    return -abs(told.distance), told.key


def _highlight(measure: Mapping[str, Any], year: int) -> Highlight | None:
    place, latest = measure["position"], measure["latest"]
    if place is None or measure["outlook"] or latest["last"] < year - OLDEST_YEARS:
        return None
    away = distance(place["own"], list(place["peers"].values()), group_at(place))
    if away is None or abs(away) < NOTABLE_DISTANCE:
        return None
    return Highlight(measure["key"], _kind(measure["direction"], away), away)


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


def _kind(direction: str, away: float) -> str:
    if direction == Direction.NEUTRAL:
        return "different"
    return "better" if (away > 0) == (direction == Direction.UP) else "worse"
