"""The list of changes against the edition published before, as page and PDF show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.content.edition import Area, Edition, EditionChanges, EditionContent, RevisedValue
from analysis.engine.group_figures import MOST_PEERS
from analysis.render.chart_words import MISSING, Write, writer
from uso.ground.lib.texts import text


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """The values of one measure that were revised: `2023: 5 264 → 5 270`, and their source."""

    name: str
    values: str
    source: str


@dataclass(frozen=True, slots=True)
class ChangeList:
    """All that has changed, in one language; lists of names are joined by commas."""

    since: str
    revised: tuple[ChangeLine, ...]
    new_years: tuple[tuple[str, str], ...]
    joined: str
    left: str
    added: str
    retired: str

    @property
    def any(self) -> bool:
        """Something has changed."""
        names = (self.joined, self.left, self.added, self.retired)
        return bool(self.revised or self.new_years or any(names))


def change_list(content: EditionContent, language: str) -> ChangeList | None:
    """Write the changes of a content; None in a municipality's first edition."""
    changes = content.changes
    if changes is None:
        return None
    peers, measures = changes.peers, changes.measures
    return ChangeList(
        since=_since(changes.since, language),
        revised=_revised(content, changes, language),
        new_years=tuple(
            (each.name[language], ", ".join(map(str, each.years))) for each in changes.new_years
        ),
        joined=_peers(peers.joined, language),
        left=_peers(peers.left, language),
        added=", ".join(each.name[language] for each in measures.added),
        retired=", ".join(each.name[language] for each in measures.retired),
    )


def _peers(peers: Sequence[Area], language: str) -> str:
    """Name the peers; of a large group say how many."""
    count = len(peers)
    if count > MOST_PEERS:
        return text(fi=f"{count} kuntaa", sv=f"{count} kommuner", en=f"{count} municipalities")[
            language
        ]
    return ", ".join(peer.name.nominative(language) for peer in peers)


def _since(since: Edition, language: str) -> str:
    years, number = since.years, since.number
    return text(
        fi=f"kauden {years} {number}. painos",
        sv=f"upplaga {number} för säsongen {years}",
        en=f"edition {number} of the season {years}",
    )[language]


def _revised(
    content: EditionContent, changes: EditionChanges, language: str
) -> tuple[ChangeLine, ...]:
    by_measure: dict[str, list[RevisedValue]] = {}
    for each in changes.revised:
        by_measure.setdefault(each.key, []).append(each)
    measures = {each.key: each for each in content.measures}
    return tuple(
        _line(values, writer(measures[key], language), language)
        for key, values in by_measure.items()
    )


def _line(revised: list[RevisedValue], write: Write, language: str) -> ChangeLine:
    values = "; ".join(_value(each, write) for each in revised)
    origins = ", ".join(
        text(
            fi=f"{each.table}, versio {each.version}",
            sv=f"{each.table}, version {each.version}",
            en=f"{each.table}, version {each.version}",
        )[language]
        for each in revised[0].origins
    )
    return ChangeLine(revised[0].name[language], values, origins)


def _value(revised: RevisedValue, write: Write) -> str:
    new = MISSING if revised.new is None else write(revised.new)
    return f"{revised.year}: {write(revised.old)} → {new}"
