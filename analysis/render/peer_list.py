"""The peers of an edition: who they are, how they came about, how alike each is."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.content.edition import EditionContent, OwnFigure, Peer, WeighedFactor
from analysis.engine.group_figures import MOST_KEPT, MOST_PEERS
from analysis.enums import PeerGroup
from analysis.render.chart_words import MISSING
from analysis.wording.likeness import figure_decimals, figure_unit
from uso.ground.lib.numerals import number, rounded
from uso.ground.lib.texts import Text, capital, small, text


@dataclass(frozen=True, slots=True)
class PeerLine:
    """One peer: its likeness as a word and in words; both empty where it was not measured."""

    name: str
    population: str
    level: str
    words: str


@dataclass(frozen=True, slots=True)
class PeerList:
    """The peers in one language.

    `group` and `rule` are empty where the municipality chose one by one; `counted` says which
    factors the likeness counts, and is empty where no likeness was measured.
    """

    count: int
    group: str
    rule: str
    reason: str
    counted: str
    lines: tuple[PeerLine, ...]

    @property
    def many(self) -> bool:
        """So many that they are described together."""
        return self.count > MOST_PEERS

    @property
    def crowd(self) -> bool:
        """So many that even their names are too much for paper."""
        return self.count > MOST_KEPT

    @property
    def names(self) -> str:
        """Their names in the order printed."""
        return ", ".join(line.name for line in self.lines)

    @property
    def measured(self) -> bool:
        """Their likeness was measured."""
        return any(line.words for line in self.lines)


def peer_list(content: EditionContent, language: str) -> PeerList:
    """Write the peers of a content."""
    peers, group = content.peers, content.peers.group
    ready = group.key != PeerGroup.OWN
    return PeerList(
        count=len(peers.members),
        group=group.name[language] if ready else "",
        rule=group.rule[language] if ready else "",
        reason=peers.reason,
        counted=_counted(peers.factors, language),
        lines=tuple(_line(peer, language) for peer in peers.members),
    )


def _line(peer: Peer, language: str) -> PeerLine:
    likeness, people = peer.likeness, peer.population
    return PeerLine(
        name=peer.name.nominative(language),
        population=MISSING if people is None else number(people, 0, language),
        level=likeness.level[language] if likeness else "",
        words=likeness.words[language] if likeness else "",
    )


_TWICE = text(fi="kaksinkertainen paino", sv="dubbel vikt", en="double weight")


def _counted(factors: Sequence[WeighedFactor], language: str) -> str:
    if not factors:
        return ""
    names = ", ".join(_weighed(factor, language) for factor in factors if factor.known)
    counted = text(
        fi=f"Samankaltaisuuteen laskettiin: {names}.",
        sv=f"I likheten räknades: {names}.",
        en=f"The likeness counts: {names}.",
    )[language]
    lacking = ", ".join(_lower(each, language) for each in factors if not each.known)
    return f"{counted} {_lacking(lacking)[language]}" if lacking else counted


def _lacking(names: str) -> Text:
    return text(
        fi=f"Luku puuttuu omasta kunnasta, joten näitä ei verrattu: {names}.",
        sv=f"Siffran saknas för den egna kommunen, så dessa jämfördes inte: {names}.",
        en=f"The municipality itself lacks the figure, so these were not compared: {names}.",
    )


def _weighed(factor: WeighedFactor, language: str) -> str:
    name = _lower(factor, language)
    return f"{name} ({_TWICE[language]})" if factor.weight > 1 else name


def _lower(factor: WeighedFactor, language: str) -> str:
    return small(factor.name[language])


# -- For the annex -------------------------------------------------------------------------------

HEADS = {
    "fi": ("Kunta", "Kuntanumero", "Väkiluku", "Etäisyys", "Samankaltaisuus", "Perustelu"),
    "sv": ("Kommun", "Kommunnummer", "Folkmängd", "Avstånd", "Likhet", "Motivering"),
    "en": ("Municipality", "Code", "Population", "Distance", "Likeness", "Reason"),
}


def peer_heads(content: EditionContent, language: str) -> tuple[str, ...]:
    """Name the columns of the annex: the likeness, then each figure it is measured by."""
    return (*HEADS[language], *(_head(figure, language) for figure in _figures(content)))


def _head(figure: OwnFigure, language: str) -> str:
    name, unit = figure.name[language], figure_unit(figure.key)
    return capital(name) + (f", {unit}" if unit else "")


def peer_rows(content: EditionContent, language: str) -> list[list[str | float | None]]:
    """List the peers for the annex, ours first: distance with two decimals, figures as printed."""
    us, figures = content.municipality, _figures(content)
    own = [_number(each.key, each.own) for each in figures]
    rows: list[list[str | float | None]] = [
        [us.name.nominative(language), us.code, us.population, None, "", "", *own]
    ]
    return rows + [
        _annexed(peer, [each.key for each in figures], language) for peer in content.peers.members
    ]


def _figures(content: EditionContent) -> list[OwnFigure]:
    return [each for factor in content.peers.factors for each in factor.figures]


def _annexed(peer: Peer, keys: Sequence[str], language: str) -> list[str | float | None]:
    likeness, line = peer.likeness, _line(peer, language)
    distance = likeness.distance if likeness else None
    figures = likeness.figures if likeness else {}
    return [
        line.name,
        peer.code,
        peer.population,
        None if distance is None else float(rounded(distance, 2)),
        line.level,
        line.words,
        *(_number(key, figures.get(key)) for key in keys),
    ]


def _number(key: str, value: float | None) -> float | None:
    return None if value is None else float(rounded(value, figure_decimals(key)))
