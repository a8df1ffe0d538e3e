"""One measure in full: the page of an indicator, half a page of the PDF."""

from dataclasses import dataclass

from analysis.measures import text
from analysis.presenting.figures import Figure, figure, strip
from analysis.presenting.tables import Table, chart_table
from analysis.presenting.words import Json, moment, writer


@dataclass(frozen=True, slots=True)
class Sheet:
    """Texts, chart and table of a measure in one language."""

    key: str
    name: str
    group: str
    value: str
    unit: str
    moment: str
    headline: str
    findings: tuple[str, ...]
    figure: Figure | None
    strip: str
    strip_what: str
    table: Table
    definition: str
    limits: tuple[str, ...]
    origins: tuple[str, ...]


def sheet(
    content: Json,
    group: Json,
    measure: Json,
    language: str,
    *,
    limit: int | None = None,
    printed: bool = False,
) -> Sheet:
    """Make the sheet of a measure.

    Parameters
    ----------
    content, group, measure
        Frozen content, and the group and the measure in it.
    language
        Language to write in.
    limit
        Most years the table may show.
    printed
        Draw the chart for half a page of paper, without its narrow form.
    """
    sentences = tuple(finding["text"][language] for finding in measure["findings"])
    latest, place = measure["latest"], measure["position"]
    return Sheet(
        key=measure["key"],
        name=measure["name"][language],
        group=group["name"][language],
        value=writer(measure, language)(latest["value"]) if latest else "",
        unit=measure["unit"][language],
        moment=moment(measure, language) if latest else "",
        headline=sentences[0] if sentences else "",
        findings=sentences[1:],
        figure=figure(content, measure, language, printed=printed),
        strip=strip(content, measure, language),
        strip_what=place["what"][language] if place else "",
        table=chart_table(content, measure, language, limit=limit),
        definition=measure["definition"][language],
        limits=tuple(note[language] for note in measure["limits"]),
        origins=tuple(origin_line(origin, language) for origin in measure["origins"]),
    )


def origin_line(origin: Json, language: str) -> str:
    """Write the source as its licence asks: publisher, table, licence, when it was read."""
    publisher = PUBLISHERS.get(origin["publisher"], {}).get(language, origin["publisher"])
    read = origin["retrieved_on"]
    return text(
        fi=f"Lähde: {publisher}, {origin['table']} ({origin['licence']}), haettu {read},"
        f" versio {origin['version']}.",
        sv=f"Källa: {publisher}, {origin['table']} ({origin['licence']}), hämtad {read},"
        f" version {origin['version']}.",
        en=f"Source: {publisher}, {origin['table']} ({origin['licence']}), retrieved {read},"
        f" version {origin['version']}.",
    )[language]


PUBLISHERS = {
    "Tilastokeskus": {"fi": "Tilastokeskus", "sv": "Statistikcentralen", "en": "Statistics Finland"}
}
