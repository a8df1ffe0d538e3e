"""The printed report as a whole, in one language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import quantiles

from analysis.measures import text
from analysis.names import genitive_en, genitive_sv
from analysis.numerals import number
from analysis.presenting.overview import Chapter, chapters, reading_rule
from analysis.presenting.peers import MOST_LISTED, Peers, peers
from analysis.presenting.remarks import RemarkLine, remarks
from analysis.presenting.sheet import Sheet, sheet
from analysis.presenting.words import (
    COUNTRY,
    MISSING,
    Json,
    licence,
    own_name,
    place_writer,
    written_day,
)

PRINT_YEARS = 8
PEER_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter with its measures in full."""

    chapter: Chapter
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class PeerRow:
    """One municipality, or the country, with the figures the strips compare."""

    name: str
    population: str
    cells: tuple[str, ...]
    own: bool = False


@dataclass(frozen=True, slots=True)
class PeerTable:
    """The peers side by side in one group of measures; each head is a measure with its moment."""

    name: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[PeerRow, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source and the measures that stand on it."""

    publisher: str
    table: str
    licence: str
    version: str
    retrieved_on: str
    measures: str


@dataclass(frozen=True, slots=True)
class Report:
    """All a report says."""

    name: str
    genitive: str
    years: str
    season: int
    edition: int
    made_on: date
    foot: str
    reading_rule: str
    parts: tuple[Part, ...]
    chosen: Peers
    peers: tuple[PeerTable, ...]
    sources: tuple[SourceLine, ...]
    remarks: tuple[RemarkLine, ...]


def report(content: Json, language: str) -> Report:
    """Make the report of a content."""
    made_on = date.fromisoformat(content["made_on"])
    parts = tuple(
        Part(
            chapter,
            tuple(
                sheet(content, group, measure, language, limit=PRINT_YEARS, printed=True)
                for measure in group["measures"]
            ),
        )
        for chapter, group in zip(chapters(content, language), content["groups"], strict=True)
    )
    return Report(
        name=own_name(content, language),
        genitive=genitive(content, language),
        years=content["season"]["years"],
        season=content["season"]["number"],
        edition=content["edition"],
        made_on=made_on,
        foot=_foot(content, made_on, language),
        reading_rule=reading_rule(content, language),
        parts=parts,
        chosen=peers(content, language),
        peers=peer_tables(content, language),
        sources=sources(content, language),
        remarks=remarks(content, language),
    )


def genitive(content: Json, language: str) -> str:
    """Say whose analysis it is."""
    name = own_name(content, language)
    forms = {
        "fi": content["municipality"]["genitive_fi"],
        "sv": genitive_sv(name),
        "en": genitive_en(name),
    }
    return str(forms[language])


def _foot(content: Json, made_on: date, language: str) -> str:
    name, years = own_name(content, language), content["season"]["years"]
    edition, day = content["edition"], written_day(made_on)
    return text(
        fi=f"{name} · Tilanneanalyysi {years} · {edition}. painos {day}",
        sv=f"{name} · Lägesanalys {years} · upplaga {edition}, {day}",
        en=f"{name} · Situation analysis {years} · edition {edition}, {day}",
    )[language]


def peer_tables(content: Json, language: str) -> tuple[PeerTable, ...]:
    """Write the figures the strips compare, group by group and as many as fit across a page."""
    return tuple(
        _peer_table(content, group["name"][language], part, language)
        for group in content["groups"]
        for part in batched([each for each in group["measures"] if each["position"]], PEER_COLUMNS)
    )


def batched(measures: list[Json], size: int) -> list[list[Json]]:
    """Cut a list into even parts of at most `size`.

    Examples
    --------
    >>> [len(part) for part in batched([{}] * 7, 6)], batched([], 6)
    ([4, 3], [])
    """
    count = -(-len(measures) // size)
    width = -(-len(measures) // count) if count else 1
    return [measures[at : at + width] for at in range(0, len(measures), width)]


def _peer_table(content: Json, name: str, shown: list[Json], language: str) -> PeerTable:
    """Write one table: ours first, each peer's or those of a large group in short, the country's."""
    us, members = content["municipality"], content["peers"]["members"]
    rows = [PeerRow(us[language], _people(us, language), _own_cells(shown, language), own=True)]
    if len(members) > MOST_LISTED:
        rows += _summary(members, shown, language)
    else:
        rows += [
            PeerRow(peer[language], _people(peer, language), _peer_cells(shown, peer, language))
            for peer in members
        ]
    rows.append(PeerRow(COUNTRY[language], "", _country_cells(shown, language)))
    heads = tuple(
        (measure["name"][language], measure["position"]["what"][language]) for measure in shown
    )
    return PeerTable(name, heads, tuple(rows))


SUMMARY = (
    text(fi="Pienin", sv="Minst", en="Lowest"),
    text(fi="Alakvartiili", sv="Undre kvartil", en="Lower quartile"),
    text(fi="Mediaani", sv="Median", en="Median"),
    text(fi="Yläkvartiili", sv="Övre kvartil", en="Upper quartile"),
    text(fi="Suurin", sv="Störst", en="Highest"),
)


def five_figures(values: Sequence[float]) -> tuple[float, float, float, float, float] | None:
    """Tell a group in five figures: lowest, lower quartile, median, upper quartile, highest.

    Notes
    -----
    The quartiles are at a quarter and three quarters of the way from the lowest to the highest
    place, between two figures in proportion (`statistics.quantiles`, inclusive). None for an empty
    group.

    Examples
    --------
    >>> five_figures([4.0, 1.0, 2.0, 3.0]), five_figures([])
    ((1.0, 1.75, 2.5, 3.25, 4.0), None)
    """
    if not values:
        return None
    if len(values) == 1:
        return (values[0],) * 5
    lower, middle, upper = quantiles(values, n=4, method="inclusive")
    return min(values), lower, middle, upper, max(values)


def _summary(members: Sequence[Json], shown: list[Json], language: str) -> list[PeerRow]:
    people = five_figures(
        [peer["population"] for peer in members if peer["population"] is not None]
    )
    told = [five_figures(list(each["position"]["peers"].values())) for each in shown]
    return [
        PeerRow(
            name[language],
            number(people[place], 0, language) if people else MISSING,
            _cells(
                [
                    (each, five[place] if five else None)
                    for each, five in zip(shown, told, strict=True)
                ],
                language,
            ),
        )
        for place, name in enumerate(SUMMARY)
    ]


def _people(area: Json, language: str) -> str:
    return MISSING if area["population"] is None else number(area["population"], 0, language)


def _own_cells(shown: list[Json], language: str) -> tuple[str, ...]:
    return tuple(place_writer(each, language)(each["position"]["own"]) for each in shown)


def _peer_cells(shown: list[Json], peer: Json, language: str) -> tuple[str, ...]:
    found = [(each, each["position"]["peers"].get(peer["code"])) for each in shown]
    return _cells(found, language)


def _country_cells(shown: list[Json], language: str) -> tuple[str, ...]:
    return _cells([(each, each["position"]["country"]) for each in shown], language)


def _cells(found: list[tuple[Json, float | None]], language: str) -> tuple[str, ...]:
    return tuple(
        MISSING if value is None else place_writer(measure, language)(value)
        for measure, value in found
    )


def sources(content: Json, language: str) -> tuple[SourceLine, ...]:
    """List each source once, with the measures that stand on it."""
    found: dict[tuple[str, str, str, str, str], list[str]] = {}
    for group in content["groups"]:
        for measure in group["measures"]:
            for origin in measure["origins"]:
                key = (
                    origin[f"publisher_{language}"],
                    origin["table"],
                    licence(origin["licence"], language),
                    str(origin["version"]),
                    written_day(date.fromisoformat(origin["retrieved_on"])),
                )
                found.setdefault(key, []).append(measure["name"][language])
    return tuple(SourceLine(*key, ", ".join(names)) for key, names in found.items())
