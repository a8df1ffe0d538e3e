"""The printed report as a whole, in one language."""

from dataclasses import dataclass
from datetime import date

from analysis.measures import text
from analysis.names import genitive_en, genitive_sv
from analysis.numerals import number
from analysis.presenting.overview import Chapter, chapters, reading_rule
from analysis.presenting.sheet import PUBLISHERS, Sheet, sheet
from analysis.presenting.words import Json, own_name

PRINT_YEARS = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter with its measures in full."""

    chapter: Chapter
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer as it is printed."""

    name: str
    population: str


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
    peers: tuple[Peer, ...]
    reason: str
    sources: tuple[SourceLine, ...]


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
        peers=tuple(_peer(member, language) for member in content["peers"]["members"]),
        reason=content["peers"]["reason"],
        sources=sources(content, language),
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


def written_day(day: date) -> str:
    """Write a day as all three languages here do.

    Examples
    --------
    >>> written_day(date(2026, 3, 4))
    '4.3.2026'
    """
    return f"{day.day}.{day.month}.{day.year}"


def _peer(member: Json, language: str) -> Peer:
    count = member["population"]
    return Peer(member[language], number(count, 0, language) if count else "–")


def sources(content: Json, language: str) -> tuple[SourceLine, ...]:
    """List each source once, with the measures that stand on it."""
    found: dict[tuple[str, ...], list[str]] = {}
    for group in content["groups"]:
        for measure in group["measures"]:
            for origin in measure["origins"]:
                publisher = PUBLISHERS.get(origin["publisher"], {}).get(
                    language, origin["publisher"]
                )
                key = (
                    publisher,
                    origin["table"],
                    origin["licence"],
                    origin["version"],
                    origin["retrieved_on"],
                )
                found.setdefault(key, []).append(measure["name"][language])
    return tuple(SourceLine(*key, ", ".join(names)) for key, names in found.items())
