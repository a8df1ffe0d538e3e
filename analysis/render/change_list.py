"""The list of changes against the edition published before, as page and PDF show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.content.reading import Json, measures_of
from analysis.engine.group_figures import MOST_PEERS
from analysis.render.words import MISSING, Write, writer
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
        told = (self.joined, self.left, self.added, self.retired)
        return bool(self.revised or self.new_years or any(told))


def change_list(content: Json, language: str) -> ChangeList | None:
    """Write the changes of a content; None in a municipality's first edition."""
    told = content.get("changes")
    if told is None:
        return None
    peers, measures = told["peers"], told["measures"]
    return ChangeList(
        since=_since(told["since"], language),
        revised=_revised(content, language),
        new_years=tuple(
            (each["name"][language], ", ".join(map(str, each["years"])))
            for each in told["new_years"]
        ),
        joined=_peers(peers["joined"], language),
        left=_peers(peers["left"], language),
        added=", ".join(each["name"][language] for each in measures["added"]),
        retired=", ".join(each["name"][language] for each in measures["retired"]),
    )


def _peers(told: Sequence[Json], language: str) -> str:
    """Name the peers; of a large group say how many."""
    if len(told) > MOST_PEERS:
        return text(
            fi=f"{len(told)} kuntaa", sv=f"{len(told)} kommuner", en=f"{len(told)} municipalities"
        )[language]
    return ", ".join(peer[language] for peer in told)


def _since(since: Json, language: str) -> str:
    years, number = since["season"]["years"], since["edition"]
    return text(
        fi=f"kauden {years} {number}. painos",
        sv=f"upplaga {number} för säsongen {years}",
        en=f"edition {number} of the season {years}",
    )[language]


def _revised(content: Json, language: str) -> tuple[ChangeLine, ...]:
    by_measure: dict[str, list[Json]] = {}
    for each in content["changes"]["revised"]:
        by_measure.setdefault(each["key"], []).append(each)
    measures = {each["key"]: each for each in measures_of(content)}
    return tuple(
        _line(told, writer(measures[key], language), language) for key, told in by_measure.items()
    )


def _line(told: list[Json], write: Write, language: str) -> ChangeLine:
    values = "; ".join(_value(each, write) for each in told)
    origins = ", ".join(
        text(
            fi=f"{each['table']}, versio {each['version']}",
            sv=f"{each['table']}, version {each['version']}",
            en=f"{each['table']}, version {each['version']}",
        )[language]
        for each in told[0]["origins"]
    )
    return ChangeLine(told[0]["name"][language], values, origins)


def _value(each: Json, write: Write) -> str:
    new = MISSING if each["new"] is None else write(each["new"])
    return f"{each['year']}: {write(each['old'])} → {new}"
