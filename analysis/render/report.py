"""The printed report as a whole, in one language."""

from dataclasses import dataclass
from datetime import date

from analysis.content.edition import EditionContent, EditionGroup
from analysis.render.change_list import ChangeList, change_list
from analysis.render.chart_words import WEIGHT, licence_text, own_name, written_day
from analysis.render.overview import Chapter, chapters, reading_rule
from analysis.render.peer_list import PeerList, peer_list
from analysis.render.peer_table import PeerTable, peer_tables
from analysis.render.read_first import Block, blocks, summary
from analysis.render.remarks import RemarkLine, remarks
from analysis.render.sheet import Sheet, sheet, table_named
from uso.ground.lib.texts import small, text

PRINT_YEARS = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter with its measures in full."""

    chapter: Chapter
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source and the measures that use it."""

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
    summary: tuple[Block, ...]
    stands_out: bool
    parts: tuple[Part, ...]
    waiting: tuple[Sheet, ...]
    chosen: PeerList
    weighted: tuple[str, ...]
    peers: tuple[PeerTable, ...]
    sources: tuple[SourceLine, ...]
    remarks: tuple[RemarkLine, ...]
    changes: ChangeList | None


def report(content: EditionContent, language: str) -> Report:
    """Make the report of a content."""
    parts = tuple(
        _part(content, chapter, group, language)
        for chapter, group in zip(chapters(content, language), content.groups, strict=True)
    )
    return Report(
        name=own_name(content, language),
        genitive=genitive(content, language),
        years=content.edition.years,
        season=content.edition.season,
        edition=content.edition.number,
        made_on=content.edition.made_on,
        foot=_foot(content, language),
        reading_rule=reading_rule(content, language),
        summary=summary(content, language),
        stands_out=bool(blocks(content, language)),
        parts=parts,
        waiting=_waiting(content, language),
        chosen=peer_list(content, language),
        weighted=weighted(content, language),
        peers=peer_tables(content, language),
        sources=sources(content, language),
        remarks=remarks(content, language),
        changes=change_list(content, language),
    )


def _part(content: EditionContent, chapter: Chapter, group: EditionGroup, language: str) -> Part:
    return Part(chapter, tuple(each for each in _sheets(content, group, language) if each.figure))


def _waiting(content: EditionContent, language: str) -> tuple[Sheet, ...]:
    """List the measures of all groups that have no figures so far."""
    sheets = (each for group in content.groups for each in _sheets(content, group, language))
    return tuple(each for each in sheets if not each.figure)


def _sheets(content: EditionContent, group: EditionGroup, language: str) -> list[Sheet]:
    return [
        sheet(content, group, measure, language, limit=PRINT_YEARS, printed=True)
        for measure in group.measures
    ]


def weighted(content: EditionContent, language: str) -> tuple[str, ...]:
    """Name the measures whose figure of the peers is a weighted mean, each with its weight."""
    return tuple(
        f"{each.name[language]} ({WEIGHT[language]}: {small(each.peers_figure.weight[language])})"
        for each in content.measures
        if each.peers_figure and each.peers_figure.weight
    )


def genitive(content: EditionContent, language: str) -> str:
    """Say whose analysis it is."""
    return content.municipality.name.genitive(language)


def _foot(content: EditionContent, language: str) -> str:
    name, years = own_name(content, language), content.edition.years
    edition, day = content.edition.number, written_day(content.edition.made_on)
    return text(
        fi=f"{name} · Tilanneanalyysi {years} · {edition}. painos {day}",
        sv=f"{name} · Lägesanalys {years} · upplaga {edition}, {day}",
        en=f"{name} · Situation analysis {years} · edition {edition}, {day}",
    )[language]


def sources(content: EditionContent, language: str) -> tuple[SourceLine, ...]:
    """List each source once, with the measures that use it."""
    found: dict[tuple[str, str, str, str, str], list[str]] = {}
    for measure in content.measures:
        for origin in measure.origins:
            key = (
                origin.publisher[language],
                table_named(origin),
                licence_text(origin.licence, language),
                str(origin.version),
                written_day(origin.retrieved_on),
            )
            found.setdefault(key, []).append(measure.name[language])
    return tuple(SourceLine(*key, ", ".join(names)) for key, names in found.items())
