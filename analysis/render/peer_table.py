"""The peers side by side, as the closing chapter of the report prints them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analysis.content.edition import EditionContent, EditionGroup, EditionMeasure
from analysis.engine.compare import Position
from analysis.engine.group_figures import MOST_PEERS, five_figures
from analysis.render.chart_words import (
    COUNTRY,
    MISSING,
    bare_position_writer,
    own_name,
    position_writer,
)
from analysis.wording.names import breakable
from uso.ground.lib.numerals import number
from uso.ground.lib.texts import text

#: Columns of peers that fit across a page.
ACROSS = 10

#: Takes the figure of one column from a measure's position; `None` where it has none.
Take = Callable[[Position], float | None]


@dataclass(frozen=True, slots=True)
class PeerRow:
    """A measure with its moment, and the figure of each column."""

    label: str
    what: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeerTableGroup:
    """The rows of one group of measures."""

    name: str
    rows: tuple[PeerRow, ...]


@dataclass(frozen=True, slots=True)
class PeerTable:
    """Municipalities across, ours first and the country last; measures down, group by group."""

    heads: tuple[str, ...]
    people: tuple[str, ...]
    groups: tuple[PeerTableGroup, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    head: str
    people: float | None
    take: Take


def peer_tables(content: EditionContent, language: str) -> tuple[PeerTable, ...]:
    """Write the figures the strips compare, with as many peers in a table as fit across a page."""
    return tuple(_table(content, part, language) for part in _parts(content, language))


def _table(content: EditionContent, peers: Sequence[_Column], language: str) -> PeerTable:
    us = content.municipality
    columns = [
        _Column(
            _head(own_name(content, language), language),
            us.population,
            lambda position: position.own,
        ),
        *peers,
        _Column(COUNTRY[language], None, lambda position: position.country),
    ]
    groups = (_group(content, group, columns, language) for group in content.groups)
    return PeerTable(
        heads=tuple(column.head for column in columns),
        people=tuple(_people(column, language) for column in columns),
        groups=tuple(group for group in groups if group.rows),
    )


def _head(name: str, language: str) -> str:
    """Let a name break in its narrow column; of other languages than Finnish the setting knows how."""
    return breakable(name) if language == "fi" else name


def _parts(content: EditionContent, language: str) -> list[list[_Column]]:
    """Cut the peers into even parts; a large group is shown by five figures."""
    members = content.peers.members
    if len(members) > MOST_PEERS:
        return [_five(content, language)]
    columns = [
        _Column(_head(peer.name.nominative(language), language), peer.population, _of(peer.code))
        for peer in members
    ]
    count = -(-len(columns) // ACROSS)
    width = -(-len(columns) // count) if count else 1
    return [columns[at : at + width] for at in range(0, len(columns), width)]


def _of(code: str) -> Take:
    return lambda position: position.peers.get(code)


def _five(content: EditionContent, language: str) -> list[_Column]:
    """Show a large group by its lowest, its quarters and its highest."""
    people = five_figures([each.population for each in content.peers.members if each.population])
    return [
        _Column(head[language], people[at] if people else None, _of_five(at))
        for at, head in enumerate(SUMMARY)
    ]


def _of_five(at: int) -> Take:
    def take(position: Position) -> float | None:
        five = five_figures(list(position.peers.values()))
        return five[at] if five else None

    return take


SUMMARY = (
    text(fi="Pienin", sv="Minst", en="Lowest"),
    text(fi="Alakvartiili", sv="Undre kvartil", en="Lower quartile"),
    text(fi="Mediaani", sv="Median", en="Median"),
    text(fi="Yläkvartiili", sv="Övre kvartil", en="Upper quartile"),
    text(fi="Suurin", sv="Störst", en="Highest"),
)


def _people(column: _Column, language: str) -> str:
    return "" if column.people is None else number(column.people, 0, language)


def _group(
    content: EditionContent, group: EditionGroup, columns: Sequence[_Column], language: str
) -> PeerTableGroup:
    rows = tuple(
        _row(content, measure, measure.position, columns, language)
        for measure in group.measures
        if measure.position
    )
    return PeerTableGroup(group.name[language], rows)


def _row(
    content: EditionContent,
    measure: EditionMeasure,
    position: Position,
    columns: Sequence[_Column],
    language: str,
) -> PeerRow:
    """Write the figures bare, the unit once beside the moment: ten columns have no room for it."""
    write = bare_position_writer(measure, position, language)
    values = (column.take(position) for column in columns)
    cells = tuple(MISSING if value is None else write(value) for value in values)
    unit = ", %" if "%" in position_writer(measure, position, language)(0) else ""
    what = position.what[language] + unit + _weighted(content, measure, position, language)
    return PeerRow(measure.name[language], what, cells)


def _weighted(
    content: EditionContent, measure: EditionMeasure, position: Position, language: str
) -> str:
    """Write the weighted mean of a large group, which is none of its five figures."""
    peers, value = measure.peers_figure, position.group
    is_large = len(content.peers.members) > MOST_PEERS
    if peers is None or peers.kind != "weighted" or value is None or not is_large:
        return ""
    return f"; {peers.label[language]} {bare_position_writer(measure, position, language)(value)}"
