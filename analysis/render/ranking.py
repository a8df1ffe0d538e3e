"""Municipalities side by side: who each dot of a strip is."""

from dataclasses import dataclass

from analysis.charts import Bar
from analysis.content.reading import Json, group_at, group_of
from analysis.engine.group_figures import MOST_PEERS
from analysis.render.words import COUNTRY, PEERS_HIGHEST, PEERS_LOWEST, own_name, place_writer
from uso.ground.lib.texts import capital

FEWEST_TOLD = 2


@dataclass(frozen=True, slots=True)
class Ranking:
    """Figures of one moment, the largest first; `what` says which year or span they are of."""

    what: str
    rows: tuple[Bar, ...]

    @property
    def is_long(self) -> bool:
        """Too many rows to stand open beside a chart."""
        return len(self.rows) > MOST_PEERS


def ranking(content: Json, measure: Json, language: str) -> Ranking | None:
    """List our figure, each peer's and the country's as the strip shows them.

    Returns
    -------
    Ranking or None
        `None` without anything to compare with.
    """
    if measure["position"] is None:
        return None
    rows = [*_ends(content, measure, language), *_peers(content, measure, language)]
    if len(rows) < FEWEST_TOLD:
        return None
    return Ranking(measure["position"]["what"][language], _ordered(rows))


def drawn(content: Json, measure: Json, language: str) -> tuple[Bar, ...]:
    """List what a chart of bars has room for: with many peers their lowest, their common figure and their highest."""
    peers = _peers(content, measure, language)
    if len(peers) > MOST_PEERS:
        peers = _three(content, measure, language)
    return _ordered([*_ends(content, measure, language), *peers])


def _ordered(rows: list[Bar]) -> tuple[Bar, ...]:
    return tuple(sorted(rows, key=lambda row: (-row.value, row.label)))


def _ends(content: Json, measure: Json, language: str) -> list[Bar]:
    place, write = measure["position"], place_writer(measure, language)
    rows = [Bar(own_name(content, language), place["own"], write(place["own"]), "own")]
    if place["country"] is not None:
        rows.append(Bar(COUNTRY[language], place["country"], write(place["country"]), "country"))
    return rows


def _peers(content: Json, measure: Json, language: str) -> list[Bar]:
    found, write = measure["position"]["peers"], place_writer(measure, language)
    return [
        Bar(peer[language], found[peer["code"]], write(found[peer["code"]]))
        for peer in content["peers"]["members"]
        if peer["code"] in found
    ]


def _three(content: Json, measure: Json, language: str) -> list[Bar]:
    place, group = measure["position"], group_of(content, measure)
    values, write = sorted(place["peers"].values()), place_writer(measure, language)
    told = (
        (PEERS_LOWEST[language], values[0]),
        (capital(group["label"][language]) if group else "", group_at(place)),
        (PEERS_HIGHEST[language], values[-1]),
    )
    return [Bar(label, value, write(value)) for label, value in told if value is not None]
