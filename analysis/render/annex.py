"""The data annex: every figure of an edition as XLSX, from the same frozen content as the PDF."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from analysis.content.edition import EditionContent, EditionMeasure
from analysis.engine.arithmetic import Values
from analysis.engine.group_figures import MOST_PEERS
from analysis.render import report
from analysis.render.chart_words import (
    COUNTRY,
    INDEX,
    PEERS_HIGHEST,
    PEERS_LOWER,
    PEERS_LOWEST,
    PEERS_UPPER,
    PEOPLE_OF_YEAR,
    own_name,
    peers_label,
)
from analysis.render.overview import pending
from analysis.render.peer_list import peer_heads, peer_rows
from analysis.render.remarks import RemarkLine
from analysis.render.report import Report
from uso.ground.lib.numerals import rounded
from uso.ground.lib.spreadsheets import XlsxSheet, as_csv, as_xlsx
from uso.ground.lib.texts import text

Row = list[Any]

HEADS = {
    "fi": ("Indikaattori", "Sarja", "Vuosi", "Luku", "Yksikkö"),
    "sv": ("Indikator", "Serie", "År", "Siffra", "Enhet"),
    "en": ("Indicator", "Series", "Year", "Figure", "Unit"),
}
SHEETS = {
    "figures": text(fi="Luvut", sv="Siffror", en="Figures"),
    "findings": text(fi="Havainnot", sv="Iakttagelser", en="Findings"),
    "peers": text(fi="Vertailukunnat", sv="Jämförelsekommuner", en="Peers"),
    "sources": text(fi="Lähteet", sv="Källor", en="Sources"),
}
SOURCE_HEADS = {
    "fi": ("Julkaisija", "Taulukko", "Haettu", "Versio", "Lisenssi", "Käytetty"),
    "sv": ("Utgivare", "Tabell", "Hämtad", "Version", "Licens", "Används i"),
    "en": ("Publisher", "Table", "Retrieved", "Version", "Licence", "Used in"),
}


def annex_xlsx(content: EditionContent, language: str) -> bytes:
    """Write the annex.

    Parameters
    ----------
    content
        Frozen content of an edition.
    language
        `fi`, `sv` or `en`.

    Returns
    -------
    bytes
        A workbook of four sheets: figures in long form, rounded as they are printed; findings;
        peers with their likeness; sources.
    """
    printed = report(content, language)
    findings = [[row.name, row.finding] for part in printed.parts for row in part.chapter.rows]
    findings += [[row.name, row.missing] for row in pending(content, language)]
    findings += [["", _remark(each)] for each in printed.remarks]
    findings += [
        [sheet.name, _remark(each)]
        for sheet in (*(each for part in printed.parts for each in part.sheets), *printed.waiting)
        for each in sheet.remarks
    ]
    return as_xlsx(
        _sheet("figures", language, HEADS[language], figure_rows(content, language)),
        _sheet("findings", language, HEADS[language][:1], findings),
        _sheet("peers", language, peer_heads(content, language), peer_rows(content, language)),
        _sheet("sources", language, SOURCE_HEADS[language], _source_rows(printed)),
    )


def measure_csv(content: EditionContent, measure: EditionMeasure, language: str) -> bytes:
    """Write the figures of one measure as CSV that a Finnish Excel opens as it is."""
    rows = _measure_rows(content, measure, language)
    return as_csv(HEADS[language], ([*row[:3], Decimal(str(row[3])), row[4]] for row in rows))


def figure_rows(content: EditionContent, language: str) -> Iterator[Row]:
    """List every figure: measure, series, year, figure as printed, unit."""
    for measure in content.measures:
        yield from _measure_rows(content, measure, language)


def _measure_rows(content: EditionContent, measure: EditionMeasure, language: str) -> Iterator[Row]:
    name, unit, count = (
        measure.name[language],
        measure.unit[language],
        measure.kind == "count",
    )
    us = own_name(content, language)
    drawn_unit = INDEX[language] if count else unit
    drawn_decimals = 1 if count else measure.decimals
    if count:
        yield from _series(name, us, measure.series.own, measure.decimals, unit)
    chart = measure.chart.series
    drawn = (
        (us, chart.own),
        (peers_label(measure, language), chart.peers),
        (PEERS_LOWEST[language], chart.low),
        (PEERS_LOWER[language], chart.lower or {}),
        (PEERS_UPPER[language], chart.upper or {}),
        (PEERS_HIGHEST[language], chart.high),
        (COUNTRY[language], chart.country),
    )
    for label, values in drawn:
        yield from _series(name, label, values, drawn_decimals, drawn_unit)
    yield from _series(name, us, measure.counts, 0, PEOPLE_OF_YEAR[language])
    yield from _peers_series(content, measure, language)


def _peers_series(content: EditionContent, measure: EditionMeasure, language: str) -> Iterator[Row]:
    """List each peer's figures; of a large group, whose rows would be hundreds of thousands, none."""
    members, unit = content.peers.members, measure.unit[language]
    for peer in members if len(members) <= MOST_PEERS else ():
        values, name = measure.members.get(peer.code, {}), measure.name[language]
        yield from _series(name, peer.name.nominative(language), values, measure.decimals, unit)


def _series(name: str, label: str, values: Values, decimals: int, unit: str) -> Iterator[Row]:
    for year, value in values.items():
        yield [name, label, year, float(rounded(value, decimals)), unit]


def _remark(line: RemarkLine) -> str:
    return f"{line.text} ({line.signature})"


def _source_rows(printed: Report) -> list[Row]:
    return [
        [each.publisher, each.table, each.retrieved_on, each.version, each.licence, each.measures]
        for each in printed.sources
    ]


def _sheet(key: str, language: str, heads: Sequence[str], rows: Iterable[Row]) -> XlsxSheet:
    widths = (34, 42, 14, 14, 28, 60)
    wrapped = frozenset() if key == "figures" else frozenset({1, 5})  # thousands of short cells
    return XlsxSheet(heads, rows, SHEETS[key][language], widths, wrapped)
