"""The overview: one row a measure, and the line that says how to read it."""

from collections import Counter
from dataclasses import dataclass

from analysis.charts import as_data_uri
from analysis.charts.strip import CROWD
from analysis.content.edition import EditionContent, EditionGroup, EditionMeasure
from analysis.engine.group_figures import MOST_KEPT
from analysis.engine.recency import is_old
from analysis.render.chart_words import (
    MISSING,
    TREND,
    Write,
    moment,
    own_name,
    peers_label,
    position_writer,
    sentence,
    writer,
)
from analysis.render.figures import Figure, age_figure, spark, strip, strip_title
from uso.ground.lib.texts import Text, text


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A measure in one line: figure with its unit and moment, trend, place, finding."""

    key: str
    name: str
    value: str
    unit: str
    moment: str
    old: str
    spark: str
    trend: str
    trend_kind: str
    strip: str
    strip_what: str
    strip_change: bool
    strip_alt: str
    place: str
    peers: str
    peers_label: str
    country: str
    finding: str
    missing: str

    @property
    def strip_address(self) -> str:
        """The strip as the address of an image, for the PDF."""
        return as_data_uri(self.strip) if self.strip else ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A group of measures: those that have figures."""

    key: str
    name: str
    rows: tuple[OverviewRow, ...]
    ages: Figure | None

    @property
    def peers_label(self) -> str:
        """What the figure of the peers is in most rows; empty without peers."""
        labels = Counter(row.peers_label for row in self.rows if row.peers_label)
        return labels.most_common(1)[0][0] if labels else ""


def chapters(content: EditionContent, language: str) -> list[Chapter]:
    """Make the overview of a content."""
    return [_chapter(content, group, language) for group in content.groups]


def pending(content: EditionContent, language: str) -> tuple[OverviewRow, ...]:
    """List the measures of all groups that have no figures so far."""
    rows = (_row(content, measure, language) for measure in content.measures if not measure.latest)
    return tuple(rows)


def _chapter(content: EditionContent, group: EditionGroup, language: str) -> Chapter:
    rows = [_row(content, measure, language) for measure in group.measures]
    return Chapter(
        key=group.key,
        name=group.name[language],
        rows=tuple(row for row in rows if not row.missing),
        ages=age_figure(content, group, language),
    )


def _row(content: EditionContent, measure: EditionMeasure, language: str) -> OverviewRow:
    latest, trend, position = measure.latest, measure.trend, measure.position
    write = position_writer(measure, position, language) if position else str
    alt = strip_title(content, measure, language)
    return OverviewRow(
        key=measure.key,
        name=measure.name[language],
        value=writer(measure, language)(latest.value) if latest else "",
        unit=measure.unit[language],
        moment=moment(measure, language),
        old=_OLD[language] if latest and is_old(latest.last, content.edition.made_on.year) else "",
        spark=spark(measure, language),
        trend=TREND[trend.word][language] if trend else "",
        trend_kind=trend.word if trend else "",
        strip=strip(measure, language, title=alt),
        strip_what=position.what[language] if position else "",
        strip_change=measure.kind == "count",
        strip_alt=alt,
        place=write(position.own) if position else "",
        peers=_or_missing(position.group if position else None, write),
        peers_label=peers_label(measure, language),
        country=_or_missing(position.country if position else None, write),
        finding=sentence(measure.findings[0], language) if measure.findings else "",
        missing="" if latest else measure.limits[0][language],
    )


_OLD = text(fi="yli viisi vuotta vanha", sv="över fem år gammal", en="more than five years old")


def _or_missing(value: float | None, write: Write) -> str:
    return MISSING if value is None else write(value)


def reading_rule(content: EditionContent, language: str) -> str:
    """Say in one line how the strips are read, with what they hold in this analysis."""
    name, count = own_name(content, language), len(content.peers.members)
    if count == 0:
        return _alone(name)[language]
    if count == 1:
        return _with_one(name, content.peers.members[0].name.nominative(language))[language]
    if count > MOST_KEPT:
        return _in_a_bar(name, count)[language]
    if count > CROWD:
        return _in_a_crowd(name, count)[language]
    return text(
        fi=f"Näin luet: suuri piste on {name}, harmaat pisteet valitsemanne vertailukunnat"
        f" ({count}) ja pystyviiva koko maa. Sijainti kertoo eron muihin, ei sitä, onko tulos hyvä.",
        sv=f"Så här läser du: den stora punkten är {name}, de grå punkterna jämförelsekommunerna"
        f" ni valt ({count}) och lodstrecket hela landet. Läget visar skillnaden till andra, inte"
        " om resultatet är bra.",
        en=f"How to read: the large dot is {name}, the grey dots are the peers you chose"
        f" ({count}) and the upright line is the whole country. The place tells the difference from"
        " others, not whether the result is good.",
    )[language]


def _with_one(name: str, peer: str) -> Text:
    return text(
        fi=f"Näin luet: suuri piste on {name}, harmaa piste {peer} ja pystyviiva koko maa. Sijainti"
        " kertoo eron muihin, ei sitä, onko tulos hyvä.",
        sv=f"Så här läser du: den stora punkten är {name}, den grå punkten {peer} och lodstrecket"
        " hela landet. Läget visar skillnaden till andra, inte om resultatet är bra.",
        en=f"How to read: the large dot is {name}, the grey dot is {peer} and the upright line is"
        " the whole country. The place tells the difference from others, not whether the result is"
        " good.",
    )


def _in_a_crowd(name: str, count: int) -> Text:
    return text(
        fi=f"Näin luet: suuri piste on {name} ja pystyviiva koko maa. Vertailukuntia on {count};"
        " pieni harmaa piste on kohta, jossa on ainakin yksi niistä. Sijainti kertoo eron muihin,"
        " ei sitä, onko tulos hyvä.",
        sv=f"Så här läser du: den stora punkten är {name} och lodstrecket hela landet."
        f" Jämförelsekommunerna är {count}; en liten grå punkt är ett ställe med minst en av dem."
        " Läget visar skillnaden till andra, inte om resultatet är bra.",
        en=f"How to read: the large dot is {name} and the upright line is the whole country. There"
        f" are {count} peers; a small grey dot is a place with at least one of them. The place tells"
        " the difference from others, not whether the result is good.",
    )


def _in_a_bar(name: str, count: int) -> Text:
    return text(
        fi=f"Näin luet: suuri piste on {name} ja pystyviiva koko maa. Vertailukuntia on {count}: harmaa"
        " viiva ulottuu alimmasta ylimpään, ja leveä palkki kattaa niistä keskimmäisen puolikkaan."
        " Sijainti kertoo eron muihin, ei sitä, onko tulos hyvä.",
        sv=f"Så här läser du: den stora punkten är {name} och lodstrecket hela landet."
        f" Jämförelsekommunerna är {count}: det grå strecket går från den lägsta till den högsta, och"
        " den breda stapeln täcker den mellersta hälften av dem. Läget visar skillnaden till andra,"
        " inte om resultatet är bra.",
        en=f"How to read: the large dot is {name} and the upright line is the whole country. There"
        f" are {count} peers: the grey line goes from the lowest to the highest of them, and the wide"
        " bar covers their middle half. The place tells the difference from others, not whether the"
        " result is good.",
    )


def _alone(name: str) -> Text:
    return text(
        fi=f"Näin luet: suuri piste on {name} ja pystyviiva koko maa. Vertailukuntia ei ole"
        " valittu.",
        sv=f"Så här läser du: den stora punkten är {name} och lodstrecket hela landet. Inga"
        " jämförelsekommuner har valts.",
        en=f"How to read: the large dot is {name} and the upright line is the whole country. No"
        " peers have been chosen.",
    )
