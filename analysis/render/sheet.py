"""One measure in full: the page of an indicator, half a page of the PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.content.edition import EditionContent, EditionGroup, EditionMeasure
from analysis.engine.compare import Origin
from analysis.render.chart_words import licence_text, moment, writer, written_day
from analysis.render.evidence import Sentence, sentence_of
from analysis.render.figures import Figure, figure, strip, strip_title
from analysis.render.ranking import Ranking, ranking
from analysis.render.remarks import RemarkLine, remark_lines
from analysis.render.tables import Table, chart_table
from uso.ground.lib.texts import text

OriginKey = tuple[str, str, date, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Texts, chart and table of a measure in one language; `headline` is the first finding."""

    key: str
    name: str
    group: str
    value: str
    unit: str
    moment: str
    headline: str
    findings: tuple[Sentence, ...]
    figure: Figure | None
    strip: str
    strip_what: str
    ranking: Ranking | None
    table: Table
    definition: str
    influence: str
    limits: tuple[str, ...]
    origins: tuple[str, ...]
    remarks: tuple[RemarkLine, ...]

    @property
    def further(self) -> tuple[Sentence, ...]:
        """The findings after the headline."""
        return self.findings[1:]


def sheet(
    content: EditionContent,
    group: EditionGroup,
    measure: EditionMeasure,
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
    sentences = tuple(sentence_of(content, measure, each, language) for each in measure.findings)
    latest, position = measure.latest, measure.position
    return Sheet(
        key=measure.key,
        name=measure.name[language],
        group=group.name[language],
        value=writer(measure, language)(latest.value) if latest else "",
        unit=measure.unit[language],
        moment=moment(measure, language),
        headline=sentences[0].text if sentences else "",
        findings=sentences,
        figure=figure(content, measure, language, printed=printed),
        strip=strip(measure, language, title=strip_title(content, measure, language)),
        strip_what=position.what[language] if position else "",
        ranking=ranking(content, measure, language),
        table=chart_table(content, measure, language, limit=limit),
        definition=measure.definition[language],
        influence=measure.influence.get(language, ""),
        limits=tuple(note[language] for note in measure.limits),
        origins=origin_lines(measure.origins, language),
        remarks=remark_lines(measure.comments, language),
    )


def origin_lines(origins: Sequence[Origin], language: str) -> tuple[str, ...]:
    """Write the sources as their licences ask, those read together in one line."""
    tables: dict[OriginKey, list[str]] = {}
    for origin in origins:
        publisher = origin.publisher[language]
        key = (publisher, origin.licence, origin.retrieved_on, origin.version)
        tables.setdefault(key, []).append(table_named(origin))
    return tuple(_origin_line(key, names, language) for key, names in tables.items())


def table_named(origin: Origin) -> str:
    """Name a table, with the file it was read from where that says more."""
    stem = origin.file.partition(".")[0]
    return origin.table if stem in ("", origin.table) else f"{origin.table} ({origin.file})"


def _origin_line(key: OriginKey, tables: list[str], language: str) -> str:
    publisher, licence, retrieved_on, version = key
    terms = licence_text(licence, language)
    read, listed = written_day(retrieved_on), ", ".join(tables)
    return text(
        fi=f"Lähde: {publisher}, {listed} ({terms}), haettu {read}, versio {version}.",
        sv=f"Källa: {publisher}, {listed} ({terms}), hämtad {read}, version {version}.",
        en=f"Source: {publisher}, {listed} ({terms}), retrieved {read}, version {version}.",
    )[language]
