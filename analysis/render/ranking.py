"""Municipalities side by side: who each dot of a strip is."""

from dataclasses import dataclass

from analysis.charts import Bar
from analysis.content.edition import EditionContent, EditionMeasure
from analysis.engine.compare import Position
from analysis.engine.group_figures import MOST_PEERS
from analysis.render.chart_words import (
    COUNTRY,
    PEERS_HIGHEST,
    PEERS_LOWEST,
    Write,
    own_name,
    peers_label,
    position_writer,
)

FEWEST_ROWS = 2


@dataclass(frozen=True, slots=True)
class Ranking:
    """Figures of one moment, the largest first; `what` says which year or span they are of."""

    what: str
    rows: tuple[Bar, ...]

    @property
    def is_long(self) -> bool:
        """Too many rows to be open beside a chart."""
        return len(self.rows) > MOST_PEERS


def ranking(content: EditionContent, measure: EditionMeasure, language: str) -> Ranking | None:
    """List our figure, each peer's and the country's as the strip shows them.

    Returns
    -------
    Ranking or None
        `None` without anything to compare with.
    """
    position = measure.position
    if position is None:
        return None
    write = position_writer(measure, position, language)
    rows = [*_ends(content, position, language, write), *_peers(content, position, language, write)]
    if len(rows) < FEWEST_ROWS:
        return None
    return Ranking(position.what[language], _ordered(rows))


def drawn(content: EditionContent, measure: EditionMeasure, language: str) -> tuple[Bar, ...]:
    """List what a chart of bars has room for: with many peers their lowest, their common figure and their highest."""
    position = measure.position
    if position is None:
        return ()
    write = position_writer(measure, position, language)
    peers = _peers(content, position, language, write)
    if len(peers) > MOST_PEERS:
        peers = _three(measure, position, language, write)
    return _ordered([*_ends(content, position, language, write), *peers])


def _ordered(rows: list[Bar]) -> tuple[Bar, ...]:
    return tuple(sorted(rows, key=lambda row: (-row.value, row.label)))


def _ends(content: EditionContent, position: Position, language: str, write: Write) -> list[Bar]:
    rows = [Bar(own_name(content, language), position.own, write(position.own), "own")]
    if position.country is not None:
        rows.append(Bar(COUNTRY[language], position.country, write(position.country), "country"))
    return rows


def _peers(content: EditionContent, position: Position, language: str, write: Write) -> list[Bar]:
    found = position.peers
    return [
        Bar(peer.name.nominative(language), found[peer.code], write(found[peer.code]))
        for peer in content.peers.members
        if peer.code in found
    ]


def _three(measure: EditionMeasure, position: Position, language: str, write: Write) -> list[Bar]:
    values = sorted(position.peers.values())
    bars = (
        (PEERS_LOWEST[language], values[0]),
        (peers_label(measure, language), position.group),
        (PEERS_HIGHEST[language], values[-1]),
    )
    return [Bar(label, value, write(value)) for label, value in bars if value is not None]
