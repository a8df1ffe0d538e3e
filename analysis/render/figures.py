"""The charts of one measure, drawn from frozen content."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.charts import (
    Band,
    Line,
    Row,
    Segment,
    Strip,
    as_data_uri,
    line_chart,
    position_strip,
    ranked_bars,
    sparkline,
    stacked_bars,
)
from analysis.content.edition import EditionContent, EditionGroup, EditionMeasure
from analysis.render.chart_words import (
    AREA,
    COUNTRY,
    COUNTRY_INSIDE,
    LINE_AND_AREA,
    PEERS,
    TREND,
    axis_writer,
    chart_writer,
    own_name,
    peers_label,
    position_writer,
    sentence,
    writer,
)
from analysis.render.ranking import drawn
from uso.ground.lib.numerals import percent
from uso.ground.lib.texts import Text, text

WIDE, NARROW, PRINT = (720.0, 320.0), (340.0, 290.0), (640.0, 126.0)
PRINT_BARS = 780.0
AGE_HEADS = {
    "fi": ("0–14-vuotiaat", "15–64-vuotiaat", "65 vuotta täyttäneet"),
    "sv": ("0–14 år", "15–64 år", "65 år eller äldre"),
    "en": ("Aged 0–14", "Aged 15–64", "65 or over"),
}
AGE_HEADS_NARROW = {
    "fi": ("0–14 v", "15–64 v", "65 v –"),
    "sv": ("0–14 år", "15–64 år", "65 år –"),
    "en": ("0–14", "15–64", "65 –"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in its wide and its narrow form, what it says, and the line above it."""

    wide: str
    narrow: str
    alt: str
    caption: str

    @property
    def address(self) -> str:
        """The wide form as the address of an image, for the PDF."""
        return as_data_uri(self.wide)


def figure(
    content: EditionContent, measure: EditionMeasure, language: str, *, printed: bool = False
) -> Figure | None:
    """Draw the large chart of a measure; `None` where there is no figure to draw.

    A measure of one year is drawn as bars of the municipalities. The printed form is lower and has
    no narrow twin.
    """
    if measure.latest is None:
        return None
    alt = sentence(measure.findings[0], language) if measure.findings else ""
    if len(measure.series.own) == 1:
        return _bars_figure(content, measure, language, alt, printed=printed)
    lines, band = _lines(content, measure, language), _band(measure)
    base = measure.chart.base

    def draw(size: tuple[float, float]) -> str:
        return line_chart(
            lines, title=alt, write=axis_writer(language), band=band, base=base, size=size
        )

    caption = _caption(measure, language)
    if printed:
        return Figure(draw(PRINT), "", alt, caption)
    return Figure(draw(WIDE), draw(NARROW), alt, caption)


def _bars_figure(
    content: EditionContent, measure: EditionMeasure, language: str, alt: str, *, printed: bool
) -> Figure:
    bars, caption = drawn(content, measure, language), measure.axis[language]
    wide = ranked_bars(bars, title=alt, width=PRINT_BARS if printed else WIDE[0])
    narrow = "" if printed else ranked_bars(bars, title=alt, width=NARROW[0])
    return Figure(wide, narrow, alt, caption)


def _lines(content: EditionContent, measure: EditionMeasure, language: str) -> list[Line]:
    drawn, write = measure.chart.series, chart_writer(measure, language)
    series = (
        ("country", COUNTRY[language], drawn.country),
        ("peers", _line_label(measure, language), drawn.peers),
        ("own", own_name(content, language), drawn.own),
    )
    return [
        Line(
            role,
            f"{name} {write(values[max(values)])}",
            values,
            forecast_from=min(values) if measure.outlook else None,
        )
        for role, name, values in series
        if values
    ]


def _line_label(measure: EditionMeasure, language: str) -> str:
    """Name the line of the peers in a word, the only peer by its name; the caption says the rest."""
    peers = measure.peers_figure
    return peers_label(measure, language) if peers and peers.kind == "one" else PEERS[language]


def _band(measure: EditionMeasure) -> Band | None:
    """Shade the range of the peers, of a large group its middle half: a few would set the scale."""
    drawn = measure.chart.series
    low = drawn.low if drawn.lower is None else drawn.lower
    high = drawn.high if drawn.upper is None else drawn.upper
    return Band(low, high) if low else None


def _caption(measure: EditionMeasure, language: str) -> str:
    lead, drawn, peers = measure.axis[language], measure.chart.series, measure.peers_figure
    if measure.kind == "count":
        lead = f"{lead}, {measure.chart.index_year} = 100."
    if peers is None or peers.kind == "one" or not drawn.low:
        return lead
    area = AREA["range" if drawn.lower is None else "half"][language]
    return f"{lead} {LINE_AND_AREA[peers.kind][language].format(area)}"


def spark(measure: EditionMeasure, language: str) -> str:
    """Draw the trend the size of a word."""
    values = measure.series.own
    if not values:
        return ""
    write = writer(measure, language)
    first, last = min(values), max(values)
    title = f"{first}: {write(values[first])}, {last}: {write(values[last])}"
    if measure.trend:
        title += f", {TREND[measure.trend.word][language]}"
    return sparkline(values, title=title)


def strip(measure: EditionMeasure, language: str, *, title: str) -> str:
    """Draw our place among the peers and the country; `title` says the same in words."""
    position = measure.position
    if position is None:
        return ""
    peers = () if position.five else tuple(position.peers.values())
    drawn = Strip(position.own, peers, position.country, position.five or ())
    write = position_writer(measure, position, language)
    return position_strip(drawn, title=title, write=write)


def strip_title(content: EditionContent, measure: EditionMeasure, language: str) -> str:
    """Say in words what the strip shows; nothing where there is none."""
    position = measure.position
    if position is None:
        return ""
    write = position_writer(measure, position, language)
    name, peers = own_name(content, language), position.five or sorted(position.peers.values())
    parts = [
        text(
            fi=f"Janalla {name} on kohdassa {write(position.own)}",
            sv=f"På skalan ligger {name} på {write(position.own)}",
            en=f"On the scale {name} stands at {write(position.own)}",
        )[language]
    ]
    if len(peers) > 1:
        parts.append(_ends(write(peers[0]), write(peers[-1]))[language])
    elif peers:
        parts.append(f"{peers_label(measure, language)} {write(peers[0])}")
    if position.country is not None:
        parts.append(f"{COUNTRY_INSIDE[language]} {write(position.country)}")
    return f"{', '.join(parts)} ({position.what[language]})."


def _ends(lowest: str, highest: str) -> Text:
    return text(
        fi=f"vertailukunnista alin {lowest} ja ylin {highest}",
        sv=f"den lägsta jämförelsekommunen {lowest} och den högsta {highest}",
        en=f"the lowest of the peers at {lowest} and the highest at {highest}",
    )


def age_figure(content: EditionContent, group: EditionGroup, language: str) -> Figure | None:
    """Draw the age structure of a group that has one."""
    if group.ages is None:
        return None
    name = own_name(content, language)
    rows = [
        _age_row(f"{name} {year}", shares, language, own=True)
        for year, shares in group.ages.own.items()
    ]
    rows += [
        _age_row(f"{COUNTRY[language]} {year}", shares, language)
        for year, shares in group.ages.country.items()
    ]
    alt = "; ".join(
        f"{row.label}: "
        + ", ".join(
            f"{head} {segment.written}"
            for head, segment in zip(AGE_HEADS[language], row.segments, strict=True)
        )
        for row in rows
    )
    caption = text(
        fi="Ikäryhmien osuudet väestöstä vuoden lopussa.",
        sv="Åldersgruppernas andelar av befolkningen i slutet av året.",
        en="Shares of age groups at the end of the year.",
    )[language]
    return Figure(
        stacked_bars(rows, AGE_HEADS[language], title=alt),
        stacked_bars(rows, AGE_HEADS_NARROW[language], title=alt, width=NARROW[0]),
        alt,
        caption,
    )


def _age_row(label: str, shares: Sequence[float], language: str, *, own: bool = False) -> Row:
    segments = tuple(Segment(share, percent(share, 1, language)) for share in shares)
    return Row(label, segments, own)
