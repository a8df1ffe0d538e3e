"""Words of charts and tables in the three languages of an analysis."""

from collections.abc import Callable
from datetime import date

from analysis.content.edition import EditionContent, EditionFinding, EditionMeasure
from analysis.engine.compare import Position
from analysis.wording.year_phrases import of_mean
from uso.ground.lib.numerals import number, percent, signed, signed_percent
from uso.ground.lib.texts import capital, text

Write = Callable[[float], str]

COUNTRY = text(fi="Koko maa", sv="Hela landet", en="Whole country")
COUNTRY_INSIDE = text(fi="koko maa", sv="hela landet", en="whole country")
PEERS_LOWEST = text(fi="Vertailukunnat, alin", sv="Jämförelsekommuner, lägst", en="Peers, lowest")
PEERS_HIGHEST = text(fi="Vertailukunnat, ylin", sv="Jämförelsekommuner, högst", en="Peers, highest")
PEERS_LOWER = text(
    fi="Vertailukunnat, alakvartiili", sv="Jämförelsekommuner, undre kvartil",
    en="Peers, lower quartile",
)  # fmt: skip
PEERS_UPPER = text(
    fi="Vertailukunnat, yläkvartiili", sv="Jämförelsekommuner, övre kvartil",
    en="Peers, upper quartile",
)  # fmt: skip
WEIGHT = text(fi="painona", sv="vikt", en="weight")
INDEX = text(fi="indeksi", sv="index", en="index")
PEOPLE_OF_YEAR = text(
    fi="henkilöä vuoden aikana", sv="personer under året", en="people during the year"
)
MISSING = "–"
MISSING_NOTE = text(
    fi="– = luku puuttuu aineistosta",
    sv="– = siffran saknas i materialet",
    en="– = the material lacks the figure",
)
TREND = {
    "rising": text(fi="kasvussa", sv="ökar", en="rising"),
    "falling": text(fi="laskussa", sv="minskar", en="falling"),
    "stable": text(fi="vakaa", sv="stabil", en="stable"),
    "levelled": text(fi="tasaantunut", sv="har planat ut", en="levelled off"),
}
PEERS = text(fi="Vertailukunnat", sv="Jämförelsekommunerna", en="Peers")
#: By the figure of the group: what the line of the peers is; the area around it follows.
LINE_AND_AREA = {
    "median": text(
        fi="Vertailukunnat: mediaani ja {}.",
        sv="Jämförelsekommunerna: medianen och {}.",
        en="Peers: their median and {}.",
    ),
    "weighted": text(
        fi="Vertailukunnat: painotettu keskiarvo ja {}.",
        sv="Jämförelsekommunerna: det vägda medelvärdet och {}.",
        en="Peers: their weighted mean and {}.",
    ),
}
AREA = {
    "range": text(fi="vaihteluväli", sv="variationen", en="their range"),
    "half": text(
        fi="keskimmäinen puolikas kunnista",
        sv="den mellersta hälften av dem",
        en="the middle half of them",
    ),
}


#: What the catalogue says of a publisher that names no licence.
NOT_STATED = "not stated"
_NO_LICENCE = text(fi="lisenssiä ei ilmoitettu", sv="licens inte angiven", en="licence not stated")


def licence_text(licence: str, language: str) -> str:
    """Write a licence, or that the publisher names none."""
    return _NO_LICENCE[language] if licence == NOT_STATED else licence


_EDITED = text(
    fi=" (Asiantuntijan muokkaama.)",
    sv=" (Redigerad av en sakkunnig.)",
    en=" (Edited by an expert.)",
)


def sentence(finding: EditionFinding, language: str) -> str:
    """Write a finding; one an expert has edited in this language says so."""
    said, edited = finding.text[language], finding.edited
    if edited and said != edited.original[language]:
        return f"{said}{_EDITED[language]}"
    return said


def own_name(content: EditionContent, language: str) -> str:
    """Give the municipality's name."""
    return content.municipality.name.nominative(language)


def peers_label(measure: EditionMeasure, language: str) -> str:
    """Name the figure of the peers; nothing where they have none."""
    return capital(measure.peers_figure.label[language]) if measure.peers_figure else ""


def moment(measure: EditionMeasure, language: str) -> str:
    """Say when the latest figure is from: a day, or the years of a mean; nothing without one."""
    if measure.latest is None:
        return ""
    last = measure.latest.last
    if measure.moment:
        return measure.moment[language]
    if measure.kind == "rate":
        return of_mean(last)[language]
    return f"31.12.{last}" if language != "en" else f"31 Dec {last}"


def writer(measure: EditionMeasure, language: str) -> Write:
    """Write a figure of the measure: a rate and a change with their sign."""
    decimals = measure.decimals
    if measure.kind == "rate" or measure.is_change:
        return lambda value: signed(value, decimals, language)
    return lambda value: number(value, decimals, language)


def chart_writer(measure: EditionMeasure, language: str) -> Write:
    """Write a figure of the large chart, where a count is an index."""
    if measure.kind == "count":
        return lambda value: number(value, 1, language)
    return writer(measure, language)


def position_writer(measure: EditionMeasure, position: Position, language: str) -> Write:
    """Write a figure of the position strip, where a count is a change."""
    decimals = position.decimals
    if measure.kind == "count":
        return lambda value: signed_percent(value, decimals, language)
    if measure.kind == "share" or measure.unit[language] == "%":
        write = signed_percent if measure.is_change else percent
        return lambda value: write(value, decimals, language)
    return writer(measure, language)


def bare_position_writer(measure: EditionMeasure, position: Position, language: str) -> Write:
    """Write the same without the sign of per cent, where a table names the unit once."""
    decimals = position.decimals
    if measure.kind in ("count", "rate") or measure.is_change:
        return lambda value: signed(value, decimals, language)
    return lambda value: number(value, decimals, language)


def axis_writer(language: str) -> Write:
    """Write a round step of an axis without needless decimals."""
    return lambda value: number(value, 0 if value == int(value) else 1, language)


def written_day(day: date) -> str:
    """Write a day as all three languages here do.

    Examples
    --------
    >>> written_day(date(2026, 3, 4))
    '4.3.2026'
    """
    return f"{day.day}.{day.month}.{day.year}"
